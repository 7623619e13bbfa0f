"""The original words of corrected passages, kept for the search while the texts change."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from django.db import connection

from articles.text.operations import Merge, Split
from articles.text.provenance import (
    Runs,
    Traced,
    from_values,
    original_of,
    to_values,
    untouched,
)
from articles.text.reading import vectors
from diplowatch.lib.statements import fetch_planned

if TYPE_CHECKING:
    from collections.abc import Sequence

    from articles.services.stage import Stage

# While nothing of a passage is corrected, its own vector is that of its original words.
KNOWN: Final = """
SELECT p.id, o.runs::text, coalesce(o.search, p.search)::text
FROM articles_passage AS p LEFT JOIN articles_passageoriginal AS o ON o.passage_id = p.id
WHERE p.id = ANY(%s)
"""
KEEP: Final = """
INSERT INTO articles_passageoriginal (passage_id, runs, search)
SELECT id, runs::jsonb, search::tsvector
FROM unnest(%s::bigint[], %s::text[], %s::text[]) AS new (id, runs, search)
ON CONFLICT (passage_id) DO UPDATE SET runs = excluded.runs, search = excluded.search
"""
FORGET: Final = "DELETE FROM articles_passageoriginal WHERE passage_id = ANY(%s)"
OF_ARTICLE: Final = """
SELECT p.id, p.text, o.runs::text FROM articles_passageoriginal AS o
JOIN articles_passage AS p ON p.id = o.passage_id WHERE p.article_id = %s
"""


class Originals:
    """The original words of the passages that some acts are about to change."""

    def __init__(self, stages: Sequence[Stage]) -> None:
        """Read them; to be asked before anything is stored."""
        self.stages = stages
        keys = [held.pk for stage in stages for held in stage.held.values() if held.pk is not None]
        self.known = {pk: (runs, search) for pk, runs, search in fetch_planned(KNOWN, [keys])}

    def keep(self) -> None:
        """Keep them as they are after it; to be asked when all is stored."""
        rows: list[tuple[int, str, str]] = []
        gone: list[int] = []
        for stage in self.stages:
            found = self._after(stage)
            moved = _moved(stage)
            made = vectors([original_of(found[number]) for number in moved], stage.language)
            search = dict(zip(moved, made, strict=True))
            for number, runs in found.items():
                pk = stage.held[number].pk
                if pk is None:
                    continue
                if not any(run.is_changed for run in runs):
                    gone.append(pk)
                    continue
                vector = search[number] if number in search else self.known[pk][1]
                rows.append((pk, json.dumps(to_values(runs), ensure_ascii=False), vector))
        if rows:
            fetch_planned(KEEP, [*map(list, zip(*rows, strict=True))])
        # Most have none: what is not there costs a look at the index.
        if gone:
            fetch_planned(FORGET, [gone])

    def _after(self, stage: Stage) -> dict[int, Runs]:
        """The runs of the passages whose text was touched."""
        traced = Traced()
        for number, state in stage.before.items():
            pk = stage.held[number].pk
            runs = self.known[pk][0] if pk in self.known else None
            traced.passages[number] = (
                untouched(state.text) if runs is None else from_values(state.text, json.loads(runs))
            )
        for operation in stage.operations:
            traced.do(operation, 0)
        return {number: traced.passages[number] for number in stage.touched}


def renew_originals(article_id: int, language: str) -> None:
    """Make the vectors anew, in another language."""
    with connection.cursor() as cursor:
        cursor.execute(OF_ARTICLE, [article_id])
        found: list[tuple[int, str, Any]] = cursor.fetchall()
        if not found:
            return
        texts = [original_of(from_values(text, json.loads(runs))) for _pk, text, runs in found]
        rows = [
            (pk, runs, vector)
            for (pk, _text, runs), vector in zip(found, vectors(texts, language), strict=True)
        ]
        cursor.execute(KEEP, [*map(list, zip(*rows, strict=True))])


def _moved(stage: Stage) -> list[int]:
    """Passages whose original words are others now: those that were parted or joined."""
    return sorted(
        {
            number
            for one in stage.operations
            if isinstance(one, (Split, Merge))
            for number in (one.passage, one.number)
        }
    )
