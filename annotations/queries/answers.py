"""Everything an entity said in interviews: its answers with their questions, and statements."""

# ruff: noqa: S608 - these texts are put together from constants; values are parameters
from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from django.db import connection

from articles.text.query import parse_query

if TYPE_CHECKING:
    from annotations.models import Entity
    from articles.queries.shelves import Shelves
    from articles.text.query import Query

PAGE: Final = 20  # answers

# An answer may be several passages: those of one speaker that bear one exchange number.
ITEMS: Final = f"""
SELECT x.id, x.title, x.language, x.date, x.date_precision, x.date_key::text, i.status, p.exchange,
    min(p.position) AS place, array_agg(p.id)
FROM annotations_speakeridentity AS i
JOIN articles_speaker AS s ON s.id = i.speaker_id
JOIN articles_article AS x ON x.id = s.article_id
JOIN articles_passage AS p ON p.speaker_id = i.speaker_id AND NOT p.retired
    AND p.role IN ('answer', 'statement')
WHERE i.entity_id = %(entity)s AND x.removed IS NULL AND x.collection_id = ANY(%(places)s)
GROUP BY x.id, i.status, p.exchange, CASE WHEN p.exchange IS NULL THEN p.id END
{{having}}
ORDER BY x.date_key DESC, x.id DESC, place LIMIT {PAGE + 1}"""
SAYS: Final = "bool_or(p.search @@ %(tsquery)s::tsquery)"
AFTER: Final = """((x.date_key, x.id) < (%(day)s::date, %(article)s)
    OR (x.date_key = %(day)s::date AND x.id = %(article)s AND min(p.position) > %(position)s))"""
PASSAGES: Final = """
SELECT p.article_id, p.exchange, p.role, p.id, p.number, p.text, s.name
FROM articles_passage AS p LEFT JOIN articles_speaker AS s ON s.id = p.speaker_id
WHERE NOT p.retired AND (p.id = ANY(%(passages)s) OR (p.role = 'question' AND
    (p.article_id, p.exchange) IN (
        SELECT * FROM unnest(%(articles)s::bigint[], %(exchanges)s::int[]))))
ORDER BY p.article_id, p.position"""


class Said(NamedTuple):
    """A passage: whose it is, where it stands, what it says."""

    pk: int
    number: int
    text: str
    speaker: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What was said at one place, with what had been asked."""

    article: int
    title: str
    language: str
    date: datetime.date | None
    date_precision: str
    status: str  # of the speaker's identification
    question: list[Said] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)


class Place(NamedTuple):
    """What stood last on the page before."""

    day: str
    article: int
    position: int

    def __str__(self) -> str:
        """As an address has it."""
        return f"{self.day}_{self.article}_{self.position}"

    @classmethod
    def read(cls, said: str) -> Place | None:
        """The place that an address names; None for what is none."""
        parts = said.split("_")
        if len(parts) != len(cls._fields):
            return None
        day, *numbers = parts
        try:
            datetime.date.fromisoformat(day)
        except ValueError:
            return None
        if not all(one.isascii() and one.isdigit() and len(one) < 19 for one in numbers):
            return None
        return cls(day, *(int(one) for one in numbers))


class Answers(NamedTuple):
    """A page of answers, what was looked for in them, and where the next page begins."""

    items: list[Answer]
    wanted: Query
    after: str


def find_answers(shelves: Shelves, entity: Entity, words: str = "", after: str = "") -> Answers:
    """A page of answers and statements, the newest texts first; two queries."""
    wanted, place = parse_query(words), Place.read(after)
    conditions = [] if wanted.is_empty else [SAYS]
    values: dict[str, Any] = {"entity": entity.pk, "places": shelves.ids}
    values |= {} if wanted.is_empty else {"tsquery": wanted.tsquery()}
    if place:
        conditions.append(AFTER)
        values |= place._asdict()
    having = f"HAVING {' AND '.join(conditions)}" if conditions else ""
    with connection.cursor() as cursor:
        cursor.execute(ITEMS.format(having=having), values)
        rows = cursor.fetchall()
    following = ""
    if len(rows) > PAGE:
        last = rows[PAGE - 1]
        following = str(Place(last[5], last[0], last[8]))
    return Answers(_with_passages(rows[:PAGE]), wanted, following)


def _with_passages(rows: list[tuple[Any, ...]]) -> list[Answer]:
    if not rows:
        return []
    asked = [(row[0], row[7]) for row in rows if row[7] is not None]
    values = {
        "passages": [pk for row in rows for pk in row[9]],
        "articles": [article for article, _ in asked],
        "exchanges": [exchange for _, exchange in asked],
    }
    answers = {
        pk: Answer(row[0], row[1], row[2], row[3], row[4], row[6])
        for row in rows
        for pk in row[9][:1]
    }
    of_passage = {pk: answers[row[9][0]] for row in rows for pk in row[9]}
    of_exchange = {(row[0], row[7]): answers[row[9][0]] for row in rows if row[7] is not None}
    with connection.cursor() as cursor:
        cursor.execute(PASSAGES, values)
        for article, exchange, role, *said in cursor.fetchall():
            found = Said(*said)
            if found.pk in of_passage:
                of_passage[found.pk].said.append(found)
            elif role == "question":
                of_exchange[article, exchange].question.append(found)
    return list(answers.values())
