"""Statements that are asked all the time: PostgreSQL plans them once a connection."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.backends.postgresql.base import ServerBindingCursor

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def fetch_planned(sql: str, values: Sequence[Any] | Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """The rows of a statement whose plan is kept, for it takes longer to plan than to answer.

    There are none where the statement gives none. Not for searches: their best plan depends on
    the words. Whatever varies must be a value, or each variant is kept.
    """
    connection.close_if_health_check_failed()
    connection.ensure_connection()
    # What is logged shows its values: so only where nobody looks are they sent apart.
    logged = connection.queries_logged
    with connection.wrap_database_errors:
        bare: Any = ServerBindingCursor(connection.connection)  # type: ignore[call-arg]  # psycopg's
    planned = connection.make_cursor(bare)
    with connection.cursor() if logged else planned as cursor:
        cursor.execute(sql, values)
        result: Any = cursor.pgresult
        rows: list[tuple[Any, ...]] = cursor.fetchall() if result.nfields else []
    return rows
