"""Words found in texts, near or exactly as typed, and the parts of a correction."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.text.occurrences import (
    EXACTLY,
    NEARLY,
    Options,
    as_written,
    occurrences,
    parts_of,
    pattern_of,
    reads_already,
)

LETTERS = "abéeŒoœÉ ’'-‑\u00a0\u0301B1\U0001f1eb"
OPTIONS = st.builds(Options, st.booleans(), st.booleans(), st.booleans())


def found(text: str, words: str, options: Options = NEARLY) -> list[str]:
    """What stands at the places."""
    return [text[slice(*place)] for place in occurrences(text, pattern_of(words, options))]


@pytest.mark.parametrize(
    ("text", "words", "options", "here"),
    [
        ("Blingen, BLINGEN et Blingenberg", "Blingen", Options(), ["Blingen", "BLINGEN"]),
        ("Blingen, BLINGEN", "Blingen", Options(match_case=True), ["Blingen"]),
        ("Blingenberg", "Blingen", Options(whole_words=False), ["Blingen"]),
        ("Élysée, Elysee", "elysee", Options(), ["Élysée", "Elysee"]),
        ("Élysée, Elysée", "Élysée", Options(match_accents=True), ["Élysée"]),
        ("l'OCDE et l’OCDE", "l’OCDE", EXACTLY, ["l'OCDE", "l’OCDE"]),
        ("Jean‑Yves, Jean-Yves", "Jean-Yves", EXACTLY, ["Jean‑Yves", "Jean-Yves"]),
        ("cœur, coeur, CŒUR", "coeur", Options(), ["cœur", "coeur", "CŒUR"]),
        ("cœur, coeur", "cœur", Options(match_case=True), ["cœur", "coeur"]),
        ("M.\u00a0Le\u202fDrian", "M. Le Drian", EXACTLY, ["M.\u00a0Le\u202fDrian"]),
        ("e\u0301te et été", "été", EXACTLY, ["été"]),
        ("e\u0301te\u0301", "été", EXACTLY, ["e\u0301te\u0301"]),
        ("e\u0301te\u0301", "ete", Options(), ["e\u0301te\u0301"]),
        ("ete\u0301", "ete", EXACTLY, []),
        ("\U0001f1eb\U0001f1f7 Quiève.", "Quiève", Options(), ["Quiève"]),
        ("rien", "  ", Options(), []),
        ("C(a) et (a)", "(a)", Options(), ["(a)", "(a)"]),
    ],
)
def test_words_are_found(text: str, words: str, options: Options, here: list[str]) -> None:
    assert found(text, words, options) == here


@given(st.text(LETTERS, max_size=40), st.text(LETTERS, max_size=4), OPTIONS)
def test_places_are_apart_and_inside(text: str, words: str, options: Options) -> None:
    places = occurrences(text, pattern_of(words, options))
    for one, other in pairwise(places):
        assert one.end <= other.start
    for place in places:
        assert 0 <= place.start < place.end <= len(text)
        assert not unicodedata.combining(text[place.end : place.end + 1] or "a")


@given(st.text("aéŒoB’ -", max_size=20), st.text("aéŒoB’ -", min_size=1, max_size=4),
       st.text("aéŒoB’ -", max_size=20), OPTIONS)  # fmt: skip
def test_what_is_in_a_text_is_found_in_words(
    before: str, words: str, after: str, options: Options
) -> None:
    said = " ".join(words.split())
    if said:
        text = before + said + after
        assert found(text, words, options._replace(whole_words=False))


@given(st.text("aé Bœ", max_size=30), st.text("aéBœ", min_size=1, max_size=3))
def test_nearer_options_find_no_more(text: str, words: str) -> None:
    exact = set(occurrences(text, pattern_of(words, EXACTLY)))
    assert exact <= set(occurrences(text, pattern_of(words)))
    assert [text[slice(*place)] for place in exact] == [words] * len(exact)


@given(st.text("aé Bœ’-", max_size=30), st.text("aéB", min_size=1, max_size=3))
def test_composed_and_decomposed_texts_have_as_many(text: str, words: str) -> None:
    apart = unicodedata.normalize("NFD", text)
    for options in (EXACTLY, Options()):
        whole = [unicodedata.normalize("NFC", one) for one in found(apart, words, options)]
        assert whole == found(text, words, options)


def test_what_is_taken_is_left_out() -> None:
    assert occurrences("a b a", pattern_of("a"), [(0, 1)]) == [(4, 5)]


def test_the_parts_of_a_correction() -> None:
    assert parts_of("Anthony Blingen", "Antony Blinken") == [
        ("Anthony", "Antony"), ("Blingen", "Blinken"),
    ]  # fmt: skip
    assert parts_of("Macrom", "Emmanuel Macron") == []
    assert parts_of("le ministre Lavrof", "le ministre Lavrov") == [("Lavrof", "Lavrov")]
    assert parts_of("En termes de prix", "Selon Price", {"Price"}.__contains__) == []
    assert parts_of("Quiève", "Kyiv") == []


@given(st.text("Aab é", max_size=20), st.text("Aab é", max_size=20))
def test_parts_are_of_the_words(old: str, new: str) -> None:
    for part in parts_of(old, new, lambda _words: False):
        assert part.old in old
        assert part.new in new
        assert part.old != part.new


def test_what_reads_so_already_is_known() -> None:
    text = "Emmanuel Macron et Macron"
    first, second = occurrences(text, pattern_of("Macron"))
    assert reads_already(text, first, "Macron", "Emmanuel Macron")
    assert not reads_already(text, second, "Macron", "Emmanuel Macron")


def test_capitals_stay_capitals() -> None:
    assert as_written("BLINGEN", "Blingen", "Blinken") == "BLINKEN"
    assert as_written("Blingen", "Blingen", "Blinken") == "Blinken"
    assert as_written("ONU", "ONU", "Otan") == "Otan"
