"""The lock under which the structure of an article is changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from diplowatch.lib.statements import fetch_planned

if TYPE_CHECKING:
    from collections.abc import Sequence

STRUCTURE: Final = """
SELECT pg_advisory_xact_lock(hashtext('articles_structure'), id::int)
FROM (SELECT unnest(%s::bigint[]) AS id ORDER BY 1) AS articles
"""
STRUCTURAL: Final = """
SELECT DISTINCT article_id FROM articles_revision
WHERE activity_id = %s AND number > 1 AND operation <> 'text' ORDER BY article_id
"""


def lock_structure(articles: Sequence[int]) -> None:
    """Let nobody else change the structure of these articles; to be asked before their passages."""
    fetch_planned(STRUCTURE, [list(articles)])


def lock_structure_of(activity_id: int) -> None:
    """Lock the structure of the articles in which an act changed it, to undo that."""
    structural = [pk for (pk,) in fetch_planned(STRUCTURAL, [activity_id])]
    if structural:
        lock_structure(structural)
