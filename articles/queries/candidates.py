"""Passages and articles that answer a search, newest first, at most 1,000, at a bounded cost.

Rare words are found by the index alone. The index alone would gather every posting of a common
word first, so those are looked for in the newest eras only (see `models.search.Era`), then in
older ones until there are enough. Where few articles are asked for, their passages are tested.
"""

# ruff: noqa: S608 - these texts are put together from constants; values are parameters
from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import connection

from articles.models.search import ERA_BITS
from articles.queries.facets import Facts, count_facets
from articles.queries.filters import UNDATED, Filters
from articles.queries.vocabulary import passages_with

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from articles.text.query import Query, Term

MOST = 1_000  # candidates
MOST_NAMED = 200  # articles found by their title, source or voices
FEW_PASSAGES = 6_000  # that the index gathers as fast as it finds an era
FEW_ARTICLES = 1_500  # whose passages are tested as fast as eras are looked through
WIDENING = 4  # each further look goes through so many times more eras

ARTICLE = """a.kind, a.status, a.date_key::text AS day, a.date_precision, a.language, a.source,
       a.collection_id"""
BY_INDEX = f"""
WITH hit AS MATERIALIZED (
    SELECT id, article_id FROM articles_passage AS p
    WHERE p.search @@ %s::tsquery AND NOT p.retired {{eras}}
), chosen AS MATERIALIZED (
    SELECT hit.id, hit.article_id, {ARTICLE}
    FROM hit JOIN articles_article AS a ON a.id = hit.article_id
    WHERE {{condition}} ORDER BY hit.id DESC LIMIT {MOST + 1}
)
SELECT p.id, p.number, p.role, ts_rank_cd(p.search, %s::tsquery, 1), chosen.article_id,
       kind, status, day, date_precision, language, source, collection_id
FROM chosen JOIN articles_passage AS p USING (id)
"""
BY_ARTICLE = f"""
SELECT p.id, p.number, p.role, ts_rank_cd(p.search, %s::tsquery, 1), a.id, {ARTICLE}
FROM articles_article AS a JOIN LATERAL (
    SELECT id, number, role, search FROM articles_passage
    WHERE article_id = a.id AND search @@ %s::tsquery AND NOT retired OFFSET 0
) AS p ON true WHERE {{condition}} ORDER BY p.id DESC LIMIT {MOST + 1}
"""
BY_NAME = f"""
WITH named AS MATERIALIZED (
    SELECT id FROM articles_article WHERE words @@ %s::tsquery LIMIT {MOST_NAMED * 10}
)
SELECT 0::bigint, 0, '', 0.0::real, a.id, {ARTICLE}
FROM named JOIN articles_article AS a USING (id) WHERE {{condition}}
ORDER BY a.date_key DESC, a.id DESC LIMIT {MOST_NAMED}
"""
_Row = tuple[Any, ...]  # a candidate's five columns, then ARTICLE's


class Candidate(NamedTuple):
    """A passage that answers, or (passage 0) an article by its title, source or voices."""

    passage: int
    number: int
    role: str
    rank: float
    article: int


@dataclass(frozen=True, slots=True)
class Found:
    """The candidates, what is known of their articles, and whether there are more."""

    candidates: list[Candidate] = field(default_factory=list)
    facts: dict[int, Facts] = field(default_factory=dict)
    days: dict[int, str] = field(default_factory=dict)  # "2021-10-05"; "0001-01-01" undated
    is_capped: bool = False

    @property
    def passages(self) -> int:
        """How many passages were found."""
        return sum(1 for candidate in self.candidates if candidate.passage)

    def among(self, filters: Filters) -> Found:
        """Those of the articles that the facets choose."""
        facts = {pk: known for pk, known in self.facts.items() if known.has(filters)}
        kept = [candidate for candidate in self.candidates if candidate.article in facts]
        return Found(kept, facts, self.days, self.is_capped)


def find(query: Query, filters: Filters, visible: Sequence[int]) -> Found:
    """The newest candidates for a search among these articles; two queries, seldom more."""
    if query.is_empty or not visible:
        return Found()
    rows = _Asked(query, filters, visible).rows()
    named = [row for row in rows if not row[0]]
    passages = [row for row in rows if row[0]]
    capped = len(passages) > MOST
    rows = named + passages[:MOST]
    articles = {row[4]: row for row in rows}
    return Found(
        [Candidate._make(row[:5]) for row in rows],
        {pk: _facts(*row[5:]) for pk, row in articles.items()},
        {pk: row[7] for pk, row in articles.items()},
        capped,
    )


class _Asked:
    """One search among some articles."""

    def __init__(self, query: Query, filters: Filters, visible: Sequence[int]) -> None:
        self.query, self.filters, self.visible = query, filters, visible
        self.condition, self.values = filters.on_articles(visible)
        self.tsquery = query.tsquery()

    def rows(self) -> list[_Row]:
        """Articles by their names, then passages: up to one more than 1,000, the newest."""
        last, shares = self._shares()
        if min(shares) * ((last + 1) << ERA_BITS) <= FEW_PASSAGES:
            return self._with_names(*self._by_index())
        articles, share = self._articles_asked_for()
        if articles <= FEW_ARTICLES:
            return self._with_names(*self._by_article())
        looks = _looks(last, _eras_needed([*shares, share]))
        found = self._with_names(*self._by_index(next(looks)))
        for eras in looks:
            if sum(1 for row in found if row[0]) > MOST:
                break
            found += _fetch(*self._by_index(eras))
        return found

    def _with_names(self, sql: str, values: list[Any]) -> list[_Row]:
        """Together with articles whose title, source and voices have all the words."""
        by_name = BY_NAME.format(condition=self.condition)
        names = [self.query.names_tsquery(), *self.values]
        return _fetch(f"({by_name}) UNION ALL ({sql})", [*names, *values])

    def _shares(self) -> tuple[int, list[float]]:
        """The last era, and what share of passages has each word: rather too much."""
        stems = [_shortest(term) for term in self.query.terms()]
        last, counts = passages_with([stem for some in stems for stem in some])
        era = last >> ERA_BITS
        one = iter(counts)
        passages = (era + 1) << ERA_BITS
        return era, [min(1.0, sum(next(one) for _ in some) / passages) for some in stems]

    def _articles_asked_for(self) -> tuple[int, float]:
        """How many articles, and what share of the visible ones."""
        asked = count_facets(self.filters, self.visible).total
        if self.filters == Filters():
            return asked, 1.0
        return asked, asked / max(1, count_facets(Filters(), self.visible).total)

    def _by_index(self, eras: tuple[int, int] | None = None) -> tuple[str, list[Any]]:
        values: list[Any] = [self.tsquery]
        said = ""
        if eras is not None:
            said = f"AND ARRAY[(p.id >> {ERA_BITS})::int] && %s::int[]"
            values.append(list(range(*eras)))
        sql = BY_INDEX.format(condition=self.condition, eras=said)
        return sql, [*values, *self.values, self.tsquery]

    def _by_article(self) -> tuple[str, list[Any]]:
        sql = BY_ARTICLE.format(condition=self.condition)
        return sql, [self.tsquery, self.tsquery, *self.values]


def _shortest(term: Term) -> list[str]:
    """The beginnings that all of a word's lexemes share, each once."""
    kept: list[str] = []
    for stem in sorted((*term.lexemes, *term.beginnings)):
        if not kept or len(kept[-1]) < 4 or not stem.startswith(kept[-1]):
            kept.append(stem)
    return kept


def _eras_needed(shares: list[float]) -> int:
    """How many eras likely hold enough passages in which all this comes together."""
    together = 1.0
    for share in sorted(shares):  # words of one search are found together more than by chance
        together *= share if together == 1.0 else min(1.0, 3 * share)
    return int(1.3 * MOST / max(together * (1 << ERA_BITS), 1e-9)) + 1


def _looks(last: int, needed: int) -> Iterator[tuple[int, int]]:
    """Eras from first until (exclusive): the newest, then ever wider looks at older ones."""
    until = last + 1
    while until > 0:
        first = max(0, until - needed)
        if first * 2 < last:  # a last look costs little more than one that leaves a half
            first = 0 if needed * 2 > last else first
        yield first, until
        until, needed = first, needed * WIDENING


def _fetch(sql: str, values: Sequence[Any]) -> list[_Row]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        found: list[_Row] = cursor.fetchall()
    return found


def _facts(
    kind: str, status: str, day: str, precision: str, language: str, source: str, shelf: int
) -> Facts:
    month = day[: 4 if precision == "year" else 7] if precision else UNDATED
    return Facts(kind, status, month, language, source, str(shelf))
