"""The lock under which the structure of an article is changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Sequence

STRUCTURE: Final = """
SELECT pg_advisory_xact_lock(hashtext('articles_structure'), id::int)
FROM (SELECT unnest(%s::bigint[]) AS id ORDER BY 1) AS articles
"""


def lock_structure(articles: Sequence[int]) -> None:
    """Let nobody else change the structure of these articles; to be asked before their passages."""
    with connection.cursor() as cursor:
        cursor.execute(STRUCTURE, [list(articles)])
