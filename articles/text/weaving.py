"""Three-way merge of words: what we changed, what the new source changed, where both did."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from articles.text import excerpts
from articles.text.carry import edits_between
from articles.text.edits import Edit

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from articles.text.edits import Edits

THEIRS = "theirs"
_CONTEXT = 40  # code points around a conflict that are shown


class Conflict(NamedTuple):
    """A place that was changed here and, otherwise, in the new source; ours holds unless chosen."""

    key: str
    kind: str  # words, gone (from the source)
    passage: int
    base: str
    ours: str
    theirs: str
    head: str = ""
    tail: str = ""

    @classmethod
    def of(
        cls, kind: str, passage: int, base: str, ours: str, theirs: str, at: int = 0
    ) -> Conflict:
        """With the key by which a choice names it: the same for the same texts."""
        said = "\0".join((kind, str(passage), str(at), base, ours, theirs))
        return cls(sha256(said.encode()).hexdigest()[:16], kind, passage, base, ours, theirs)


def weave(
    base: str, ours: str, theirs: str, *, passage: int, chosen: Mapping[str, str]
) -> tuple[Edits, list[Conflict]]:
    """The edits of our text that bring the new source's changes, and the conflicts.

    What both changed alike is done; where they changed the same words otherwise ours stays, unless
    `chosen` gives "theirs" for the conflict's key.
    """
    if base == theirs or ours == theirs:
        return (), []
    new = edits_between(base, theirs)
    if base == ours:
        return new, []
    mine = edits_between(base, ours)
    made: list[Edit] = []
    conflicts = []
    for us, them in _groups(mine, new):
        if not them or us == them:
            continue
        start = min(edit.start for edit in (*us, *them))
        end = max(edit.end for edit in (*us, *them))
        stands, until = start + _before(mine, start, us), end + _before(mine, end, us, until=True)
        if not us:
            made.append(Edit(stands, them[0].removed, them[0].inserted))
            continue
        here = ours[stands:until]
        new_start = start + _before(new, start, them)
        there = theirs[new_start : end + _before(new, end, them, until=True)]
        if here == there:
            continue
        conflict = Conflict.of("words", passage, base[start:end], here, there, start)
        head = excerpts.before(ours, stands, _CONTEXT)
        tail = excerpts.after(ours, until, _CONTEXT)
        conflicts.append(conflict._replace(head=head, tail=tail))
        if chosen.get(conflict.key) == THEIRS:
            made.append(Edit(stands, here, there))
    return tuple(made), conflicts


def _groups(mine: Edits, new: Edits) -> list[tuple[list[Edit], list[Edit]]]:
    """Edits of both sides in order, those that touch the same words together."""
    every = sorted(
        [(edit, False) for edit in mine] + [(edit, True) for edit in new],
        key=lambda one: (one[0].start, one[0].end),
    )
    groups: list[tuple[list[Edit], list[Edit]]] = []
    for edit, is_new in every:
        if groups and any(_touch(edit, other) for other in groups[-1][not is_new]):
            groups[-1][is_new].append(edit)
        else:
            groups.append(([], [edit]) if is_new else ([edit], []))
    return groups


def _touch(one: Edit, other: Edit) -> bool:
    """Whether two edits are on the same words, or insert at one place."""
    if one.start == one.end or other.start == other.end:
        if one.start == other.start and one.end == other.end:
            return True
        return one.start < other.start < one.end or other.start < one.start < other.end
    return one.start < other.end and other.start < one.end


def _before(edits: Edits, at: int, own: Sequence[Edit], *, until: bool = False) -> int:
    """By how much the edits before a place move it; those of the group itself from its end on."""
    return sum(
        edit.delta
        for edit in edits
        if (until if edit in own else edit.end <= at and not (until and edit.start == at))
    )
