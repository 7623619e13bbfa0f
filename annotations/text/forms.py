"""The forms of an entity's names, and which of them garbled words call for.

"Blingen" calls for "Blinken", "Anthony Blingen" for "Antony Blinken", "l'O.C.D.E" for "l’OCDE": the
form of as many words that is most like what was written.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from annotations.text.folding import fold
from annotations.text.phonetic import sound
from annotations.text.variants import initials
from articles.text.likeness import distance

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

FULL: Final = "full"
SURNAME: Final = "surname"
GIVEN: Final = "given"
ACRONYM: Final = "acronym"
ALIAS: Final = "alias"
PERSON: Final = "person"
ORGANISATION: Final = "organisation"

LETTERS: Final = 0.6  # what letters count beside sounds
OTHER_COUNT: Final = 0.12  # what each word more or less than was written costs
BEHIND: Final[dict[str, float]] = {
    FULL: 0.02,
    SURNAME: 0.03,
    ACRONYM: 0.0,
    ALIAS: 0.0,
    GIVEN: -0.05,
}
ALIKE: Final = 0.45  # below, words say nothing of the form but by their number
SPELLING: Final = 0.9  # from here on, another name is but another spelling of the full one
MOST_ALIASES: Final = 40

_PARTICLES: Final = """
de du des d di da dos das del della dell der den van von zu zur zum ter ten te la le les lo el al
ad as ar bin ben ibn bint abu abou ould bou st saint sainte mac mc o san santa
"""
_NUMBERED: Final = re.compile(r"[IVXL]+|Ier|Ire|jr\.?|sr\.?", re.IGNORECASE)
# Who is called by the first word: families come first in these names, which have no other sign.
_FAMILY_FIRST: Final = """
xi li wang zhang hu jiang deng mao zhou chen yang liu zhao han ma wen zhu kim park moon lee yoon
choi ban nguyen tran pham vo
"""
PARTICLES: Final = frozenset(_PARTICLES.split())
FAMILY_FIRST: Final = frozenset(_FAMILY_FIRST.split())
_ACRONYM: Final = re.compile(r"(?:[^\W\d_a-zà-ÿ]\.?){2,8}|[A-Z]{2,6}-?\d{1,3}")
_ELIDED: Final = re.compile(
    r"(?P<word>[cdjlmnst]|qu|jusqu|lorsqu|puisqu)(?P<sign>['’ʼ])(?=\w)", re.IGNORECASE
)
# What may stand before a name without being of it.
_LEADING: Final = re.compile(
    r"(?:(?:le|la|les|du|des|au|aux|the|messieurs|mesdames|monsieur|madame)(?=\s)"
    r"|(?:M|MM|Mr|Mrs|Ms|Dr|Pr|Me|Mme|Mmes|Mlle)\b\.?)\s*",
    re.IGNORECASE,
)
_VOWEL: Final = re.compile(r"[aeiouyh]")
_UNELIDED: Final = {"c": "ce", "j": "je", "m": "me", "n": "ne", "s": "se", "t": "te", "d": "de",
                    "l": "le"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Form:
    """One way to write an entity's name: its text and what it is (`full`, `surname` …)."""

    text: str
    kind: str


def forms_of(label: str, aliases: Iterable[str] = (), kind: str = "") -> tuple[Form, ...]:
    """The forms to offer: the full name first, then surname, acronyms, other names, first name.

    `kind` is the entity's: only persons have surnames, only bodies initials of their own. A form
    that the label has is given once, under the first of its kinds.
    """
    others = [name for name in aliases if name and name != label][:MOST_ALIASES]
    found: dict[str, str] = {label: FULL}
    surname, given = _parts_of(label) if kind == PERSON else ("", "")
    if surname:
        found.setdefault(surname, SURNAME)
    for name in others:
        if _ACRONYM.fullmatch(name):
            found.setdefault(_without_dots(name), ACRONYM)
    if kind == ORGANISATION and ACRONYM not in found.values():
        own = initials(fold(label)).upper()
        if 3 <= len(own) <= 6:
            found.setdefault(own, ACRONYM)
    for name in others:
        if not _ACRONYM.fullmatch(name):
            found.setdefault(_curled(name), ALIAS)
    if given:
        found.setdefault(given, GIVEN)
    if surname[:1].islower():  # "Gaulle" may stand after a "de" that is right
        found.setdefault(surname.split()[-1], SURNAME)
    return tuple(Form(text, what) for text, what in found.items() if text)


def form_for(words: str, forms: Sequence[Form], kind: str = "") -> str:
    """What is to stand for garbled words: a form, after the article or title that stood before it.

    Words that are like no form get the surname of a person where they are one, else the full name.
    """
    said = words.strip()
    if not said or not forms:
        return ""
    elided = _ELIDED.match(said)
    name = said[elided.end() :] if elided else said
    lead, chosen = _led(name, forms)
    text = chosen.text
    if _is_shouted(name) and chosen.kind != ACRONYM:
        text = text.upper()
    return _joined(elided, text, kind) if elided and not lead else lead + text


def is_like(words: str, form: str) -> bool:
    """Whether words are so like a form that they say which one is meant."""
    return _alike(fold(words), fold(form)) >= ALIKE


def likenesses(words: str, forms: Iterable[Form]) -> list[tuple[float, Form]]:
    """The forms with how well each fits the words, the best first; of equals the earlier."""
    folded = fold(words)
    scored = [(_fit(folded, form), form) for form in forms]
    return sorted(scored, key=lambda one: -one[0])


def _led(name: str, forms: Sequence[Form]) -> tuple[str, Form]:
    """What stands before the name and is no part of it, and the form that the rest calls for."""
    lead = _LEADING.match(name)
    if lead is None or lead.end() == len(name):
        return "", _likeliest(name, forms)
    rest = name[lead.end() :]
    if likenesses(name, forms)[0][0] >= likenesses(rest, forms)[0][0]:
        return "", _likeliest(name, forms)
    return lead[0], _likeliest(rest, forms)


def _likeliest(name: str, forms: Sequence[Form]) -> Form:
    """The form that is most like the name, or where none is, the one of its number of words.

    Of two spellings of one form it is the record's own: "Anthony Blingen" is no "Anthony Blinken".
    """
    fit, best = likenesses(name, forms)[0]
    if fit >= ALIKE:
        full = next((form for form in forms if form.kind == FULL), best)
        return full if best.kind == ALIAS and _is_spelling(best.text, full.text) else best
    wanted = SURNAME if len(fold(name).split()) == 1 else FULL
    return next((form for form in forms if form.kind == wanted), forms[0])


def _is_spelling(alias: str, full: str) -> bool:
    one, other = fold(alias), fold(full)
    return len(one.split()) == len(other.split()) and _alike(one, other) >= SPELLING


def _fit(folded: str, form: Form) -> float:
    name = fold(form.text)
    apart = abs(len(folded.split()) - len(name.split()))
    if apart and folded.replace(" ", "") == name.replace(" ", ""):
        apart = 0  # heard as two words
    return _alike(folded, name) - OTHER_COUNT * apart + BEHIND[form.kind]


@lru_cache(maxsize=4_000)
def _alike(one: str, other: str) -> float:
    """From 0 to 1: the shares of letters and of sounds that need no change."""
    letters = _share(one.replace(" ", ""), other.replace(" ", ""))
    heard = _share(sound(one).replace(" ", ""), sound(other).replace(" ", ""))
    return LETTERS * letters + (1 - LETTERS) * heard


def _share(one: str, other: str) -> float:
    longer = max(len(one), len(other))
    return 1 - distance(one, other, longer) / longer if longer else 0.0


def _parts_of(label: str) -> tuple[str, str]:
    """A person's surname with its particles, and first name; "" where the name has none."""
    words = label.split()
    if len(words) < 2 or _NUMBERED.fullmatch(words[-1]):
        return "", ""
    if fold(words[0]) in FAMILY_FIRST:
        return words[0], ""
    start = len(words) - 1
    while start > 1 and _is_particle(words[start - 1]):
        start -= 1
    return " ".join(words[start:]), words[0]


def _is_particle(word: str) -> bool:
    return fold(word) in PARTICLES


def _without_dots(acronym: str) -> str:
    return acronym.replace(".", "")


def _curled(name: str) -> str:
    """With typographic apostrophes."""
    return name.replace("'", "’")


def _is_shouted(name: str) -> bool:
    """Whether words are in capitals as in a heading: too long for an acronym."""
    return name.isupper() and sum(sign.isalpha() for sign in name) > 6


def _joined(elided: re.Match[str], text: str, kind: str) -> str:
    """The form after an elided word, which is written out before a consonant."""
    word = elided["word"]
    if _VOWEL.match(fold(text)):
        return f"{word}’{text}"
    if word.lower() == "l" and kind == PERSON:
        return text
    whole = _UNELIDED.get(word.lower(), f"{word.lower()}e")
    if text.lower().startswith(f"{whole} "):
        return text
    return f"{whole.capitalize() if word[0].isupper() else whole} {text}"
