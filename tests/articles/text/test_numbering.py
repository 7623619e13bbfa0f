"""Each piece has one number, whatever its length."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text import numbering
from articles.text.cutting import cut_texts
from articles.text.numbering import Numbering

words = st.text("aé", min_size=1, max_size=20)


@given(st.lists(st.sets(words, max_size=9), max_size=6))
def test_each_piece_has_one_number_and_each_number_its_piece(calls: list[set[str]]) -> None:
    known = Numbering()
    numbers: dict[bytes, int] = {}
    for call in calls:
        pieces = [word.encode() for word in call]
        for piece, number in zip(pieces, known.of(pieces).tolist(), strict=True):
            assert numbers.setdefault(piece, number) == number
        assert known.written(known.of(pieces)) == pieces
    assert sorted(numbers.values()) == [*range(len(known))]
    assert {*known.since(0)} == {*numbers}


@given(st.lists(words, max_size=30))
def test_pieces_of_texts_are_numbered_alike(all_words: list[str]) -> None:
    known = Numbering()
    known.of([b"a", b"a" * 18])
    cut = cut_texts([" ".join(all_words)])
    found = known.written(known.of_cut(cut)[cut.which])
    assert [piece.decode() for piece in found] == all_words


@given(st.lists(st.sets(words, max_size=9), max_size=6))
def test_different_pieces_that_look_alike_have_numbers_of_their_own(calls: list[set[str]]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(numbering, "odd_number", lambda: np.uint64(1 << 60))  # all look alike
        known = Numbering()
        for call in calls:
            pieces = [word.encode() for word in call]
            assert known.written(known.of(pieces)) == pieces
            assert len({*known.of(pieces).tolist()}) == len(pieces)
        assert len(known) == len({word for call in calls for word in call})
