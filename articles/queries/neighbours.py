"""Where an article stands in the list the reader came from, and which needs work next."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import connection

from articles.models import Article, Status
from articles.queries.listing import ORDERS, ListQuery
from articles.queries.search import NO_DAY, Order, latest_order, run_search
from articles.text.query import Query, parse_query

if TYPE_CHECKING:
    from collections.abc import Sequence

    from articles.queries.filters import Filters
    from diplowatch.lib.roles import Person

NEEDS_WORK = (Status.RAW, Status.IN_PROGRESS)
HIGHEST = (1 << 63) - 1  # of all ids
DATED, NOT_DATED = f"a.date_key > '{NO_DAY}'", f"a.date_key = '{NO_DAY}'"

NEXT = """
SELECT a.id FROM articles_article AS a WHERE a.id <> %s AND {condition}
ORDER BY a.date_key DESC, a.id DESC LIMIT 1
"""
BY_OTHERS = """EXISTS (
    SELECT FROM articles_passage AS p WHERE p.article_id = a.id AND NOT p.retired
        AND p.status = 'proofread' AND p.proofread_by_id IS DISTINCT FROM %s)"""
BESIDE = """
(SELECT '{side}', a.id, a.title FROM articles_article AS a
WHERE {condition} AND ({columns}) {sign} ({place}) ORDER BY {order} LIMIT 1)
"""


class Neighbour(NamedTuple):
    """An article to go to."""

    pk: int
    title: str


class Place(NamedTuple):
    """The articles before and after (None at the ends), and what the search was for."""

    previous: Neighbour | None
    next: Neighbour | None
    wanted: Query


def find_place(
    visible: Sequence[int], article: Article, listed: str, typed: str = "",
    reader: int | None = None,
) -> Place:  # fmt: skip
    """The place in the list whose query string is `listed` ("": all articles, newest first).

    `visible` are the collections that the `reader` may read. What is to be marked in the text is
    what that search looked for, slips set right; without one, what was `typed`.
    """
    shown = ListQuery.from_string(listed, reader)
    if not visible:
        return Place(None, None, parse_query(typed))
    if shown.q:
        return _place_in_search(visible, article, shown)
    return _place_in_list(visible, article, shown, parse_query(typed))


def words_wanted(
    visible: Sequence[int], listed: str, typed: str, reader: int | None = None
) -> Query:
    """What is to be marked in a text that a list led to, as `find_place` says it."""
    shown = ListQuery.from_string(listed, reader)
    if not visible or not shown.q:
        return parse_query(typed)
    asked = (shown.q, shown.filters, visible)
    kept = latest_order(*asked, sort=shown.order, exact=shown.exact)
    return (kept or run_search(*asked, sort=shown.order, exact=shown.exact)).query


def next_needing_work(
    user: Person, article: Article, visible: Sequence[int], wanted: Filters
) -> int | None:
    """The next article, newest first and round again, that is raw or in progress.

    Or of another status, if one is `wanted`; what is proofread needs work of those who did not
    proofread all of it themselves.
    """
    asked = wanted if wanted.status else replace(wanted, status=tuple(NEEDS_WORK))
    condition, values = asked.on_articles(visible)
    if Status.PROOFREAD in asked.status:
        condition, values = f"{condition} AND {BY_OTHERS}", [*values, user.pk]
    place = [article.date_key, article.pk]
    with connection.cursor() as cursor:
        for beyond, more in ((" AND (a.date_key, a.id) < (%s, %s)", place), ("", [])):
            cursor.execute(NEXT.format(condition=condition + beyond), [article.pk, *values, *more])
            if row := cursor.fetchone():
                return int(row[0])
    return None


def _place_in_search(visible: Sequence[int], article: Article, shown: ListQuery) -> Place:
    """The list that led here found this order a moment ago: it is looked for again only at need."""
    asked = (shown.q, shown.filters, visible)
    kept = latest_order(*asked, sort=shown.order, exact=shown.exact)
    place = _place_in_order(kept, visible, article) if kept else None
    if place is None:
        found = run_search(*asked, sort=shown.order, exact=shown.exact)
        place = _place_in_order(Order(found.query, found.ids()), visible, article)
        return place or Place(None, None, found.query)
    return place


def _place_in_order(order: Order, visible: Sequence[int], article: Article) -> Place | None:
    """The articles beside this one; None where it or they are no longer there."""
    around = [None, *order.articles, None]
    if article.pk not in around:
        return None
    at = around.index(article.pk)
    ids = [pk for pk in (around[at - 1], around[at + 1]) if pk is not None]
    there = Article.objects.live().filter(pk__in=ids, collection_id__in=visible)
    beside = {pk: Neighbour(pk, title) for pk, title in there.values_list("pk", "title")}
    if len(beside) < len(ids):
        return None
    return Place(beside.get(around[at - 1] or 0), beside.get(around[at + 1] or 0), order.query)


def _place_in_list(
    visible: Sequence[int], article: Article, shown: ListQuery, wanted: Query
) -> Place:
    key, direction = ORDERS[shown.order]
    columns = [key, "a.id"] if key else ["a.id"]
    here = article.title_key if shown.order == "title" else article.date_key
    position = [here, article.pk] if key else [article.pk]
    condition, values = shown.filters.on_articles(visible)
    sides = {"previous": direction == "DESC", "next": direction == "ASC"}
    if shown.order == "oldest":
        return _place_in_oldest(article, condition, values, wanted)
    sql = " UNION ALL ".join(_beside(side, condition, columns, up=up) for side, up in sides.items())
    with connection.cursor() as cursor:
        cursor.execute(sql, [*values, *position] * 2)
        found = {side: Neighbour(pk, title) for side, pk, title in cursor.fetchall()}
    return Place(found.get("previous"), found.get("next"), wanted)


def _place_in_oldest(article: Article, condition: str, values: list[Any], wanted: Query) -> Place:
    """Undated articles come last: beyond the dated ones' end, and before their own beginning."""
    columns = ["a.date_key", "a.id"]
    dated, undated = f"{condition} AND {DATED}", f"{condition} AND {NOT_DATED}"
    here, far, side = (dated, undated, "next") if article.date else (undated, dated, "previous")
    limit = (datetime.date.min, 0) if article.date else (datetime.date.max, HIGHEST)
    sql = " UNION ALL ".join(
        [
            _beside("previous", here, columns, up=False),
            _beside("next", here, columns, up=True),
            _beside("far", far, columns, up=side == "next"),
        ]
    )
    position = [article.date_key, article.pk]
    with connection.cursor() as cursor:
        cursor.execute(sql, [*values, *position, *values, *position, *values, *limit])
        rows = cursor.fetchall()
    found: dict[str, Neighbour | None] = {name: Neighbour(pk, title) for name, pk, title in rows}
    found[side] = found.get(side) or found.get("far")
    return Place(found.get("previous"), found.get("next"), wanted)


def _beside(side: str, condition: str, columns: list[str], *, up: bool) -> str:
    """The query of one neighbour: the nearest above or below in the order of the columns."""
    return BESIDE.format(
        side=side,
        condition=condition,
        columns=", ".join(columns),
        sign=">" if up else "<",
        place=", ".join("%s" for _ in columns),
        order=", ".join(f"{column} {'ASC' if up else 'DESC'}" for column in columns),
    )
