"""Passages and articles that answer a search, newest first, at most 1,000, at a bounded cost.

Rare words are found by the index alone. The index alone would gather every posting of a common
word first, so those are looked for in the newest eras only (see `models.search.Era`), then in
older ones until there are enough. Where few articles are asked for, their passages are tested.
"""

# ruff: noqa: S608 - these texts are put together from constants; values are parameters
from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import connection

from articles.models.search import ERA_BITS
from articles.queries.facets import Facts, guess_total
from articles.queries.filters import UNDATED, Filters
from articles.queries.vocabulary import passages_with

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterator, Sequence

    from articles.text.query import Query, Term

MOST = 1_000  # candidates
MOST_NAMED = 200  # articles found by their title, source or voices
FEW_PASSAGES = 6_000  # that the index gathers as fast as it finds an era
FEW_ARTICLES = 1_500  # whose passages are tested as fast as eras are looked through
WIDENING = 4  # each further look goes through so many times more eras

NO_TAGS = "[]"  # as `Facts` have it
MOST_SPLIT = 300  # of those with some of the words there, whose passages may have the others

# A hit in a heading says more of a text than one in an editor's note.
WEIGHT = """-{rank}(p.search, %s::tsquery, 1) * CASE p.role WHEN 'heading' THEN 1.6::float8
    WHEN 'question' THEN 1.1::float8 WHEN 'note' THEN 0.7::float8 ELSE 1::float8 END"""
# As `Facts` has them, but for the day and how exactly it is known; most have no tags.
FACTS_OF = """a.kind, a.status, a.date_key, a.date_precision, a.language, a.source,
        a.collection_id, NULLIF(a.tags, '[]')::text AS tags"""
# One row a passage, gathered by articles afterwards: that takes less than arrays do. The planner
# keeps what it has looked up of an article for all its passages.
BY_INDEX = f"""
SELECT a.id, p.id, {WEIGHT} AS weight, {FACTS_OF}
FROM articles_passage AS p JOIN articles_article AS a ON a.id = p.article_id
WHERE p.search @@ %s::tsquery AND NOT p.retired {{eras}} AND {{condition}}
ORDER BY p.id DESC LIMIT {MOST + 1}
"""
BY_ARTICLE = f"""
SELECT a.id, p.id, {WEIGHT} AS weight, {FACTS_OF}
FROM articles_article AS a JOIN LATERAL (
    SELECT id, role, search FROM articles_passage
    WHERE article_id = a.id AND search @@ %s::tsquery AND NOT retired OFFSET 0
) AS p ON true WHERE {{condition}} ORDER BY p.id DESC LIMIT {MOST + 1}
"""
# What the machine wrote and nobody reads any more; such passages have their id with a minus.
BY_ORIGINAL = f"""
SELECT a.id, -p.id, -{{rank}}(o.search, %s::tsquery, 1) AS weight, {FACTS_OF}
FROM articles_passageoriginal AS o JOIN articles_passage AS p ON p.id = o.passage_id
JOIN articles_article AS a ON a.id = p.article_id
WHERE o.search @@ %s::tsquery AND NOT p.search @@ %s::tsquery AND NOT p.retired
    AND {{condition}} ORDER BY p.id DESC LIMIT {MOST}
"""
BY_NAME = f"""
WITH named AS MATERIALIZED (
    SELECT * FROM articles_article WHERE words @@ %s::tsquery LIMIT {MOST_NAMED * 10}
)
SELECT a.id, NULL::bigint, NULL::float8, {FACTS_OF} FROM named AS a WHERE {{condition}}
ORDER BY a.date_key DESC, a.id DESC LIMIT {MOST_NAMED}
"""
# Some words in the title, the source or the voices, the others in a passage: not all in either.
SPLIT = f"""
WITH named AS MATERIALIZED (
    SELECT a.id, a.words, {FACTS_OF} FROM articles_article AS a
    WHERE a.words @@ %s::tsquery AND NOT a.words @@ %s::tsquery AND {{condition}}
    ORDER BY a.id DESC LIMIT {MOST_SPLIT}
)
SELECT a.id, p.id, {WEIGHT} AS weight, {FACTS_OF}
FROM named AS a JOIN LATERAL (
    SELECT id, role, search FROM articles_passage
    WHERE article_id = a.id AND search @@ %s::tsquery AND NOT retired OFFSET 0
) AS p ON NOT p.search @@ %s::tsquery AND {{each}} ORDER BY p.id DESC LIMIT {MOST + 1}
"""
_Row = tuple[Any, ...]  # an article, its passage if it answers by one, the weight, the facts


@dataclass(slots=True)
class Candidate:
    """An article that answers: by these passages, the best first, or by its names, or by both.

    Its names are its title, source and voices. Passages that answer only by what the machine wrote
    there have their id with a minus.
    """

    article: int
    facts: Facts
    day: datetime.date  # `UNDATED` without one
    hits: list[tuple[float, int]] = field(default_factory=list)  # weights below 0, passages
    is_named: bool = False

    @property
    def passages(self) -> list[int]:
        """The passages that answer, the best first."""
        return [passage for _, passage in self.hits]


@dataclass(frozen=True, slots=True)
class Found:
    """The candidates, and whether there are more."""

    candidates: list[Candidate] = field(default_factory=list)
    is_capped: bool = False

    @property
    def passages(self) -> int:
        """How many passages were found."""
        return sum(len(candidate.hits) for candidate in self.candidates)

    @property
    def count(self) -> int:
        """How many things answer: passages, and articles by their names."""
        return self.passages + sum(candidate.is_named for candidate in self.candidates)

    def with_originals_of(self, other: Found) -> Found:
        """Together with what `other` found by original words; that goes before today's words."""
        candidates = {one.article: one for one in self.candidates}
        for one in other.candidates:
            old = [hit for hit in one.hits if hit[1] < 0]
            if not old:
                continue
            known = candidates.setdefault(one.article, Candidate(one.article, one.facts, one.day))
            again = {abs(passage) for _weight, passage in old}
            known.hits = sorted(old + [hit for hit in known.hits if abs(hit[1]) not in again])
        return Found(list(candidates.values()), self.is_capped)

    def with_more(self, other: Found) -> Found:
        """Together with the passages and names that only `other` found."""
        candidates = {one.article: one for one in self.candidates}
        for one in other.candidates:
            known = candidates.setdefault(one.article, Candidate(one.article, one.facts, one.day))
            here = {abs(passage) for passage in known.passages}
            known.hits = sorted(known.hits + [hit for hit in one.hits if abs(hit[1]) not in here])
            known.is_named |= one.is_named
        return Found(list(candidates.values()), self.is_capped)

    def among(self, filters: Filters) -> Found:
        """Those of the articles that the facets choose."""
        kept = [candidate for candidate in self.candidates if candidate.facts.has(filters)]
        return Found(kept, self.is_capped)


def find(query: Query, filters: Filters, visible: Sequence[int]) -> Found:
    """The newest candidates for a search among these articles; two queries, seldom more."""
    if query.is_empty or not visible:
        return Found()
    rows, is_capped = _Asked(query, filters, visible).rows()
    return Found(_gathered(rows, _oldest(rows) if is_capped else 0), is_capped)


def _count(rows: list[_Row]) -> int:
    """How many of these are passages."""
    return sum(1 for row in rows if row[1] is not None)


def _oldest(rows: list[_Row]) -> int:
    """The oldest of the newest 1,000 passages."""
    passages: list[int] = [row[1] for row in rows if row[1] is not None and row[1] > 0]
    return sorted(passages, reverse=True)[MOST - 1] if len(passages) >= MOST else 0


def _gathered(rows: list[_Row], oldest: int) -> list[Candidate]:
    """One candidate an article, however many ways it was found; nothing by older passages."""
    found: dict[int, Candidate] = {}
    for row in rows:
        passage = row[1]
        if passage is not None and 0 < passage < oldest:
            continue
        candidate = found.get(row[0])
        if candidate is None:
            candidate = found[row[0]] = _candidate(row)
        if passage is None:
            candidate.is_named = True
        else:
            candidate.hits.append((row[2], passage))
    for candidate in found.values():
        candidate.hits.sort()
    return list(found.values())


def _candidate(row: _Row) -> Candidate:
    """An article by its facts, as `FACTS_OF` has them."""
    article, _passage, _weight, kind, status, day, precision, language, source, shelf, tags = row
    date = day.isoformat()[: 4 if precision == "year" else 7] if precision else UNDATED
    facts = Facts(kind, status, date, language, source, str(shelf), tags or NO_TAGS)
    return Candidate(article, facts, day)


class _Asked:
    """One search among some articles."""

    def __init__(self, query: Query, filters: Filters, visible: Sequence[int]) -> None:
        self.query, self.filters, self.visible = query, filters, visible
        self.condition, self.values = filters.on_articles(visible)
        self.tsquery = query.tsquery()
        # How near to each other several words stand; of one word it is only how often it comes.
        self.rank = "ts_rank_cd" if len(query.terms()) > 1 else "ts_rank"

    def rows(self) -> tuple[list[_Row], bool]:
        """Articles by their names and by their newest passages; whether there are more.

        A passage more than 1,000 is looked for, to know that.
        """
        rows = self._wholly()
        is_capped = _count(rows) > MOST
        if len(self.query.wanted) > 1 and not is_capped:
            rows += self._partly()
        return rows, is_capped

    def _wholly(self) -> list[_Row]:
        """Those that have all the words in one passage, or in their names."""
        last, shares = self._shares()
        if min(shares) * ((last + 1) << ERA_BITS) <= FEW_PASSAGES:
            return self._with_names(*self._by_index())
        articles, share = self._articles_asked_for()
        if articles <= FEW_ARTICLES:
            return self._with_names(*self._by_article())
        looks = _looks(last, _eras_needed([*shares, share]))
        found = self._with_names(*self._by_index(next(looks)))
        for eras in looks:
            if _count(found) > MOST:
                break
            found += _fetch(*self._by_index(eras))
        return found

    def _partly(self) -> list[_Row]:
        """Those that have some of the words in their names and the others in a passage."""
        each, values = [], []
        for part in self.query.parts:
            said = "AND" if part.excluded else "OR"
            each.append(f"(p.search @@ %s::tsquery {said} a.words @@ %s::tsquery)")
            values += [part.tsquery(), part.names_tsquery()]
        some, names = self.query.some_tsquery(), self.query.some_names_tsquery()
        sql = SPLIT.format(rank=self.rank, condition=self.condition, each=" AND ".join(each))
        before = [names, self.query.names_tsquery(), *self.values]
        return _fetch(sql, [*before, some, some, self.tsquery, *values])

    def _with_names(self, sql: str, values: list[Any]) -> list[_Row]:
        """Together with articles whose title, source and voices, or whose originals, have them."""
        by_name = BY_NAME.format(condition=self.condition)
        names = [self.query.names_tsquery(), *self.values]
        originally = BY_ORIGINAL.format(rank=self.rank, condition=self.condition)
        words = [self.tsquery] * 3 + [*self.values]
        return _fetch(
            f"({by_name}) UNION ALL ({originally}) UNION ALL ({sql})", [*names, *words, *values]
        )

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
        asked = guess_total(self.filters, self.visible)
        if self.filters == Filters():
            return asked, 1.0
        return asked, asked / max(1, guess_total(Filters(), self.visible))

    def _by_index(self, eras: tuple[int, int] | None = None) -> tuple[str, list[Any]]:
        values: list[Any] = [self.tsquery]
        said = ""
        if eras is not None:
            said = f"AND ARRAY[(p.id >> {ERA_BITS})::int] && %s::int[]"
            values.append(list(range(*eras)))
        sql = BY_INDEX.format(rank=self.rank, condition=self.condition, eras=said)
        return sql, [self.tsquery, *values, *self.values]

    def _by_article(self) -> tuple[str, list[Any]]:
        sql = BY_ARTICLE.format(rank=self.rank, condition=self.condition)
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
