"""What may be names in a text: words with capitals that no sentence begins by chance.

Ranges count code points, end exclusive.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from annotations.text.ordinary import is_ordinary_word

if TYPE_CHECKING:
    from collections.abc import Iterator

# A word with a capital (or of a script that has none), and what may part it from the next.
_CAPITAL: Final = r"[^\W\d_a-zß-öø-ÿœ][\w\u0300-\u036f]*(?:[-‑][^\W_][\w\u0300-\u036f]*)*"
_GAP: Final = r"(?:[ \u00a0\u202f]{1,2}|['’])"
# Small words inside names: "Quai d’Orsay", "Ursula von der Leyen".
_INSIDE: Final = r"(?:de|du|des|d|von|van|der|den|ben|bin|ibn|al|el|of|the)"
_FIRST: Final = re.compile(rf"(?<![\w\u0300-\u036f]){_CAPITAL}")
_NEXT: Final = re.compile(rf"{_GAP}(?:{_INSIDE}{_GAP}){{0,2}}({_CAPITAL})")
_NUMERAL: Final = re.compile(r"(?:[IVXLCDM]{2,}|[IVX])(?:e|er|ère|ème|th|st|nd|rd)?")
# What stands before a name, and says nothing alone.
_TITLES: Final = """
m mm mme mmes mlle me dr pr mr mrs ms sir lord lady monsieur messieurs madame mesdames mademoiselle
maître docteur professeur président présidente ministre secrétaire chancelier chancelière roi reine
prince princesse général colonel amiral ambassadeur ambassadrice sénateur député excellence pape
president minister secretary chancellor king queen prime general ambassador senator premier première
question réponse answer journaliste journalist
"""
_DAYS: Final = """
monday tuesday wednesday thursday friday saturday sunday january february march april may june july
august september october november december
"""
_ABBREVIATED: Final = "st ste mm mme mmes mlle me dr pr mr mrs ms gen col"
TITLES: Final = frozenset(_TITLES.split())
ABBREVIATED: Final = frozenset(
    ["st", "ste", "mm", "mme", "mmes", "mlle", "me", "dr", "pr", "mr", "mrs", "ms", "gen", "col"]
)
DAYS: Final = frozenset(_DAYS.split())
# Signs around sentences; a quotation, a dash, a bullet and the like begin one.
_OPENING: Final = frozenset('«“"‘([–—-*_>#|•')
_QUOTING: Final = frozenset("«“–—-•|>#[(")
_CLOSING: Final = frozenset('»”")]*_')
_ENDS: Final = frozenset(".?!…")
_PARTING: Final = frozenset(":;")
_CAPITALS: Final = re.compile(r"[A-ZÀ-ÖØ-Þ]+")
SHOUTED: Final = 0.6  # the share of capitals from which they say nothing
LEAST_SHOUTED: Final = 20  # letters


class Candidate(NamedTuple):
    """Words that may be a name; `wider` is where they begin if the sentence's first word is of it.

    "Le Drian" at a sentence's beginning: `wider` is at "Le", `start` at "Drian".
    """

    start: int
    end: int
    wider: int


class _Word(NamedTuple):
    start: int
    end: int
    text: str

    @property
    def lowered(self) -> str:
        return self.text.lower()


def find_candidates(text: str, language: str = "fr") -> list[Candidate]:
    """The words that may be names, in order, none over another."""
    if _is_shouted(text):
        return []
    found: list[Candidate] = []
    at = 0
    while (match := _FIRST.search(text, at)) is not None:
        first = _Word(match.start(), match.end(), match[0])
        at = first.end
        if not _may_be_name(first):
            continue
        run = [first, *_following(text, first.end)]
        at = run[-1].end
        candidate = _candidate(run, text, language)
        if candidate is not None:
            found.append(candidate)
    return found


def _following(text: str, at: int) -> Iterator[_Word]:
    """The words that go on a name, but for the small ones between them."""
    while (match := _NEXT.match(text, at)) is not None:
        word = _Word(match.start(1), match.end(1), match[1])
        if not _may_be_name(word):
            return
        yield word
        at = word.end


def _may_be_name(word: _Word) -> bool:
    said = word.text
    return len(said) > 1 and said[0].isupper() and not _NUMERAL.fullmatch(said)


def _candidate(run: list[_Word], text: str, language: str) -> Candidate | None:
    """The name in these words, without titles and what only begins the sentence."""
    words, wider = run, None
    first = words[0]
    if (
        first.lowered not in TITLES
        and _begins_sentence(text, first.start)
        and _is_ordinary(first.text, language)
    ):
        words, wider = words[1:], first.start
    while words and words[0].lowered in TITLES:
        words, wider = words[1:], None
    if not words or (len(words) == 1 and words[0].lowered in DAYS and language == "en"):
        return None
    start = words[0].start
    return Candidate(start, words[-1].end, start if wider is None else wider)


def _is_ordinary(word: str, language: str) -> bool:
    """Whether a sentence may begin so: "Mais", "Faut-il"."""
    parts = re.split("[-‑]", word)
    return all(is_ordinary_word(part, language) for part in parts) and all(
        part[0].islower() for part in parts[1:]
    )


def _begins_sentence(text: str, at: int) -> bool:
    """Whether what stands before is the end of a sentence, or the beginning of a quotation."""
    at -= 1
    while at >= 0 and (text[at].isspace() or text[at] in _OPENING):
        if text[at] in _QUOTING or text[at] == "\n":
            return True
        at -= 1
    if at < 0:
        return True
    if text[at] in _CLOSING:  # what is quoted has ended, and with it perhaps the sentence
        while at >= 0 and (text[at].isspace() or text[at] in _CLOSING):
            at -= 1
        return at >= 0 and text[at] in _ENDS
    if text[at] != ".":
        return text[at] in _ENDS or text[at] in _PARTING
    # After "M." or "St." goes on what the capital belongs to.
    start = at
    while start > 0 and text[start - 1].isalpha():
        start -= 1
    word = text[start:at]
    return not (word.isupper() and len(word) == 1) and word.lower() not in ABBREVIATED


def _is_shouted(text: str) -> bool:
    capitals = sum(map(len, _CAPITALS.findall(text)))
    if capitals < LEAST_SHOUTED * SHOUTED:
        return False
    return capitals > SHOUTED * sum(map(str.isalpha, text))
