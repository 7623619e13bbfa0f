"""Where a text answers a search, and the few words around its best hits."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from articles.text.lexemes import WORD, fold, lexemes_of
from articles.text.query import Part, Query

Range = tuple[int, int]

_LAST_PLAIN = 0x24F
_PLAIN = {
    letter: fold(letter)[:1] for letter in map(chr, range(_LAST_PLAIN + 1)) if letter.isalnum()
}
# What goes on with a word beside letters and digits: texts with it are looked through in full.
_JOINS = re.compile(r"[\u0300-\u036f\u00ad]")


class Piece(NamedTuple):
    """A stretch of a snippet, and whether it is a hit."""

    text: str
    is_hit: bool


class HitFinder:
    """Finds a query's hits in texts of one language; keeps what it learns of each word."""

    def __init__(self, query: Query, language: str) -> None:
        self.parts = query.wanted
        self.language = language
        self.terms = [term for part in self.parts for term in part.terms]
        self.known: dict[str, frozenset[int]] = {}
        # Stemming and folding leave a word's first letter: most words need no closer look.
        begins = {lexeme[0] for term in self.terms for lexeme in (*term.lexemes, *term.beginnings)}
        self.passed = frozenset(letter for letter, plain in _PLAIN.items() if plain not in begins)
        self.is_of_words = all(part.offsets == (0,) for part in self.parts)
        self.word = _words_beginning(letter for letter in _PLAIN if letter not in self.passed)

    def ranges(self, text: str) -> list[Range]:
        """The hits (code points, end exclusive), in order, not overlapping."""
        if self.is_of_words and not _JOINS.search(text):
            return self._single(text)
        known = self.known
        answers: dict[int, frozenset[int]] = {}
        spans: dict[int, Range] = {}
        for place, match in enumerate(WORD.finditer(text)):
            word = match.group()
            if word[0] in self.passed:
                continue
            terms = known.get(word)
            if terms is None:
                terms = known[word] = self._answers(word)
            if terms:
                answers[place] = terms
                spans[place] = match.span()
        return _joined(self._of_parts(answers, spans)) if spans else []

    def _single(self, text: str) -> list[Range]:
        """The hits where single words are looked for: only those are met that begin right."""
        known, found = self.known, []
        for match in self.word.finditer(text):
            word = match.group()
            terms = known.get(word)
            if terms is None:
                terms = known[word] = self._answers(word)
            if terms:
                found.append(match.span())
        return found

    def _answers(self, word: str) -> frozenset[int]:
        lexemes = lexemes_of(word, self.language)
        return frozenset(
            index
            for index, term in enumerate(self.terms)
            if any(term.answers(lexeme) for lexeme in lexemes)
        )

    def _of_parts(self, answers: dict[int, frozenset[int]], spans: dict[int, Range]) -> list[Range]:
        found, first = [], 0
        for part in self.parts:
            for place in answers:
                if self._stands_at(part, first, place, answers):
                    found.append((spans[place][0], spans[place + part.offsets[-1]][1]))
            first += len(part.terms)
        return found

    @staticmethod
    def _stands_at(part: Part, first: int, place: int, answers: dict[int, frozenset[int]]) -> bool:
        nothing: frozenset[int] = frozenset()
        return all(
            first + index in answers.get(place + offset, nothing)
            for index, offset in enumerate(part.offsets)
        )


def _words_beginning(letters: Iterable[str]) -> re.Pattern[str]:
    """Words without joining marks that begin with one of these letters, or with a rarer one."""
    first = "".join(map(re.escape, letters))
    return re.compile(rf"[{first}\u0250-\U0010ffff](?<=(?<![^\W_])[^\W_])[^\W_]*")


def hit_ranges(text: str, query: Query, language: str) -> list[Range]:
    """The query's hits in a text (code points, end exclusive), in order, not overlapping."""
    return HitFinder(query, language).ranges(text)


def snippet(text: str, ranges: Sequence[Range], length: int) -> list[Piece]:
    """About `length` code points of the text around the best hits, cut at blanks.

    The best stretch holds most different hits, then most hits, then comes first.
    """
    start, end = _window(text, ranges, length)
    pieces = [Piece("… ", False)] if start > 0 else []
    at = start
    for hit_start, hit_end in ranges:
        if hit_start < start or hit_end > end:
            continue
        if hit_start > at:
            pieces.append(Piece(text[at:hit_start], False))
        pieces.append(Piece(text[hit_start:hit_end], True))
        at = hit_end
    if at < end:
        pieces.append(Piece(text[at:end], False))
    if end < len(text):
        pieces.append(Piece(" …", False))
    return pieces


def _joined(ranges: list[Range]) -> list[Range]:
    joined: list[Range] = []
    for start, end in sorted(ranges):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _window(text: str, ranges: Sequence[Range], length: int) -> Range:
    if len(text) <= length:
        return 0, len(text)
    if not ranges:
        return 0, _back_to_blank(text, 0, length)
    first, last = _best_run(text, ranges, length)
    spare = max(0, length - (last - first))
    start = max(0, min(first - spare // 2, len(text) - length))
    start = _on_to_word(text, start, first)
    return start, max(last, _back_to_blank(text, start, start + length))


def _best_run(text: str, ranges: Sequence[Range], length: int) -> Range:
    best, best_score = ranges[0], (0, 0)
    for index, (start, end) in enumerate(ranges):
        run_end, different, count = end, set(), 0
        for hit_start, hit_end in ranges[index : index + 20]:
            if hit_end - start > length and count:
                break
            run_end = hit_end
            different.add(text[hit_start:hit_end].lower())
            count += 1
        if (len(different), count) > best_score:
            best, best_score = (start, run_end), (len(different), count)
    return best


def _on_to_word(text: str, start: int, limit: int) -> int:
    if start == 0:
        return 0
    at = start
    while at < limit and not text[at - 1].isspace():
        at += 1
    return at


def _back_to_blank(text: str, start: int, end: int) -> int:
    if end >= len(text):
        return len(text)
    at = end
    while at > start and not text[at].isspace():
        at -= 1
    return at if at > start else end
