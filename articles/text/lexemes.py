"""Words as the search knows them: folded, stemmed in the text's language, at the same position.

A word gives up to two lexemes: its stem without accents, and the stem of the word without
accents. So "élevées" is found by "élevé", "elevee" and "ELEVEES", "cœur" by "coeur", and a text
that a machine stripped of its accents is found by the accented word. Apostrophes (' and ’),
hyphens, no-break blanks and soft hyphens separate words or vanish, in texts and queries alike.
The stemmers are Snowball's, the same that PostgreSQL has (Porter, http://snowball.tartarus.org).
Positions count words from 1, as in a `tsvector`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

import Stemmer

from articles.text.regex import regex

WORD = regex(r"[^\W_]+(?:[\u0300-\u036f\u00ad]+[^\W_]*)*")
LANGUAGES = {"fr": "french", "en": "english"}
CACHE_SIZE = 300_000  # words; the cache starts anew when full
LEXEME_LENGTH = 200  # code points; far below what a tsvector takes (2,046 bytes)
MADE_LENGTH = LEXEME_LENGTH // 3  # in lower case a character is three at most
LAST_POSITION = 16_383  # a tsvector counts no further
MOST_POSITIONS = 255  # of one lexeme

_FRENCH = (
    "a à ai ait as au aux avec c ce ceci cela ces cet cette d dans de des du elle elles en "
    "es est et eu eux il ils j je l la le les leur leurs lui m ma me mes moi mon n ne nos "
    "notre nous on ont ou où par pas pour qu que qui s sa se ses son sont sur t ta te tes "
    "toi ton tu un une vos votre vous y"
)
_ENGLISH = (
    "a an and are as at be been but by for from had has have he her his i if in into is it "
    "its me my no not of on or our s she so t that the their them then there these they this "
    "to was we were which who will with you your"
)
STOP_WORDS = {"fr": frozenset(_FRENCH.split()), "en": frozenset(_ENGLISH.split())}
_LIGATURES = {
    "œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "đ": "d", "ł": "l", "ı": "i", "ð": "d", "þ": "th",
}  # fmt: skip
_FEMININE = {"ee": "ée", "ees": "ées"}
_SOFT_HYPHEN = "\u00ad"
_LINES = "\n"  # parts words that are folded together


class _Folded(dict[int, str]):
    """For a character what stands for it in folded text, found out when it is first met."""

    def __missing__(self, code: int) -> str:
        parts = unicodedata.normalize("NFKD", chr(code))
        found = self[code] = "".join(part for part in parts if not unicodedata.combining(part))
        return found


_FOLDED = _Folded(
    {ord(letter): plain for letter, plain in _LIGATURES.items()} | {ord(_SOFT_HYPHEN): ""}
)


class FoundWord(NamedTuple):
    """A word in a text: its range (code points, end exclusive) and its lexemes."""

    start: int
    end: int
    lexemes: tuple[str, ...]


def fold(text: str) -> str:
    """The text in lower case without accents, ligatures and soft hyphens."""
    lowered = text.lower()
    if lowered.isascii():
        return lowered
    return lowered.translate(_FOLDED)


def _fold_all(lowered: list[str]) -> list[str]:
    """Words in lower case without accents and ligatures."""
    return _LINES.join(lowered).translate(_FOLDED).split(_LINES) if lowered else []


def is_stop_word(word: str, language: str) -> bool:
    """Whether this word, as written, is too common to be searched in that language."""
    return word.lower() in STOP_WORDS.get(language, ())


def lexemes_in_any(word: str) -> tuple[str, ...]:
    """The lexemes under which texts of any language may hold this word, sorted.

    A word typed without accents may stand for one whose feminine ending has them: "elevee" also
    gives what "élevé" has, which the stemmer alone cannot know.
    """
    found = {lexeme for language in (*LANGUAGES, "") for lexeme in lexemes_of(word, language)}
    plain = fold(word)
    for ending, accented in _FEMININE.items():
        if plain == word.lower() and plain.endswith(ending):
            found.update(lexemes_of(plain.removesuffix(ending) + accented, "fr"))
    return tuple(sorted(found))


class _Lexicon:
    """The lexemes of every word met in one language."""

    def __init__(self, language: str) -> None:
        self.known: dict[str, tuple[str, ...]] = {}
        self.stop_words = STOP_WORDS.get(language, frozenset())
        name = LANGUAGES.get(language)
        stemmer = Stemmer.Stemmer(name, 0) if name else None
        self.stem: Callable[[str], str] = stemmer.stemWord if stemmer else str
        self.stem_all: Callable[[Sequence[str]], list[str]] = stemmer.stemWords if stemmer else list

    def lexemes(self, word: str) -> tuple[str, ...]:
        found = self.known.get(word)
        if found is None:
            if len(self.known) >= CACHE_SIZE:
                self.known.clear()
            found = self.known[word] = self.make(word)
        return found

    def make(self, word: str) -> tuple[str, ...]:
        lowered = word.lower()
        if lowered.isascii():
            return () if lowered in self.stop_words else (self.stem(lowered[:LEXEME_LENGTH]),)
        lowered = lowered.replace(_SOFT_HYPHEN, "")[:LEXEME_LENGTH]
        if lowered in self.stop_words:
            return ()
        plain = lowered.translate(_FOLDED)
        if not plain:
            return ()
        first = self.stem(plain)
        second = first if plain == lowered else self.stem(lowered).translate(_FOLDED)
        return (first,) if first == second else (first, second)

    def make_many(self, words: Sequence[str]) -> tuple[list[str], list[str]]:
        """The same for words of letters and digits alone, stemmed together, much sooner."""
        lowered = _LINES.join(words).lower().split(_LINES)
        folded = _fold_all(lowered)
        marked = [place for place, word in enumerate(lowered) if not word.isascii()]
        stems = _fold_all(self.stem_all([lowered[place] for place in marked]))
        stop_words = self.stop_words
        firsts = [
            "" if word in stop_words else stem
            for word, stem in zip(lowered, self.stem_all(folded), strict=True)
        ]
        seconds = [""] * len(words)
        for place, stem in zip(marked, stems, strict=True):
            if firsts[place] and stem != firsts[place]:
                seconds[place] = stem
        return firsts, seconds


@cache
def _lexicon(language: str) -> _Lexicon:
    return _Lexicon(language)


def lexemes_of(word: str, language: str) -> tuple[str, ...]:
    """The lexemes of one word in a language ("" for none known); () for a stop word."""
    return _lexicon(language).lexemes(word)


def make_lexemes(words: Sequence[str], language: str) -> tuple[list[str], list[str]]:
    """The first and the second lexeme of each of some words of letters and digits alone.

    "" where there is none. They are made anew and not kept. A word may have `MADE_LENGTH` code
    points.
    """
    return _lexicon(language).make_many(words) if words else ([], [])


def found_words(text: str, language: str) -> Iterator[FoundWord]:
    """Every word of the text in order, stop words too (with no lexemes)."""
    lexicon = _lexicon(language)
    for match in WORD.finditer(text):
        yield FoundWord(match.start(), match.end(), lexicon.lexemes(match.group()))


def search_vector(text: str, language: str) -> str:
    """The text as a PostgreSQL `tsvector` literal, with positions."""
    lexicon = _lexicon(language)
    known, make = lexicon.known, lexicon.lexemes
    places: dict[str, list[str]] = {}
    for position, word in enumerate(WORD.findall(text), 1):
        lexemes = known.get(word)
        if lexemes is None:
            lexemes = make(word)
        for lexeme in lexemes:
            if lexeme in places:
                places[lexeme].append(str(min(position, LAST_POSITION)))
            else:
                places[lexeme] = [str(min(position, LAST_POSITION))]
    return " ".join(f"{lexeme}:{','.join(at[:MOST_POSITIONS])}" for lexeme, at in places.items())


def words_for_slips(text: str) -> set[str]:
    """The folded words of a text that a slip could be meant for: letters only, three or more."""
    return {
        folded
        for word in set(WORD.findall(text))
        if len(word) > 2 and (folded := fold(word)).isalpha()
    }
