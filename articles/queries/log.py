"""The log of articles read back: the operations of an act, and those that came since."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import connection

from articles.models import Activity
from articles.text.operations import Merge, Operation, Split, Text, Voice, from_json

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

BIRTH = 1  # the number of the revision that is the import

COLUMNS = "r.article_id, r.number, r.activity_id, r.operation, r.data"
OF_ACT = f"""
SELECT {COLUMNS} FROM articles_revision AS r
WHERE r.activity_id = %s AND r.number > {BIRTH} ORDER BY r.article_id, r.number
"""  # noqa: S608 - constants
SINCE = f"""
SELECT {COLUMNS} FROM articles_revision AS r
JOIN unnest(%s::bigint[], %s::int[]) AS asked (article_id, number)
    ON r.article_id = asked.article_id AND r.number > asked.number
WHERE r.number > {BIRTH} ORDER BY r.article_id, r.number
"""  # noqa: S608 - constants
# The last revision of the article's log before a passage's text was changed again.
STOOD = """
SELECT asked.place, coalesce(min(r.number) - 1, max(a.revision))
FROM unnest(%s::bigint[], %s::int[], %s::int[]) WITH ORDINALITY
    AS asked (article_id, number, revision, place)
JOIN articles_article AS a ON a.id = asked.article_id
LEFT JOIN articles_revision AS r ON r.article_id = asked.article_id AND r.number > 1 AND (
    (r.data->>'passage')::int = asked.number AND r.passage_revision > asked.revision
    OR (r.data->>'number')::int = asked.number
        AND (r.data->>'number_revision')::int > asked.revision)
GROUP BY asked.place ORDER BY asked.place
"""


class Logged(NamedTuple):
    """One operation of an article's log."""

    article_id: int
    number: int
    activity_id: int
    operation: Operation


def operations_of(activity_id: int) -> list[Logged]:
    """What an act did to articles, article by article, in the order of doing."""
    return _fetch(OF_ACT, [activity_id])


def operations_since(numbers: Mapping[int, int]) -> list[Logged]:
    """What was done to articles (by id) after a number of their logs, in the order of doing."""
    return _fetch(SINCE, [list(numbers), list(numbers.values())]) if numbers else []


def numbers_touched(activity: Activity) -> set[int]:
    """The numbers of the passages that an act on one article changed, in words or structure."""
    if activity.article_id is None:
        return set()
    found = set()
    for logged in operations_of(activity.pk):
        found |= _numbers_of(logged.operation)
    return found


def acts_since(article_id: int, number: int, revision: int) -> list[Activity]:
    """The acts that changed a passage's words or structure after a revision, the oldest first."""
    [stood] = standing_numbers([(article_id, number, revision)])
    since = operations_since({article_id: stood})
    acts = {one.activity_id for one in since if number in _numbers_of(one.operation)}
    return list(Activity.objects.filter(pk__in=acts).select_related("actor").order_by("pk"))


def _numbers_of(operation: Operation) -> set[int]:
    """The passages that an operation is on; none for one on voices."""
    named = (getattr(operation, name, None) for name in ("passage", "number"))
    return {number for number in named if isinstance(number, int)}


class Reach(NamedTuple):
    """What an act on one article touched: passages by number, those that came or went apart."""

    numbers: frozenset[int]
    moved: frozenset[int]
    is_structural: bool


def reach_of(activity: Activity) -> Reach:
    """How far an act on one article went; nothing for an act on several."""
    if activity.article_id is None:
        return Reach(frozenset(), frozenset(), is_structural=False)
    found = [logged.operation for logged in operations_of(activity.pk)]
    moved = frozenset(one.number for one in found if isinstance(one, (Split, Merge)))
    named = frozenset(one.passage for one in found if not isinstance(one, Voice))
    return Reach(named | moved, moved, any(not isinstance(one, Text) for one in found))


def standing_numbers(asked: Sequence[tuple[int, int, int]]) -> list[int]:
    """For each (article, passage's number, its revision): up to where in the log that text stood.

    What was done to the passage's text after that revision came after the number given.
    """
    if not asked:
        return []
    articles, numbers, revisions = zip(*asked, strict=True)
    with connection.cursor() as cursor:
        cursor.execute(STOOD, [list(articles), list(numbers), list(revisions)])
        return [int(number) for _place, number in cursor.fetchall()]


def _fetch(sql: str, values: Sequence[Any]) -> list[Logged]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [
            Logged(article, number, act, from_json(name, _loaded(data)))
            for article, number, act, name, data in cursor.fetchall()
        ]


def _loaded(value: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(value) if isinstance(value, str) else value
    return found
