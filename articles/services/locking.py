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
FEW: Final = 100  # articles: the database has room for so many locks of each
CHANGED: Final = """
SELECT article_id, bool_or(operation <> 'text') FROM articles_revision
WHERE activity_id = %s AND number > 1 GROUP BY article_id ORDER BY article_id
"""


def lock_structure(articles: Sequence[int]) -> None:
    """Let nobody else change the structure of these articles; to be asked before their passages."""
    fetch_planned(STRUCTURE, [list(articles)])


def lock_structure_of(activity_id: int) -> None:
    """Lock the structure of the articles whose texts an act changed, to undo that.

    Passages that it changed may have been parted or joined since, or be so meanwhile. Where it was
    many articles, only those that it parted itself are locked.
    """
    found = fetch_planned(CHANGED, [activity_id])
    wanted = [pk for pk, is_structural in found if is_structural or len(found) <= FEW]
    if wanted:
        lock_structure(wanted)
