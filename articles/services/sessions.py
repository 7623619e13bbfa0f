"""How an import uses the database: what makes much writing cheap, and is of no harm when killed."""

from __future__ import annotations

from django.db import connection, transaction

# The entries of new rows are put into an index of words many at a time; until then they wait in a
# list that searches look through too. The more wait the cheaper it is, and the slower are searches
# meanwhile.
WAITING = "32MB"
SORTED = "128MB"  # memory to put them in order, so that they are put in at one go
# The processes of an import do not wait for the disk: what they commit is there for everybody at
# once, and is safe with the next commit of the parent, which waits.
PREPARE = f"""
SET gin_pending_list_limit = '{WAITING}'; SET work_mem = '{SORTED}'; SET synchronous_commit = off
"""
MERGE = """
SELECT gin_clean_pending_list(oid) FROM pg_class
WHERE relname = %s AND relkind = 'i' AND pg_table_is_visible(oid)
AND pg_has_role(relowner, 'USAGE') AND NOT pg_is_in_recovery()
"""


# Statements are planned by what is known of the tables: before it is known that they are full, the
# first search after a large import took 24 s, and each chunk looked through all texts there are for
# its own bytes and names. A small sample is enough until the database takes its own.
SAMPLE = "SET LOCAL default_statistics_target = 20"
MANY = 200  # texts; after fewer the database finds out by itself in time
TEXTS = "articles_article, articles_passage, articles_speaker"
WORDS = "articles_word"
KEYS = """
articles_article (id, collection_id, batch_id, source_file_id, sha256),
articles_sourcefile (id, name)
"""


def refresh_statistics(tables: str = f"{TEXTS}, {WORDS}") -> None:
    """Let the database see how much there is, where we own the tables."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(SAMPLE)
        cursor.execute(f"ANALYZE {tables}")


def prepare_session() -> None:
    """Make this process's connection cheap for much writing."""
    with connection.cursor() as cursor:
        cursor.execute(PREPARE)


def merge_index(name: str) -> None:
    """Put all that waits for an index of words into it, where we own it."""
    with connection.cursor() as cursor:
        cursor.execute(MERGE, [name])
