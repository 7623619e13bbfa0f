"""Passages indexed quickly have the same lexemes at the same places as word by word."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text import indexing
from articles.text.indexing import Total, index_texts
from articles.text.lexemes import LAST_POSITION, MADE_LENGTH, MOST_POSITIONS, WORD, found_words
from articles.text.pieces import folded_words
from tests.articles.text.vectors import places

ALPHABET = "aeéèàçœŒßNT l'’-_.,;:!?«»()%/\u00a0\u202f\u00ad\u0301\n\t0123"
texts = st.text(alphabet=st.sampled_from(ALPHABET), max_size=120)


@pytest.fixture(autouse=True)
def _nothing_kept() -> Iterator[None]:
    """What one test keeps is not there in another."""
    indexing._kept.clear()
    yield
    indexing._kept.clear()


def expected(text: str, language: str) -> dict[str, list[int]]:
    """Where each lexeme stands, word by word."""
    found: dict[str, set[int]] = defaultdict(set)
    for position, word in enumerate(found_words(text, language), 1):
        for lexeme in word.lexemes:
            found[lexeme].add(min(position, LAST_POSITION))
    return {lexeme: sorted(at)[:MOST_POSITIONS] for lexeme, at in found.items()}


def words_in(text: str) -> set[str]:
    """The words that are counted for a passage."""
    return {*WORD.findall(text)}


@given(st.lists(texts, max_size=4), st.sampled_from(["fr", "en", ""]))
def test_lexemes_stand_where_the_words_do(passages: list[str], language: str) -> None:
    indexed = index_texts(passages, language)
    assert [*map(places, indexed.vectors)] == [expected(text, language) for text in passages]


@given(st.lists(st.text(st.characters(categories=["L", "N"]), max_size=9), max_size=9))
def test_letters_of_all_the_world_are_made_lexemes_alike(words: list[str]) -> None:
    text = " ".join(words)
    for language in ("fr", "en", ""):
        assert places(index_texts([text], language).vectors[0]) == expected(text, language)


@given(st.lists(texts, max_size=6), st.sampled_from(["fr", "en"]))
def test_it_does_not_matter_what_was_forgotten(passages: list[str], language: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(indexing, "KEPT", 3)
        patch.setattr(indexing, "STAYING", 2)
        patch.setattr(indexing, "TOGETHER", 60)
        indexed = index_texts(passages, language)
    assert [*map(places, indexed.vectors)] == [expected(text, language) for text in passages]
    counted: Counter[str] = Counter()
    for met in indexed.met:
        counted.update(met.pieces())
    assert counted == Counter(word for text in passages for word in words_in(text))


def test_a_word_counts_for_each_passage_that_has_it() -> None:
    (met,) = index_texts(["L’OCDE, et l'OCDE", "ocde/OCDE", "le reste : 3%"], "fr").met
    pieces = met.pieces()
    assert pieces["OCDE"] == 2
    assert folded_words(pieces) == {"ocde": 3, "reste": 1}
    assert folded_words({"L’Éluard,": 3, "éluard": 2}) == {"eluard": 5}


def test_words_that_nobody_types_are_not_meant_by_slips() -> None:
    long = "x" * MADE_LENGTH
    assert folded_words({long: 1, f"{long}x": 1, f"é{long}": 1}) == {long: 1}


def test_a_long_passage_has_the_last_place_for_what_comes_later() -> None:
    text = "traité " * MOST_POSITIONS + "accord " * (LAST_POSITION + 9) + "fin"
    (vector,) = index_texts([text], "fr").vectors
    assert places(vector) == expected(text, "fr")
    assert places(vector)["fin"] == [LAST_POSITION]


def test_what_is_kept_stays_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexing, "KEPT", 10)
    monkeypatch.setattr(indexing, "STAYING", 4)
    long = "x" * 150
    for number in range(100):
        words = [f"mot{(number + more) % 37}" for more in range(number % 15)]
        text = " ".join([*words, long])
        assert places(index_texts([text], "").vectors[0]) == expected(text, "")
        assert len(indexing._kept[""].known) <= 10
        assert long.encode() not in indexing._kept[""].known.since(0)


def test_the_commonest_pieces_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexing, "KEPT", 3)
    monkeypatch.setattr(indexing, "STAYING", 1)
    index_texts(["paix et guerre", "paix", "un sommet"], "fr")
    assert indexing._kept["fr"].known.since(0) == [b"paix"]


def test_totals_add_up_as_long_as_the_numbers_hold() -> None:
    (first,) = index_texts(["paix guerre", "paix"], "fr").met
    (second,) = index_texts(["accord de paix"], "fr").met
    total = Total(first.known)
    total.add(first)
    total.add(second)
    assert second.known is total.known
    (pieces,) = total.pieces()
    assert pieces == {"paix": 3, "guerre": 1, "accord": 1, "de": 1}
