"""The words that an import meets, counted, by which slips are found and searches planned.

Each process counts pieces of text (`services/met.py`); what leaves it goes, word by word, into a
file, and the file into the database in one statement: most words are met again and again. There
are two such files, each with its half of the alphabet: the database fills both halves at once.
"""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING

import psycopg
from django.db import Error as DatabaseFault
from django.db import connection, transaction

from articles.services.sessions import WAITING, merge_index
from articles.text.pieces import folded_words

if TYPE_CHECKING:
    from collections.abc import Mapping

log = logging.getLogger(__name__)

MOST_BYTES = 64 * 1024 * 1024  # of words in the file before they are written
MANY_BYTES = 1024 * 1024  # of words from which two connections write them at once
BLOCK = 256 * 1024  # bytes
MIDDLE = "m"  # about as many words come before it as after it

Shares = tuple[str, str]  # lines of words before the middle, and of the others
NONE: Shares = ("", "")

# In one order everywhere, so that two imports at once never wait for each other.
ADD = """
INSERT INTO articles_word (word, passages)
SELECT word, sum(passages) FROM {words} GROUP BY word ORDER BY word COLLATE "C"
ON CONFLICT (word) DO UPDATE SET passages = articles_word.passages + excluded.passages
"""
GIVEN = (
    "unnest(string_to_array(%s, ' '), string_to_array(%s, ' ')::bigint[]) AS new (word, passages)"
)
MET = 'CREATE TEMPORARY TABLE words_met (word text COLLATE "C", passages bigint)'


def keep_words(words: Mapping[str, int]) -> None:
    """Add to the known words (folded, letters only), by which slips of names are found."""
    with connection.cursor() as cursor:
        cursor.execute(
            ADD.format(words=GIVEN), [" ".join(words), " ".join(map(str, words.values()))]
        )


def lines_of(pieces: Mapping[str, int]) -> Shares:
    """The words of pieces and their counts, as COPY reads them."""
    words = folded_words(pieces).items()
    return (
        "".join([f"{word}\t{count}\n" for word, count in words if word < MIDDLE]),
        "".join([f"{word}\t{count}\n" for word, count in words if word >= MIDDLE]),
    )


class WordsMet:
    """Words gathered in files until they are written to the database together."""

    def __init__(self) -> None:
        self.files = [TemporaryFile() for _ in NONE]  # noqa: SIM115 - they live as long as the import

    def add(self, shares: Shares) -> None:
        """Gather words, given as lines."""
        for file, lines in zip(self.files, shares, strict=True):
            if lines and file.write(lines.encode()) and file.tell() > MOST_BYTES:
                _keep(file)

    def write(self) -> None:
        """Write what was gathered; an import does not fail for words that only help searching."""
        waiting = [file for file in self.files if file.tell()]
        if sum(file.tell() for file in waiting) > MANY_BYTES:
            with ThreadPoolExecutor(len(waiting)) as threads:
                for _kept in threads.map(_keep_apart, waiting):
                    pass
        else:
            for file in waiting:
                _keep(file)
        if waiting:
            merge_index("word_trigrams")


def _keep_apart(file: IO[bytes]) -> None:
    """Write a share on a connection of this thread's own."""
    try:
        _keep(file)
    finally:
        connection.close()


def _keep(file: IO[bytes]) -> None:
    try:
        _send(file)
    except (DatabaseFault, psycopg.Error) as error:
        log.warning("Words for suggestions were not kept: %s", error)
    file.seek(0)
    file.truncate()


def _send(file: IO[bytes]) -> None:
    file.seek(0)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(MET)
        with cursor.copy("COPY words_met FROM STDIN") as copy:
            while block := file.read(BLOCK):
                copy.write(block)
        cursor.execute(f"SET LOCAL gin_pending_list_limit = '{WAITING}'")
        cursor.execute(ADD.format(words="words_met"))
        cursor.execute("DROP TABLE words_met")
