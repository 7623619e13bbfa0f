"""Edits of a text: replacements that know what they replace, so that all else can follow them.

An `Edit` says where it starts (code points), what it removes and what it inserts. `Edits` are the
replacements made at once: in order, apart, all counted in the text before them. Nothing here ever
looks for a text again: what an edit does to a place follows from the edit alone.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from difflib import SequenceMatcher
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, NamedTuple

from articles.text.anchors import sure_pairs
from articles.text.regex import regex

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from articles.text.anchors import Pair, Stretch

# What belongs to the sign before it: combining marks, joiners, variants of signs and skin tones.
_MARKS = (
    "[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f"
    "\u200c\u200d\U0001f3fb-\U0001f3ff]*"
)
# Pairs of equal words that are compared at once; with more, in stretches of so many words, of
# which one with too many pairs is replaced as a whole: the time would grow with their square.
_FEW_MEETINGS, _MOST_MEETINGS, _STRETCH = 10_000, 40_000, 100
TOKEN = regex(rf"(?:\w{_MARKS})+|\s+|.{_MARKS}", re.DOTALL)


class Edit(NamedTuple):
    """One replacement: at `start` (code points) `removed` gives way to `inserted`."""

    start: int
    removed: str
    inserted: str

    @property
    def end(self) -> int:
        """Where what is removed ends, exclusive."""
        return self.start + len(self.removed)

    @property
    def delta(self) -> int:
        """By how much the text grows."""
        return len(self.inserted) - len(self.removed)


Edits = tuple[Edit, ...]


class Misfit(Exception):
    """The text has something else where an edit would remove, or edits are in each other's way."""


class Overlap(Exception):
    """Two edits touch the same words: which of them is to hold is for a person to say."""

    def __init__(self, ours: Edit, theirs: Edit) -> None:
        """Keep both."""
        self.ours, self.theirs = ours, theirs
        super().__init__(f"{ours} and {theirs}")


class Carried(NamedTuple):
    """Where a range stands after edits, and whether they changed what it holds."""

    start: int
    end: int
    touched: bool


def apply(text: str, edits: Edits) -> str:
    """The text after edits; raises `Misfit` where it is not the text that they were made for."""
    parts: list[str] = []
    at = 0
    for edit in edits:
        if edit.start < at or text[edit.start : edit.end] != edit.removed:
            raise Misfit(edit)
        if edit.end > len(text):
            raise Misfit(edit)
        parts += (text[at : edit.start], edit.inserted)
        at = edit.end
    return "".join([*parts, text[at:]])


def invert(edits: Edits) -> Edits:
    """What takes edits back, counted in the text after them."""
    made, shift = [], 0
    for edit in edits:
        made.append(Edit(edit.start + shift, edit.inserted, edit.removed))
        shift += edit.delta
    return tuple(made)


def joined(edits: Iterable[Edit]) -> Edits:
    """Edits in order, those that touch made into one; what changes nothing is left out."""
    made: list[Edit] = []
    for edit in sorted(edits, key=lambda one: (one.start, one.end)):
        last = made[-1] if made else None
        if last is not None and edit.start < last.end:
            raise Misfit(edit)
        if last is not None and edit.start == last.end:
            made[-1] = Edit(last.start, last.removed + edit.removed, last.inserted + edit.inserted)
        else:
            made.append(edit)
    return tuple(edit for edit in made if edit.removed != edit.inserted)


def compose(first: Edits, second: Edits) -> Edits:
    """Edits that do at once what `first` and then `second` do; `second` counts after `first`."""
    made = list(first)
    for edit in reversed(second):  # from the end, so that those before still count as they do
        _compose_one(made, edit)
    return joined(made)


def _compose_one(made: list[Edit], edit: Edit) -> None:
    """Put one edit, counted in the text after `made`, into `made`."""
    shift, low, high = 0, 0, 0
    begin = None
    for place, one in enumerate(made):
        starts = one.start + shift
        ends = starts + len(one.inserted)
        if starts > edit.end:
            break
        if ends < edit.start:
            shift += one.delta
            low = high = place + 1
            continue
        if begin is None:
            begin, low = shift, place
        shift += one.delta
        high = place + 1
    if begin is None:
        made.insert(low, Edit(edit.start - shift, edit.removed, edit.inserted))
        return
    made[low:high] = [_merged(made[low:high], edit, begin)]


def _merged(touched: Sequence[Edit], edit: Edit, shift: int) -> Edit:
    """Edits and one that touches all of them, as one; `shift` is by what stands before them."""
    first, last = touched[0], touched[-1]
    before = first.inserted[: max(0, edit.start - first.start - shift)]
    start = min(edit.start - shift, first.start)
    removed, at = [], edit.start
    for one in touched:
        begins = one.start + shift
        if begins > at:
            removed.append(edit.removed[at - edit.start : begins - edit.start])
        removed.append(one.removed)
        at = max(at, begins + len(one.inserted))
        shift += one.delta
    removed.append(edit.removed[at - edit.start :] if at < edit.end else "")
    ends = last.end + shift
    after = last.inserted[len(last.inserted) - (ends - edit.end) :] if ends > edit.end else ""
    return Edit(start, "".join(removed), before + edit.inserted + after)


def rebase(edits: Edits, over: Edits, *, after: bool = True) -> Edits:
    """Edits as they are to be made once `over` was made; both count in the same text.

    Of two insertions at one place ours comes `after` theirs, or before. What both did alike is
    done once. Raises `Overlap` where both changed the same words.
    """
    made = []
    for edit in edits:
        shift = 0
        for other in over:
            if other == edit:
                break
            if _overlap(edit, other):
                raise Overlap(edit, other)
            if _is_before(other, edit, after=after):
                shift += other.delta
        else:
            made.append(edit._replace(start=edit.start + shift))
    return tuple(made)


def _overlap(one: Edit, other: Edit) -> bool:
    if one.start == one.end or other.start == other.end:
        # An insertion is in the way only inside what is removed.
        return one.start < other.start < one.end or other.start < one.start < other.end
    return one.start < other.end and other.start < one.end


def _is_before(other: Edit, edit: Edit, *, after: bool) -> bool:
    """Whether `other` stands before `edit`, which it does not overlap."""
    if other.start == edit.start and other.removed == edit.removed == "":
        return after
    if other.start == edit.start:
        return not other.removed
    return other.end <= edit.start


class Carrier:
    """Carries places of the text before edits to the text after them; each in logarithmic time."""

    def __init__(self, edits: Edits) -> None:
        """Prepare for many places."""
        self.starts = [edit.start for edit in edits]
        self.ends = [edit.end for edit in edits]
        self.shifts = [0, *accumulate(edit.delta for edit in edits)]

    def range(self, start: int, end: int, *, borders: bool = False) -> Carried | None:
        """A range that is not empty; None where all that it held is gone.

        What is replaced inside it makes it grow or shrink; a part of it that is replaced together
        with what is outside gives way to the whole replacement. Insertions at its borders stay
        outside, unless `borders` says that they belong to it.
        """
        # The first edit that reaches beyond the start, and the first that begins at the end.
        low = bisect_right(self.ends, start)
        high = bisect_left(self.starts, end)
        if borders:
            low = self._before_insertions(low, start)
            while high < len(self.starts) and self.starts[high] == self.ends[high] == end:
                high += 1
        shift = self.shifts[low]
        if low >= high:
            return Carried(start + shift, end + shift, False)
        new_start = min(start, self.starts[low]) + shift
        new_end = max(end, self.ends[high - 1]) + self.shifts[high]
        return Carried(new_start, new_end, True) if new_start < new_end else None

    def place(self, at: int) -> int | None:
        """A place between two signs; None inside what was replaced. Insertions there come after."""
        low = self._before_insertions(bisect_right(self.ends, at), at)
        if low < len(self.starts) and self.starts[low] < at:
            return None
        return at + self.shifts[low]

    def _before_insertions(self, low: int, at: int) -> int:
        while low and self.starts[low - 1] == self.ends[low - 1] == at:
            low -= 1
        return low


def minimal_edits(old: str, new: str) -> Edits:
    """The words to replace so that `old` reads `new`; word for word where they match up."""
    before, after = TOKEN.findall(old), TOKEN.findall(new)
    head, before, after = _without_ends(before, after)
    places = [*accumulate(map(len, before), initial=head)]
    made: list[Edit] = []
    here = there = 0
    for one, other in [*_kept(before, after), (len(before), len(after))]:
        ours, theirs = before[here:one], after[there:other]
        if ours != theirs:
            made += _word_by_word(places[here], ours, theirs)
        here, there = one + 1, other + 1
    return joined(made)


def _kept(before: list[str], after: list[str]) -> list[Pair]:
    """The places of the words that stay, in order; blanks are not asked: they follow the words."""
    ours = [at for at, token in enumerate(before) if not token.isspace()]
    theirs = [at for at, token in enumerate(after) if not token.isspace()]
    old, new = [before[at] for at in ours], [after[at] for at in theirs]
    return [
        (ours[start + here], theirs[first + there])
        for start, end, first, last in _stretches(old, new)
        for here, there in _common(old[start:end], new[first:last])
    ]


def _stretches(old: list[str], new: list[str]) -> list[Stretch]:
    """Where to compare words with words: all at once, or in parts that surely belong together."""
    if _meetings(old, new) <= _FEW_MEETINGS:
        return [(0, len(old), 0, len(new))]
    made, start, first = [], 0, 0
    for here, there in sure_pairs(old, new)[0]:
        if max(here - start, there - first) >= _STRETCH:
            made.append((start, here, first, there))
            start, first = here, there
    return [*made, (start, len(old), first, len(new))]


def _common(old: list[str], new: list[str]) -> list[Pair]:
    """The words that two stretches have in common; none where too much is said again."""
    if _meetings(old, new) > _MOST_MEETINGS:
        return []
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    return [
        (here + step, there + step)
        for here, there, length in matcher.get_matching_blocks()
        for step in range(length)
    ]


def _meetings(old: list[str], new: list[str]) -> int:
    """How many pairs of equal words there are: what it costs to compare them."""
    often = Counter(new)
    return sum(often[word] for word in old)


def edit_between(old: str, new: str) -> Edits:
    """The one replacement that makes `old` read `new`, whole words; none where they are one."""
    found = minimal_edits(old, new)
    if not found:
        return ()
    start, end = found[0].start, found[-1].end
    tail = len(old) - end
    return (Edit(start, old[start:end], new[start : len(new) - tail]),)


def _without_ends(ours: list[str], theirs: list[str]) -> tuple[int, list[str], list[str]]:
    """Two runs of words without what they begin and end with alike; the length of the first."""
    head, tail, most = 0, 0, min(len(ours), len(theirs))
    while head < most and ours[head] == theirs[head]:
        head += 1
    while tail < most - head and ours[-1 - tail] == theirs[-1 - tail]:
        tail += 1
    length = sum(map(len, ours[:head]))
    return length, ours[head : len(ours) - tail], theirs[head : len(theirs) - tail]


def _word_by_word(start: int, ours: list[str], theirs: list[str]) -> list[Edit]:
    """A run of words by another: each by its own where they are as many and parted alike."""
    alike = len(ours) == len(theirs) and all(
        one == other or one[0].isalnum() == other[0].isalnum()
        for one, other in zip(ours, theirs, strict=True)
    )
    if not alike:
        head, ours, theirs = _without_ends(ours, theirs)
        return [Edit(start + head, "".join(ours), "".join(theirs))]
    places = accumulate(map(len, ours), initial=start)
    return [
        Edit(place, one, other)
        for place, one, other in zip(places, ours, theirs, strict=False)
        if one != other
    ]


def are_apart(edits: Edits) -> bool:
    """Whether edits are in order and none touches the next one's words."""
    return all(one.end <= other.start and one.start < other.start for one, other in pairwise(edits))
