"""How far the work has come: by source, collection or month, and by person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import connection
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import ArticleTally, Status, Verb

if TYPE_CHECKING:
    from collections.abc import Sequence

    from articles.queries.shelves import Shelves

GROUPS = ("source", "collection", "month", "language")
MOST_ROWS = 200
DONE = (Status.PROOFREAD, Status.VALIDATED)
LEFT = (Status.RAW, Status.IN_PROGRESS)
PERSON_DAYS = 30

# An act on many articles counts as many: those of them that stand in the visible collections now.
# What somebody says for their own eyes is not told.
PEOPLE = """
SELECT act.agent, person.username, person.first_name, person.last_name,
       sum((act.data->>'count')::bigint) FILTER (WHERE act.verb = %(import)s),
       sum(changed.articles) FILTER (WHERE act.verb = ANY(%(changes)s)),
       sum(changed.articles) FILTER (WHERE act.verb = %(status)s),
       sum(greatest(corrected.articles, 1)) FILTER (WHERE act.verb = ANY(%(corrections)s)),
       count(*) FILTER (WHERE act.verb = ANY(%(said)s)),
       max(act.created)
FROM articles_activity AS act
LEFT JOIN accounts_user AS person ON person.id = act.actor_id
CROSS JOIN LATERAL (
    SELECT count(*) AS articles FROM jsonb_object_keys(act.data->'changes') AS key
    JOIN articles_article AS a ON a.id = key::bigint
    WHERE a.collection_id = ANY(%(visible)s)
) AS changed
CROSS JOIN LATERAL (
    SELECT count(*) AS articles FROM jsonb_array_elements_text(act.data->'articles') AS key
    JOIN articles_article AS a ON a.id = key::bigint
    WHERE a.collection_id = ANY(%(visible)s)
) AS corrected
WHERE act.created >= %(since)s AND NOT act.private AND (
    changed.articles > 0 OR corrected.articles > 0
    OR NOT act.data ? 'changes' AND (act.collection_id = ANY(%(visible)s) OR act.article_id IN (
        SELECT id FROM articles_article WHERE collection_id = ANY(%(visible)s))))
GROUP BY act.actor_id, act.agent, person.username, person.first_name, person.last_name
ORDER BY max(act.created) DESC
"""


@dataclass(frozen=True, slots=True)
class Progress:
    """How many articles of one source (collection, month, language) stand on each step.

    Or how many passages of one article.
    """

    value: str
    counts: dict[str, int]

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.counts.values())

    @property
    def done(self) -> int:
        """Proofread or validated."""
        return sum(self.counts.get(status, 0) for status in DONE)

    @property
    def left(self) -> int:
        """Raw or in progress."""
        return sum(self.counts.get(status, 0) for status in LEFT)

    @property
    def percent(self) -> int:
        """The share that is done, rounded down: 100 means all."""
        return self.done * 100 // self.total if self.total else 0

    def bars(self) -> list[tuple[str, float, float]]:
        """Status, start and width of each step in a bar 100 wide, the done ones first."""
        bars, start = [], 0.0
        for status in reversed(Status.values):
            width = self.counts.get(status, 0) * 100 / self.total if self.total else 0
            if width:
                bars.append((status, round(start, 2), round(width, 2)))
            start += width
        return bars


@dataclass(frozen=True, slots=True)
class PersonProgress:
    """To how many texts one person, or a machine agent, did what lately."""

    name: str
    imported: int
    changes: int
    statuses: int
    corrections: int
    said: int
    latest: datetime


def progress_by(group: str, shelves: Shelves) -> list[Progress]:
    """A row a source (or other group) over the visible collections, most left to do first."""
    tallied = (
        ArticleTally.objects.filter(collection__in=shelves.ids, tag="")
        .order_by()
        .values_list(group, "status")
        .annotate(total=Sum("count"))
        .filter(total__gt=0)
    )
    found: dict[str, dict[str, int]] = {}
    for value, status, total in tallied:
        found.setdefault(str(value), {})[status] = int(total)
    rows = [Progress(value, counts) for value, counts in found.items()]
    if group == "month":
        return sorted(rows, key=lambda row: row.value, reverse=True)
    return sorted(rows, key=lambda row: (row.done - row.total, row.value))


def sum_of(rows: Sequence[Progress]) -> Progress:
    """All rows in one."""
    counts = {
        status: total
        for status in Status.values
        if (total := sum(row.counts.get(status, 0) for row in rows))
    }
    return Progress("", counts)


def people_progress(shelves: Shelves, days: int = PERSON_DAYS) -> list[PersonProgress]:
    """What everybody did to texts of the visible collections in the last days, the latest first."""
    since = timezone.now() - timedelta(days=days)
    with connection.cursor() as cursor:
        cursor.execute(
            PEOPLE,
            {
                "visible": shelves.ids,
                "since": since,
                "import": Verb.IMPORT,
                "status": Verb.STATUS,
                "changes": [Verb.DETAILS, Verb.MOVE, Verb.TAG],
                "corrections": [Verb.CORRECT, Verb.STRUCTURE, Verb.DECIDE],
                "said": [Verb.ANNOTATE, Verb.PROPOSE],
            },
        )
        rows = cursor.fetchall()
    return [
        PersonProgress(
            f"{first or ''} {last or ''}".strip() or name or _(agent), int(imported or 0),
            int(changes or 0), int(statuses or 0), int(corrected or 0), said, latest,
        )
        for agent, name, first, last, imported, changes, statuses, corrected, said, latest in rows
    ]  # fmt: skip
