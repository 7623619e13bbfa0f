"""A whole passage written anew: the least operations that make what stood read what was typed.

A blank line begins a new passage; nothing at all takes the passage away. Ranges: code points.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from articles.text.edits import Edit, Edits, apply, joined, minimal_edits
from articles.text.operations import Attribute, Merge, Split, Text
from articles.text.regex import regex
from articles.text.weaving import THEIRS, weave
from articles.text.wording import clean_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from articles.text.operations import Operation, PassageState
    from articles.text.weaving import Conflict

GAP: Final = "\n\n"
_BLANK_LINES = regex(r"[^\S\n]*\n[^\S\n]*(?:\n\s*)+")


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A passage beside another, by its number."""

    number: int
    state: PassageState


def pieces_of(typed: str) -> list[str]:
    """The passages that typed words make: what blank lines part; blank ones are none."""
    typed = typed.replace("\r\n", "\n").replace("\r", "\n")
    return [words for piece in _BLANK_LINES.split(typed) if (words := piece.strip())]


def edits_to(stood: str, typed: str) -> Edits:
    """The words to replace so that `stood` reads `typed`; what is put in is cleaned, no more."""
    found = minimal_edits(stood, typed)
    return joined(
        Edit(edit.start, edit.removed, _cleaned(edit.inserted)) for edit in found
    )  # fmt: skip


def _cleaned(inserted: str) -> str:
    # The gaps between passages are taken out again by the splits.
    return GAP.join(clean_words(part) for part in inserted.split(GAP))


def rewritten(number: int, held: PassageState, stood: str, typed: str) -> list[Operation]:
    """What makes passage `number`, which read `stood`, the passages of `typed`; none where same.

    `typed` must hold words. The new passages have role, speaker and exchange of the old one, and
    take the next free numbers.
    """
    if typed.replace("\r\n", "\n") == stood:
        return []
    pieces = pieces_of(typed)
    edits = edits_to(stood, GAP.join(pieces))
    operations: list[Operation] = [Text(number, edits)] if edits else []
    text = apply(stood, edits)
    own = (held.role, held.speaker, held.exchange)
    # From the last on: each new passage comes right behind the one that is split.
    operations += [
        Split(number, gap.start(), gap.group(), 0, *own)
        for gap in reversed(list(_BLANK_LINES.finditer(text)))
        if text[: gap.start()].strip() and text[gap.end() :].strip()
    ]
    return operations


def taken_away(
    number: int, held: PassageState, before: Neighbour | None, after: Neighbour | None
) -> list[Operation]:
    """What takes a passage away: its words go, and its empty place to a neighbour.

    With neither neighbour there is nothing to do: an article has at least one passage.
    """
    empties: list[Operation] = [Text(number, (Edit(0, held.text, ""),))] if held.text else []
    if before is not None:
        at = len(before.state.text)
        return [*empties, _merge(before.number, at, number, held)]
    if after is None:
        return []
    other = after.state
    merged = _merge(number, 0, after.number, other)
    names = [name for name in ("role", "speaker", "exchange")
             if getattr(held, name) != getattr(other, name)]  # fmt: skip
    changes = [Attribute(number, name, getattr(held, name), getattr(other, name)) for name in names]
    return [*empties, merged, *changes]


def _merge(into: int, at: int, number: int, gone: PassageState) -> Merge:
    return Merge(into, at, "", number, gone.role, gone.speaker, gone.exchange)


def mixed(base: str, mine: str, theirs: str) -> str:
    """Their words with those of my changes that touch none of theirs: to be gone over by hand."""
    if base == mine:
        return theirs
    chosen = {conflict.key: THEIRS for conflict in overlapping(base, mine, theirs)}
    return apply(mine, weave(base, mine, theirs, passage=0, chosen=chosen)[0])


def overlapping(base: str, mine: str, theirs: str) -> list[Conflict]:
    """The changes of the same words, mine (`ours`) and theirs."""
    return weave(base, mine, theirs, passage=0, chosen={})[1]


def split_at(number: int, held: PassageState, at: int) -> Split | None:
    """A split before the word at `at`, blanks around it going; None where a part would be empty."""
    text = held.text
    if not 0 < at < len(text):
        return None
    start = len(text[:at].rstrip())
    end = len(text) - len(text[at:].lstrip())
    if start == 0 or end == len(text):
        return None
    gap = text[start:end]
    return Split(number, start, gap, 0, held.role, held.speaker, held.exchange)


def renumbered(passages: Sequence[tuple[int, PassageState]]) -> list[Operation]:
    """Exchanges counted anew in reading order: a question after anything else begins one."""
    made: list[Operation] = []
    count, asking = 0, False
    for number, held in passages:
        exchange = None
        if held.role == "question":
            count += not asking
            asking, exchange = True, count
        elif held.role in ("answer", "statement"):
            asking = False
            exchange = count or None if held.role == "answer" else None
        if exchange != held.exchange:
            made.append(Attribute(number, "exchange", held.exchange, exchange))
    return made
