"""The stored counts, summed up."""

from __future__ import annotations

from django.db import connection, transaction

COMPACT = """
WITH gone AS (DELETE FROM articles_articletally RETURNING *)
INSERT INTO articles_articletally
    (collection_id, kind, language, status, source, month, tag, count)
SELECT collection_id, kind, language, status, source, month, tag, sum(count)
FROM gone GROUP BY 1, 2, 3, 4, 5, 6, 7 HAVING sum(count) <> 0
"""
LOCK = "SELECT pg_try_advisory_xact_lock(hashtext('articles_articletally'))"


def compact_tallies() -> bool:
    """Sum the rows of each combination up to one; False when another process is at it."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(LOCK)
        if not cursor.fetchone()[0]:
            return False
        cursor.execute(COMPACT)
    return True
