"""What stands around and between turns and paragraphs: cut, kept apart, given its role."""

from __future__ import annotations

import pytest

from articles.text.parse import parse_text, words_of
from tests.articles.text.readings import initials


def test_two_lines_over_wider_paragraphs_are_not_joined() -> None:
    wide = "La commission a siégé deux jours sans désemparer et n'a rendu ses conclusions. " * 3
    head = "La commission des détroits rend ses conclusions sur le port\nBrest, samedi soir\n\n"
    read = parse_text(f"{head}{wide.strip()}\n\n{wide.strip()}\n")
    assert read.passages[0].end == head.index("\n")


def test_three_questions_boxed_in_a_report_leave_it_an_article() -> None:
    report = "Le chantier du port prend du retard. Les entreprises se plaignent de la vase. " * 3
    box = (
        "Trois questions à Maud Kerven\n\nÊtes-vous inquiète ?\n\nNous le sommes tous.\n\n"
        "Que demandez-vous ?\n\nUne réunion par mois.\n\nIrez-vous en justice ?\n\nNous y sommes."
    )
    read = parse_text(f"Le port s'enlise\n\n{report}\n\n{report}\n\n{box}\n\n{report}\n")
    assert read.kind == "article"


def test_questions_under_one_sign_and_lists_under_another() -> None:
    read = parse_text(
        "Anselme Ravel, arpenteur. Il a reçu notre journal pour un entretien.\n\n"
        "► Vous avez compté les bornes ?\n\nJe les ai comptées deux fois. Je peux citer :\n\n"
        "• un pont repeint une année sur deux ;\n• une source sans maître.\n\n"
        "► Racontez-nous le fleuve\n\nJ'y suis resté onze jours. Nous étions six.\n\n"
        "► Et maintenant ?\n\nJe pars en mer. J'ai le mal de mer.\n"
    )
    assert initials(read) == "pqaaaqaqa"


TALK = (
    "Comment avez-vous vécu ces négociations ?\n\nJ'y ai passé trois ans, sans le regretter.",
    "Qu'attendez-vous du sommet ?\n\nPas grand-chose. Je pense que nous signerons un texte court.",
    "Vous partirez ensuite ?\n\nJe rentrerai chez moi. J'ai un jardin et des livres en retard.",
)
INTRODUCTION = (
    "Paul Roche a négocié le traité des rives pendant trois ans. Il raconte les coulisses de cet "
    "accord dans un entretien accordé à notre journal."
)
STORY = (
    "La commission des détroits s'est réunie hier au palais pour examiner le projet de traité. "
    "Les délégations se sont séparées sans accord."
)
TITLE = "« Nous signerons un texte court »"
ABOVE = (
    "De notre correspondante à Moscou, Jeanne Morvan",
    "Jeanne Morvan (à Tallinn)",
    "Par la rédaction du Rivage",
    "Réservé aux abonnés",
    "SOUS EMBARGO JUSQU'AU 12 MARS 2021, 18 H",
    "FOR IMMEDIATE RELEASE",
    "Contact presse : Anne Leroy, 01 02 03 04 05",
    "Transcription non relue par l'intervenant",
    "Saison 2, épisode 14",
    "Host: Jane Moore. Guest: Tom Hill.",
    "Mots-clés : Europe, Russie, gaz",
    "2018/04/26",
    "Transcribed automatically. May contain errors.",
)
BELOW = (
    "Jeanne Morvan, à Genève",
    "J. M.",
    "(avec AFP)",
    "Interview conducted and edited by Jane Moore",
    "Suivez-nous sur les réseaux",
    "Pour en savoir plus : www.exemple.example",
    "« Les Rives », de Paul Roche, éditions du Quai, 240 p., 19 €.",
    "Jeanne Morvan couvre la diplomatie pour Le Rivage.",
    "Correction: an earlier version misspelled the minister's name.",
    "Sent from my desk. Please consider the environment before printing.",
    "Fin de l'entretien",
    "Dernière modification : 30/03/2021",
    "Suggérer à un ami   |   Imprimer",
    "La rédaction, avec agences",
    "Manara // H.D.",
    "11/09/2016 - 16:42",
    "This live page is now closed.",
    "Seen something we should check? Write to the fact desk.",
    "Cette chronique est à retrouver chaque matin sur notre site.",
    "Recueilli à Marseille. Tous droits réservés.",
    "PRN: 2011/1466",
)
BETWEEN = (
    "La suite après la publicité",
    "Advertisement",
    "[NEWSLETTER] Recevez chaque samedi notre lettre",
    "Cet épisode vous est proposé par les Malles Quérouil.",
    "Suite page 4",
    "Image : la salle du conseil, 1955",
    "La nouvelle représentante, lundi, à son arrivée. (Photo Jeanne Morvan)",
    "Paul Roche à Bruxelles, le 2 février. PHOTO J. MORVAN",
)


def _role_of(text: str, line: str) -> str:
    """Give the role of the passage that a line is in."""
    place = text.index(line) + len(line) // 2
    return next(p.role for p in parse_text(text).passages if p.start <= place < p.end)


@pytest.mark.parametrize("line", ABOVE)
def test_lines_above_a_text_are_notes(line: str) -> None:
    assert _role_of("\n\n".join([TITLE, line, INTRODUCTION, *TALK]), line) == "note"
    assert _role_of("\n\n".join(["Le traité attendra", line, STORY, STORY, STORY]), line) == "note"


@pytest.mark.parametrize("line", BELOW)
def test_lines_below_a_text_are_notes(line: str) -> None:
    assert _role_of("\n\n".join([TITLE, INTRODUCTION, *TALK, line]), line) == "note"
    assert _role_of("\n\n".join(["Le traité attendra", STORY, STORY, STORY, line]), line) == "note"


@pytest.mark.parametrize("line", BETWEEN)
def test_lines_between_turns_and_paragraphs_are_notes(line: str) -> None:
    assert _role_of("\n\n".join([TITLE, INTRODUCTION, *TALK[:2], line, TALK[2]]), line) == "note"
    assert _role_of("\n\n".join(["Le traité attendra", STORY, line, STORY, STORY]), line) == "note"


def test_heads_of_printed_pages_are_notes() -> None:
    head = "BULLETIN DES LÉGATIONS — N° 117 — PAGE {}"
    text = f"{head.format(3)}\n\n{STORY}\n\n{STORY}\n\n{head.format(4)}\n\n{STORY}\n"
    assert initials(parse_text(text)) == "nppnp"


def test_titles_listed_under_a_pointer_are_links() -> None:
    links = "À voir aussi sur notre site :\nLe Caire, mode d'emploi\nVingt-sept et un"
    text = "\n\n".join([TITLE, INTRODUCTION, *TALK[:2], links, TALK[2]])
    assert [p.role for p in parse_text(text).passages].count("note") == 3


def test_quotations_that_follow_each_other_are_no_headings() -> None:
    said = "« Je parle de celle du 3 mars. »\n\n« Et moi de celle du 4, qui l'annule »"
    text = f"Un débat pour rien\n\n{STORY}\n\n{said}\n\n« Il y a un gardien »\n\n{STORY}\n"
    assert initials(parse_text(text))[:4] == "hppp"


def test_a_session_is_told_open_by_nobody() -> None:
    text = (
        "Audition du ministre\n\nLa réunion est ouverte à 16 h 35.\n\n"
        "M. Alain Vasseur. – Monsieur le ministre, avez-vous lu ce rapport ?\n\n"
        "M. Jean Martin. – Je l'ai lu hier.\n\n"
        "M. Alain Vasseur. – Qu'en pensez-vous ?\n\nM. Jean Martin. – Du bien.\n\n"
        "La réunion est close à 17 h 50.\n"
    )
    assert initials(parse_text(text)) == "hnqaqan"


@pytest.mark.parametrize("text", ["**Q. **", "** **", "*Oui *", "**Un titre **\n\nUn texte."])
def test_blanks_inside_emphasis_belong_to_no_passage(text: str) -> None:
    words = [text[p.start : p.end] for p in parse_text(text).passages]
    assert words == [word.strip() for word in words]


@pytest.mark.parametrize("month", ["September", "October", "septembre", "déc."])
def test_a_line_of_place_and_day_above_a_text_is_a_note(month: str) -> None:
    told = (
        "The delegates came back to the lake and found the doors of the hall closed to them. " * 2
    )
    line = f"Hall of the old mint, evening of 3 {month}"
    read = parse_text(f"The treaty was kept\n\n{line}\n\n{told}\n\nNobody said why.\n")
    assert [p.role for p in read.passages[:3]] == ["heading", "note", "paragraph"]


CAPTIONED = {
    "between turns": (
        "La ligne\n\nAnna Roy : Qui paie ?\n\nPaul Lherm : Je paie.\n\n{line}\n\n"
        "Anna Roy : Et vous le regrettez ?\n\nPaul Lherm : Je dors bien.\n",
        "Borne 12, dite « la Droite », après les travaux. © Revue du Lac",
    ),
    "under the title": (
        "Entretien avec Paul Derrien\n\n{line}\n\nQ - Que vous dit la note ?\n\n"
        "R - Elle me dit non.\n\nQ - Que direz-vous, à la fin ?\n\n"
        "R - Je l'écris ce soir, et je dirai oui.\n\n",
        "Paul Derrien au col, en 2015. © Rose Morin",
    ),
}


@pytest.mark.parametrize(("text", "line"), CAPTIONED.values(), ids=CAPTIONED)
def test_a_line_that_ends_with_whose_picture_it_is_is_a_note(text: str, line: str) -> None:
    text = text.format(line=line)
    assert {words_of(text, p): p.role for p in parse_text(text).passages}[line] == "note"


@pytest.mark.parametrize("head", ["Erratum : ", "Rectificatif : ", "Update: "])
def test_what_mends_an_article_below_it_is_a_note(head: str) -> None:
    told = "Les délégués sont revenus au lac et ont trouvé closes les portes de la salle. " * 3
    read = parse_text(
        f"Le port tient\n\n{told}\n\nNul n'a su pourquoi.\n\n{head}la digue a cent ans.\n"
    )
    assert read.passages[-1].role == "note"


def test_words_between_two_brackets_are_no_stage_direction() -> None:
    text = (
        "Le port\n\nAnna Roy : Comment va le port ?\n\nPaul Lee : Il va bien.\n\n{line}\n\n"
        "Anna Roy : Et la digue ?\n\nPaul Lee : Elle tient.\n"
    )
    for line, letter in (
        ("(Rires.) Nous irons (peut-être).", "a"),
        ("(Rires (longs) et applaudissements)", "n"),
    ):
        assert initials(parse_text(text.format(line=line)))[3] == letter, line
