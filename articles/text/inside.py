"""Where a part of some words went, when the words were changed as a whole."""

from __future__ import annotations

from articles.text.lexemes import fold
from articles.text.pairing import looks_of
from articles.text.regex import regex

_WORD = regex(r"\w+")
_MOST = 80  # letters a side
_MOSTLY = 0.7  # share of a word's letters from which it is meant; below the rest it is not
_LONE, _OTHER, _LIKE = 1.0, 1.5, 0.4  # cost of a letter alone, of an unlike pair, of a like one
_BORDER = 0.3  # cost of a pair where one side begins a word and the other does not

Letter = tuple[str, int, bool]  # folded, its place, whether it begins a word


def part_of(old: str, new: str, start: int, end: int) -> tuple[int, int] | None:
    """The whole words of `new` that `start` to `end` of `old` became; None when that is not sure.

    Places count code points, end exclusive.
    """
    ours, theirs = _letters(old), _letters(new)
    if not ours or not theirs or max(len(ours), len(theirs)) > _MOST:
        return None
    meant = {
        theirs[there][1]: start <= ours[here][1] < end for here, there in _aligned(ours, theirs)
    }
    found: list[tuple[int, int, float]] = []
    for word in _WORD.finditer(new):
        votes = [meant[at] for at in range(*word.span()) if at in meant]
        if votes:
            found.append((*word.span(), sum(votes) / len(votes)))
    if any(1 - _MOSTLY < share < _MOSTLY for _, _, share in found):
        return None
    inside = [(a, b) for a, b, share in found if share >= _MOSTLY]
    return (inside[0][0], inside[-1][1]) if inside else None


def _letters(text: str) -> list[Letter]:
    found: list[Letter] = []
    begins = True
    for at, sign in enumerate(text):
        letters = [letter for letter in fold(sign) if letter.isalnum()]
        if not letters:
            begins = True
        for letter in letters:
            found.append((letter, at, begins))
            begins = False
    return found


def _aligned(ours: list[Letter], theirs: list[Letter]) -> list[tuple[int, int]]:
    """The letters that stand for each other, in order (Needleman and Wunsch 1970)."""
    costs = [[_LONE * there for there in range(len(theirs) + 1)]]
    for here, (letter, _, begins) in enumerate(ours, 1):
        above, row = costs[-1], [_LONE * here]
        for there, (other, _, starts) in enumerate(theirs, 1):
            pair = _cost(letter, other) + (_BORDER if begins != starts else 0.0)
            least = min(above[there - 1] + pair, above[there] + _LONE, row[-1] + _LONE)
            row.append(least)
        costs.append(row)
    return _walked(ours, theirs, costs)


def _cost(letter: str, other: str) -> float:
    if letter == other:
        return 0.0
    return _LIKE if looks_of(letter) == looks_of(other) else _OTHER


def _walked(
    ours: list[Letter], theirs: list[Letter], costs: list[list[float]]
) -> list[tuple[int, int]]:
    here, there = len(ours), len(theirs)
    pairs: list[tuple[int, int]] = []
    while here and there:
        cost = costs[here][there]
        if cost == costs[here - 1][there] + _LONE:
            here -= 1
        elif cost == costs[here][there - 1] + _LONE:
            there -= 1
        else:
            here, there = here - 1, there - 1
            pairs.append((here, there))
    return pairs[::-1]
