"""How alike two words are: for names typed or heard with a slip."""

from __future__ import annotations

import re

from articles.text.lexemes import fold

# How French (and names read by French ears) writes one sound in several ways.
_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"ph", "f"), (r"sch|sh|tch|ch", "S"), (r"gn", "N"), (r"qu|q|ck|k|c(?![eiy])", "k"),
        (r"c(?=[eiy])", "s"), (r"g(?=[eiy])|dj", "j"), (r"eau|au|aw", "o"), (r"ou|oo", "u"),
        (r"ai|ei|ay|ey|ae", "e"), (r"an|am|en|em", "A"), (r"in|im|yn|ym|ain|ein", "I"),
        (r"on|om", "O"), (r"w", "v"), (r"y|j(?=$)", "i"), (r"z", "s"), (r"h", ""),
    )
)  # fmt: skip
_DOUBLED = re.compile(r"(.)\1+")
_SILENT = re.compile(r"(?<=..)[esxtd]+$")


def sound_of(word: str) -> str:
    """A rough key of how a French reader says a word; alike for words that sound alike."""
    said = _DOUBLED.sub(r"\1", fold(word))
    for pattern, sound in _SOUNDS:
        said = pattern.sub(sound, said)
    return _SILENT.sub("", _DOUBLED.sub(r"\1", said))


def distance(one: str, other: str, limit: int) -> int:
    """How many letters were changed, dropped, added or swapped with a neighbour; past `limit`,
    `limit + 1` (optimal string alignment, row by row).
    """
    if abs(len(one) - len(other)) > limit:
        return limit + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        two_before, before, row = before, row, [i]
        for j, against in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != against))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == against:
                cost = min(cost, two_before[j - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return limit + 1
    return min(row[-1], limit + 1)


def slips_allowed(word: str) -> int:
    """How many letters of a word may be wrong before it is another word."""
    return 0 if len(word) < 4 else 1 if len(word) < 6 else 2 if len(word) < 11 else 3
