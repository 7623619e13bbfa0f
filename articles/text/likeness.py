"""How alike two words are: for names typed or heard with a slip."""

from __future__ import annotations

from functools import lru_cache

from articles.text.lexemes import fold
from articles.text.regex import regex

# How French (and names read by French ears) writes one sound in several ways.
_SOUNDS = tuple(
    (regex(pattern), sound)
    for pattern, sound in (
        (r"ph", "f"), (r"sch|sh|tch|ch", "S"), (r"gn", "N"), (r"qu|q|ck|k|c(?![eiy])", "k"),
        (r"c(?=[eiy])", "s"), (r"g(?=[eiy])|dj", "j"), (r"eau|au|aw", "o"), (r"ou|oo", "u"),
        (r"ai|ei|ay|ey|ae", "e"), (r"an|am|en|em", "A"), (r"in|im|yn|ym|ain|ein", "I"),
        (r"on|om", "O"), (r"w", "v"), (r"y|j(?=$)", "i"), (r"z", "s"), (r"h", ""),
    )
)  # fmt: skip
_DOUBLED = regex(r"(.)\1+")
_HARD = regex(r"qu|q|ck|k|c(?![eiyh])")
_SILENT = regex(r"(?<=..)[esxtd]+$")


def sound_of(word: str) -> str:
    """A rough key of how a French reader says a word; alike for words that sound alike."""
    said = _DOUBLED.sub(r"\1", fold(word))
    for pattern, sound in _SOUNDS:
        said = pattern.sub(sound, said)
    return _SILENT.sub("", _DOUBLED.sub(r"\1", said))


def spellings(word: str) -> list[str]:
    """The word folded, and how one writes it who only heard it: with one letter of each pair, its
    hard sounds as c and as k.
    """
    said = fold(word)
    heard = _DOUBLED.sub(r"\1", said)
    hard = _HARD.sub("k", heard)
    return [*dict.fromkeys((said, heard, hard, hard.replace("k", "c")))]


def distance(one: str, other: str, limit: int) -> int:
    """How many letters were changed, dropped, added or swapped with a neighbour; past `limit`,
    `limit + 1`.

    Optimal string alignment by bits (Hyyrö 2003): a column of the table is two numbers, whose bits
    say where it grows and where it falls by one from row to row.
    """
    if abs(len(one) - len(other)) > limit:
        return limit + 1
    if not one:
        return len(other)
    whole, last = (1 << len(one)) - 1, 1 << len(one) - 1
    places = _places(one)
    far, grows, falls, same, met = len(one), whole, 0, 0, 0
    for letter in other:
        here = places.get(letter, 0)
        swapped = (~same & here) << 1 & met
        same = ((here & grows) + grows ^ grows) | here | falls | swapped
        more, less = falls | ~(same | grows), same & grows
        far += bool(more & last) - bool(less & last)
        more = more << 1 | 1
        grows = (less << 1 | ~(same | more)) & whole
        falls = more & same & whole
        met = here
    return min(far, limit + 1)


@lru_cache(maxsize=1_000)
def _places(word: str) -> dict[str, int]:
    """For each letter the numbers of its places, as bits."""
    found: dict[str, int] = {}
    for place, letter in enumerate(word):
        found[letter] = found.get(letter, 0) | 1 << place
    return found


def slips_allowed(word: str) -> int:
    """How many letters of a word may be wrong before it is another word."""
    return 0 if len(word) < 4 else 1 if len(word) < 6 else 2 if len(word) < 11 else 3
