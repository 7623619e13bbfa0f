"""The floor of importing: COPY of the same texts into a table, its GIN index built afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from time import perf_counter
from typing import TYPE_CHECKING

import psycopg

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

TABLE = """
CREATE TABLE floor.copied (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    text text NOT NULL,
    search tsvector GENERATED ALWAYS AS (to_tsvector('french', text)) STORED
)
"""
FIND = "SELECT id FROM floor.copied WHERE search @@ phraseto_tsquery('french', %s) LIMIT 1"


@dataclass(frozen=True, slots=True)
class Copied:
    """How long it took, in seconds: the COPY alone, and all until the last text was found."""

    copied: float
    found: float


def copy_and_index(url: str, paths: Sequence[Path], last_words: str) -> Copied:
    """Read the files, COPY their texts on one connection, index them, find the last one."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE SCHEMA IF NOT EXISTS floor")
        connection.execute("DROP TABLE IF EXISTS floor.copied")
        connection.execute(TABLE)
        began = perf_counter()
        with connection.cursor().copy("COPY floor.copied (text) FROM STDIN") as copy:
            for path in paths:
                copy.write_row((path.read_text(encoding="utf-8"),))
        copied = perf_counter() - began
        connection.execute("CREATE INDEX ON floor.copied USING gin (search)")
        if connection.execute(FIND, [last_words]).fetchone() is None:
            raise AssertionError("the last text was not found")
        return Copied(copied, perf_counter() - began)
