"""Whole passages to search vectors, quickly: the same lexemes at the same places as `lexemes`.

Texts are cut where no word is ever cut, and each piece is analysed once: what it holds is kept
for a while. So most of a text costs a look-up a piece.
"""

from __future__ import annotations

from functools import cache
from itertools import chain, compress, repeat
from operator import add
from typing import TYPE_CHECKING

from articles.text.lexemes import LAST_POSITION, WORD, fold, maker_of, search_vector

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

KEPT = 25_000  # pieces a language, and as many more that were met longer ago
LONG = 8_000  # pieces; a longer passage goes the slower way that names each lexeme once
LONG_PIECE = 100  # code points; longer ones are not kept
PLACES = tuple(f"{position} " for position in range(1, LAST_POSITION + 1))
# What most often parts words beside blanks. None of it is ever in a word, so blanks may take
# its place: pieces are then words, and far fewer different ones need to be kept.
MARKS = ",.’'-«»:;?!()\"–—…"

# Stands for a piece that is not just one word; no text has it.
NOT_ONE = "\0"


class _Two(str):
    """The first lexeme of a word that has two, with a colon; given a place, it names both there."""

    __slots__ = ("second",)
    second: str

    def __add__(self, place: str) -> str:
        return f"{self!s}{place}{self.second}{place}"


class _Kept(dict[str, str]):
    """What a piece is found by, kept for the pieces met most lately: flat in memory."""

    def __init__(self, make: Callable[[str], str]) -> None:
        super().__init__()
        self.make = make
        self.older: dict[str, str] = {}

    def __missing__(self, piece: str) -> str:
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
    """For each word its lexeme with a colon after it, "" for a word that is not searched."""

    lexemes_of = maker_of(language)

    def make(piece: str) -> str:
        if not piece.isalnum() and WORD.findall(piece) != [piece]:
            return NOT_ONE
        lexemes = lexemes_of(piece)
        if len(lexemes) == 1:
            return f"{lexemes[0]}:"
        if not lexemes:
            return ""
        both = _Two(f"{lexemes[0]}:")
        both.second = f"{lexemes[1]}:"
        return both

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
    vector = _placed(pieces, language)
    if NOT_ONE in vector:
        vector = _placed(WORD.findall(text), language)
    return vector, pieces


def _placed(words: list[str], language: str) -> str:
    """The lexemes of words, each with its place after it."""
    lexemes = [*map(_lexemes(language).__getitem__, words)]
    places = chain(PLACES, repeat(PLACES[-1]))
    return "".join(compress(map(add, lexemes, places), lexemes))


def words_for_slips(pieces: Mapping[str, int]) -> Iterator[tuple[str, int]]:
    """The folded words a slip could be meant for (letters only, three or more), with counts.

    `pieces` are counted pieces of text; a word comes as often as pieces have it.
    """
    for piece, count in pieces.items():
        if piece.isascii() and piece.isalpha():  # most are: nothing to fold
            if len(piece) > 2:
                yield piece.lower(), count
            continue
        for word in _words(piece):
            if len(word) > 2 and (folded := fold(word)).isalpha():
                yield folded, count
