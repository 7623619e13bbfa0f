"""Where a text answers a search, and the few words around its best hits."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from operator import itemgetter
from typing import NamedTuple

from articles.text.lexemes import WORD, fold, lexemes_of
from articles.text.query import Query
from articles.text.regex import regex

Range = tuple[int, int]
Places = dict[int, frozenset[int]]  # of words in a text, with the terms that they answer

REACH = 2  # words: so near a common word stands to another that it is found by

_LAST_PLAIN = 0x24F
_PLAIN = {
    letter: fold(letter)[:1] for letter in map(chr, range(_LAST_PLAIN + 1)) if letter.isalnum()
}
# What goes on with a word beside letters and digits: texts with it are looked through in full.
_JOINS = regex(r"[\u0300-\u036f\u00ad]")


class Piece(NamedTuple):
    """A stretch of a snippet, and whether it is a hit."""

    text: str
    is_hit: bool


class _Answers(NamedTuple):
    """The terms that a word answers by itself, and those that it may stand for."""

    own: frozenset[int]
    common: frozenset[int]


class HitFinder:
    """Finds a query's hits in texts of one language; keeps what it learns of each word."""

    def __init__(self, query: Query, language: str) -> None:
        self.parts = query.wanted
        self.language = language
        self.terms = [term for part in self.parts for term in part.terms]
        self.firsts = [0, *accumulate(len(part.terms) for part in self.parts)]
        self.known: dict[str, _Answers | tuple[()]] = {}
        # Stemming and folding leave a word's first letter: most words need no closer look.
        begins = {
            word[0]
            for term in self.terms
            for word in (*term.lexemes, *term.beginnings, *term.common)
        }
        self.passed = frozenset(letter for letter, plain in _PLAIN.items() if plain not in begins)
        self.has_common = any(term.common for term in self.terms)
        self.is_of_words = all(
            part.offsets == (0,) and not part.terms[0].common for part in self.parts
        )
        self.word = _words_beginning(letter for letter in _PLAIN if letter not in self.passed)

    def ranges(self, text: str) -> list[Range]:
        """The hits (code points, end exclusive), in order, not overlapping."""
        if self.is_of_words and not _JOINS.search(text):
            return self._single(text)
        return _joined([hit for hits in self._of_parts(text) for hit in hits])

    def has_all(self, text: str) -> bool:
        """Whether all that is to be found stands in a text; what is left out may stand there."""
        return all(self._of_parts(text))

    def common_words(self, text: str) -> set[str]:
        """The common words that stand for others there, as they are written."""
        answers, common, spans = self._answering(text)
        return {
            text[slice(*spans[place])]
            for _, places, _ in self._stand_ins(self._solid(answers), answers, common)
            for place in places
            if place in common
        }

    def _of_parts(self, text: str) -> list[list[Range]]:
        """The hits of each part."""
        answers, common, spans = self._answering(text)
        if not spans:
            return [[] for _ in self.parts]
        solid = self._solid(answers)
        found = [[(spans[one[0]][0], spans[one[-1]][1]) for one in places] for places in solid]
        for index, _, (first, last) in self._stand_ins(solid, answers, common):
            found[index].append((spans[first][0], spans[last][1]))
        return found

    def _answering(self, text: str) -> tuple[Places, Places, dict[int, Range]]:
        """The words that answer by themselves, those that may stand for others, and their spans."""
        known = self.known
        answers: Places = {}
        common: Places = {}
        spans: dict[int, Range] = {}
        for place, match in enumerate(WORD.finditer(text)):
            word = match.group()
            if word[0] in self.passed:
                continue
            found = known.get(word)
            if found is None:
                found = known[word] = self._answers(word)
            if found:
                spans[place] = match.span()
                if found.own:
                    answers[place] = found.own
                if found.common:
                    common[place] = found.common
        return answers, common, spans

    def _single(self, text: str) -> list[Range]:
        """The hits where single words are looked for: only those are met that begin right."""
        known, hits = self.known, []
        for match in self.word.finditer(text):
            word = match.group()
            found = known.get(word)
            if found is None:
                found = known[word] = self._answers(word)
            if found:
                hits.append(match.span())
        return hits

    def _answers(self, word: str) -> _Answers | tuple[()]:
        lexemes = lexemes_of(word, self.language)
        own = frozenset([
            index for index, term in enumerate(self.terms) if any(map(term.answers, lexemes))
        ])  # fmt: skip
        if not self.has_common:
            return _Answers(own, frozenset()) if own else ()
        folded = fold(word)
        common = frozenset(index for index, term in enumerate(self.terms) if folded in term.common)
        return _Answers(own, common) if own or common else ()

    def _standing(self, index: int, answers: Places) -> list[tuple[int, ...]]:
        """The places of the words of a part, wherever it stands."""
        offsets, first = self.parts[index].offsets, self.firsts[index]
        nothing: frozenset[int] = frozenset()
        return [
            tuple(place + offset for offset in offsets)
            for place in answers
            if all(
                first + number in answers.get(place + offset, nothing)
                for number, offset in enumerate(offsets)
            )
        ]

    def _solid(self, answers: Places) -> list[list[tuple[int, ...]]]:
        """For each part the places of its words, wherever it stands."""
        return [self._standing(index, answers) for index in range(len(self.parts))]

    def _stand_ins(
        self, solid: Sequence[Sequence[tuple[int, ...]]], answers: Places, common: Places
    ) -> Iterator[tuple[int, tuple[int, ...], Range]]:
        """Where parts stand by common words: their numbers, places, and the stretch they mark.

        Others of a part's own words at their distance show that it is meant. Where there are none,
        the next part that stands in the text does, near by on the side where it was typed.
        """
        both = {place: answers.get(place, frozenset()) | terms for place, terms in common.items()}
        for index in range(len(self.parts)) if common else ():
            before = next((solid[one] for one in reversed(range(index)) if solid[one]), [])
            after = next((some for some in solid[index + 1 :] if some), [])
            for places in self._standing(index, answers | both):
                own = stretch = places[0], places[-1]
                if all(place in common for place in places):
                    stretch = _with_near(own, before, after)
                    if stretch == own:
                        continue
                elif not any(place in common for place in places):
                    continue
                yield index, places, stretch


def _with_near(
    stretch: Range, before: Sequence[tuple[int, ...]], after: Sequence[tuple[int, ...]]
) -> Range:
    """The stretch together with the last places before it and the first after it, if near."""
    first, last = stretch
    at = bisect_left(before, first, key=itemgetter(-1)) - 1
    if at >= 0 and first - before[at][-1] <= REACH:
        first = before[at][0]
    at = bisect_right(after, last, key=itemgetter(0))
    if at < len(after) and after[at][0] - last <= REACH:
        last = after[at][-1]
    return first, last


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
