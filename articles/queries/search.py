"""Search by passage: the best articles with the places that answer, and what was meant."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from math import inf
from operator import attrgetter
from time import monotonic
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import connection

from articles.models.article import UNDATED
from articles.queries.candidates import Candidate, Found, find
from articles.queries.facets import FacetCounts, count_found
from articles.queries.filters import Filters
from articles.queries.meant import FEW, Meant, find_meant, with_meant
from articles.queries.rows import COLUMNS, Row, Snippet
from articles.queries.said import Said, as_said
from articles.queries.vocabulary import forms_of
from articles.text.query import Query, parse_query
from articles.text.snippets import HitFinder, snippet
from diplowatch.lib.statements import fetch_planned

if TYPE_CHECKING:
    import datetime
    from collections.abc import Mapping, Sequence

MOST_SNIPPETS = 3  # of an article
SNIPPET_LENGTH = 170  # code points

NAME_SCORE = 0.2  # of an article whose title, source or voices answer
REST_SCORE = 0.15  # of each further passage's rank

ROWS = f"""
SELECT {COLUMNS}, p.number, p.text, o.runs::text
FROM unnest(%s::bigint[], %s::bigint[]) AS shown (article, passage)
JOIN articles_article AS a ON a.id = shown.article
LEFT JOIN articles_passage AS p ON p.id = abs(shown.passage)
LEFT JOIN articles_passageoriginal AS o ON o.passage_id = p.id AND shown.passage < 0
"""  # noqa: S608 - constants
TITLES = "SELECT id, title_key FROM articles_article WHERE id = ANY(%s)"
NO_DAY = "0001-01-01"  # the key of undated articles
KEPT, KEPT_SECONDS = 64, 300  # orders of the latest searches, for the way from text to text


class Ranked(NamedTuple):
    """An article found; those of its passages that answer, the best first."""

    article: int
    score: float
    day: datetime.date
    hits: Sequence[tuple[float, int]]  # weights, passages

    @property
    def best(self) -> list[int]:
        """Its best passages; with a minus where their original words answer."""
        return [passage for _, passage in self.hits[:MOST_SNIPPETS]]


BEST = attrgetter("score", "day", "article")


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
        """A page of articles with their snippets; one query."""
        return _rows(self.query, self.ranked[first : first + count])


class Order(NamedTuple):
    """What a search looked for, and the articles it found, in order."""

    query: Query
    articles: list[int]


_orders: OrderedDict[tuple[Any, ...], tuple[float, Order]] = OrderedDict()


def run_search(
    text: str, filters: Filters, visible: Sequence[int], *, sort: str, exact: bool
) -> SearchResult:
    """Search what these collections have; `exact` looks for nothing but what was typed."""
    found = _search(text, filters, visible, sort=sort, exact=exact)
    key = _key(text, filters, visible, sort, exact)
    _orders[key] = (monotonic(), Order(found.query, found.ids()))
    _orders.move_to_end(key)
    while len(_orders) > KEPT:
        _orders.popitem(last=False)
    return found


def latest_order(
    text: str, filters: Filters, visible: Sequence[int], *, sort: str, exact: bool
) -> Order | None:
    """What the same search found some minutes ago at most; None where this process knows none."""
    at, order = _orders.get(_key(text, filters, visible, sort, exact), (-inf, None))
    return order if monotonic() - at < KEPT_SECONDS else None


def _key(
    text: str, filters: Filters, visible: Sequence[int], sort: str, exact: bool
) -> tuple[Any, ...]:
    return connection.settings_dict["NAME"], text, filters, tuple(visible), sort, exact


def _search(
    text: str, filters: Filters, visible: Sequence[int], *, sort: str, exact: bool
) -> SearchResult:
    query = _with_forms(parse_query(text))
    base = filters.beyond
    found = find(query, base, visible)
    meant: tuple[Meant, ...] = ()
    if not exact and not query.is_empty and found.count <= FEW:
        query, found, meant = with_meant(query, found, base, visible)
    chosen = _narrow(query, found, base, filters, visible)
    ranked = _ranked(chosen, sort)
    facets = count_found(
        filters,
        [candidate.facts for candidate in found.candidates],
        [candidate.facts for candidate in chosen.candidates],
        is_capped=found.is_capped,
    )
    return SearchResult(query, ranked, chosen.passages, chosen.is_capped, facets, meant)


def _with_forms(query: Query) -> Query:
    """Let `word*` also find words whose stem is shorter than what was typed."""
    starred = [term.word for part in query.parts for term in part.terms if term.beginnings]
    return query.widened(forms_of(starred), everywhere=True) if starred else query


def _narrow(
    query: Query, found: Found, base: Filters, filters: Filters, visible: Sequence[int]
) -> Found:
    if filters == base:
        return found
    if found.is_capped:
        return find_meant(query, filters, visible)
    return found.among(filters)


# -- order and rows -----------------------------------------------------------------------------


def _ranked(found: Found, sort: str) -> list[Ranked]:
    ranked = [Ranked(one.article, _score(one), one.day, one.hits) for one in found.candidates]
    match sort:
        case "newest":
            ranked.sort(key=lambda one: (one.day, one.article), reverse=True)
        case "oldest":
            ranked.sort(key=lambda one: (one.day == UNDATED, one.day, one.article))
        case "imported":
            ranked.sort(key=lambda one: -one.article)
        case "title":
            titles = _titles([one.article for one in ranked])
            ranked.sort(key=lambda one: (titles[one.article], one.article))
        case _:
            ranked.sort(key=BEST, reverse=True)
    return ranked


def _score(candidate: Candidate) -> float:
    score = NAME_SCORE if candidate.is_named else 0.0
    hits = candidate.hits
    if not hits:
        return score
    if len(hits) == 1:
        return score - hits[0][0]
    return score - hits[0][0] - REST_SCORE * sum([hit[0] for hit in hits[1:6]])


def _titles(articles: list[int]) -> dict[int, str]:
    with connection.cursor() as cursor:
        cursor.execute(TITLES, [articles])
        return dict(cursor.fetchall())


def _rows(query: Query, ranked: Sequence[Ranked]) -> list[Row]:
    """A page of articles with their snippets; one query."""
    nothing: Sequence[int | None] = (None,)
    shown = [(one.article, passage) for one in ranked for passage in one.best or nothing]
    rows: dict[int, Row] = {}
    said: dict[int, list[Said]] = {}
    asked = [list(column) for column in zip(*shown, strict=True)]
    for *columns, number, text, runs in fetch_planned(ROWS, asked):
        article = columns[0]
        if article not in rows:
            rows[article] = Row(*columns)
            said[article] = []
        if number is not None:
            said[article].append(as_said(number, text, runs))
    languages = {row.language for row in rows.values()}
    finders = {language: HitFinder(query, language) for language in languages}
    return [
        _row(rows[one.article], sorted(said[one.article]), finders)
        for one in ranked
        if one.article in rows
    ]


def _row(row: Row, said: list[Said], finders: Mapping[str, HitFinder]) -> Row:
    finder = finders[row.language]
    title = snippet(row.title, finder.ranges(row.title), len(row.title))
    snippets = tuple(
        Snippet(
            one.number,
            tuple(snippet(one.text, finder.ranges(one.text), SNIPPET_LENGTH)),
            one.is_original,
        )
        for one in said
    )
    return row._replace(snippets=snippets, title_pieces=tuple(title))
