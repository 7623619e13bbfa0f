"""What became what between two versions of a text: words in groups, and the edits between them.

Words are compared whole. A letter put right is an edit of its word, so that what is said about the
word stays on all of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from articles.text.anchors import Stretch, sure_pairs
from articles.text.pairing import Side, cost_of_change, groups_in, letters_of, one_by_one
from articles.text.regex import regex

# Signs that part words; others, such as a scanner makes of letters, belong to them.
_PARTING = r"""\s.,;:!?…'’‘ʼ`´"«»“”„‹›()\[\]{}\-‐‑–—−/=¬\u00ad"""
_WORD = regex(f"[^{_PARTING}]+")
_TOKEN = regex(f"[^{_PARTING}]+|.", re.DOTALL)
_SENTENCE = regex(r"[.!?…]\s|\n")
_PARAGRAPH = regex(r"\n\s*\n")
_ENDS = regex(r"[.!?…;:«»()“”]\s|\n\s*\n|\s[«(“]")
_PAUSE = regex(r"[,;:«»()“”\"–—]")
_ABOVE = 4  # what the edge of a text counts as a break; a paragraph 3, a sentence 2, a pause 1
_CELLS, _CELLS_AT_LEAST = 4, 20_000  # of tables, for each word of both texts and in any case
_MOST_CELLS = 4_000  # of one table; a larger stretch has nothing in common
_AROUND = 10  # groups on each side that tell whether words stand where they stood
_KEPT = 0.45  # share of the letters around, of either text, that is kept where they do
_FARTHEST = 200  # words by which a stretch that was dropped or added may slide


class Change(NamedTuple):
    """One replacement: both its ranges, in code points, end exclusive."""

    start: int
    end: int
    new_start: int
    new_end: int


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text and where they stand (code points, end exclusive)."""

    text: str
    words: list[str]
    starts: list[int]
    ends: list[int]

    @classmethod
    def of(cls, text: str) -> Words:
        found = list(_WORD.finditer(text))
        return cls(
            text,
            [match[0] for match in found],
            [match.start() for match in found],
            [match.end() for match in found],
        )

    def gap(self, at: int) -> str:
        """What stands before a word; after the last one, what stands at the end."""
        before = self.ends[at - 1] if at else 0
        return self.text[before : self.starts[at] if at < len(self.starts) else len(self.text)]

    def break_before(self, at: int) -> int:
        """How strong a break stands before a word."""
        if at in (0, len(self.words)):
            return _ABOVE
        gap = self.gap(at)
        if _PARAGRAPH.search(gap):
            return 3
        return 2 if _SENTENCE.search(gap) else 1 if _PAUSE.search(gap) else 0

    def side(self, start: int, end: int) -> Side:
        """Some of the words, to be paired with others."""
        # A line's end may part a word, and a full stop be a speck; together they end it.
        breaks = [int(bool(_ENDS.search(self.gap(at)))) for at in range(start, end)]
        return Side(self.words[start:end], breaks)


def word_groups(old: Words, new: Words) -> list[Stretch]:
    """Groups of words that became each other, in order; one side empty for dropped or added."""
    pairs, between = sure_pairs(old.words, new.words)
    groups: list[Stretch] = [(here, here + 1, there, there + 1) for here, there in pairs]
    # Large stretches come last and only as far as the work stays within what the length allows.
    allowed = _CELLS * (len(old.words) + len(new.words)) + _CELLS_AT_LEAST
    for start, end, first, last in sorted(between, key=_cells):
        cells = _cells((start, end, first, last))
        allowed -= cells
        if allowed > 0 and 0 < cells <= _MOST_CELLS:
            found = groups_in(old.side(start, end), new.side(first, last))
        else:
            found = one_by_one(end - start, last - first)
        groups += [(start + a, start + b, first + c, first + d) for a, b, c, d in found]
    groups.sort()
    groups = list(_without_islands(groups, old, new))
    return _swapped(_slid(_swapped(_slid(groups, old, new)), new, old))


def _without_islands(groups: list[Stretch], old: Words, new: Words) -> Iterator[Stretch]:
    """The groups, but for those that only happen to be alike amid words that are not."""
    ours, theirs = [0], [0]
    ours_kept, theirs_kept = [0.0], [0.0]
    for start, end, first, last in groups:
        one, other = _letters(old, start, end), _letters(new, first, last)
        most = max(len(one), len(other))
        share = 1 - cost_of_change(one, other) / most if one and other else 0.0
        ours.append(ours[-1] + len(one))
        theirs.append(theirs[-1] + len(other))
        ours_kept.append(ours_kept[-1] + share * len(one))
        theirs_kept.append(theirs_kept[-1] + share * len(other))
    for place, group in enumerate(groups):
        start, end, first, last = group
        low, high = max(place - _AROUND, 0), min(place + _AROUND + 1, len(groups))
        if (
            start == end
            or first == last
            or ours_kept[high] - ours_kept[low] >= _KEPT * (ours[high] - ours[low])
            or theirs_kept[high] - theirs_kept[low] >= _KEPT * (theirs[high] - theirs[low])
        ):
            yield group
        else:
            for a, b, c, d in one_by_one(end - start, last - first):
                yield start + a, start + b, first + c, first + d


def _letters(text: Words, start: int, end: int) -> str:
    if end == start + 1:
        return letters_of(text.words[start])
    return "".join(map(letters_of, text.words[start:end]))


def _cells(stretch: Stretch) -> int:
    start, end, first, last = stretch
    return (end - start) * (last - first)


def _swapped(groups: list[Stretch]) -> list[Stretch]:
    return [(first, last, start, end) for start, end, first, last in groups]


def _slid(groups: list[Stretch], old: Words, new: Words) -> list[Stretch]:
    """Move each row of dropped words that may stand in several places to where the text breaks.

    Of “Weil sat. Weil rose.” and “Weil rose.” it was the first sentence that was dropped, not
    what stands between the two names.
    """
    at = 0
    while at < len(groups):
        until = at
        while until < len(groups) and groups[until][2] == groups[until][3]:
            until += 1
        if until > at:
            by = _best_slide(groups, at, until, old, new)
            if by:
                low, high = min(at, at + by), max(until, until + by)
                groups[low:high] = _moved(groups[low:high], until - at, by)
            until += max(by, 0)
        at = max(until, at + 1)
    return groups


def _moved(groups: list[Stretch], size: int, by: int) -> list[Stretch]:
    """The groups with their row of dropped words at the other end."""
    start, _, first, _ = groups[0]
    pairs = abs(by)
    ahead = 0 if by < 0 else pairs  # pairs before the row
    row = [
        (start + ahead + k, start + ahead + k + 1, first + ahead, first + ahead)
        for k in range(size)
    ]
    before = [(start + k, start + k + 1, first + k, first + k + 1) for k in range(ahead)]
    after = [
        (start + size + k, start + size + k + 1, first + k, first + k + 1)
        for k in range(ahead, pairs)
    ]
    return before + row + after


def _best_slide(groups: list[Stretch], at: int, until: int, old: Words, new: Words) -> int:
    """By how many words a row of dropped words is best moved."""
    start, end = groups[at][0], groups[until - 1][1]
    words = old.words

    def is_equal(place: int) -> bool:
        if not 0 <= place < len(groups):
            return False
        here, after, there, last = groups[place]
        return after - here == last - there == 1 and words[here] == new.words[there]

    places = [0]
    while len(places) < _FARTHEST and is_equal(at - len(places)):
        by = len(places)
        if words[start - by] != words[end - by]:
            break
        places.append(-by)
    ahead = 0
    while (
        ahead < _FARTHEST and is_equal(until + ahead) and words[start + ahead] == words[end + ahead]
    ):
        ahead += 1
        places.append(ahead)
    return max(places, key=lambda by: (_strength(old, start + by, end + by), -abs(by)))


def _strength(text: Words, start: int, end: int) -> int:
    return text.break_before(start) + text.break_before(end)


def changes_of(groups: Iterable[Stretch], old: Words, new: Words) -> list[Change]:
    """The changes that groups of words and what stands between them make: in order, each begins
    after the one before it, and what is added before a changed word is apart from it if it can be.
    """
    made: list[Change] = []
    for change in _changes_of(groups, old, new):
        if made and made[-1].start == change.start:
            added = made.pop()
            least = made[-1].end if made else 0
            if added.start > least and old.text[added.start - 1] == new.text[added.new_end - 1]:
                made += [Change(*(place - 1 for place in added)), change]
            else:
                made.append(Change(added.start, change.end, added.new_start, change.new_end))
        else:
            made.append(change)
    return made


def _changes_of(groups: Iterable[Stretch], old: Words, new: Words) -> Iterator[Change]:
    here = there = 0
    for start, end, first, last in groups:
        if start == end or first == last:
            continue  # goes with what stands around it
        word = Change(old.starts[start], old.ends[end - 1], new.starts[first], new.ends[last - 1])
        yield from _between(old.text, new.text, Change(here, word.start, there, word.new_start))
        if old.text[word.start : word.end] != new.text[word.new_start : word.new_end]:
            yield word
        here, there = word.end, word.new_end
    yield from _between(old.text, new.text, Change(here, len(old.text), there, len(new.text)))


def _between(old: str, new: str, edit: Change) -> Iterator[Change]:
    """What differs in two stretches, whole words at a time; nothing where they are equal."""
    one, other = old[edit.start : edit.end], new[edit.new_start : edit.new_end]
    if one == other:
        return
    ours, theirs = _TOKEN.findall(one), _TOKEN.findall(other)
    least = min(len(ours), len(theirs))
    head = next((k for k in range(least) if ours[k] != theirs[k]), least)
    rest = least - head
    tail = next((k for k in range(rest) if ours[-1 - k] != theirs[-1 - k]), rest)
    before = sum(map(len, ours[:head]))
    after = sum(map(len, ours[len(ours) - tail :]))
    yield Change(
        edit.start + before, edit.end - after, edit.new_start + before, edit.new_end - after
    )
