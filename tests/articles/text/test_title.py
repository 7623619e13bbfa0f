"""Titles made from the text."""

from __future__ import annotations

import pytest

from articles.text.parse import parse_text
from articles.text.title import one_line, shortened


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("«\u00a0Non\u00a0», dit-il", "«\u00a0Non\u00a0», dit-il"),
        ("Pourquoi\u202f?", "Pourquoi\u202f?"),
        ("deux  blancs\tet\nune ligne", "deux blancs et une ligne"),
        ("fin\u00a0\nsuite", "fin suite"),
        ("un \u00a0: deux", "un\u00a0: deux"),
        ("\u00a0 bords \u202f", "bords"),
    ],
)
def test_no_break_blanks_stay_inside_a_line(words: str, said: str) -> None:
    assert one_line(words) == said


def test_a_sentence_keeps_them_too() -> None:
    text = "Que dit Paris\u202f: rien du tout. Et puis le reste."
    assert shortened(text, 0, len(text)) == "Que dit Paris\u202f: rien du tout"


def test_a_title_from_the_text_keeps_them() -> None:
    title = parse_text("«\u00a0Un choix\u00a0»\n\nLe ministre a parlé. Puis il est parti.\n").title
    assert "\u00a0" in title
