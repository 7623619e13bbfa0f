"""Lists of annotations, the newest first, a page at a time: of one article, one entity, or all.

A page is found by what stood last on the one before (`Cursor`), so that late pages cost no more.
Others' private annotations, and all on texts that the person may not see, never come out of here.
"""

from __future__ import annotations

import datetime
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import connection
from django.utils.translation import get_language

from annotations.models import CorrectionState, FlagKind, LinkStatus, Motivation
from annotations.models.annotation import CONTEXT_LENGTH
from annotations.queries.filters import Filters
from annotations.queries.said import MINE, NAME, NAME_OF, in_language, name_said
from articles.text import excerpts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from articles.queries.shelves import Shelves
    from diplowatch.lib.roles import Person

PAGE = 40
LONGEST_CURSOR = 80
BODY_SHOWN = 600  # code points

ITEMS = """
SELECT a.id, a.parent_id, a.motivation, coalesce(e.kind, a.flag_kind), a.link_status, a.private,
    a.creator_id, {name}, left(a.body, %(body)s), a.tag_id, a.entity_id,
    coalesce(g.name, {label}, ''), a.created, x.id, x.title, x.language, x.date, x.date_precision,
    left(a.replacement, %(body)s), a.state, {decided_name}, a.decided_at, a.verdict,
    (SELECT json_agg(json_build_array(right(t.prefix, 32), t.exact, left(t.suffix, 32), t.state)
        ORDER BY t.position) FROM annotations_target AS t
        WHERE t.annotation_id = coalesce(a.parent_id, a.id))
FROM annotations_annotation AS a
JOIN articles_article AS x ON x.id = a.article_id
LEFT JOIN annotations_entity AS e ON e.id = a.entity_id
LEFT JOIN annotations_tag AS g ON g.id = a.tag_id
LEFT JOIN accounts_user AS u ON u.id = a.creator_id
LEFT JOIN accounts_user AS w ON w.id = a.decided_by_id
WHERE a.removed IS NULL AND {mine} AND x.removed IS NULL AND x.collection_id = ANY(%(places)s)
    AND {condition} {more}
ORDER BY a.created DESC, a.id DESC LIMIT %(count)s
"""
AFTER = "AND (a.created, a.id) < (%(created)s, %(id)s)"
OF_ARTICLE = "AND a.article_id = %(article)s"
OF_ENTITY = "AND a.entity_id = %(entity)s AND a.motivation = 'identifying'"
PEOPLE = """
SELECT u.id, {name} FROM accounts_user AS u WHERE EXISTS (
    SELECT FROM annotations_annotation AS a JOIN articles_article AS x ON x.id = a.article_id
    WHERE a.creator_id = u.id AND a.removed IS NULL AND {mine}
        AND x.removed IS NULL AND x.collection_id = ANY(%(places)s))
ORDER BY 2 LIMIT 200
"""


class Cursor(NamedTuple):
    """What stood last on the page before."""

    created: datetime.datetime
    id: uuid.UUID

    def __str__(self) -> str:
        """As an address says it."""
        return f"{self.created.timestamp():.6f}_{self.id.hex}"


class Quote(NamedTuple):
    """Words that something is said of, with what stands around them."""

    prefix: str
    exact: str
    suffix: str
    state: str

    @property
    def before(self) -> str:
        """What stands before them, from the beginning of a word on."""
        return excerpts.begun(self.prefix, CONTEXT_LENGTH)

    @property
    def after(self) -> str:
        """What stands behind them, to the end of a word."""
        return excerpts.ended(self.suffix, CONTEXT_LENGTH)


@dataclass(frozen=True, slots=True)
class Item:
    """An annotation in a list; a reply has the quotes of what it replies to."""

    id: uuid.UUID
    parent: uuid.UUID | None
    motivation: str
    kind: str
    status: str
    private: bool
    by: int | None
    name: str
    body: str
    tag: int | None
    entity: int | None
    label: str
    created: datetime.datetime
    article: int
    title: str  # the article's
    language: str
    date: datetime.date | None
    date_precision: str
    replacement: str  # of a correction: what is to stand in the place of its words
    correction: str  # and what became of it
    decided_by: str | None
    decided_at: datetime.datetime | None
    verdict: str  # why it was decided so
    quotes: tuple[Quote, ...]

    @property
    def heading(self) -> str:
        """What it says in a few words: its entity or tag, what is wrong, or what it is."""
        if self.motivation == Motivation.IDENTIFYING and self.entity is None:
            return str(LinkStatus.NOT_IDENTIFIABLE.label)
        if self.motivation == Motivation.QUESTIONING:
            return str(FlagKind(self.kind).label)
        if self.motivation == Motivation.EDITING:
            return str(Motivation.EDITING.label)
        return self.label or str(Motivation(self.motivation).label)

    @property
    def said_by(self) -> str:
        """Who says it."""
        return name_said(self.name, self.by)

    @property
    def status_label(self) -> str:
        """How sure a link is, or what became of a correction."""
        if self.correction:
            return str(CorrectionState(self.correction).label)
        return str(LinkStatus(self.status).label) if self.status and self.entity else ""


class Found(NamedTuple):
    """A page of a list, and where the next one begins."""

    items: list[Item]
    after: Cursor | None


def find_annotations(
    user: Person,
    shelves: Shelves,
    filters: Filters,
    *,
    article: int | None = None,
    entity: int | None = None,
    after: Cursor | None = None,
) -> Found:
    """A page of annotations that pass the filters; in one statement."""
    more = [
        condition
        for condition, value in ((OF_ARTICLE, article), (OF_ENTITY, entity), (AFTER, after))
        if value is not None
    ]
    sql = ITEMS.format(
        name=NAME, decided_name=NAME_OF.format("w"), mine=MINE,
        label=in_language("e.label", get_language() or ""),
        condition=filters.condition(), more=" ".join(more),
    )  # fmt: skip
    values: dict[str, Any] = filters.values() | {
        "user": user.pk, "places": shelves.ids, "body": BODY_SHOWN, "count": PAGE + 1,
        "article": article, "entity": entity,
    }  # fmt: skip
    if after is not None:
        values |= {"created": after.created, "id": after.id}
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        rows = cursor.fetchall()
    items = [_item(row) for row in rows]
    later = len(items) > PAGE
    after = Cursor(items[PAGE - 1].created, items[PAGE - 1].id) if later else None
    return Found(items[:PAGE], after)


def _item(row: Sequence[Any]) -> Item:
    quotes = tuple(Quote(*quote) for quote in row[-1] or ())
    return Item(*(*row[:-1], quotes))


def read_cursor(typed: str) -> Cursor | None:
    """Where a page begins, from its address; None for the first page and for nonsense."""
    moment, _, name = typed[:LONGEST_CURSOR].partition("_")
    try:
        seconds, micro = moment.split(".")
        created = datetime.datetime.fromtimestamp(int(seconds), datetime.UTC)
        return Cursor(created.replace(microsecond=int(micro)), uuid.UUID(hex=name))
    except (ValueError, OverflowError, OSError):
        return None


def people_who_said(user: Person, shelves: Shelves) -> list[tuple[int, str]]:
    """Who has said something that this person may see, by name."""
    sql = PEOPLE.format(name=NAME.replace(", a.agent", ""), mine=MINE)
    with connection.cursor() as cursor:
        cursor.execute(sql, {"user": user.pk, "places": shelves.ids})
        return [(pk, name) for pk, name in cursor.fetchall()]
