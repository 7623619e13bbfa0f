"""Pieces of text, cut where no word is ever cut: mostly single words, cheap to get."""

from __future__ import annotations

from typing import TYPE_CHECKING

from articles.text.lexemes import MADE_LENGTH, WORD, fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

# What most often parts words beside blanks. None of it is ever in a word, so blanks may take
# its place: pieces are then words, and far fewer different ones need to be kept.
MARKS = ",.’'-«»:;?!()\"–—…"


def pieces_of(text: str) -> list[str]:
    """The text cut at blanks and at the commonest marks: mostly single words."""
    for mark in MARKS:
        text = text.replace(mark, " ")
    return text.split()


def folded_words(pieces: Mapping[str, int]) -> dict[str, int]:
    """The words a slip could be meant for (folded, letters only, 3 to `MADE_LENGTH` long), counted.

    `pieces` are counted pieces of text; a word counts as often as pieces have it.
    """
    plain = [
        piece
        for piece in pieces
        if 2 < len(piece) <= MADE_LENGTH and piece.isascii() and piece.isalpha()
    ]
    lowered = "\n".join(plain).lower().split("\n") if plain else []
    words: dict[str, int] = {}
    known = words.get
    for word, piece in zip(lowered, plain, strict=True):
        words[word] = known(word, 0) + pieces[piece]
    for piece, count in pieces.items():
        if piece.isascii() and (piece.isalpha() or len(piece) < 3):
            continue
        for word in _words(piece):
            if 2 < len(word) <= MADE_LENGTH and (folded := fold(word)).isalpha():
                words[folded] = known(folded, 0) + count
    return words


def _words(piece: str) -> Iterable[str]:
    return (piece,) if piece.isalnum() else WORD.findall(piece)
