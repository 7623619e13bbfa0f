"""Regular expressions looked for in texts by the database, for a few seconds at most."""

# ruff: noqa: S608 - these texts are put together from constants; values are parameters
from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Mapping

SECONDS: Final = 5
MOST_A_PASSAGE: Final = 50

TEXTS: Final = "NOT p.retired AND a.removed IS NULL AND a.collection_id = ANY(%(places)s)"
SOME: Final = (
    "(p.article_id, p.number) IN (SELECT * FROM unnest(%(articles)s::bigint[], %(numbers)s::int[]))"
)
MATCHES: Final = f"""
WITH held AS MATERIALIZED (
    SELECT {{columns}} FROM articles_passage AS p JOIN articles_article AS a ON a.id = p.article_id
    WHERE {{chosen}} regexp_like(p.text, %(pattern)s, %(flags)s) AND {TEXTS}
    ORDER BY p.id DESC LIMIT %(most)s
), places AS (
    SELECT held.*, regexp_instr(text, %(pattern)s, 1, n, 0, %(flags)s) - 1 AS begins,
        regexp_instr(text, %(pattern)s, 1, n, 1, %(flags)s) - 1 AS ends
    FROM held, generate_series(1,
        least(regexp_count(text, %(pattern)s, 1, %(flags)s), {MOST_A_PASSAGE})) AS n
)
SELECT places.*, {{replaced}} FROM places ORDER BY id DESC, begins
"""
# Groups of the expression may stand in the replacement.
WITH_GROUPS: Final = """regexp_replace(substr(text, begins + 1, ends - begins),
    '^(?:' || %(pattern)s || ')$', %(replacement)s, %(flags)s)"""


def find_matches(
    pattern: str, replacement: str, columns: str, values: Mapping[str, Any], *,
    match_case: bool, most: int,
) -> tuple[list[tuple[Any, ...]], bool]:  # fmt: skip
    """Passages with the places (code points) and what is to stand there; whether there are more.

    Call it in a transaction of its own: it raises what the database raises for no expression, and
    for one that takes too long.
    """
    sql = MATCHES.format(
        columns=columns,
        chosen=f"{SOME} AND" if "articles" in values else "",
        replaced=WITH_GROUPS if "\\" in replacement else "%(replacement)s",
    )
    asked = {**values, "pattern": pattern, "replacement": replacement, "most": most + 1,
             "flags": "" if match_case else "i"}  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('statement_timeout')")
        [before] = cursor.fetchone()
        cursor.execute("SELECT set_config('statement_timeout', %s, true)", [f"{SECONDS}s"])
        cursor.execute(sql, asked)
        rows = cursor.fetchall()
        cursor.execute("SELECT set_config('statement_timeout', %s, true)", [before])
    passages = list(dict.fromkeys(row[0] for row in rows))
    last = set(passages[most:])
    return [row for row in rows if row[0] not in last], bool(last)
