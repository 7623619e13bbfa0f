"""Excerpts are cut between words and say that they are cut."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from articles.text.excerpts import after, before, begun, ended

TEXT = "Le ministre Jean-Yves Le Drian a reçu le secrétaire d’État."


def test_what_is_short_is_whole() -> None:
    assert before(TEXT, 11, 11) == "Le ministre"
    assert after(TEXT, len(TEXT) - 7, 7) == "d’État."
    assert begun("Le ministre", 32) == "Le ministre"
    assert ended("Le ministre", 32) == "Le ministre"


def test_a_word_is_shown_whole_or_not_at_all() -> None:
    assert before(TEXT, 21, 13) == "…Jean-Yves"
    assert before(TEXT, 21, 9) == "…Jean-Yves"
    assert before(TEXT, 21, 18) == "…ministre Jean-Yves"
    assert after(TEXT, 3, 12) == "ministre…"
    assert after(TEXT, 3, 18) == "ministre Jean-Yves…"
    assert begun("ourparlers à Paris comprendrait ", 32) == "…à Paris comprendrait "
    assert ended(" américaine sur la politique cli", 32) == " américaine sur la politique…"


def test_a_word_longer_than_the_excerpt_is_cut_inside() -> None:
    assert before("anticonstitutionnellement", 25, 6) == "…lement"
    assert after("anticonstitutionnellement", 0, 4) == "anti…"


@given(st.text("ab \n’", max_size=40), st.integers(0, 40), st.integers(1, 20))
def test_what_is_shown_is_the_texts_own_and_no_longer_than_asked(
    text: str, place: int, length: int
) -> None:
    place = min(place, len(text))
    head, tail = before(text, place, length), after(text, place, length)
    assert text[:place].endswith(head.removeprefix("…"))
    assert text[place:].startswith(tail.removesuffix("…"))
    assert len(head.removeprefix("…")) <= length
    assert len(tail.removesuffix("…")) <= length
    assert head.startswith("…") == (place > length)
    assert tail.endswith("…") == (len(text) > place + length)
