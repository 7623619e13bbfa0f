"""Search by passage: the best articles with the places that answer, and what was meant."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from django.db import connection

from articles.queries.candidates import Candidate, Found, find
from articles.queries.facets import FacetCounts, count_found
from articles.queries.filters import Filters
from articles.queries.rows import COLUMNS, Row, Snippet, fetch_rows
from articles.queries.vocabulary import forms_of, near_words
from articles.text.lexemes import lexemes_in_any
from articles.text.query import Part, Query, parse_query
from articles.text.snippets import HitFinder, snippet

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_SNIPPETS = 3  # of an article
SNIPPET_LENGTH = 170  # code points
FEW = 2  # hits; so few may be a slip's own
MOST_MEANT = 3

# A hit in a heading says more of a text than one in an editor's note.
ROLE_WEIGHT = {"heading": 1.6, "question": 1.1, "note": 0.7}
NAME_SCORE = 0.2  # of an article whose title, source or voices answer
REST_SCORE = 0.15  # of each further passage's rank

ROWS = f"SELECT {COLUMNS} FROM articles_article AS a WHERE a.id = ANY(%s)"  # noqa: S608 - constants
PASSAGES = "SELECT id, number, text FROM articles_passage WHERE id = ANY(%s)"
TITLES = "SELECT id, title_key FROM articles_article WHERE id = ANY(%s)"
NO_DAY = "0001-01-01"  # the key of undated articles


class Meant(NamedTuple):
    """A word that nothing or next to nothing has, and the words shown in its place or beside it."""

    word: str
    shown: tuple[str, ...]
    is_rare: bool  # it is there, but hardly


class Ranked(NamedTuple):
    """An article found, its best passages first."""

    article: int
    score: float
    day: str
    best: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class SearchResult:
    """The articles found, in order; `rows` fetches a page of them."""

    query: Query
    ranked: list[Ranked]
    passages: int
    is_capped: bool
    facets: FacetCounts
    meant: tuple[Meant, ...]

    def ids(self) -> list[int]:
        """The articles, in order."""
        return [found.article for found in self.ranked]

    def rows(self, first: int, count: int) -> list[Row]:
        """A page of articles with their snippets; two queries."""
        return _rows(self.query, self.ranked[first : first + count])


def run_search(
    text: str, filters: Filters, visible: Sequence[int], *, sort: str, exact: bool
) -> SearchResult:
    """Search what these collections have; `exact` looks for nothing but what was typed."""
    query = _with_forms(parse_query(text))
    base = Filters(tag=filters.tag, batch=filters.batch)
    found = find(query, base, visible)
    meant: tuple[Meant, ...] = ()
    if not exact and not query.is_empty and len(found.candidates) <= FEW:
        query, found, meant = _with_meant(query, found, base, visible)
    chosen = _narrow(query, found, base, filters, visible)
    ranked = _ranked(chosen, sort)
    facets = count_found(
        filters, found.facts.values(), chosen.facts.values(), is_capped=found.is_capped
    )
    return SearchResult(query, ranked, chosen.passages, chosen.is_capped, facets, meant)


def _with_forms(query: Query) -> Query:
    """Let `word*` also find words whose stem is shorter than what was typed."""
    starred = [term.word for part in query.parts for term in part.terms if term.beginnings]
    return query.widened(forms_of(starred), excluded=True) if starred else query


def _narrow(
    query: Query, found: Found, base: Filters, filters: Filters, visible: Sequence[int]
) -> Found:
    if filters == base:
        return found
    if found.is_capped:
        return find(query, filters, visible)
    return found.among(filters)


# -- what was meant -----------------------------------------------------------------------------


def _with_meant(
    query: Query, found: Found, base: Filters, visible: Sequence[int]
) -> tuple[Query, Found, tuple[Meant, ...]]:
    near = _near(query, found, visible)
    if not near:
        return query, found, ()
    wider_query = query.widened({word: words for word, (words, _) in near.items()})
    wider = find(wider_query, base, visible)
    if len(wider.candidates) <= len(found.candidates):
        return query, found, ()
    there = _words_there(
        [word for words, _ in near.values() for word in words],
        [candidate.passage for candidate in wider.candidates if candidate.passage],
    )
    meant = tuple(
        Meant(word, shown, is_rare)
        for word, (words, is_rare) in near.items()
        if (shown := _told_apart([there[other] for other in words if other in there]))
    )
    if not meant:
        return query, found, ()
    # Only what is named on the page is looked for.
    query = query.widened({word: shown for word, shown, _ in meant})
    return query, find(query, base, visible), meant


def _told_apart(words: list[str]) -> tuple[str, ...]:
    """The words without those that another of them finds as well (plurals and the like)."""
    shown: list[str] = []
    known: set[str] = set()
    for word in words:
        lexemes = lexemes_in_any(word)
        if known.isdisjoint(lexemes):
            shown.append(word)
        known.update(lexemes)
    return tuple(shown[:MOST_MEANT])


def _near(query: Query, found: Found, visible: Sequence[int]) -> dict[str, tuple[list[str], bool]]:
    """For each word that hardly anything visible has: words near it, and whether it is there."""
    near = {}
    terms = [term for term in query.terms() if not term.beginnings]
    for term in terms:
        hits = found
        if len(query.parts) > 1 or len(terms) > 1:
            hits = find(Query((Part((term,), (0,)),)), Filters(), visible)
        words = near_words(term.word) if len(hits.candidates) <= FEW else []
        if words:
            near[term.word] = (words, hits.passages > 0)
    return near


def _words_there(words: list[str], passages: list[int]) -> dict[str, str]:
    """Those of the words that the found passages have, as they are written there."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM articles_passage WHERE id = ANY(%s)", [passages])
        texts = [text for (text,) in cursor.fetchall()]
    found = {}
    for word in words:
        query = parse_query(f'"{word}"')
        for text in texts:
            ranges = HitFinder(query, "").ranges(text)
            if ranges:
                start, end = ranges[0]
                found[word] = text[start:end]
                break
    return found


# -- order and rows -----------------------------------------------------------------------------


def _ranked(found: Found, sort: str) -> list[Ranked]:
    of_article: dict[int, list[Candidate]] = defaultdict(list)
    for candidate in found.candidates:
        of_article[candidate.article].append(candidate)
    ranked = [_rank(article, hits, found.days[article]) for article, hits in of_article.items()]
    match sort:
        case "newest":
            ranked.sort(key=lambda one: (one.day, one.article), reverse=True)
        case "oldest":
            ranked.sort(key=lambda one: (one.day == NO_DAY, one.day, one.article))
        case "imported":
            ranked.sort(key=lambda one: -one.article)
        case "title":
            titles = _titles([one.article for one in ranked])
            ranked.sort(key=lambda one: (titles[one.article], one.article))
        case _:
            ranked.sort(key=lambda one: (one.score, one.day, one.article), reverse=True)
    return ranked


def _rank(article: int, hits: list[Candidate], day: str) -> Ranked:
    if len(hits) == 1:
        (hit,) = hits
        if not hit.passage:
            return Ranked(article, NAME_SCORE, day, ())
        return Ranked(article, hit.rank * ROLE_WEIGHT.get(hit.role, 1.0), day, (hit,))
    weighed = [
        (hit.rank * ROLE_WEIGHT.get(hit.role, 1.0), -hit.number, hit) for hit in hits if hit.passage
    ]
    weighed.sort(reverse=True)
    score = NAME_SCORE if len(weighed) < len(hits) else 0.0
    score += weighed[0][0] + REST_SCORE * sum(weight for weight, _, _ in weighed[1:6])
    return Ranked(article, score, day, tuple(hit for _, _, hit in weighed[:MOST_SNIPPETS]))


def _titles(articles: list[int]) -> dict[int, str]:
    with connection.cursor() as cursor:
        cursor.execute(TITLES, [articles])
        return dict(cursor.fetchall())


def _rows(query: Query, ranked: Sequence[Ranked]) -> list[Row]:
    rows = {row.id: row for row in fetch_rows(ROWS, [[one.article for one in ranked]])}
    with connection.cursor() as cursor:
        cursor.execute(PASSAGES, [[hit.passage for one in ranked for hit in one.best]])
        texts = {passage: (number, text) for passage, number, text in cursor.fetchall()}
    finders: dict[str, HitFinder] = {}
    found = []
    for one in ranked:
        row = rows.get(one.article)
        if row is None:
            continue
        finder = finders.get(row.language)
        if finder is None:
            finder = finders[row.language] = HitFinder(query, row.language)
        snippets = sorted(
            _snippet(finder, *texts[hit.passage]) for hit in one.best if hit.passage in texts
        )
        title = snippet(row.title, finder.ranges(row.title), len(row.title))
        found.append(row._replace(snippets=tuple(snippets), title_pieces=tuple(title)))
    return found


def _snippet(finder: HitFinder, number: int, text: str) -> Snippet:
    return Snippet(number, tuple(snippet(text, finder.ranges(text), SNIPPET_LENGTH)))
