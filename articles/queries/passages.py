"""The live passages of an article as plain rows in reading order, and its exchanges."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from django.db import connection

from articles.models import Article, Passage

if TYPE_CHECKING:
    from collections.abc import Iterable

GAP = "\n\n"  # between passages in the plain text


class Row(NamedTuple):
    """One passage as pages and exports need it; no speaker: None."""

    number: int
    role: str
    speaker_id: int | None
    speaker: str | None
    part: str | None
    exchange: int | None
    text: str


# Written out, since it is asked for every page that is read.
ROWS = """
SELECT p.number, p.role, p.speaker_id, s.name, s.part, p.exchange, p.text
FROM articles_passage AS p LEFT JOIN articles_speaker AS s ON s.id = p.speaker_id
WHERE p.article_id = %s AND NOT p.retired ORDER BY p.position
"""


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question and its answer: the passages that bear one exchange number."""

    number: int
    question: list[Row] = field(default_factory=list)
    answer: list[Row] = field(default_factory=list)


def passage_rows(article: Article) -> list[Row]:
    """All live passages with their speakers, in one query."""
    with connection.cursor() as cursor:
        cursor.execute(ROWS, [article.pk])
        return [Row(*values) for values in cursor.fetchall()]


def exchanges_of(rows: Iterable[Row]) -> list[Exchange]:
    """The exchanges in the order of their first passages."""
    found: dict[int, Exchange] = {}
    for row in rows:
        if row.exchange is None:
            continue
        exchange = found.setdefault(row.exchange, Exchange(row.exchange))
        (exchange.question if row.role == "question" else exchange.answer).append(row)
    return list(found.values())


def speakers_in(rows: Iterable[Row]) -> str:
    """Who speaks in these passages, each once."""
    return ", ".join(dict.fromkeys(row.speaker for row in rows if row.speaker))


def words_in(rows: Iterable[Row]) -> str:
    """The words of these passages as plain text."""
    return GAP.join(row.text for row in rows)


def plain_text(article: Article) -> str:
    """The article as plain text: live passages, a blank line between them."""
    found = Passage.objects.filter(article=article).live().order_by("position")
    return GAP.join(found.values_list("text", flat=True))
