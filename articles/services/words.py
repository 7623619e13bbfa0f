"""The words that an import meets, counted, by which slips are found and searches planned.

Each process counts pieces of text in a bounded memory; what leaves it goes, word by word, into a
file, and the file into the database in one statement: most words are met again and again.
"""

from __future__ import annotations

import logging
from collections import Counter
from itertools import chain
from tempfile import TemporaryFile
from typing import TYPE_CHECKING

import psycopg
from django.db import Error as DatabaseFault
from django.db import connection, transaction

from articles.services.sessions import WAITING, merge_index
from articles.text.indexing import words_for_slips

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

log = logging.getLogger(__name__)

MOST_PIECES = 30_000  # different pieces counted before the rarest leave: some 8 MB
MOST_BYTES = 64 * 1024 * 1024  # of words in the file before they are written
BLOCK = 256 * 1024  # bytes

# In one order everywhere, so that two imports at once never wait for each other.
ADD = """
INSERT INTO articles_word (word, passages)
SELECT word, sum(passages) FROM {words} GROUP BY word ORDER BY word
ON CONFLICT (word) DO UPDATE SET passages = articles_word.passages + excluded.passages
"""
GIVEN = (
    "unnest(string_to_array(%s, ' '), string_to_array(%s, ' ')::bigint[]) AS new (word, passages)"
)
MET = "CREATE TEMPORARY TABLE words_met (word text, passages bigint) ON COMMIT DROP"


def folded_words(pieces: Mapping[str, int]) -> Counter[str]:
    """The words of counted pieces by which slips are found, folded, with their counts."""
    words: dict[str, int] = {}
    known = words.get
    for word, count in words_for_slips(pieces):
        words[word] = known(word, 0) + count
    return Counter(words)


def keep_words(words: Counter[str]) -> None:
    """Add to the known words (folded, letters only), by which slips of names are found."""
    with connection.cursor() as cursor:
        cursor.execute(
            ADD.format(words=GIVEN), [" ".join(words), " ".join(map(str, words.values()))]
        )


class PiecesMet:
    """Pieces of text counted by one process, never too many of them."""

    def __init__(self) -> None:
        self.pieces: Counter[str] = Counter()

    def count(self, passages: Iterable[set[str]]) -> str:
        """Count the pieces of passages; gives the words that leave, as lines."""
        self.pieces.update(chain.from_iterable(passages))
        return self._make_room() if len(self.pieces) > MOST_PIECES else ""

    def rest(self) -> str:
        """All words that are still here, as lines."""
        return _lines(self.pieces)

    def _make_room(self) -> str:
        """Let go what was met once, and all where that is not enough.

        What is common goes on being counted here.
        """
        rare = {piece: count for piece, count in self.pieces.items() if count == 1}
        if len(rare) < MOST_PIECES // 4:
            rare = dict(self.pieces)
        for piece in rare:
            del self.pieces[piece]
        return _lines(rare)


def _lines(pieces: Mapping[str, int]) -> str:
    """Words and their counts as COPY reads them; a word may come more than once."""
    return "".join(f"{word}\t{count}\n" for word, count in words_for_slips(pieces))


class WordsMet:
    """Words gathered in a file until they are written to the database together."""

    def __init__(self) -> None:
        self.file = TemporaryFile()  # noqa: SIM115 - it lives as long as the import

    def add(self, lines: str) -> None:
        """Gather words, given as lines."""
        if lines and self.file.write(lines.encode()) and self.file.tell() > MOST_BYTES:
            self.write()

    def write(self) -> None:
        """Write what was gathered; an import does not fail for words that only help searching."""
        if not self.file.tell():
            return
        try:
            self._send()
        except (DatabaseFault, psycopg.Error) as error:
            log.warning("Words for suggestions were not kept: %s", error)
        self.file.seek(0)
        self.file.truncate()

    def _send(self) -> None:
        self.file.seek(0)
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(MET)
            with cursor.copy("COPY words_met FROM STDIN") as copy:
                while block := self.file.read(BLOCK):
                    copy.write(block)
            cursor.execute(f"SET LOCAL gin_pending_list_limit = '{WAITING}'")
            cursor.execute(ADD.format(words="words_met"))
        merge_index("word_trigrams")
