"""What is known of one entity: where it is mentioned, by which words, when, and with whom.

All only over what the person may see: shared links and one's own private ones, on live texts of
the collections that are visible.
"""

# ruff: noqa: S608 - these texts are put together from constants; values are parameters
from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from django.db import connection
from django.utils.translation import get_language

from annotations.models import LinkStatus, TargetState
from annotations.queries.entities import VISIBLE_LINKS
from annotations.queries.said import in_language
from articles.text import excerpts

if TYPE_CHECKING:
    from annotations.models import Entity
    from articles.queries.shelves import Shelves
    from diplowatch.lib.roles import Person

PAGE: Final = 30  # mentions
AROUND: Final = 90  # code points shown on either side of a mention
LONGEST_EXACT: Final = 240  # code points
MOST_VARIANTS: Final = 30
MOST_BESIDE: Final = 20
MOST_SPOKEN: Final = 12

OF_ENTITY: Final = f"{VISIBLE_LINKS} AND a.entity_id = %(entity)s"
MENTIONS: Final = f"""
SELECT a.id::text, a.link_status, a.private, x.id, x.title, x.language, x.date, x.date_precision,
    x.date_key::text, p.position, t.start, t.state, t.exact,
    CASE WHEN t.state = 'detached' THEN t.prefix
        ELSE substr(p.text, greatest(t.start - {AROUND}, 0) + 1, least(t.start, {AROUND})) END,
    CASE WHEN t.state = 'detached' THEN t.suffix ELSE substr(p.text, t."end" + 1, {AROUND}) END,
    (SELECT string_agg(o.exact, ' … ' ORDER BY o.position) FROM annotations_target AS o
        WHERE o.annotation_id = a.id AND o.position > 0)
FROM (SELECT a.* {OF_ENTITY}) AS a
JOIN articles_article AS x ON x.id = a.article_id
JOIN annotations_target AS t ON t.annotation_id = a.id AND t.position = 0
JOIN articles_passage AS p ON p.id = t.passage_id
{{after}}
ORDER BY x.date_key DESC, x.id DESC, p.position, t.start, a.id::text LIMIT {PAGE + 1}"""
AFTER: Final = """WHERE (x.date_key, x.id) < (%(day)s::date, %(article)s)
    OR (x.date_key = %(day)s::date AND x.id = %(article)s
        AND (p.position, t.start, a.id::text) > (%(position)s, %(start)s, %(id)s))"""
TALLY: Final = f"""
SELECT grouping(said.month), coalesce(said.month, ''), count(*), count(DISTINCT said.article),
    count(*) FILTER (WHERE said.status = 'verified')
FROM (SELECT a.article_id AS article, a.link_status AS status,
    articles_month(x.date, x.date_precision) AS month {OF_ENTITY}) AS said
GROUP BY GROUPING SETS ((said.month), ())"""
# What stands under a link that is to be checked may be anything.
VARIANTS: Final = f"""
SELECT said.words, count(*) FROM (
    SELECT (SELECT string_agg(t.exact, ' … ' ORDER BY t.position) FROM annotations_target AS t
        WHERE t.annotation_id = a.id HAVING bool_and(t.state <> 'needs_check')) AS words
    {OF_ENTITY}) AS said
WHERE said.words IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT {MOST_VARIANTS}"""
BESIDE: Final = f"""
WITH here AS (SELECT DISTINCT a.article_id {OF_ENTITY})
SELECT e.id, e.kind, {{label}}, count(DISTINCT a.article_id)
FROM (SELECT a.entity_id, a.article_id {VISIBLE_LINKS}
    AND a.article_id IN (SELECT article_id FROM here) AND a.entity_id <> %(entity)s) AS a
JOIN annotations_entity AS e ON e.id = a.entity_id
GROUP BY 1, 2, 3 ORDER BY 4 DESC, 3 LIMIT {MOST_BESIDE}"""
SPOKEN: Final = f"""
SELECT x.id, x.title, x.date, x.date_precision, i.status = 'verified'
FROM annotations_speakeridentity AS i
JOIN articles_speaker AS s ON s.id = i.speaker_id AND NOT s.retired
JOIN articles_article AS x ON x.id = s.article_id
WHERE i.entity_id = %(entity)s AND x.removed IS NULL AND x.collection_id = ANY(%(places)s)
ORDER BY x.date_key DESC, x.id DESC LIMIT {MOST_SPOKEN}"""


class Around(NamedTuple):
    """A mention with what stands around it; `start` counts code points in its passage."""

    id: str
    status: str
    private: bool
    article: int
    title: str
    language: str
    date: datetime.date | None
    date_precision: str
    day: str
    position: int
    start: int
    state: str
    exact: str
    before: str
    after: str
    rest: str | None  # its other targets

    @property
    def status_label(self) -> str:
        """How sure the link is."""
        return str(LinkStatus(self.status).label)

    @property
    def state_label(self) -> str:
        """How its words stand in the text, where that is to be said."""
        return "" if self.state == TargetState.ANCHORED else str(TargetState(self.state).label)

    @property
    def words(self) -> str:
        """What is linked."""
        said = f"{self.exact} … {self.rest}" if self.rest else self.exact
        return said if len(said) <= LONGEST_EXACT else f"{said[:LONGEST_EXACT]}…"

    @property
    def left(self) -> str:
        """Some words before, from the beginning of one on."""
        return excerpts.begun(self.before, AROUND)

    @property
    def right(self) -> str:
        """Some words after, to the end of one."""
        return excerpts.ended(self.after, AROUND)


class Place(NamedTuple):
    """What stood last on the page before."""

    day: str
    article: int
    position: int
    start: int
    id: str

    def __str__(self) -> str:
        """As an address has it."""
        return f"{self.day}_{self.article}_{self.position}_{self.start}_{self.id}"


@dataclass(frozen=True, slots=True)
class Tally:
    """How often it is mentioned, in how many texts, how many links are verified, and when."""

    mentions: int = 0
    articles: int = 0
    verified: int = 0
    months: tuple[tuple[str, int], ...] = ()  # "2021-10", or "2021" where no more is known


class Beside(NamedTuple):
    """Another entity, and in how many of the same texts it is mentioned."""

    id: int
    kind: str
    label: str
    articles: int


class Spoken(NamedTuple):
    """A text in which it speaks."""

    article: int
    title: str
    date: datetime.date | None
    date_precision: str
    is_verified: bool


class Mentions(NamedTuple):
    """A page of mentions, and where the next one begins."""

    rows: list[Around]
    after: str


def find_mentions(user: Person, shelves: Shelves, entity: Entity, after: str = "") -> Mentions:
    """A page of mentions, those in the newest texts first, each text's in its order."""
    place = read_place(after)
    values = place._asdict() if place else {}
    sql = MENTIONS.format(after=AFTER if place else "")
    found = [Around(*row) for row in _fetch(sql, user, shelves, entity, **values)]
    last = found[PAGE - 1] if len(found) > PAGE else None
    if last is None:
        return Mentions(found, "")
    following = Place(last.day, last.article, last.position, last.start, last.id)
    return Mentions(found[:PAGE], str(following))


def read_place(said: str) -> Place | None:
    """The place that an address names; None for what is none."""
    parts = said.split("_")
    if len(parts) != len(Place._fields) or "\0" in said:
        return None
    day, article, position, start, pk = parts
    try:
        datetime.date.fromisoformat(day)
    except ValueError:
        return None
    numbers = (article, position, start)
    if not all(one.isascii() and one.isdigit() and len(one) < 19 for one in numbers):
        return None
    return Place(day, int(article), int(position), int(start), pk)


def tally_mentions(user: Person, shelves: Shelves, entity: Entity) -> Tally:
    """All mentions counted, and by the months of their texts."""
    mentions = articles = verified = 0
    months = []
    for is_all, month, count, texts, sure in _fetch(TALLY, user, shelves, entity):
        if is_all:
            mentions, articles, verified = count, texts, sure
        elif month:
            months.append((month, count))
    return Tally(mentions, articles, verified, tuple(sorted(months)))


def count_variants(user: Person, shelves: Shelves, entity: Entity) -> list[tuple[str, int]]:
    """The words that stand for it in the texts, the most frequent first."""
    return [(words, count) for words, count in _fetch(VARIANTS, user, shelves, entity)]


def find_beside(user: Person, shelves: Shelves, entity: Entity) -> list[Beside]:
    """Who and what is mentioned in the same texts, the most frequent first."""
    sql = BESIDE.format(label=in_language("e.label", get_language() or ""))
    return [Beside(*row) for row in _fetch(sql, user, shelves, entity)]


def find_spoken(user: Person, shelves: Shelves, entity: Entity) -> list[Spoken]:
    """The newest texts in which it speaks."""
    return [Spoken(*row) for row in _fetch(SPOKEN, user, shelves, entity)]


def _fetch(
    sql: str, user: Person, shelves: Shelves, entity: Entity, **values: Any
) -> Sequence[tuple[Any, ...]]:
    said = {"user": user.pk, "places": shelves.ids, "entity": entity.pk} | values
    with connection.cursor() as cursor:
        cursor.execute(sql, said)
        found: Sequence[tuple[Any, ...]] = cursor.fetchall()
    return found
