"""What words may stand for: first names in other languages, run-in articles, initials, parts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.text.folding import fold
from annotations.text.variants import asked_initials, initials, names_within, variants


def test_a_first_name_stands_for_those_of_other_languages() -> None:
    assert "john kerry" in variants("jean kerry")
    assert "william ruto" in variants("guillaume ruto")
    assert "jean kerry" not in variants("jean kerry")
    assert variants("jean") == variants("kerry jean") == ()


@pytest.mark.parametrize(("said", "meant"), [("lotan", "otan"), ("d onu", ""), ("lune", "une")])
def test_an_article_may_have_run_into_the_name(said: str, meant: str) -> None:
    assert variants(said) == ((meant,) if meant else ())


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("CSNU", "csnu"),
        ("O.M.C.", "omc"),
        (" AKK ", "akk"),
        ("ONU Paris", ""),
        ("Onu", ""),
        ("", ""),
    ],
)
def test_initials_are_three_capitals_or_more(said: str, found: str) -> None:
    assert asked_initials(said) == found


def test_small_words_have_no_initial() -> None:
    assert initials(fold("Conseil de sécurité des Nations unies")) == "csnu"
    assert initials(fold("Annegret Kramp-Karrenbauer")) == "akk"


def test_names_within_are_shorter_than_the_words() -> None:
    assert names_within("cpi de la haye") == [
        "cpi", "haye", "cpi de", "de la", "la haye", "cpi de la", "de la haye",
    ]  # fmt: skip
    assert names_within("macron") == names_within("a b c d e f g h i") == []


@given(st.text(max_size=60))
def test_parts_stand_in_the_words(text: str) -> None:
    folded = fold(text)
    assert all(f" {part} " in f" {folded} " for part in names_within(folded))
    assert all(other != folded for other in variants(folded))
