"""The facets with their counts: each counted under what is chosen of the others."""

# ruff: noqa: S608 - these texts are put together from constants; values are parameters
from __future__ import annotations

import json
from collections import Counter, OrderedDict
from dataclasses import dataclass, replace
from math import inf
from time import monotonic
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import connection

from articles.queries.filters import FACETS, TAG, UNDATED, Filters

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping, Sequence

COUNTED = 10_000  # articles of a tag, an entity or a batch, whose facets are counted one by one
KEPT = 256  # pages' counts kept in a process
GUESSED_SECONDS = 30  # a guess may be so old

TALLIES = """
SELECT kind, status, month, language, source, collection_id, tag, sum(count) AS count
FROM articles_articletally WHERE collection_id = ANY(%s) GROUP BY 1, 2, 3, 4, 5, 6, 7
"""
ARTICLES = f"""
WITH chosen AS MATERIALIZED (
    SELECT kind, status, articles_month(date, date_precision) AS month, language, source,
           collection_id, tags
    FROM articles_article AS a WHERE {{condition}} LIMIT {COUNTED + 1}
)
SELECT kind, status, month, language, source, collection_id, '' AS tag, 1 AS count FROM chosen
UNION ALL
SELECT kind, status, month, language, source, collection_id, tag, 1
FROM chosen CROSS JOIN LATERAL jsonb_array_elements_text(tags) AS tag WHERE tags <> '[]'
"""
# Writers still at work might commit rows under lower ids than the highest one seen: only with
# none at work does that id say which counts are stored.
STATE = """
SELECT (SELECT max(id) FROM articles_articletally),
       pg_snapshot_xmin(pg_current_snapshot()) = pg_snapshot_xmax(pg_current_snapshot())
"""


@dataclass(frozen=True, slots=True)
class FacetCounts:
    """How many articles each value of each facet would give, and how many are chosen now."""

    counts: Mapping[str, Mapping[str, int]]
    total: int
    is_capped: bool = False
    key: Hashable = None  # the same for the same counts, where they are kept


class Facts(NamedTuple):
    """What the facets know of one article."""

    kind: str
    status: str
    date: str  # "2021-10", "2021" where only the year is known, "none" undated
    language: str
    source: str
    collection: str
    tags: str  # a JSON list

    def has(self, filters: Filters, but: str = "") -> bool:
        """Whether it is among the chosen, leaving one facet out."""
        return all(
            value in chosen or (facet == "date" and value[:4] in chosen)
            for facet, value in zip(FACETS, self[: len(FACETS)], strict=True)
            if facet != but and (chosen := filters.chosen(facet))
        )


_kept: OrderedDict[tuple[Any, ...], FacetCounts] = OrderedDict()
_guessed: OrderedDict[tuple[Any, ...], tuple[float, int]] = OrderedDict()


def count_facets(filters: Filters, visible: Sequence[int]) -> FacetCounts:
    """Count from the stored tallies; articles one by one only for what these do not know."""
    with connection.cursor() as cursor:
        cursor.execute(STATE)
        state, quiet = cursor.fetchone()
    if filters.beyond_tallies or not quiet:
        return _count(filters, visible)
    key = (connection.settings_dict["NAME"], state, tuple(visible), filters)
    found = _kept.get(key)
    if found is None:
        found = _kept[key] = replace(_count(filters, visible), key=key)
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return found


def guess_total(filters: Filters, visible: Sequence[int]) -> int:
    """About how many articles these are: some seconds ago; seldom a query."""
    key = (connection.settings_dict["NAME"], tuple(visible), filters)
    at, total = _guessed.get(key, (-inf, 0))
    now = monotonic()
    if now - at > GUESSED_SECONDS:
        total = count_facets(filters, visible).total
        _guessed[key] = (now, total)
        while len(_guessed) > KEPT:
            _guessed.popitem(last=False)
    return total


def count_found(
    filters: Filters, found: Iterable[Facts], narrowed: Iterable[Facts], *, is_capped: bool
) -> FacetCounts:
    """Count among what a search found: `narrowed` answers the filters, `found` need not.

    Facets of which nothing is chosen are counted in `narrowed`, the others in `found`.
    """
    everything, chosen = list(found), list(narrowed)
    counts: dict[str, Counter[str]] = {}
    for place, facet in enumerate(FACETS):
        if filters.chosen(facet):
            counts[facet] = Counter(
                facts[place] for facts in everything if facts.has(filters, facet)
            )
        else:
            counts[facet] = Counter([facts[place] for facts in chosen])
    tags = [json.loads(facts.tags) for facts in chosen if facts.tags != "[]"]
    counts[TAG] = Counter(tag for some in tags for tag in some)
    return FacetCounts(counts, len(chosen), is_capped)


def _count(filters: Filters, visible: Sequence[int]) -> FacetCounts:
    base, values = TALLIES, [list(visible)]
    if filters.beyond_tallies:
        condition, values = filters.beyond.on_articles(visible)
        base = ARTICLES.format(condition=condition)
    selects = [f"SELECT '', '', sum(count) FROM base WHERE {_where(filters, '', values)}"]
    for facet in FACETS:
        column = {"date": "month", "collection": "collection_id::text"}.get(facet, facet)
        selects.append(
            f"SELECT '{facet}', {column}, sum(count) FROM base "
            f"WHERE {_where(filters, facet, values)} GROUP BY 2 HAVING sum(count) > 0"
        )
    # Whoever chooses two tags wants the articles that have both: these are counted as they are.
    selects.append(
        f"SELECT '{TAG}', tag, sum(count) FROM base "
        f"WHERE {_where(filters, '', values, tag='<>')} GROUP BY 2 HAVING sum(count) > 0"
    )
    with connection.cursor() as cursor:
        cursor.execute(f"WITH base AS MATERIALIZED ({base}) {' UNION ALL '.join(selects)}", values)
        rows = cursor.fetchall()
    return _gathered(rows, beyond_tallies=filters.beyond_tallies)


def _where(filters: Filters, but: str, values: list[Any], tag: str = "=") -> str:
    said, more = filters.on_counts(but)
    values.extend(more)
    return f"{said} AND tag {tag} ''"


def _gathered(rows: Sequence[tuple[str, str, Any]], *, beyond_tallies: bool) -> FacetCounts:
    counts: dict[str, dict[str, int]] = {facet: {} for facet in (*FACETS, TAG)}
    total = 0
    for facet, value, count in rows:
        if facet:
            named = value or UNDATED if facet == "date" else value
            counts[facet][named] = int(count)
        else:
            total = int(count or 0)
    return FacetCounts(counts, total, beyond_tallies and total > COUNTED)
