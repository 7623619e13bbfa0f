"""Folding names and hearing them: what is alike, and laws that hold for any text."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.text.folding import fold, folded_words
from annotations.text.phonetic import sound

NAMES = st.text(max_size=40) | st.text(
    alphabet="aeéèÉœŒæßıİ’'-.  \u00a0\u202fbcBC19\u0301\u00ad½²KÅ😀_", max_size=40
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("L’Élysée", "l'elysee"),
        ("Jean-Yves Le Drian", "JEAN YVES  LE-DRIAN"),
        ("O.N.U.", "onu"),
        ("U.S.A", "usa"),
        ("Œuvre", "oeuvre"),
        ("Łódź", "lodz"),
        ("Côte d\u2019Ivoire", "cote d\u00a0ivoire"),
        ("États\u2011Unis", "etats unis"),
        ("Co\u00advid", "covid"),
        ("Straße", "STRASSE"),
        ("Hawaiʻi", "Hawai'i"),
    ],
)
def test_names_that_differ_in_signs_only_are_alike(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_initials_with_other_letters_after_them_stay_words() -> None:
    assert fold("J. Kerry") == "j kerry"
    assert fold("J.-Y. Le Drian") == "j y le drian"
    assert fold("a.bc") == "a bc"


def test_a_name_without_letters_stays() -> None:
    assert fold(" +  + ") == "+ +"
    assert fold("  ") == ""


@given(NAMES)
def test_folding_twice_changes_nothing(name: str) -> None:
    assert fold(fold(name)) == fold(name)


@given(NAMES)
def test_a_name_composed_or_not_folds_alike(name: str) -> None:
    assert fold(unicodedata.normalize("NFC", name)) == fold(unicodedata.normalize("NFD", name))


@given(NAMES)
def test_folded_words_are_the_folded_text_and_stand_in_order(text: str) -> None:
    words = folded_words(text)
    if words:
        assert " ".join(word.folded for word in words) == fold(text)
    places = [(word.start, word.end) for word in words]
    assert places == sorted(places)
    assert all(0 <= start < end <= len(text) for start, end in places)
    assert all(word.folded in fold(text[word.start : word.end]) for word in words)


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("Antony Blinken", "Anthony Blingen"),
        ("Quai d’Orsay", "Qui de Arsay"),
        ("Jean-Yves Le Drian", "Jean-Yves Le Trianon"),
        ("Emmanuel Macron", "Emmanuel Macrom"),
        ("Covid-19", "Govt-19"),
        ("Katherine Tai", "Catherine Toy"),
        ("Huawei", "Uawei"),
        ("Zelensky", "Selenski"),
        ("Araghchi", "Araghtchi"),
        ("Araghchi", "Araghtshi"),
    ],
)
def test_what_is_misheard_sounds_alike(said: str, heard: str) -> None:
    assert sound(said) == sound(heard)


@pytest.mark.parametrize(
    ("one", "other"), [("Macron", "Merkel"), ("Biden", "Trump"), ("Covid-19", "Covid-20")]
)
def test_what_is_another_name_sounds_otherwise(one: str, other: str) -> None:
    assert sound(one) != sound(other)


@given(NAMES)
def test_the_sound_is_that_of_the_folded_name(name: str) -> None:
    assert sound(name) == sound(fold(name))
    assert sound(name) == " ".join(sound(name).split())
