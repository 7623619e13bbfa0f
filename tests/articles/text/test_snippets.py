"""Where a text answers a search, and the words around it."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text.lexemes import search_vector
from articles.text.query import parse_query, positions_of
from articles.text.snippets import HitFinder, hit_ranges, snippet
from tests.articles.text.test_query import WORDS, typed

TEXT = "Le programme de sous-marins à propulsion nucléaire coûtera cher à l’Australie"


def hits(text: str, query: str, language: str = "fr") -> list[str]:
    """The words hit."""
    return [text[start:end] for start, end in hit_ranges(text, parse_query(query), language)]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("australie", ["Australie"]),
        ("sous-marin", ["sous-marins"]),
        ("marin cher", ["marins", "cher"]),
        ('"propulsion nucleaire"', ["propulsion nucléaire"]),
        ('"nucléaire propulsion"', []),
        ("nucl*", ["nucléaire"]),
        ("cher -australie", ["cher"]),
        ("l'australie", ["Australie"]),
    ],
)
def test_hits_are_marked_as_they_are_written(query: str, found: list[str]) -> None:
    assert hits(TEXT, query) == found


@pytest.mark.parametrize(
    ("text", "found", "has_all"),
    [
        ("le Qui de Arsay dit", ["Qui de Arsay"], True),
        ("le QUI d’Arsay, qui dit", ["QUI d’Arsay"], True),
        ("qui, quand on est Arsay", ["Arsay"], False),
        ("Arsay qui dit", ["Arsay"], False),
        ("celui qui dit", [], False),
        ("le Quai de Arsay", ["Quai", "Arsay"], True),
    ],
)
def test_a_common_word_is_marked_with_what_it_is_found_by(
    text: str, found: list[str], *, has_all: bool
) -> None:
    query = parse_query("quai d'orsay").widened({"quai": ["qui"], "orsay": ["arsay"]})
    for language in ("fr", "en", ""):
        finder = HitFinder(query, language)
        assert [text[start:end] for start, end in finder.ranges(text)] == found
        assert finder.has_all(text) is has_all
        assert finder.common_words(text) == {hit[:3] for hit in found if hit[3] == " "}


def test_a_common_word_at_its_place_in_a_compound_is_marked() -> None:
    query = parse_query("quai-d'orsay").widened({"quai": ["qui"], "orsay": ["arsay"]})
    text = "Qui va à Arsay ? Le Qui de Arsay."
    assert [text[start:end] for start, end in hit_ranges(text, query, "fr")] == ["Qui de Arsay"]


def test_hits_follow_the_language_of_the_text() -> None:
    assert hits("generously given, generous", "generous", "en") == ["generously", "generous"]


def test_code_points_beyond_the_first_plane_count_as_one() -> None:
    assert hit_ranges("😀 paix", parse_query("paix"), "fr") == [(2, 6)]


def test_a_snippet_stands_where_different_hits_are_together() -> None:
    text = ("cher " + "mot " * 60) + TEXT + (" mot" * 60)
    said = snippet(text, hit_ranges(text, parse_query("cher australie"), "fr"), 80)
    assert [piece.text for piece in said if piece.is_hit] == ["cher", "Australie"]
    assert said[0].text == "… "
    assert said[-1].text == " …"


texts = st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join)


@given(typed, texts, st.sampled_from(["fr", "en", ""]))
def test_a_text_that_answers_has_hits(query: str, text: str, language: str) -> None:
    read = parse_query(query)
    ranges = hit_ranges(text, read, language)
    if read.matches(positions_of(search_vector(text, language))):
        assert ranges
    assert ranges == sorted(ranges)
    assert all(start < end for start, end in ranges)
    assert all(one[1] <= other[0] for one, other in itertools.pairwise(ranges))


@given(typed, texts, st.text(alphabet="aàé_’-œ\u0301\u00ad\u0250 мир", max_size=30))
def test_the_quick_look_for_single_words_finds_the_same(query: str, text: str, odd: str) -> None:
    finder = HitFinder(parse_query(query), "fr")
    quick = [finder.ranges(said) for said in (text, odd, f"{text}_{odd}{text}")]
    finder.is_of_words = False
    assert quick == [finder.ranges(said) for said in (text, odd, f"{text}_{odd}{text}")]


@given(typed, texts, st.integers(20, 200))
def test_a_snippet_is_a_stretch_of_the_text_cut_at_blanks(
    query: str, text: str, length: int
) -> None:
    ranges = hit_ranges(text, parse_query(query), "fr")
    pieces = snippet(text, ranges, length)
    said = "".join(piece.text for piece in pieces).removeprefix("… ").removesuffix(" …")
    assert said in text
    if ranges:
        assert any(piece.is_hit for piece in pieces)
    words = set(text.split())
    assert set(said.split()) <= words
