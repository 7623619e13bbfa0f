"""Whether every article stands as its log says: folded over the source text, and undone again."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from django.db import connection

from articles.queries.log import operations_since
from articles.text.edits import Misfit
from articles.text.operations import ArticleState, PassageState
from articles.text.states import birth, breaches, voices_at_birth

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from articles.text.operations import Operation

AT_ONCE: Final = 200  # articles held in memory
# Passages as they stand, in reading order, those retired last.
ARTICLES: Final = f"""
SELECT a.id, s.text, r.data->'passages', (
    SELECT json_agg(json_build_array(p.number, p.text, p.role, v.position, p.exchange, p.retired,
            p.source_start, p.source_end, p.holes)
        ORDER BY p.retired, p.position)
    FROM articles_passage AS p LEFT JOIN articles_speaker AS v ON v.id = p.speaker_id
    WHERE p.article_id = a.id), (
    SELECT json_agg(json_build_array(v.position, v.name, v.part))
    FROM articles_speaker AS v WHERE v.article_id = a.id AND NOT v.retired), a.revision
FROM articles_article AS a
JOIN articles_sourcefile AS s ON s.id = coalesce(a.birth_file_id, a.source_file_id)
JOIN articles_revision AS r ON r.article_id = a.id AND r.number = 1
WHERE a.id > %s ORDER BY a.id LIMIT {AT_ONCE}
"""  # noqa: S608 - constants


def wrong_logs() -> Iterator[tuple[int, list[str]]]:
    """Each article with what of it is not as its log says; some at a time."""
    last = 0
    while rows := _articles(last):
        logs: dict[int, list[Operation]] = {row[0]: [] for row in rows}
        for logged in operations_since({row[0]: 1 for row in rows if row[5] > 1}):
            logs[logged.article_id].append(logged.operation)
        for article, source, structure, passages, voices, _revision in rows:
            yield article, _wrong(source, structure, passages, voices, logs[article])
        last = rows[-1][0]


def _wrong(
    source: str,
    structure: list[Any],
    passages: list[Any],
    voices: list[Any],
    operations: Sequence[Operation],
) -> list[str]:
    states = {number: PassageState(*own) for number, *own, _start, _end, _holes in passages}
    named: dict[int, Mapping[str, str]] = {
        position: {"name": name, "part": part} for position, name, part in voices
    }
    order = [number for number, state in states.items() if not state.retired]
    places = {number: place for number, *_own, start, end, holes in passages
              for place in [[start, end, holes]]}  # fmt: skip
    found = [
        f"the place of passage {number} in the source"
        for number, (_r, _s, _e, *place) in enumerate(structure, 1)
        if places.get(number) != place
    ]
    try:
        born = birth(source, structure, voices_at_birth(named, operations))
    except Misfit:
        return [*found, "the voices"]
    return found + breaches(born, operations, ArticleState(states, named, order))


def _articles(after: int) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(ARTICLES, [after])
        rows = cursor.fetchall()
    return [(pk, text, *map(_loaded, found), number) for pk, text, *found, number in rows]


def _loaded(value: Any) -> list[Any]:
    """JSON as a list: raw statements give jsonb as text, json as values."""
    found = json.loads(value) if isinstance(value, str) else value
    return found or []
