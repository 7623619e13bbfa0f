"""The floor of loading entities: COPY of their names into a bare table, the indexes made after."""

from __future__ import annotations

from time import perf_counter

import psycopg

NAMES = "SELECT entity_id, name, language, kind, folded, sound FROM annotations_entityname"
TABLE = """
CREATE TABLE floor.names (
    entity_id bigint, name text, language text, kind text, folded text, sound text,
    retired boolean DEFAULT false
)
"""
INDEXES = """
SELECT pg_get_indexdef(indexrelid) FROM pg_index
JOIN pg_class AS made ON made.oid = indexrelid AND relname LIKE 'entity\\_name\\_%'
WHERE indrelid = 'annotations_entityname'::regclass
"""


def copy_names(url: str) -> float:
    """The seconds that the names of a loaded database take, with the indexes that ours have."""
    with psycopg.connect(url, autocommit=True) as connection:
        with connection.cursor().copy(f"COPY ({NAMES}) TO STDOUT") as copy:
            names = b"".join(bytes(part) for part in copy)
        indexes = [
            made.replace("INDEX entity_name_", "INDEX names_").replace(
                "public.annotations_entityname", "floor.names"
            )
            for (made,) in connection.execute(INDEXES)
        ]
        connection.execute("CREATE SCHEMA IF NOT EXISTS floor")
        connection.execute("DROP TABLE IF EXISTS floor.names")
        began = perf_counter()
        connection.execute(TABLE)
        columns = "entity_id, name, language, kind, folded, sound"
        with connection.cursor().copy(f"COPY floor.names ({columns}) FROM STDIN") as copy:
            copy.write(names)
        for made in indexes:
            connection.execute(made)
        return perf_counter() - began
