"""Revisions of an article with the acts that made them: who, when, what for."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Collection

    from articles.models import Article

NAME: Final = "coalesce(nullif(trim(concat(u.first_name, ' ', u.last_name)), ''), u.username)"
COLUMNS: Final = f"""r.number, act.id, act.verb, coalesce({NAME}, act.agent), act.actor_id IS NULL,
    r.created, act.data->>'kind', act.data->>'reason', act.data->>'certainty',
    act.data->>'evidence', coalesce((act.data->>'version')::int,
        (act.data->'versions'->>r.article_id::text)::int)"""
FROM: Final = """FROM articles_revision AS r
JOIN articles_activity AS act ON act.id = r.activity_id
LEFT JOIN accounts_user AS u ON u.id = act.actor_id"""
OF_NUMBERS: Final = f"""
SELECT {COLUMNS} {FROM} WHERE r.article_id = %s AND r.number = ANY(%s)
"""


class Made(NamedTuple):
    """The act that made a revision; `version` is what the article then had, where it is known."""

    number: int
    activity: int
    verb: str
    who: str
    is_machine: bool
    when: datetime.datetime
    kind: str
    reason: str
    certainty: str
    evidence: str
    version: int | None


def acts_of_revisions(article: Article, numbers: Collection[int | None]) -> dict[int, Made]:
    """The acts behind some revisions, by their numbers; one query, none where none are asked."""
    if not numbers:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(OF_NUMBERS, [article.pk, sorted(n for n in numbers if n is not None)])
        return {row[0]: _made(row) for row in cursor.fetchall()}


def _made(row: tuple[Any, ...]) -> Made:
    texts = [one or "" for one in row[6:10]]
    return Made._make([*row[:6], *texts, row[10]])
