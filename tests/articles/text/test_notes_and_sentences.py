"""Dated lines, bylines and first sentences under a title: which are notes, and why."""

from __future__ import annotations

from articles.text.parse import parse_text, words_of
from tests.articles.text.readings import initials
from tests.every import every

STORY = (
    "La commission du détroit s'est réunie hier au palais pour examiner le projet de traité. "
    "Les délégations se sont séparées sans accord."
)
TALK = (
    "Le Rivage : Comment avez-vous vécu ces pourparlers ?",
    "Aline Roy : J'y ai passé trois ans, sans le regretter.",
    "Le Rivage : Qu'attendez-vous du sommet ?",
    "Aline Roy : Pas grand-chose. Je pense que nous signerons un texte court.",
)


DISPATCHES = (
    ("Reprise des pourparlers", "Les délégués se retrouveront à Morlan le 12 mai 2026."),
    ("Accord signé", "L’accord a été signé à Morlan le 4 juin 2026."),
    ("Brève", "Édouard Valcourt se rendra à Morlan le 3 février 2026."),
    ("Note sur le détroit", "Irina Savel a rencontré Paul Astier à Morlan le 3 février 2026."),
    ("Talks resume", "Harold Penn met Irina Savel in Morlan on 4 June 2026."),
    ("Talks end", "The two envoys left Morlan on May 3, 2026. They said nothing."),
    ("Refus", "Morlan rejette le texte le 3 mai 2026."),
)


@every(DISPATCHES, str)
def test_a_dated_sentence_under_a_title_is_a_paragraph(case: tuple[str, str]) -> None:
    title, sentence = case
    for after in ("", "\n\nLe port reste fermé, selon la capitainerie.\n"):
        assert initials(parse_text(f"{title}\n\n{sentence}{after}"))[:2] == "hp"


DATED = (
    "Morlan, le 12 mars 2026",
    "Morlan, le 12 mars 2026.",
    "Courrier du détroit, 9 juillet 2026",
    "Radio Lorne 4, 3 April 2026",
    "Discours prononcé à Morlan le 12 mars 2026.",
    "Speech delivered at a dinner in Morlan on 3 May 2026.",
    "Fait à Morlan, le 4 juin 2026.",
)


@every(DATED)
def test_a_place_and_a_date_under_a_title_are_a_note(line: str) -> None:
    story = f"{STORY}\n\n{STORY}\n"
    assert initials(parse_text(f"Le port de Lorne\n\n{line}\n\n{story}")) == "hnpp"


PLACED = (
    "Morlan, le 12 mars 2026",
    "Radio Lorne 4, 3 April 2026",
    "La séance est ouverte à 9 h 30.",
)


@every(PLACED)
def test_only_what_stands_in_brackets_is_said_to_stand_in_them(line: str) -> None:
    talk = "\n\n".join(TALK)
    for text in (f"Le port de Lorne\n\n{line}\n\n{talk}", f"{TALK[0]}\n\n{line}\n\n{talk}"):
        read = parse_text(text)
        why = {words_of(text, p): p.evidence.code for p in read.passages if p.role == "note"}
        assert why[line] == "editor_note"
    noted = parse_text(f"Le port de Lorne\n\n(Rires.)\n\n{STORY}\n")
    assert noted.passages[1].evidence.code == "stage_direction"


BYLINES = (
    "Détroit de Lorne : Morlan et Valcourt cherchent une voix commune\npar Odile Marchetti",
    "Le pont de Lorne ne sera pas rouvert avant le printemps\nPar Odile Marchetti et Rémi de Saulx",
    "Talks on the strait of Lorne resume in a hotel without heating\nBy Joan Harrow",
)


@every(BYLINES)
def test_a_byline_on_the_line_under_a_title_is_a_note(head: str) -> None:
    title = head.partition("\n")[0]
    for gap in ("\n\n", "\n"):
        read = parse_text(f"{head}{gap}{STORY}{gap}{STORY}\n")
        assert (initials(read), read.title) == ("hnpp", title)


def test_a_name_that_a_wrapped_sentence_ends_with_is_no_byline() -> None:
    read = parse_text(
        "Le projet de traité sur le détroit avait été rédigé\n"
        "par Odile Marchetti et par le greffier du port.\n\n"
        "Le conseil l’a lu trois fois avant de le renvoyer à\n"
        "la commission, qui l’attendait depuis le printemps.\n"
    )
    assert initials(read) == "pp"


def test_a_paper_and_a_date_in_numbers_over_a_title_are_a_note() -> None:
    read = parse_text(
        "Courrier du Détroit - 14/02/2026\n\nLe pont de Lorne reste fermé\npar Odile Marchetti\n\n"
        f"{STORY}\n\n{STORY}\n"
    )
    assert (initials(read), read.title) == ("nhnpp", "Le pont de Lorne reste fermé")
