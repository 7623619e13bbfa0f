"""Cheap checks: what is amiss is found, what French writes so is left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text.checks import KINDS, check_marks, check_text

SIGNS = st.text(alphabet="aAéÉ «»“”„.,;:!?'’-\u00a0\u202f\n12😀\u0301", max_size=40)


def found(text: str) -> list[tuple[str, str]]:
    return [(one.kind, text[one.start : one.end]) for one in check_text(text)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Il a vu le le ministre.", "le le"),
        ("Le le ministre", "Le le"),
        ("de\u00a0de la part", "de\u00a0de"),
        ("à à Paris", "à à"),
    ],
)
def test_doubled_words_are_found(text: str, words: str) -> None:
    assert found(text) == [("doubled", words)]


@pytest.mark.parametrize(
    "text",
    [
        "Nous nous voyons, vous vous trompez.",
        "est-est, le nord-est est là",
        "tout en en parlant",
        "à Bora Bora, à Baden Baden",
        "elle elle-même",
        "2 000 000 et 10 10",
        "Lui, lui",
        "Boutros Boutros-Ghali",
        "l’un l’une",
    ],
)
def test_what_is_right_twice_is_left_alone(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Paris,Berlin", ["no_blank"]),
        ("la fin.Le début", ["no_blank"]),
        ("il dit«oui»puis", ["no_blank", "no_blank"]),
        ("deux  blancs", ["two_blanks"]),
        ("deux \u00a0blancs", ["two_blanks"]),
        ("un mot , puis un autre .", ["blank_before", "blank_before"]),
    ],
)
def test_blanks_amiss_are_found(text: str, kinds: list[str]) -> None:
    assert [kind for kind, _words in found(text)] == kinds


@pytest.mark.parametrize(
    "text",
    [
        "Pourquoi ? Pourquoi? Voici : cela; oui\u202f!",
        "« oui », «oui», «\u00a0oui\u00a0»",
        "U.S.A. et O.N.U., M.Macron",
        "lemonde.fr, http://a.Bc/de?f=g,h et x@y.Fr",
        "14:30, 1,5 et 3.14",
        "…mais si ...",
        "  au bord  ",
    ],
)
def test_what_french_writes_so_is_left_alone(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("texts", "kinds"),
    [
        (["« oui » et « non »"], [[]]),
        (["« oui"], [["unclosed"]]),
        (["oui »"], [["unopened"]]),
        (["« oui « non »"], [["unclosed"]]),
        (["« un", "deux »"], [[], []]),  # one quotation over two passages
        (["« un", "« deux", "« trois »"], [[], [], []]),  # opened anew in each
        (["« un", "deux", "trois »"], [["unclosed"], [], ["unopened"]]),
        (["« un", "« deux", "fin"], [[], ["unclosed"], []]),
        (["“yes” and “no"], [["unclosed"]]),
        (["„ja“ und »nein«"], [[]]),
    ],
)
def test_marks_without_their_fellow_are_found(texts: list[str], kinds: list[list[str]]) -> None:
    assert [[one.kind for one in of] for of in check_marks(texts)] == kinds


@given(st.lists(SIGNS, max_size=4))
def test_places_lie_in_the_text_and_kinds_are_known(texts: list[str]) -> None:
    for text, of_marks in zip(texts, check_marks(texts), strict=True):
        for one in (*check_text(text), *of_marks):
            assert one.kind in KINDS
            assert 0 <= one.start < one.end <= len(text)
