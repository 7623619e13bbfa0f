"""Which words of a short stretch became which, where a machine's reading was put right.

The cheapest way through a table of words against words. A word may have become another, several
may have run together or fallen apart, and words may be dropped or added; what a change costs is
told by their letters, also as a scanner confuses them.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from articles.text.anchors import Stretch
from articles.text.lexemes import fold
from articles.text.likeness import distance

_NEVER = 1e9
_OPEN = 0.8  # cost of the first word dropped or added in a row
_WORD, _LETTER = 0.5, 0.55  # cost of each word dropped or added, and of each of its letters
_MORE = 0.3  # cost of each word more in a group
_BREAK = 1.5  # cost of a full stop or a paragraph's end inside a group
_FREE = 0.45  # share of its letters by which a group may be longer than its counterpart
_LONGEST = 4  # words of a group
# How many old words may have become how many new ones, beside one that became one.
_SHAPES = ((2, 1), (1, 2), (3, 1), (1, 3), (2, 2), (2, 3), (3, 2), (4, 1), (1, 4))
_OTHERWISE = 0.1  # cost of the same letters otherwise written
_UNEVEN = 0.3  # cost of other letters that look the same
_SAME = 0.34  # share of its letters below which a word of the same length is the same
_MOST_LETTERS = 400  # of words that are compared letter by letter; of longer ones their ends
_SHARED = 0.4  # share of its signs that a group has in common with its counterpart
_SLACK = 40  # letters by which a way may leave the straight one, beside what sides differ in
_CONFUSED = str.maketrans("1|!ijtf0qg9uvyhe5$€", "llllllloccgnnnbcssc")
_PAIRS = (("rn", "m"), ("ri", "n"), ("ii", "n"), ("cl", "d"), ("vv", "w"))


@lru_cache(maxsize=20_000)
def letters_of(word: str) -> str:
    """The letters and digits of a word, folded; the word itself where it has none."""
    return "".join(letter for letter in fold(word) if letter.isalnum()) or word


@lru_cache(maxsize=20_000)
def looks_of(letters: str) -> str:
    """Folded letters as a scanner sees them: those it takes for each other are the same."""
    for seen, meant in _PAIRS:
        letters = letters.replace(seen, meant)
    return letters.translate(_CONFUSED)


def _signs_of(looks: str) -> int:
    """Which signs there are, as bits."""
    bits = 0
    for letter in looks:
        bits |= 1 << ord(letter) % 32
    return bits


@lru_cache(maxsize=50_000)
def cost_of_change(one: str, other: str) -> float:
    """How far letters are from others: the mean of slips by letter and by look."""
    if one == other:
        return 0.0
    most = max(len(one), len(other))
    if most > _MOST_LETTERS:
        kept = _common_start(one, other)
        return float(most - kept - _common_start(one[kept:][::-1], other[kept:][::-1]))
    by_look = distance(looks_of(one), looks_of(other), most)
    return (distance(one, other, most) + by_look) / 2


@lru_cache(maxsize=50_000)
def _look_apart(one: str, other: str) -> int:
    most = max(len(one), len(other))
    return most if most > _MOST_LETTERS else distance(one, other, most)


def _common_start(one: str, other: str) -> int:
    least = min(len(one), len(other))
    return next((at for at in range(least) if one[at] != other[at]), least)


class Row(NamedTuple):
    """Words in a row, taken as one."""

    letters: str
    looks: str
    length: int
    signs: int  # as bits
    kinds: int  # how many different signs
    dear: float  # what it costs to take them as one
    shorter: tuple[str, ...]  # the letters without the first word, and without the last


class Side:
    """The words of one side of a stretch; `breaks` counts hard breaks before each word."""

    def __init__(self, words: Sequence[str], breaks: Sequence[int]) -> None:
        self.words = words
        self.letters = [letters_of(word) for word in words]
        self.lone = [_WORD + _LETTER * min(len(letters), 30) for letters in self.letters]
        self.until = [0, *accumulate(map(len, self.letters))]
        self.rows = [
            [self._row(start, size, breaks) for start in range(len(words) - size + 1)]
            for size in range(_LONGEST + 1)
        ]

    def _row(self, start: int, size: int, breaks: Sequence[int]) -> Row:
        row = self.letters[start : start + size]
        letters = "".join(row)
        looks = looks_of(letters)
        signs = _signs_of(looks)
        broken = sum(breaks[start + 1 : start + size])
        dear = _MORE * (size - 1) + _BREAK * broken
        less = ("".join(row[1:]), "".join(row[:-1])) if size > 1 else ()
        return Row(
            letters, looks, len(letters), signs, signs.bit_count(), dear, tuple(map(looks_of, less))
        )


def groups_in(old: Side, new: Side) -> list[Stretch]:
    """What became what: groups of words in order, one side empty for words dropped or added."""
    if not old.words or not new.words:
        return one_by_one(len(old.words), len(new.words))
    steps = _cheapest(old, new)
    groups: list[Stretch] = []
    here, there, state = len(old.words), len(new.words), 0
    while here or there:
        before, p, q = steps[here][there][state]
        groups.append((here - p, here, there - q, there))
        here, there, state = here - p, there - q, before
    return groups[::-1]


def one_by_one(height: int, width: int) -> list[Stretch]:
    """So many words dropped, so many added, none of them the same."""
    dropped = [(at, at + 1, 0, 0) for at in range(height)]
    return dropped + [(height, height, at, at + 1) for at in range(width)]


Step = tuple[int, int, int]  # the state before; how many words of each side


def _cheapest(old: Side, new: Side) -> list[list[list[Step]]]:
    """For each place in the table the last step of the cheapest way, after a pair (0) and after
    words dropped or added (1); the end has the better of the two as its first.
    """
    height, width = len(old.words), len(new.words)
    costs = [[[_NEVER, _NEVER] for _ in range(width + 1)] for _ in range(height + 1)]
    steps = [[[(0, 0, 0)] * 2 for _ in range(width + 1)] for _ in range(height + 1)]
    costs[0][0][0] = 0.0

    def reach(here: int, there: int, state: int, cost: float, step: Step) -> None:
        if cost < costs[here][there][state]:
            costs[here][there][state] = cost
            steps[here][there][state] = step

    # A way has at least to get past the longest word, and to where the sides end.
    slack = _SLACK + max(map(len, old.letters + new.letters))
    slack += abs(old.until[-1] - new.until[-1])
    for here in range(height + 1):
        for there in range(width + 1):
            if abs(old.until[here] - new.until[there]) > slack:
                continue
            paired, alone = costs[here][there]
            best, state = (paired, 0) if paired <= alone else (alone, 1)
            opened = min((paired + _OPEN, 0), (alone, 1))
            if here < height:
                cost = opened[0] + old.lone[here]
                reach(here + 1, there, 1, cost, (opened[1], 1, 0))
            if there < width:
                cost = opened[0] + new.lone[there]
                reach(here, there + 1, 1, cost, (opened[1], 0, 1))
            for p, q, cost in _changes(old, new, here, there):
                reach(here + p, there + q, 0, best + cost, (state, p, q))
    end = costs[height][width]
    if end[1] < end[0]:
        steps[height][width][0] = steps[height][width][1]
    return steps


def _changes(old: Side, new: Side, here: int, there: int) -> list[tuple[int, int, float]]:
    """The groups that may start at a place, with the cost of each."""
    height, width = len(old.words), len(new.words)
    if here == height or there == width:
        return []
    if old.words[here] == new.words[there]:
        return [(1, 1, 0.0)]
    one, other = old.rows[1][here], new.rows[1][there]
    most = max(one.length, other.length)
    cost = _apart(one, other) if one.signs & other.signs else float(most)
    found = [(1, 1, cost)]
    if one.length == other.length and cost < _SAME * most:
        return found
    for p, q in _SHAPES:
        if here + p > height or there + q > width:
            continue
        one, other = old.rows[p][here], new.rows[q][there]
        if abs(one.length - other.length) > _FREE * max(one.length, other.length):
            continue
        if (one.signs & other.signs).bit_count() < _SHARED * max(one.kinds, other.kinds):
            continue
        cost = _cost_together(one, other)
        if cost < _NEVER:
            found.append((p, q, cost + one.dear + other.dear))
    return found


def _cost_together(one: Row, other: Row) -> float:
    """What it costs that several words became one or several; endless where one of them at the
    group's edge is rather dropped or added.
    """
    cost = _apart(one, other)
    least = int(cost)
    if least > 0 and (
        any(_look_apart(less, other.looks) < least for less in one.shorter)
        or any(_look_apart(one.looks, less) < least for less in other.shorter)
    ):
        return _NEVER
    return cost


def _apart(one: Row, other: Row) -> float:
    if one.letters == other.letters:
        return _OTHERWISE
    return _OTHERWISE + _UNEVEN + _look_apart(one.looks, other.looks)
