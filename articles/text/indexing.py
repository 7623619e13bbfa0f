"""Whole passages to search vectors, quickly: the same lexemes at the same places as `lexemes`.

Texts are cut where no word is ever cut, and each piece is analysed once: what it holds is kept
for a while. So most of a text costs a look-up a piece.
"""

from __future__ import annotations

from functools import cache
from itertools import chain, repeat
from typing import TYPE_CHECKING

from articles.text.lexemes import LAST_POSITION, WORD, fold, fresh_lexemes_of, search_vector

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

KEPT = 80_000  # pieces a language, and as many more that were met longer ago
LONG = 8_000  # pieces; a longer passage goes the slower way that names each lexeme once
LONG_PIECE = 100  # code points; longer ones are not kept
PLACES = tuple(f"{position} " for position in range(1, LAST_POSITION + 1))
# What most often parts words beside blanks. None of it is ever in a word, so blanks may take
# its place: pieces are then words, and far fewer different ones need to be kept.
MARKS = ",.’'-«»:;?!()\"–—…"

Found = tuple[tuple[str, ...], ...]


class _Kept(dict[str, Found]):
    """What is in a piece, kept for the pieces met most lately: flat in memory."""

    def __init__(self, make: Callable[[str], Found]) -> None:
        super().__init__()
        self.make = make
        self.older: dict[str, Found] = {}

    def __missing__(self, piece: str) -> Found:
        found = self.older.get(piece)
        if found is None:
            found = self.make(piece)
        if len(piece) > LONG_PIECE:
            return found
        if len(self) >= KEPT:
            self.older = dict(self)
            self.clear()
        self[piece] = found
        return found


@cache
def _lexemes(language: str) -> _Kept:
    """For each piece its words, for each word its lexemes, each with a colon after it."""

    def make(piece: str) -> Found:
        return tuple(
            tuple(f"{lexeme}:" for lexeme in fresh_lexemes_of(word, language))
            for word in _words(piece)
        )

    return _Kept(make)


def _words(piece: str) -> Iterable[str]:
    return (piece,) if piece.isalnum() else WORD.findall(piece)


def pieces_of(text: str) -> list[str]:
    """The text cut at blanks and at the commonest marks: mostly single words."""
    for mark in MARKS:
        text = text.replace(mark, " ")
    return text.split()


def vector_and_pieces(text: str, language: str) -> tuple[str, list[str]]:
    """The `tsvector` literal of a text, and its pieces.

    A lexeme stands once for each of its places, as PostgreSQL reads it too.
    """
    pieces = pieces_of(text)
    if len(pieces) > LONG:
        return search_vector(text, language), pieces
    words = chain.from_iterable(map(_lexemes(language).__getitem__, pieces))
    places = chain(PLACES, repeat(PLACES[-1]))
    return (
        "".join(
            [
                lexeme + place
                for place, lexemes in zip(places, words, strict=False)
                for lexeme in lexemes
            ]
        ),
        pieces,
    )


def words_for_slips(pieces: Mapping[str, int]) -> Iterator[tuple[str, int]]:
    """The folded words a slip could be meant for (letters only, three or more), with counts.

    `pieces` are counted pieces of text; a word comes as often as pieces have it.
    """
    for piece, count in pieces.items():
        for word in _words(piece):
            if len(word) > 2 and (folded := fold(word)).isalpha():
                yield folded, count
