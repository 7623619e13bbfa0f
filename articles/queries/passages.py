"""The live passages of an article as plain rows in reading order, and its exchanges."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from django.db import connection

from articles.models import Article, Passage
from diplowatch.lib.statements import fetch_planned

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

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
    revision: int = 0
    pk: int = 0
    status: str = "raw"
    problem: str = ""
    proofread_by: int | None = None


# Written out, since it is asked for every page that is read.
ROWS = """
SELECT p.number, p.role, p.speaker_id, s.name, s.part, p.exchange, p.text, p.revision, p.id,
    p.status, p.problem, p.proofread_by_id
FROM articles_passage AS p LEFT JOIN articles_speaker AS s ON s.id = p.speaker_id
WHERE p.article_id = %s AND NOT p.retired ORDER BY p.position
"""
# With each passage the last one before it that speaks or is a heading: whether a turn begins.
SOME_ROWS = """
SELECT p.number, p.role, p.speaker_id, s.name, s.part, p.exchange, p.text, p.revision, p.id,
    p.status, p.problem, p.proofread_by_id, before.role, before.speaker_id
FROM articles_passage AS p LEFT JOIN articles_speaker AS s ON s.id = p.speaker_id
LEFT JOIN LATERAL (
    SELECT b.role, b.speaker_id FROM articles_passage AS b
    WHERE b.article_id = p.article_id AND NOT b.retired AND b.position < p.position
        AND b.role IN ('heading', 'question', 'answer', 'statement')
    ORDER BY b.position DESC LIMIT 1
) AS before ON p.role IN ('question', 'answer', 'statement')
WHERE p.article_id = %s AND p.number = ANY(%s) AND NOT p.retired ORDER BY p.position
"""

# What stands right before a passage, and the next one behind it that somebody speaks.
BESIDE = """
SELECT p.number, (
    SELECT b.number FROM articles_passage AS b
    WHERE b.article_id = p.article_id AND NOT b.retired AND b.position < p.position
    ORDER BY b.position DESC LIMIT 1
), (
    SELECT n.number FROM articles_passage AS n
    WHERE n.article_id = p.article_id AND NOT n.retired AND n.position > p.position
        AND n.role IN ('question', 'answer', 'statement') ORDER BY n.position LIMIT 1
) FROM articles_passage AS p WHERE p.article_id = %s AND p.number = ANY(%s)
"""


class Beside(NamedTuple):
    """The numbers of the passage before another, and of the next one that is spoken."""

    before: int | None
    spoken: int | None


class Before(NamedTuple):
    """Who spoke last before a passage, or the heading since; nothing before it: no role."""

    role: str | None
    speaker_id: int | None


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question and its answer: the passages that bear one exchange number."""

    number: int
    question: list[Row] = field(default_factory=list)
    answer: list[Row] = field(default_factory=list)


def passage_rows(article: Article) -> list[Row]:
    """All live passages with their speakers, in one query."""
    return list(map(Row._make, fetch_planned(ROWS, [article.pk])))


def some_passage_rows(article: Article, numbers: Sequence[int]) -> list[tuple[Row, Before]]:
    """Live passages by their numbers, whatever else the article holds, in one query."""
    rows = fetch_planned(SOME_ROWS, [article.pk, list(numbers)])
    return [(Row(*values[:-2]), Before(*values[-2:])) for values in rows]


def passages_beside(article: Article, numbers: Iterable[int]) -> dict[int, Beside]:
    """What stands around passages, retired ones as well, by their numbers; in one query."""
    with connection.cursor() as cursor:
        cursor.execute(BESIDE, [article.pk, sorted(set(numbers))])
        return {number: Beside(before, spoken) for number, before, spoken in cursor.fetchall()}


def passage_keys(article: Article, numbers: Sequence[int] | None = None) -> list[int]:
    """The primary keys of the live passages (of those with these numbers) in reading order."""
    found = Passage.objects.filter(article=article).live().order_by("position")
    if numbers is not None:
        found = found.filter(number__in=numbers)
    return list(found.values_list("pk", flat=True))


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
