"""What words are ordinary, so that nobody remembers them as a garbling of a name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.text.ordinary import is_ordinary, is_ordinary_word


@pytest.mark.parametrize(
    "words",
    [
        "prix", "Prix", "PRIX", "En termes de prix", "Premier ministre", "peut-être", "Peut-être",
        "aujourd'hui", "aujourd’hui", "l’État", "Etat", "sœur", "cœurs", "jusqu’ici", "Serbes",
        "Paris", "19", "2e", "de", "cent-vingt", "",
    ],
)  # fmt: skip
def test_ordinary_french_is_no_garbling(words: str) -> None:
    assert is_ordinary(words)


@pytest.mark.parametrize(
    "words",
    [
        "Blingen", "Anthony Blingen", "Qui de Arsay", "Govt-19", "Macrom", "Quiève", "Lavrof",
        "Mahmoud à basse", "Kovid19", "Maison Blanche", "Qui Vive",
    ],
)  # fmt: skip
def test_what_the_language_does_not_know_or_writes_with_capitals_may_be_one(words: str) -> None:
    assert not is_ordinary(words)


def test_each_language_has_its_own_words() -> None:
    assert is_ordinary("In terms of price", "en")
    assert not is_ordinary("Price", "fr")
    assert is_ordinary("prix", "de")  # of a language without a list: as in French


@given(st.text(max_size=40), st.sampled_from(["fr", "en", ""]))
def test_any_words_can_be_asked_about(words: str, language: str) -> None:
    assert is_ordinary(words, language) in {True, False}
    assert is_ordinary_word(words, language) in {True, False}
