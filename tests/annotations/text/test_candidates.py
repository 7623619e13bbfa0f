"""What may be a name: capitals inside a sentence, and unknown words at its beginning."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.text.candidates import find_candidates

SIGNS = st.text(alphabet="aAéÉ «».,:!?'’-\u00a0\n1MD😀\u0301𝔸", max_size=60) | st.text(max_size=40)


def found(text: str, language: str = "fr") -> list[str]:
    return [text[one.start : one.end] for one in find_candidates(text, language)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Le ministre a vu Anthony Blingen.", ["Anthony Blingen"]),
        ("Macrom est là. Mais Macrom repart.", ["Macrom", "Macrom"]),
        ("Il dit : « Nous irons à Quiève. »", ["Quiève"]),
        ("au Quai d’Orsay, à l’OTAN et à l'Élysée", ["Quai d’Orsay", "OTAN", "Élysée"]),
        ("avec Ursula von der Leyen et Le Drian", ["Ursula von der Leyen", "Le Drian"]),
        ("M. Lavrof et Mme Baerbok ; le Président Macrom", ["Lavrof", "Baerbok", "Macrom"]),
        ("selon M. Lavrof", ["Lavrof"]),
        ("le Président a parlé, Monsieur le Ministre", []),
        ("au XXe siècle, Louis XIV, chapitre II", ["Louis"]),
        ("Jean-Pierre Raffarain a dit à Paris-Nord", ["Jean-Pierre Raffarain", "Paris-Nord"]),
        ("le Govt-19 et le G20", ["Govt-19", "G20"]),
        ("LE PRÉSIDENT DE LA RÉPUBLIQUE PARLE AUX FRANÇAIS", []),
        ("Paris, Berlin", ["Berlin"]),
        ("", []),
    ],
)
def test_names_are_told_from_beginnings_and_titles(text: str, names: list[str]) -> None:
    assert found(text) == names


def test_days_and_months_are_no_names_in_english() -> None:
    assert found("He left on Monday with Blingen in October", "en") == ["Blingen"]


def test_the_first_word_of_a_sentence_may_be_of_the_name() -> None:
    text = "Le Drian a parlé."
    (one,) = find_candidates(text)
    assert (text[one.start : one.end], one.wider) == ("Drian", 0)


@given(SIGNS, st.sampled_from(["fr", "en", ""]))
def test_candidates_lie_in_order_and_begin_with_a_capital(text: str, language: str) -> None:
    end = 0
    for one in find_candidates(text, language):
        assert end <= one.wider <= one.start < one.end <= len(text)
        assert text[one.start].isupper()
        end = one.end
