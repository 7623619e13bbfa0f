"""Where words stand in texts: as they were typed or with other capitals, without accents, in words.

Apostrophes, hyphens and blanks that machines and keyboards write in two ways are always alike, and
so are composed and decomposed letters. Places count code points of the text as it is.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from annotations.text.mentions import Place
from articles.text.edits import minimal_edits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

_ALIKE: Final = {"'": "['’]", "’": "['’]", "-": "[-‑]", "‑": "[-‑]", "\u00a0": None, "\u202f": None}
_BLANK: Final = "[ \u00a0\u202f\n]"
_MARK: Final = "[\u0300-\u036f]"
_LIGATURES: Final = {"oe": "œ", "ae": "æ"}
# Letters that have accented forms of their own: Latin ones.
_LETTERS: Final = [*range(0x41, 0x250), *range(0x1E00, 0x1F00)]
MOST_PARTS: Final = 6


class Options(NamedTuple):
    """How near the words must be to those that were typed."""

    match_case: bool = False
    match_accents: bool = False
    whole_words: bool = True


EXACTLY: Final = Options(match_case=True, match_accents=True)
NEARLY: Final = Options()


class Part(NamedTuple):
    """Words of a correction that may stand alone elsewhere, with what is to stand for them."""

    old: str
    new: str


def pattern_of(words: str, options: Options = NEARLY) -> re.Pattern[str] | None:
    """What finds these words; None where there are none."""
    said = unicodedata.normalize("NFC", " ".join(words.split()))
    if not said:
        return None
    made = []
    at = 0
    while at < len(said):
        pair = said[at : at + 2]
        sign, step = _signs(pair, options)
        made.append(sign)
        at += step
    before = rf"(?<!\w)(?<!{_MARK})" if options.whole_words and _is_word(said[0]) else ""
    after = r"(?!\w)" if options.whole_words and _is_word(said[-1]) else ""
    flags = re.NOFLAG if options.match_case else re.IGNORECASE
    return re.compile(f"{before}{''.join(made)}(?!{_MARK}){after}", flags)


def occurrences(
    text: str, pattern: re.Pattern[str] | None, taken: Iterable[tuple[int, int]] = ()
) -> list[Place]:
    """The places that a pattern finds, but for those that overlap the taken ranges."""
    if pattern is None:
        return []
    found = (Place(*match.span()) for match in pattern.finditer(text))
    held = list(taken)
    return [
        place
        for place in found
        if place.start < place.end
        and not any(start < place.end and place.start < end for start, end in held)
    ]


def reads_already(text: str, place: Place, old: str, new: str) -> bool:
    """Whether the text has the right words there, of which the wrong ones are a part."""
    at = new.find(old)
    while at >= 0:
        start = place.start - at
        if start >= 0 and text[start : start + len(new)] == new:
            return True
        at = new.find(old, at + 1)
    return False


def as_written(exact: str, old: str, new: str) -> str:
    """What stands for words as they were found: in capitals where they are and the old were not."""
    letters = sum(sign.isalpha() for sign in exact)
    return new.upper() if letters > 1 and exact.isupper() and not old.isupper() else new


def parts_of(
    old: str, new: str, is_ordinary: Callable[[str], bool] | None = None
) -> Sequence[Part]:
    """The parts of a correction that may stand alone elsewhere, in the order of the words.

    "Anthony Blingen" corrected to "Antony Blinken" gives "Anthony" and "Blingen". What is ordinary
    is no part; without a list of words what has no capital counts as ordinary.
    """
    is_plain = is_ordinary or _has_no_capital
    whole = " ".join(old.split())
    found: dict[str, Part] = {}
    for edit in minimal_edits(old, new):
        gone, come = edit.removed.strip(), edit.inserted.strip()
        if not gone or not come or gone in (whole, come) or not _is_worth(gone):
            continue
        if not is_plain(gone):
            found.setdefault(gone, Part(gone, come))
    return list(found.values())[:MOST_PARTS]


def _is_worth(words: str) -> bool:
    """Whether words say enough to be looked for alone."""
    return sum(sign.isalnum() for sign in words) > 2


def _has_no_capital(words: str) -> bool:
    return not any(word[0].isupper() for word in re.findall(r"\w+", words))


def _is_word(sign: str) -> bool:
    return sign.isalnum() or sign == "_"


def _signs(pair: str, options: Options) -> tuple[str, int]:
    """What finds the first sign of two, or both where they may be one ligature."""
    sign = pair[0]
    if sign in _ALIKE or sign.isspace():
        return _ALIKE.get(sign) or _BLANK, 1
    if options.match_accents:
        return _either([sign, unicodedata.normalize("NFD", sign)]), 1
    plain = _plain(sign)
    for letters, ligature in _LIGATURES.items():
        if _plain(pair).lower() == letters and len(pair) == 2:
            one, other = (_without_accents(letter) for letter in _plain(pair))
            return f"(?:{_cased(ligature, pair)}|{one}{other})", 2
        if plain.lower() == letters:
            one, other = (_without_accents(letter) for letter in plain)
            return f"(?:{_cased(ligature, sign)}|{one}{other})", 1
    return _without_accents(sign), 1


def _cased(ligature: str, like: str) -> str:
    return ligature.upper() if like[0].isupper() else ligature


def _without_accents(sign: str) -> str:
    """A letter with whatever accents."""
    base = _plain(sign)
    forms = _accented().get(base, "")
    return f"(?:[{re.escape(base)}{forms}]{_MARK}*)" if len(base) == 1 else re.escape(sign)


def _either(forms: Sequence[str]) -> str:
    made = dict.fromkeys(re.escape(form) for form in forms)
    return next(iter(made)) if len(made) == 1 else f"(?:{'|'.join(made)})"


def _plain(signs: str) -> str:
    """Without accents; ligatures as two letters."""
    made = unicodedata.normalize("NFD", signs)
    made = "".join(sign for sign in made if not unicodedata.combining(sign))
    for letters, ligature in _LIGATURES.items():
        made = made.replace(ligature, letters).replace(ligature.upper(), letters.upper())
    return made


@cache
def _accented() -> dict[str, str]:
    """By plain letters: those that are the same with an accent."""
    found: dict[str, str] = {}
    for code in _LETTERS:
        sign = chr(code)
        base = _plain(sign)
        if len(base) == 1 and base != sign:
            found[base] = found.get(base, "") + sign
    return found
