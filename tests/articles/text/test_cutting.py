"""Texts cut by arrays have the pieces that each of them has when it is cut as a string."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text import cutting
from articles.text.cutting import cut_texts
from articles.text.pieces import pieces_of

ALPHABET = (
    "abéèœß北\U0001d11e l'’-_.,;:!?«»()%\u00a0\u202f\u2028\u3000\u00ad\u0301\n\t\x1f\x7f\x8501"
)
texts = st.text(alphabet=st.sampled_from(ALPHABET), max_size=90) | st.text(max_size=40)


def pieces_in(written: list[str]) -> list[list[str]]:
    """The pieces of each text, as they were cut."""
    cut = cut_texts(written)
    found: list[list[str]] = [[] for _text in written]
    pieces = [*cut.short.written(), *cut.long]
    for which, text in zip(cut.which.tolist(), cut.texts.tolist(), strict=True):
        found[text].append(pieces[which].decode())
    assert len({*pieces}) == len(pieces)
    return found


@given(st.lists(texts, min_size=1, max_size=5))
def test_they_are_cut_alike(written: list[str]) -> None:
    written = [text.replace("\0", "") for text in written]
    assert pieces_in(written) == [*map(pieces_of, written)]


@given(st.lists(st.text("aé", min_size=1, max_size=24), min_size=1, max_size=30))
def test_pieces_of_every_length_are_told_apart(words: list[str]) -> None:
    assert pieces_in([" ".join(words)]) == [words]


def test_what_parts_texts_parts_pieces_within_one() -> None:
    assert pieces_in(["a\0b", "c"]) == [["a", "b"], ["c"]]
    assert pieces_in(["", "c", ""]) == [[], ["c"], []]


def test_pairs_are_mixed_anew_when_different_ones_look_alike() -> None:
    mixes = iter([1, 1, 3, 5])  # with 1 and 1, (a, b) and (b, a) are the same
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cutting.random, "getrandbits", lambda _bits: next(mixes))
        one, other = "a" * 8 + "b" * 8, "b" * 8 + "a" * 8
        assert pieces_in([f"{one} {other} {one}"]) == [[one, other, one]]
    assert next(mixes, None) is None
