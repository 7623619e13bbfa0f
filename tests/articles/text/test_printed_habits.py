"""Habits of print: offices after a comma, lines without blanks, who is named around a talk."""

from __future__ import annotations

from articles.text.parse import parse_text
from tests.articles.text.readings import turns


def test_an_office_after_a_comma_belongs_to_the_label() -> None:
    read = parse_text(
        "M. le président. La parole est à M. Paul Derrien.\n\n"
        "M. Paul Derrien. Monsieur le ministre, que dites-vous aux pêcheurs ?\n\n"
        "M. le président. La parole est à M. le ministre.\n\n"
        "M. Lucien Amblard, ministre des affaires étrangères. Je leur dis que nous avons gagné.\n\n"
        "M. le président. La séance est levée.\n"
    )
    assert ("answer", "Lucien Amblard") in turns(read)


def test_a_line_a_turn_is_no_wrapped_paragraph() -> None:
    lines = [
        "Bonjour Anne Vidal, et merci d’être là. Vous partez ?",
        "Bonjour. Je pars demain, oui.",
        "Vous avez des regrets ?",
        "Aucun. J’ai fait mon temps.",
        "Que ferez-vous de vos cartes ?",
        "Je les donne au musée.",
        "Et vous reviendrez les voir ?",
        "Je ne crois pas. J’ai un jardin.",
    ]
    read = parse_text("\n".join(lines))
    assert read.kind == "interview"
    assert turns(read) == [("question", ""), ("answer", "Anne Vidal")] * 4


def test_who_speaks_to_a_paper_answers_and_the_paper_asks() -> None:
    read = parse_text(
        "Pilots will not sail\n\nJoss Penhale spoke to Harbour Post on the quay.\n\n"
        "How long will you wait?\n\nAs long as they do. I can see them from here.\n\n"
        "What do you want?\n\nA chart. I'm not asking for the moon.\n\n"
        "Will you talk to the minister?\n\nI'll talk to anybody who has a pencil.\n"
    )
    assert turns(read) == [("question", "Harbour Post"), ("answer", "Joss Penhale")] * 3


def test_an_office_is_named_by_a_heading_in_capitals() -> None:
    read = parse_text(
        "REMARKS BY PRESIDENT THOMAS HARWELL IN PRESS CONFERENCE\n\n"
        "THE PRESIDENT: Good afternoon. I am glad to be here.\n\n"
        "Q: Mr. President, will you sign?\n\nTHE PRESIDENT: I will sign it.\n\n"
        "Q: When will you?\n\nTHE PRESIDENT: I will do it soon.\n"
    )
    assert {name for role, name in turns(read) if role == "answer"} == {"Thomas Harwell"}


def test_a_moderator_and_those_at_the_microphone_bear_their_names() -> None:
    read = parse_text(
        "The Straits: a panel\n\nThe talk at the Harwood Institute was moderated by Dr. Elena "
        "Marsh.\n\nMODERATOR: Welcome. Ambassador, how did you begin?\n\n"
        "JONAS REED: With a letter. I answered it.\n\nMODERATOR: Why did you?\n\n"
        "JONAS REED: I was asked to.\n\n"
        "AUDIENCE: Hi, Peter Quill, I'm a student here. What did you feel?\n\n"
        "JONAS REED: I felt hungry.\n\n"
        "AUDIENCE: Yes, I'm a fisherman. What will you tell us?\n\nJONAS REED: I will not lie.\n"
    )
    names = [name for role, name in turns(read) if role == "question"]
    assert names == ["Elena Marsh", "Elena Marsh", "Peter Quill", ""]


def test_numbered_questions_that_nobody_is_asked_stay_an_article() -> None:
    read = parse_text(
        "Le référendum du 9 juin\n\n1. Sur quoi vote-t-on ?\nSur l’adhésion, et sur elle seule.\n"
        "2. Qui peut voter ?\nTout citoyen inscrit avant le 31 mars.\n"
        "3. Que dit le gouvernement ?\nQu’il faut voter oui, répète la ministre Adèle Stanic.\n"
        "4. Peut-on voter blanc ?\nOui, mais ces bulletins ne comptent pas.\n"
    )
    assert read.kind == "article"
