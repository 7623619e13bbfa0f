"""Which words of an old text are surely the same in a new one: the ground an alignment stands on.

Neighbouring words that occur once on each side, in the longest row that keeps their order (the
patience method of B. Cohen), then the same again between them; so the cost grows with the length
of the texts and not with its square. What is left between is small, or has nothing in common.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Hashable, Sequence

# Words old_start to old_end became words new_start to new_end (end exclusive).
Stretch = tuple[int, int, int, int]
Pair = tuple[int, int]

_SMALL = 150  # words times words that are compared one by one without looking for anchors
_LARGE = 2_500  # the same, where none are found
# Among so many words on the smaller side, one anchor in so many is a chance meeting.
_MANY, _SPARSE = 400, 60
_BLOCK, _AHEAD = 1_200, 300  # words that are compared at once where much is said again and again
_TELLING = 7  # letters of two neighbours that are not found together by chance
_LONG = 5  # letters of a word that says something by itself


def sure_pairs(old: Sequence[str], new: Sequence[str]) -> tuple[list[Pair], list[Stretch]]:
    """The pairs of equal words that hold two texts together, and the stretches between them."""
    pairs: list[Pair] = []
    between: list[Stretch] = []
    waiting: list[Stretch] = [(0, len(old), 0, len(new))]
    while waiting:
        stretch = _without_equal_ends(old, new, waiting.pop(), pairs)
        start, end, first, last = stretch
        if start == end or first == last or (end - start) * (last - first) <= _SMALL:
            between.append(stretch)
            continue
        found = _anchors(old, new, stretch)
        if not found:
            between.append(stretch)
            continue
        pairs += found
        for here, there in [*found, (end, last)]:
            if here > start or there > first:
                waiting.append((start, here, first, there))
            start, first = here + 1, there + 1
    return sorted(pairs), sorted(each for each in between if _holds_words(each))


def _holds_words(stretch: Stretch) -> bool:
    start, end, first, last = stretch
    return end > start or last > first


def _without_equal_ends(
    old: Sequence[str], new: Sequence[str], stretch: Stretch, pairs: list[Pair]
) -> Stretch:
    start, end, first, last = stretch
    while start < end and first < last and old[start] == new[first]:
        pairs.append((start, first))
        start, first = start + 1, first + 1
    while start < end and first < last and old[end - 1] == new[last - 1]:
        end, last = end - 1, last - 1
        pairs.append((end, last))
    return start, end, first, last


def _anchors(old: Sequence[str], new: Sequence[str], stretch: Stretch) -> list[Pair]:
    """Pairs of equal words inside a stretch, in order; the surest kind that is found."""
    start, end, first, last = stretch

    def once(size: int, letters: int) -> list[Pair]:
        here = _only_once(old, start, end, size, letters)
        there = _only_once(new, first, last, size, letters)
        return _in_order([(at, there[words]) for words, at in here.items() if words in there])

    least = min(end - start, last - first)
    enough = least / _SPARSE if least > _MANY else 1
    for size, letters in ((2, _TELLING), (4, 0)):
        if len(found := once(size, letters)) >= enough:
            return _widened(found, size)
    if len(found := once(1, _LONG)) >= enough:
        return found
    if (end - start) * (last - first) <= _LARGE:
        return []
    if len(found := once(1, 0)) >= enough:
        return found
    return _block_by_block(old, new, stretch)


def _block_by_block(old: Sequence[str], new: Sequence[str], stretch: Stretch) -> list[Pair]:
    """A common row of words where much is said again and again: each block of old words with the
    new ones that come next, of which the last part is left to the block after it.
    """
    start, end, first, last = stretch
    pairs: list[Pair] = []
    while start < end and first < last:
        until, over = min(start + _BLOCK, end), min(first + _BLOCK + _AHEAD, last)
        found = _longest_common(old[start:until], new[first:over])
        if until < end:
            found = [pair for pair in found if pair[0] < _BLOCK - _AHEAD]
        pairs += [(start + here, first + there) for here, there in found]
        if until == end:
            break
        first = pairs[-1][1] + 1 if found else first + _BLOCK - _AHEAD
        start = pairs[-1][0] + 1 if found else start + _BLOCK - _AHEAD
    return pairs


def _only_once(
    words: Sequence[str], start: int, end: int, size: int, letters: int
) -> dict[Hashable, int]:
    """Runs of so many words that occur once in a range, with their places."""
    places: dict[Hashable, int] = {}
    for at in range(start, end - size + 1):
        run = tuple(words[at : at + size])
        if not letters or sum(map(len, run)) >= letters:
            places[run] = -1 if run in places else at
    return {run: at for run, at in places.items() if at >= 0}


def _in_order(pairs: list[Pair]) -> list[Pair]:
    """The longest row of pairs in which both sides grow; the pairs come in the old order."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for place, (_, there) in enumerate(pairs):
        length = bisect_left(tails, there)
        before.append(ends[length - 1] if length else -1)
        if length == len(tails):
            tails.append(there)
            ends.append(place)
        else:
            tails[length], ends[length] = there, place
    row: list[Pair] = []
    place = ends[-1] if ends else -1
    while place >= 0:
        row.append(pairs[place])
        place = before[place]
    return row[::-1]


def _widened(pairs: list[Pair], size: int) -> list[Pair]:
    """Every word of runs of so many words, each pair once, in order."""
    wide: list[Pair] = []
    for here, there in pairs:
        for step in range(size):
            pair = here + step, there + step
            if not wide or (pair[0] > wide[-1][0] and pair[1] > wide[-1][1]):
                wide.append(pair)
    return wide


def _longest_common(old: Sequence[str], new: Sequence[str]) -> list[Pair]:
    """A longest common row of words, by bits (Hyyrö 2004), as early in the new words as can be."""
    places: dict[str, int] = {}
    for at, word in enumerate(old):
        places[word] = places.get(word, 0) | 1 << at
    row = whole = (1 << len(old)) - 1
    rows = [row]
    for word in new:
        here = row & places.get(word, 0)
        row = (row + here | row - here) & whole
        rows.append(row)
    ends = [each.bit_count() for each in rows]  # fewer as the common row grows
    return _walk_back(rows, len(old), ends.index(ends[-1]))


def _walk_back(rows: list[int], here: int, there: int) -> list[Pair]:
    found: list[Pair] = []
    while here and there:
        bit = 1 << here - 1
        if rows[there] & bit:
            here -= 1
        elif not rows[there - 1] & bit:
            there -= 1
        else:
            here, there = here - 1, there - 1
            found.append((here, there))
    return found[::-1]
