"""Finding many names at once: whole words, the longest, exact offsets, laws for any text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.text.folding import fold
from annotations.text.matching import Hit, Names

SIGNS = "aeéÉœŒßbcBC19'’-. ,\u00a0\u202f\u0301\u00ad½😀𝔸_\n"
TEXTS = st.text(alphabet=SIGNS, max_size=60) | st.text(max_size=40)
WORDS = st.text(alphabet="aeéÉœbc19 '-", min_size=1, max_size=8)


def found(text: str, *names: str) -> list[str]:
    hits = Names((fold(name), name) for name in names).find(text)
    return [text[hit.start : hit.end] for hit in hits]


@pytest.mark.parametrize(
    ("text", "name", "words"),
    [
        ("M. Macrom a dit", "macrom", ["Macrom"]),
        ("MACROM, Macrom", "Macrom", ["MACROM", "Macrom"]),
        ("Les Macromistes", "Macrom", []),
        ("à l’OCDE et l'O.C.D.E.", "OCDE", ["OCDE", "O.C.D.E."]),
        ("Le-Drian, Le  Drian", "le drian", ["Le-Drian", "Le  Drian"]),
        ("Le Quai d'Orsay. Le Quai d’Orsay", "Quai d’Orsay", ["Quai d'Orsay", "Quai d’Orsay"]),
        ("Elysée Élysée E\u0301lyse\u0301e", "élysée", ["Elysée", "Élysée", "E\u0301lyse\u0301e"]),
        ("😀Macrom😀", "Macrom", ["Macrom"]),
        ("le Govt-19 et le govt 19", "Govt-19", ["Govt-19", "govt 19"]),
        ("À Paris. Macron parle", "Paris Macron", []),
        ("Paris, Macron", "Paris Macron", []),
        ("à St. Louis", "St Louis", ["St. Louis"]),
    ],
)
def test_a_name_is_found_as_whole_words_however_written(
    text: str, name: str, words: list[str]
) -> None:
    assert found(text, name) == words


def test_the_longest_name_wins() -> None:
    names = ("Price", "Vincent Price", "Vincent Price Junior")
    assert found("Vincent Price et Ned Price", *names) == ["Vincent Price", "Price"]


def test_what_is_inside_another_can_be_asked_for() -> None:
    names = Names([("vincent price", 1), ("price", 2)])
    assert [hit.values for hit in names.find_all("Vincent Price")] == [(1,), (2,)]


def test_two_may_bear_one_name() -> None:
    assert Names([("price", 1), ("price", 2)]).find("Price") == [Hit(0, 5, "price", (1, 2))]


def test_a_sign_that_folds_to_several_words_is_not_taken_in_part() -> None:
    assert found("½", "1") == found("½", "2") == []
    assert found("½", "1 2") == ["½"]


def test_nothing_is_looked_for_where_there_is_no_name() -> None:
    names: Names[int] = Names([("", 1)])
    assert not names
    assert names.find("Macrom") == []


@given(TEXTS, st.lists(WORDS, max_size=5))
def test_every_hit_folds_to_its_name_and_stands_at_borders(text: str, names: list[str]) -> None:
    hits = Names((fold(name), name) for name in names).find(text)
    end = 0
    for hit in hits:
        assert end <= hit.start < hit.end <= len(text)
        assert fold(text[hit.start : hit.end]) == hit.folded
        assert all(fold(name) == hit.folded for name in hit.values)
        end = hit.end


@given(TEXTS, st.text(alphabet="abcé𝔸", min_size=1, max_size=6), TEXTS)
def test_a_name_between_blanks_is_always_found(before: str, name: str, after: str) -> None:
    text = f"{before} ; {name} ; {after}"
    start = len(before) + 3
    hits = Names([(fold(name), 0)]).find_all(text)
    assert (start, start + len(name)) in [(hit.start, hit.end) for hit in hits]
