"""What was meant by words that nothing or next to nothing has: looked for, and named."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from articles.queries.candidates import Found, find
from articles.queries.filters import Filters
from articles.queries.said import names_of, texts_of
from articles.queries.vocabulary import COMMONER, near_words
from articles.text.lexemes import fold, lexemes_in_any
from articles.text.query import Part, Query, Term, is_stop_word_somewhere, parse_query
from articles.text.snippets import HitFinder

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from articles.queries.candidates import Candidate

FEW = 2  # hits; so few may be a slip's own
MOST_MEANT = 3
MOST_READ = 300  # passages looked at for common words that no index tells
BESIDE = 0.8  # of a passage's rank, where a common word stands in a word's place


class Meant(NamedTuple):
    """A word that nothing or next to nothing has, and the words shown in its place or beside it."""

    word: str
    shown: tuple[str, ...]
    is_rare: bool  # it is there, but hardly
    is_named: bool = False  # only titles, sources or voices have it


class _Near(NamedTuple):
    """Words near one that hardly anything has, and where that is."""

    term: Term
    words: list[str]
    is_rare: bool
    is_named: bool


def find_meant(query: Query, filters: Filters, visible: Sequence[int]) -> Found:
    """The candidates of a search, also those in which common words stand for others.

    No index tells those: the newest that have all the other words are looked at themselves.
    """
    found = find(query, filters, visible)
    looser = query.without_common()
    if looser == query or looser.is_empty:
        return found
    return found.with_more(_Reading(query).those_of(find(looser, filters, visible), beside=found))


def with_meant(
    query: Query, found: Found, base: Filters, visible: Sequence[int]
) -> tuple[Query, Found, tuple[Meant, ...]]:
    """The search together with what was meant: only what is named on the page is looked for."""
    near = _near(query, found, visible)
    if not near:
        return query, found, ()
    wider_query = query.widened({one.term.word: one.words for one in near})
    wider = find_meant(wider_query, base, visible)
    if wider.count <= found.count:
        return query, found, ()
    there = _Reading(wider_query).words_there([word for one in near for word in one.words], wider)
    meant = tuple(
        Meant(one.term.word, shown, one.is_rare, one.is_named)
        for one in near
        if (shown := _told_apart(one.term, [there[word] for word in one.words if word in there]))
    )
    if not meant:
        return query, found, ()
    query = query.widened({one.word: one.shown for one in meant})
    if query != wider_query:
        wider = find_meant(query, base, visible)
    return query, wider.with_originals_of(found), meant


def _told_apart(term: Term, words: list[str]) -> tuple[str, ...]:
    """The words without those that another of them finds as well (plurals and the like)."""
    shown: list[str] = []
    known = set(term.lexemes)
    for word in words:
        lexemes = lexemes_in_any(word) or (fold(word),)
        if known.isdisjoint(lexemes):
            shown.append(word)
        known.update(lexemes)
    return tuple(shown[:MOST_MEANT])


def _near(query: Query, found: Found, visible: Sequence[int]) -> list[_Near]:
    """For each word that hardly anything visible has: words near it, and where it is."""
    hits: dict[Term, Found] = {}
    several = len(query.terms()) > 1 or len(query.parts) > 1
    for part in query.wanted:
        for term in part.terms if part.may_be_meant else ():
            if term.beginnings or term in hits:
                continue
            one = find(Query((Part((term,), (0,)),)), Filters(), visible) if several else found
            if one.count <= FEW:
                hits[term] = one
    # Words that are never together may each be a slip's own, however rare the others are.
    commoner = COMMONER if found.count else 0
    typed = {term.word: one.count for term, one in hits.items()}
    named = {term.word for term, one in hits.items() if not one.passages}
    near = near_words(typed, commoner=commoner, named=named)
    return [
        _Near(term, words, one.passages > 0, is_known and not one.passages)
        for term, one in hits.items()
        for words, is_known in [near[term.word]]
        if words
    ]


class _Reading:
    """A search's candidates read for what no index tells."""

    def __init__(self, query: Query) -> None:
        self.query = query
        self.finders: dict[str, HitFinder] = {}

    def _finder(self, candidate: Candidate) -> HitFinder:
        language = candidate.facts.language
        if language not in self.finders:
            self.finders[language] = HitFinder(self.query, language)
        return self.finders[language]

    def those_of(self, looser: Found, *, beside: Found) -> Found:
        """The candidates that have all the words, without the passages found beside them."""
        known = {abs(passage) for one in beside.candidates for passage in one.passages}
        fresh = [pk for one in looser.candidates for pk in one.passages if abs(pk) not in known]
        texts = texts_of(sorted(fresh, key=abs, reverse=True)[:MOST_READ])
        names = names_of([one.article for one in looser.candidates if one.is_named])
        kept = []
        for one in looser.candidates:
            has_all = self._finder(one).has_all
            hits = [
                (BESIDE * weight, pk)
                for weight, pk in one.hits
                if pk in texts and has_all(texts[pk])
            ]
            is_named = any(map(has_all, names.get(one.article, ())))
            if hits or is_named:
                kept.append(replace(one, hits=hits, is_named=is_named))
        return Found(kept, is_capped=False)

    def words_there(self, words: Iterable[str], found: Found) -> dict[str, str]:
        """Those of the words that what was found has, as they are written there."""
        texts = self._texts(found)
        common = {
            fold(said): said for one, text in texts for said in self._finder(one).common_words(text)
        }
        there = {}
        for word in words:
            if is_stop_word_somewhere(word):
                written = common.get(word)
            else:
                written = _first_hit(word, [text for _, text in texts])
            if written:
                there[word] = written
        return there

    @staticmethod
    def _texts(found: Found) -> list[tuple[Candidate, str]]:
        passages = texts_of([pk for one in found.candidates for pk in one.passages])
        names: Mapping[int, tuple[str, str]] = names_of(
            [one.article for one in found.candidates if one.is_named]
        )
        return [
            (one, text)
            for one in found.candidates
            for text in (
                *(passages[pk] for pk in one.passages if pk in passages),
                *names.get(one.article, ()),
            )
        ]


def _first_hit(word: str, texts: Iterable[str]) -> str | None:
    finder = HitFinder(parse_query(f'"{word}"'), "")
    for text in texts:
        for start, end in finder.ranges(text)[:1]:
            return text[start:end]
    return None
