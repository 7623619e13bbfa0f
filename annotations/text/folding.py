"""Names as they are compared: without case, accents, ligatures, apostrophes and hyphens.

Two names that fold alike are one name: "L’Élysée" and "l'elysee", "Le-Drian" and "le  drian",
"O.N.U." and "ONU", "Œuvre" and "oeuvre". What has neither letters nor digits stays as it is.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

_PLAIN = {
    "œ": "oe", "æ": "ae", "ø": "o", "đ": "d", "ł": "l", "ı": "i", "ð": "d", "þ": "th",
    "ħ": "h", "ŋ": "n",
}  # fmt: skip
_APOSTROPHES = "ʹʺʻʼʽʾʿ"  # letters to Unicode, apostrophes to readers
_LETTER = r"[^\W\d_][\u0300-\u036f]*"
_INITIALS = re.compile(
    rf"(?<![\w\u0300-\u036f])(?:{_LETTER}\.)+(?:{_LETTER}\.|{_LETTER}(?![\w.\u0300-\u036f]))"
)


class _Folded(dict[int, str]):
    """For a character what stands for it, found out when it is first met: a blank for a border."""

    def __missing__(self, code: int) -> str:
        found = self[code] = _fold_character(chr(code))
        return found


class FoldedWord(NamedTuple):
    """A word of a text: its range (code points, end exclusive) and what it folds to."""

    start: int
    end: int
    folded: str


def fold(name: str) -> str:
    """The name in lower case, its words of letters and digits separated by one blank."""
    if "." in name:
        name = _INITIALS.sub(_without_dots, name)
    return " ".join(name.translate(_FOLDED).split()) or " ".join(name.split())


def folded_words(text: str) -> list[FoldedWord]:
    """The words of a text where they stand; joined by blanks they are what `fold` makes of it."""
    found: list[FoldedWord] = []
    for start, end in _pieces(text):
        folded = fold(text[start:end])
        # One character may fold to several words: ½ is "1 2". All of them stand at its place.
        found.extend(FoldedWord(start, end, word) for word in folded.split())
    return found


def _pieces(text: str) -> list[tuple[int, int]]:
    """The ranges between blanks and signs; initials with their dots are one."""
    pieces: list[tuple[int, int]] = []
    place = 0
    for initials in _INITIALS.finditer(text):
        pieces += _plain_pieces(text, place, initials.start())
        pieces.append(initials.span())
        place = initials.end()
    return pieces + _plain_pieces(text, place, len(text))


def _plain_pieces(text: str, place: int, end: int) -> list[tuple[int, int]]:
    pieces: list[tuple[int, int]] = []
    begun = -1
    for at in range(place, end):
        border = _FOLDED[ord(text[at])] == " "
        if border and begun >= 0:
            pieces.append((begun, at))
            begun = -1
        elif not border and begun < 0 and _FOLDED[ord(text[at])]:
            begun = at
    if begun >= 0:
        pieces.append((begun, end))
    return pieces


def _without_dots(initials: re.Match[str]) -> str:
    return initials[0].replace(".", "") + " "


def _fold_character(character: str) -> str:
    """Letters and digits that fold to themselves; a blank for a sign, nothing for a mark."""
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", character).casefold())
    return "".join(_plain(part) for part in folded)


def _plain(part: str) -> str:
    if unicodedata.combining(part) or unicodedata.category(part) == "Cf":
        return ""
    if part in _APOSTROPHES or unicodedata.category(part)[0] not in "LNM":
        return " "
    return _PLAIN.get(part, part)


_FOLDED = _Folded()
