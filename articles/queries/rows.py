"""What the list shows of each article, fetched as plain values."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from articles.text.snippets import Piece

COLUMNS = """a.id, a.title, a.date, a.date_precision, a.kind, a.source, a.status, a.first_words,
       a.speaker_names, a.exchange_count, a.language, a.tags, a.collection_id,
       a.passages_done, a.passages_all"""


class Snippet(NamedTuple):
    """A few words of a passage, its hits told apart; or of what the machine wrote there."""

    number: int
    pieces: tuple[Piece, ...]
    is_original: bool = False


class Row(NamedTuple):
    """An article in the list; `title_pieces` and `snippets` only after a search."""

    id: int
    title: str
    date: datetime.date | None
    date_precision: str
    kind: str
    source: str
    status: str
    first_words: str
    speaker_names: str
    exchange_count: int
    language: str
    tags: str  # a JSON list
    collection: int
    passages_done: int = 0  # proofread or validated
    passages_all: int = 0
    title_pieces: tuple[Piece, ...] = ()
    snippets: tuple[Snippet, ...] = ()
