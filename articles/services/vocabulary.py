"""The words that the texts have: counted at import, looked through for what was meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection, transaction

if TYPE_CHECKING:
    from collections import Counter

# The words come sorted, so two imports lock the same rows in the same order and never deadlock.
ADD = """
INSERT INTO articles_word (word, passages)
SELECT * FROM unnest(%s::text[], %s::bigint[])
ON CONFLICT (word) DO UPDATE SET passages = articles_word.passages + excluded.passages
"""
AT_ONCE = 20_000  # words a statement; each is a transaction, so that nobody waits for long


def add_words(words: Counter[str]) -> None:
    """Count these folded words as found in so many more passages; outside other transactions."""
    ordered = sorted(words)
    for start in range(0, len(ordered), AT_ONCE):
        chunk = ordered[start : start + AT_ONCE]
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(ADD, [chunk, [words[word] for word in chunk]])
