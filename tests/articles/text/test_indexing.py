"""Passages indexed quickly have the same lexemes at the same places as word by word."""

from __future__ import annotations

from collections import Counter, defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text import indexing
from articles.text.indexing import vector_and_pieces, words_for_slips
from articles.text.lexemes import found_words
from articles.text.lexemes import words_for_slips as words_of_one

ALPHABET = "aeéèàçœŒßNT l'’-_.,;:!?«»()\u00a0\u202f\u00ad\u0301\n\t0123"
texts = st.text(alphabet=st.sampled_from(ALPHABET), max_size=120)


def places(vector: str) -> dict[str, set[int]]:
    """Where each lexeme of a vector stands."""
    found: dict[str, set[int]] = defaultdict(set)
    for entry in vector.split():
        lexeme, _, positions = entry.rpartition(":")
        found[lexeme].update(int(position) for position in positions.split(","))
    return found


def expected(text: str, language: str) -> dict[str, set[int]]:
    """The same, word by word."""
    found: dict[str, set[int]] = defaultdict(set)
    for position, word in enumerate(found_words(text, language), 1):
        for lexeme in word.lexemes:
            found[lexeme].add(position)
    return found


@given(texts, st.sampled_from(["fr", "en", ""]))
def test_lexemes_stand_where_the_words_do(text: str, language: str) -> None:
    vector, _ = vector_and_pieces(text, language)
    assert places(vector) == expected(text, language)


@given(texts)
def test_pieces_hold_the_words_that_slips_are_meant_for(text: str) -> None:
    _, pieces = vector_and_pieces(text, "fr")
    assert {word for word, _ in words_for_slips(Counter(pieces))} == words_of_one(text)


def test_a_piece_counts_for_each_passage_that_has_it() -> None:
    counted: Counter[str] = Counter()
    for word, count in words_for_slips({"L’OCDE,": 3, "l'ocde": 2}):
        counted[word] += count
    assert counted == {"ocde": 5}


def test_a_long_passage_names_each_lexeme_once() -> None:
    vector, _ = vector_and_pieces("traité " * (indexing.LONG + 1), "fr")
    assert vector.count("trait") == 1


def test_what_is_kept_stays_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexing, "KEPT", 10)
    kept = indexing._Kept(str.upper)
    for number in range(100):
        assert kept[f"mot{number % 37}"] == f"MOT{number % 37}"
        assert len(kept) <= 10
        assert len(kept.older) <= 10
