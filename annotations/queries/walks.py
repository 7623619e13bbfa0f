"""What is walked through one by one: open proposals, and what is to be checked after corrections.

In the order of the articles and of their texts; others' private annotations never come out.
"""

from __future__ import annotations

import datetime
import json
import uuid
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from django.db import connection
from django.utils.translation import get_language

from annotations.models import Certainty, FlagKind, LinkStatus, Motivation, TargetState
from annotations.queries.listing import Quote as Said
from annotations.queries.said import MINE, NAME, in_language, name_said

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotations.queries.filters import Filters
    from articles.queries.shelves import Shelves
    from diplowatch.lib.roles import Person

PAGE: Final = 50
# What the words were before the text was changed: from the last act that changed them.
BEFORE: Final = """(
    SELECT row->'before'->'targets' FROM articles_activity AS act,
        jsonb_array_elements(act.data->'rows') AS row
    WHERE (act.article_id = a.article_id OR act.article_id IS NULL)
        AND act.data->'rows' @> jsonb_build_array(jsonb_build_object('id', a.id::text))
        AND row->>'id' = a.id::text AND row->'before' ? 'targets'
    ORDER BY act.id DESC LIMIT 1)"""
WALK: Final = """
SELECT a.id, a.version, a.motivation, coalesce(e.kind, a.flag_kind), a.flag_kind, a.replacement,
    a.certainty, a.evidence, a.link_status, a.private, a.creator_id, {name}, left(a.body, 600),
    coalesce(g.name, {label}, ''), a.created, x.id, x.collection_id, x.title, x.language,
    (SELECT json_agg(json_build_array(right(t.prefix, 32), t.exact, left(t.suffix, 32), t.state)
        ORDER BY t.position) FROM annotations_target AS t WHERE t.annotation_id = a.id), {before}
FROM annotations_annotation AS a
JOIN articles_article AS x ON x.id = a.article_id
LEFT JOIN annotations_entity AS e ON e.id = a.entity_id
LEFT JOIN annotations_tag AS g ON g.id = a.tag_id
LEFT JOIN accounts_user AS u ON u.id = a.creator_id
LEFT JOIN LATERAL (
    SELECT p.position, t.start FROM annotations_target AS t
    JOIN articles_passage AS p ON p.id = t.passage_id WHERE t.annotation_id = a.id
    ORDER BY t.position LIMIT 1) AS place ON TRUE
WHERE a.removed IS NULL AND a.decided_at IS NULL AND {mine} AND x.removed IS NULL
    AND x.collection_id = ANY(%(places)s) AND {condition}
    AND (%(article)s::bigint IS NULL OR a.article_id = %(article)s::bigint)
ORDER BY a.article_id, place.position, place.start, a.id LIMIT %(count)s OFFSET %(skipped)s
"""


class Quote(Said):
    """Words that something is said of, and how they stand to the text."""

    @property
    def state_label(self) -> str:
        """How the words stand to the text."""
        return str(TargetState(self.state).label)


class Step(NamedTuple):
    """An annotation that waits for somebody."""

    id: uuid.UUID
    version: int
    motivation: str
    kind: str
    flag_kind: str
    replacement: str
    certainty: str
    evidence: str
    status: str
    private: bool
    by: int | None
    name: str
    body: str
    label: str
    created: datetime.datetime
    article: int
    collection: int
    title: str
    language: str
    quotes: tuple[Quote, ...]
    before: tuple[str, ...]

    @property
    def heading(self) -> str:
        """What it says in a few words."""
        if self.motivation == Motivation.IDENTIFYING and not self.label:
            return str(LinkStatus.NOT_IDENTIFIABLE.label)
        if self.motivation == Motivation.QUESTIONING:
            return self.fault
        if self.motivation == Motivation.EDITING:
            return str(Motivation.EDITING.label)
        return self.label or str(Motivation(self.motivation).label)

    @property
    def said_by(self) -> str:
        """Who says it."""
        return name_said(self.name, self.by)

    @property
    def fault(self) -> str:
        """What is wrong with the words."""
        return str(FlagKind(self.flag_kind).label) if self.flag_kind else ""

    @property
    def certainty_label(self) -> str:
        """How sure somebody is."""
        return str(Certainty(self.certainty).label) if self.certainty else ""


class Walk(NamedTuple):
    """A page of steps, and whether others follow."""

    steps: list[Step]
    goes_on: bool


def find_steps(
    user: Person, shelves: Shelves, filters: Filters, *, article: int | None = None, page: int = 0
) -> Walk:
    """A page of what waits and passes the filters; in one statement."""
    sql = WALK.format(
        name=NAME, label=in_language("e.label", get_language() or ""), mine=MINE,
        condition=filters.condition(), before=BEFORE if filters.check else "NULL",
    )  # fmt: skip
    values: dict[str, Any] = filters.values() | {
        "user": user.pk, "places": shelves.ids, "article": article, "count": PAGE + 1,
        "skipped": page * PAGE,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        rows = cursor.fetchall()
    return Walk([_step(row) for row in rows[:PAGE]], len(rows) > PAGE)


def _step(row: Sequence[Any]) -> Step:
    *own, quotes, before = row
    now = [Quote(*quote) for quote in quotes or ()]
    stood = [target["exact"] for target in _read(before)]
    changed = [words for words in stood if words not in {one.exact for one in now}]
    return Step._make([*own, tuple(now), tuple(changed)])


def _read(targets: Any) -> list[dict[str, Any]]:
    return json.loads(targets) if isinstance(targets, str) else (targets or [])
