"""How an import uses the database: what makes much writing cheap, and is of no harm when killed."""

from __future__ import annotations

from django.db import connection

# The entries of new rows are put into an index of words many at a time; until then they wait in a
# list that searches look through too. The more wait the cheaper it is, and the slower are searches
# meanwhile.
WAITING = "32MB"
# The processes of an import do not wait for the disk: what they commit is there for everybody at
# once, and is safe with the next commit of the parent, which waits.
PREPARE = f"""
SET gin_pending_list_limit = '{WAITING}'; SET work_mem = '{WAITING}'; SET synchronous_commit = off
"""
MERGE = """
SELECT gin_clean_pending_list(oid) FROM pg_class
WHERE relname = %s AND relkind = 'i' AND pg_table_is_visible(oid)
AND pg_has_role(relowner, 'USAGE') AND NOT pg_is_in_recovery()
"""


# Searches are planned by what is known of the tables: before it is known that they are full, the
# first search after a large import took 24 s. It reads a sample and takes less than a second.
ANALYZE = "ANALYZE articles_article, articles_passage, articles_speaker, articles_word"


def refresh_statistics() -> None:
    """Let the database see how much there is, where we own the tables."""
    with connection.cursor() as cursor:
        cursor.execute(ANALYZE)


def prepare_session() -> None:
    """Make this process's connection cheap for much writing."""
    with connection.cursor() as cursor:
        cursor.execute(PREPARE)


def merge_index(name: str) -> None:
    """Put all that waits for an index of words into it, where we own it."""
    with connection.cursor() as cursor:
        cursor.execute(MERGE, [name])
