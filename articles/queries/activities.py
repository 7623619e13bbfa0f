"""What was done: to one text, or to all texts where a person edits, the latest first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import connection

from articles.models import Activity, Article

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from articles.queries.shelves import Shelves

PAGE = 30
SHOWN = 3  # texts of an act on many

OF_SHELVES = """
SELECT act.id FROM articles_activity AS act WHERE act.id < %(before)s AND CASE
    WHEN act.data ? 'changes' THEN EXISTS (
        SELECT FROM jsonb_object_keys(act.data->'changes') AS key
        JOIN articles_article AS a ON a.id = key::bigint WHERE a.collection_id = ANY(%(places)s))
    ELSE act.collection_id = ANY(%(places)s) OR EXISTS (
        SELECT FROM articles_article AS a
        WHERE a.id = act.article_id AND a.collection_id = ANY(%(places)s))
END ORDER BY act.id DESC LIMIT %(count)s
"""
# What came before the article was stored cannot have changed it.
OF_ARTICLE = """
SELECT act.id FROM articles_activity AS act WHERE act.id < %(before)s AND (
    act.article_id = %(article)s
    OR act.created >= %(since)s AND act.data->'changes' ? %(article)s::text
    OR act.batch_id = %(batch)s AND act.verb IN ('import', 'undo')
) ORDER BY act.id DESC LIMIT %(count)s
"""


class Change(NamedTuple):
    """What an act changed of one text."""

    article: Article
    before: Mapping[str, Any]
    after: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Act:
    """An activity, the first texts that it changed, and whether this person may undo it."""

    activity: Activity
    changes: Sequence[Change]
    more: int  # further texts
    is_undone: bool
    may_undo: bool


def acts_in(shelves: Shelves, before: int) -> tuple[list[Act], int]:
    """A page of acts where the person edits, and the id that the next page is before (or 0)."""
    places = list(shelves.editable())
    return _page(OF_SHELVES, {"places": places, "before": before}, shelves)


def acts_on(article: Article, shelves: Shelves, before: int) -> tuple[list[Act], int]:
    """A page of acts on one text, and the id that the next page is before (or 0)."""
    asked = {"article": article.pk, "since": article.created, "batch": article.batch_id}
    return _page(OF_ARTICLE, asked | {"before": before}, shelves, first=article.pk)


def _page(
    sql: str, values: dict[str, Any], shelves: Shelves, first: int = 0
) -> tuple[list[Act], int]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values | {"count": PAGE + 1})
        ids = [pk for (pk,) in cursor.fetchall()]
    found = Activity.objects.filter(pk__in=ids[:PAGE]).select_related("actor", "collection")
    activities = list(found.order_by("-pk"))
    undone = set(Activity.objects.filter(undoes__in=activities).values_list("undoes", flat=True))
    changed = {int(key) for act in activities for key in act.data.get("changes") or {}}
    rows = Article.objects.filter(pk__in=changed, collection__in=shelves.ids)
    articles = {row.pk: row for row in rows.only("pk", "title", "collection_id", "removed")}
    acts = [_act(one, articles, shelves, one.pk in undone, first) for one in activities]
    return acts, (ids[PAGE - 1] if len(ids) > PAGE else 0)


def _act(
    activity: Activity, articles: Mapping[int, Article], shelves: Shelves, undone: bool, first: int
) -> Act:
    changes: Mapping[str, dict[str, Any]] = activity.data.get("changes") or {}
    seen = [
        Change(articles[int(key)], change["before"], change["after"])
        for key, change in changes.items()
        if int(key) in articles
    ]
    seen.sort(key=lambda change: change.article.pk != first)
    editable = shelves.editable()
    may_undo = bool(changes) and not undone and len(seen) == len(changes)
    may_undo = may_undo and all(
        change.article.removed is None
        and change.article.collection_id in editable
        and change.before.get("collection_id", change.article.collection_id) in editable
        for change in seen
    )
    return Act(activity, seen[:SHOWN], max(0, len(seen) - SHOWN), undone, may_undo)
