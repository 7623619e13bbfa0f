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


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (
            "La France ne fera rien sans ses alliés, a dit hier le ministre M. Jean-Yves Le Drian "
            "avant de partir",
            "La France ne fera rien sans ses alliés, a dit hier le ministre…",
        ),
        (
            "Les deux pays ont signé hier une série d'accords longuement attendus portant sur la "
            "pêche et le commerce",
            "Les deux pays ont signé hier une série d'accords longuement attendus portant…",
        ),
        (
            "LES DEUX PAYS ONT SIGNE HIER UNE SERIE D'ACCORDS LONGUEMENT ATTENDUS PORTANT PECHES "
            "ET COMMERCE",
            "LES DEUX PAYS ONT SIGNE HIER UNE SERIE D'ACCORDS LONGUEMENT ATTENDUS PORTANT…",
        ),
    ],
)
def test_a_title_ends_neither_amid_a_name_nor_in_a_small_word(text: str, title: str) -> None:
    assert shortened(text, 0, len(text)) == title


TALK = """{label}Que dit Paris de la situation au Mali ?

{other}Nous suivons la situation avec attention et nous appelons au calme.

{label}Le ministre ira-t-il à Bamako ?

{other}Son agenda n'est pas encore fixé. Nous vous le dirons.
"""


def test_a_line_above_a_talk_of_nobody_named_is_its_title() -> None:
    head = "Point de presse du porte-parole, 4 mai 2021"
    parsed = parse_text(f"{head}\n\n{TALK.format(label='Q - ', other='R - ')}")
    assert (parsed.title, parsed.title_derived) == (head, True)


def test_a_heading_that_any_talk_may_have_is_no_title_where_there_are_names() -> None:
    talk = TALK.format(label="Radio Cinq : ", other="Jean Martel : ")
    assert parse_text(f"ENTRETIEN\n\n{talk}").title == "Jean Martel – Radio Cinq"
    nobody = TALK.format(label="Q - ", other="R - ")
    assert parse_text(f"ENTRETIEN\n\n{nobody}").title == "ENTRETIEN"
