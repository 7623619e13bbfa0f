"""What passages that answer a search say, or once said."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from django.db import connection

from articles.text.provenance import from_values, original_of

if TYPE_CHECKING:
    from collections.abc import Sequence

TEXTS = """
SELECT shown.passage, p.text, o.runs::text FROM unnest(%s::bigint[]) AS shown (passage)
JOIN articles_passage AS p ON p.id = abs(shown.passage)
LEFT JOIN articles_passageoriginal AS o ON o.passage_id = p.id AND shown.passage < 0
"""
NAMES = """
SELECT id, title, concat_ws(', ', speaker_names, source) FROM articles_article WHERE id = ANY(%s)
"""


class Said(NamedTuple):
    """What a passage says, or once said."""

    number: int
    text: str
    is_original: bool


def as_said(number: int, text: str, runs: str | None) -> Said:
    """A passage by its text, or by the runs that lead to its original."""
    if runs is None:
        return Said(number, text, is_original=False)
    return Said(number, original_of(from_values(text, json.loads(runs))), is_original=True)


def texts_of(passages: Sequence[int]) -> dict[int, str]:
    """What passages say; those with a minus what they once said; in one query."""
    if not passages:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(TEXTS, [list(passages)])
        return {pk: as_said(pk, text, runs).text for pk, text, runs in cursor.fetchall()}


def names_of(articles: Sequence[int]) -> dict[int, tuple[str, str]]:
    """The titles of articles, and their voices and sources; in one query."""
    if not articles:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(NAMES, [list(articles)])
        return {pk: (title, others) for pk, title, others in cursor.fetchall()}
