"""What was done: to one text, or to all texts where a person edits, the latest first.

What others did for their own eyes only is never shown. Acts that belong to no text (on tags,
entities) are shown to whoever is an editor everywhere.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import connection
from django.utils.timezone import get_current_timezone

from articles.models import Activity, Article, Verb
from articles.queries.revised import NOT_REVISED, Revised, revised_by
from diplowatch.lib.dates import DAY_BEGINS
from diplowatch.lib.roles import Role, role_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from articles.queries.shelves import Shelves
    from diplowatch.lib.roles import Person

PAGE = 30
HIGHEST = (1 << 63) - 1  # above every id
SHOWN = 3  # texts of an act on many
NAMED = ("pk", "title", "collection_id", "removed", "date_precision")

OF_SHELVES = """
SELECT act.id FROM articles_activity AS act
WHERE act.id < %(before)s AND (NOT act.private OR act.actor_id = %(user)s) AND CASE
    WHEN act.data ? 'changes' THEN EXISTS (
        SELECT FROM jsonb_object_keys(act.data->'changes') AS key
        JOIN articles_article AS a ON a.id = key::bigint WHERE a.collection_id = ANY(%(places)s))
    WHEN act.data ? 'articles' THEN EXISTS (
        SELECT FROM articles_revision AS r JOIN articles_article AS a ON a.id = r.article_id
        WHERE r.activity_id = act.id AND a.collection_id = ANY(%(places)s))
        OR act.verb = 'propose' AND EXISTS (
            SELECT FROM jsonb_array_elements_text(act.data->'articles') AS one
            JOIN articles_article AS a ON a.id = one::bigint
            WHERE a.collection_id = ANY(%(places)s))
    ELSE act.collection_id = ANY(%(places)s) OR EXISTS (
        SELECT FROM articles_article AS a
        WHERE a.id = act.article_id AND a.collection_id = ANY(%(places)s))
        OR %(everywhere)s AND act.article_id IS NULL AND act.data ?| ARRAY['rows', 'rules']
END /* chosen */ ORDER BY act.id DESC LIMIT %(count)s
"""
# A batch may be imported in parts: an article's import is the act of its first revision.
# The conditions on what acts hold are written as their indexes are (`models.log`).
OF_ARTICLE = """
SELECT act.id FROM articles_activity AS act
WHERE act.id < %(before)s AND (NOT act.private OR act.actor_id = %(user)s) AND (
    act.article_id = %(article)s
    OR act.data ? 'changes'
        AND jsonb_path_query_array(act.data, '$.changes.keyvalue().key') ? %(article)s::text
    OR act.verb = 'propose' AND act.article_id IS NULL
        AND act.data->'articles' @> to_jsonb(%(article)s::bigint)
    OR act.batch_id = %(batch)s AND act.verb = 'undo' AND act.id > (
        SELECT r.activity_id FROM articles_revision AS r
        WHERE r.article_id = %(article)s AND r.number = 1)
    OR act.id = ANY(ARRAY(SELECT DISTINCT r.activity_id FROM articles_revision AS r
        WHERE r.article_id = %(article)s))
) /* chosen */ ORDER BY act.id DESC LIMIT %(count)s
"""


class Change(NamedTuple):
    """What an act changed of one text."""

    article: Article
    before: Mapping[str, Any]
    after: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Act:
    """An activity, the first texts that it changed, and whether this person may undo it.

    `article` is the text that it belongs to, where it is one of those the person sees.
    """

    activity: Activity
    article: Article | None
    changes: Sequence[Change]
    more: int  # further texts
    is_undone: bool
    may_undo: bool
    revised: Revised = NOT_REVISED


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which acts are asked for: those before an id; of one kind, by one person, in some days."""

    before: int
    verb: str = ""
    by: int | None = None
    since: datetime.date | None = None
    until: datetime.date | None = None

    def condition(self) -> str:
        """SQL for all but the id; its values are those of `values`."""
        parts = {
            "AND act.verb = %(verb)s": self.verb,
            "AND act.actor_id = %(by)s": self.by,
            f"AND act.created >= {DAY_BEGINS.format(day='%(since)s::date')}": self.since,
            f"AND act.created < {DAY_BEGINS.format(day='%(until)s::date + 1')}": self.until,
        }
        return " ".join(part for part, value in parts.items() if value)

    def values(self) -> dict[str, Any]:
        """The values of the condition."""
        return {
            "before": self.before, "verb": self.verb, "by": self.by, "since": self.since,
            "until": self.until, "zone": str(get_current_timezone()),
        }  # fmt: skip


def count_acts_on(article: Article, user: Person) -> int:
    """How many acts on one text a person may know of."""
    counting = OF_ARTICLE.partition("/* chosen */")[0].replace("act.id", "count(*)", 1)
    asked = {"article": article.pk, "batch": article.batch_id, "user": user.pk, "before": HIGHEST}
    with connection.cursor() as cursor:
        cursor.execute(counting, asked)
        (count,) = cursor.fetchone()
    return int(count)


def acts_in(shelves: Shelves, chosen: Chosen, user: Person) -> tuple[list[Act], int]:
    """A page of acts where the person edits, and the id that the next page is before (or 0).

    Of one's own acts those wherever one reads.
    """
    places = shelves.ids if chosen.by == user.pk else list(shelves.editable())
    asked = {"places": places, "everywhere": role_of(user) >= Role.EDITOR}
    return _page(OF_SHELVES, asked, chosen, shelves, user)


def acts_on(
    article: Article, shelves: Shelves, chosen: Chosen, user: Person
) -> tuple[list[Act], int]:
    """A page of acts on one text, and the id that the next page is before (or 0)."""
    asked = {"article": article.pk, "batch": article.batch_id}
    return _page(OF_ARTICLE, asked, chosen, shelves, user, first=article.pk)


def _page(
    sql: str, values: dict[str, Any], chosen: Chosen, shelves: Shelves, user: Person, first: int = 0
) -> tuple[list[Act], int]:
    sql = sql.replace("/* chosen */", chosen.condition())
    values |= chosen.values()
    with connection.cursor() as cursor:
        cursor.execute(sql, values | {"count": PAGE + 1, "user": user.pk})
        ids = [pk for (pk,) in cursor.fetchall()]
    found = Activity.objects.filter(pk__in=ids[:PAGE])
    found = found.select_related("actor", "collection", "batch").defer("batch__details")
    activities = list(found.order_by("-pk"))
    undone = set(Activity.objects.filter(undoes__in=activities).values_list("undoes", flat=True))
    changed = {int(key) for act in activities for key in act.data.get("changes") or {}}
    changed |= {act.article_id for act in activities if act.article_id is not None}
    rows = Article.objects.filter(pk__in=changed, collection__in=shelves.ids)
    articles = {row.pk: row for row in rows.only(*NAMED)}
    revised = revised_by([act.pk for act in activities], shelves, first)
    seen = _Seen(articles, shelves, role_of(user) >= Role.EDITOR, first, user.pk, revised)
    acts = [seen.act(one, is_undone=one.pk in undone) for one in activities]
    return acts, (ids[PAGE - 1] if len(ids) > PAGE else 0)


@dataclass(frozen=True, slots=True)
class _Seen:
    """What the person sees of the texts that a page of acts is about."""

    articles: Mapping[int, Article]
    shelves: Shelves
    everywhere: bool  # an editor of what belongs to no text
    first: int
    user: int | None
    revised: Mapping[int, Revised]

    def act(self, activity: Activity, *, is_undone: bool) -> Act:
        """One act."""
        changes: Mapping[str, dict[str, Any]] = activity.data.get("changes") or {}
        seen = [
            Change(self.articles[int(key)], change["before"], change["after"])
            for key, change in changes.items()
            if int(key) in self.articles
        ]
        seen.sort(key=lambda change: change.article.pk != self.first)
        revised = self.revised.get(activity.pk, NOT_REVISED)
        may_undo = not is_undone and (
            self._may_undo_rows(activity, revised)
            if activity.data.get("rows") or activity.data.get("loaded") or revised.revisions
            else bool(changes) and len(seen) == len(changes) and self._may_undo(seen)
        )
        article = self.articles.get(activity.article_id or 0)
        more = max(0, len(seen) - SHOWN)
        return Act(activity, article, seen[:SHOWN], more, is_undone, may_undo, revised)

    def _may_undo(self, seen: Sequence[Change]) -> bool:
        editable = self.shelves.editable()
        return all(
            change.article.removed is None
            and change.article.collection_id in editable
            and change.before.get("collection_id", change.article.collection_id) in editable
            for change in seen
        )

    def _may_undo_rows(self, activity: Activity, revised: Revised) -> bool:
        """Editors' of all the texts; one's own wherever one may say something."""
        decides = activity.verb == Verb.DECIDE or revised.revisions
        own = activity.actor_id == self.user and not decides
        if activity.article_id is None:
            return revised.is_editable if revised.revisions else self.everywhere
        article = self.articles.get(activity.article_id)
        if article is None or article.removed is not None:
            return False
        least = (Role.READER if activity.private else Role.ANNOTATOR) if own else Role.EDITOR
        return self.shelves.roles[article.collection_id] >= least
