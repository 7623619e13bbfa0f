"""Who leads, who announces, who asks together: parts told from what voices say."""

from __future__ import annotations

import pytest

from articles.text.parse import parse_text
from tests.articles.text.readings import initials


def test_who_announces_neither_asks_nor_answers() -> None:
    read = parse_text(
        "ANNOUNCER: This is Coastline FM. It's five past nine.\n\n"
        "HOST: Sir Leonard Pym, did you take the ferry this morning?\n\n"
        "PYM: I did. It was forty minutes late.\n\n"
        "HOST: Whose fault is that?\n\nPYM: Mine. I signed the treaty.\n\n"
        "ANNOUNCER: Coastline FM, travel and weather next.\n"
    )
    assert initials(read) == "sqaqas"


def test_who_welcomes_and_keeps_the_time_leads() -> None:
    read = parse_text(
        "Édith Valnoir : Mesdames, Messieurs, bonsoir. Les règles sont simples.\n\n"
        "Bruno Castaing : Madame Rey, pourquoi sortir de ce texte ?\n\n"
        "Laure Rey : Parce que je l'ai lu depuis. Je plaide coupable.\n\n"
        "Gérald Omont : C'est faux. Je l'ai lu aussi, et je le défends.\n\n"
        "Laure Rey : Laissez-moi finir. L'annexe nous oblige à payer.\n\n"
        "Édith Valnoir : Il vous reste une minute, Monsieur Omont. L'annexe était-elle connue ?\n\n"
        "Gérald Omont : Elle était en anglais. Je l'ai fait traduire.\n"
    )
    assert initials(read) == "sqaaaqa"


def test_questions_put_together_are_one_exchange() -> None:
    read = parse_text(
        "Alain Vasseur : Monsieur le ministre, avez-vous lu ce rapport ?\n\n"
        "Jean Martin : Je l'ai lu hier. Il est long.\n\n"
        "Alain Vasseur : Votre budget baisse. Vous n'en avez pas dit un mot à la commission.\n\n"
        "Rachid Guerrand : Et les postes que vous fermez, sont-ils connus ?\n\n"
        "Jean Martin : Je réponds aux deux. Le budget est reconduit.\n\n"
        "Rachid Guerrand : Jusqu'à quand ?\n\nJean Martin : Jusqu'en mars, je pense.\n"
    )
    assert initials(read) == "qaqqaqa"
    assert [p.exchange for p in read.passages] == [1, 1, 2, 2, 2, 3, 3]


_TALK = (
    "Comment avez-vous vécu ces années ?\n\nJe ne les regrette pas, et j'y pense souvent.\n\n"
    "Qu'attendez-vous du sommet ?\n\nPas grand-chose. Je crois à un texte court.\n\n"
    "Vous partirez ensuite ?\n\nJe rentrerai chez moi. J'ai un jardin.\n"
)


@pytest.mark.parametrize(
    ("frame", "asker"),
    [
        ("Le Rivage a rencontré Paul Roche, l'homme du traité, à Vannes.", "Le Rivage"),
        ("Entretien de M. Paul Roche avec le quotidien « Le Rivage »", "Le Rivage"),
        ("Interview de M. Paul Roche, à Radio Rive (Paris, 12 mars 2021)", "Radio Rive"),
        ("Un entretien\n\nPar Jeanne Morvan\n\nPaul Roche raconte le traité.", "Jeanne Morvan"),
    ],
)
def test_papers_of_any_name_and_bylines_tell_who_asks(frame: str, asker: str) -> None:
    read = parse_text(f"{frame}\n\n{_TALK}")
    assert [one.name for one in read.speakers] == [asker, "Paul Roche"]


def test_an_office_that_is_addressed_is_not_named_by_who_addresses_it() -> None:
    read = parse_text(
        "CONFÉRENCE DE PRESSE DU PRÉSIDENT DE LA RÉPUBLIQUE, M. ÉTIENNE MALVAUX\n\n"
        "LE PRÉSIDENT – Merci d'être venus. Je répondrai à vos questions.\n\n"
        "JOURNALISTE – Monsieur le Président, Agnès Dufour, Radio Littoral. Que dit ce texte ?\n\n"
        "LE PRÉSIDENT – Il dit peu.\n\n"
        "JOURNALISTE – Combien d'hommes ?\n\nLE PRÉSIDENT – Quarante.\n"
    )
    assert [one.name for one in read.speakers] == ["Étienne Malvaux", "Agnès Dufour"]


def test_who_opens_a_conference_and_is_asked_answers() -> None:
    read = parse_text(
        "Point de presse à l’issue du sommet\n\n"
        "Mme Haldermann : Bonjour à tous. Nous avons changé de format. Monsieur le Président, "
        "vous avez la parole.\n\n"
        "M. Wane : Je confirme. Depuis vingt ans que je viens, c’est la première fois.\n\n"
        "Sophie Perrault (Bruxelles-Matin) : Sur les brevets, avez-vous un accord ?\n\n"
        "Mme Haldermann : Nous avons un accord sur le but. Six pays recevront la technologie.\n\n"
        "M. Wane : C’est joliment dit. Nous demandons une dérogation.\n\n"
        "Tidiane Camara (Radio Gandal) : Vous en a-t-on parlé avant ?\n\n"
        "M. Wane : On nous a réunis à dîner.\n\n"
        "Ilse Brandt (Rheinische Post) : Quelle part est nouvelle ?\n\n"
        "Mme Haldermann : Une part honnête. Je ne vous dirai pas que tout est neuf.\n\n"
        "Mme Haldermann : Je vous remercie, nous devons rejoindre la photo.\n"
    )
    roles = [p.role for p in read.passages if p.role != "heading"]
    assert roles[2:8] == ["question", "answer", "answer", "question", "answer", "question"]
    assert roles[8] == "answer"
