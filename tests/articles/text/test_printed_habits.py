"""Habits of print: offices after a comma, lines without blanks, who is named around a talk."""

from __future__ import annotations

from articles.text.parse import parse_text
from tests.articles.text.readings import initials, names, turns


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


def test_numbered_headings_stand_between_the_subjects_of_a_press_point() -> None:
    read = parse_text(
        "Point de presse du 14 mars\n\nDéclarations de la porte-parole, Mme Solène Audibert\n\n"
        "Mme Audibert : Bonjour à toutes et à tous. Une annonce avant vos questions.\n\n"
        "Le ministre recevra demain son homologue. Il n'y aura pas de déclaration.\n\n"
        "1 – Techniciens d'Hydrosud\n\nQ. – Une rançon a-t-elle été versée ?\n\n"
        "R. – La France ne verse pas de rançon.\n\n2 – Conférence de Bamako\n\n"
        "Q. – L'Algérie y sera-t-elle ?\n\nR. – C'est à elle de l'annoncer.\n\n"
        "Q. – Et le Niger ?\n\nR. – Je vous renvoie vers lui.\n"
    )
    assert initials(read) == "hhsshqahqaqa"
    assert names(read) == ["Solène Audibert"]


def test_a_practical_box_and_a_shortened_pull_quote_are_notes() -> None:
    read = parse_text(
        "Trois mois à Nuuk\n\nLa lettre rencontre Tuulia Rantanen, consule au Groenland.\n\n"
        "Question : Pourquoi Nuuk ?\n\nRéponse : Il y a des pêcheurs qui perdent leurs papiers.\n\n"
        "Question : Et les délégations ?\n\nRéponse : Elles se retrouvent au petit déjeuner, et "
        "je les vois prendre le café, faute de tables.\n\n"
        "« Elles se retrouvent au petit déjeuner, faute de tables »\n\n"
        "Question : Que laisserez-vous ?\n\nRéponse : Un tampon et une liste.\n\n"
        "EN PRATIQUE\nLe consulat est ouvert le mardi et le jeudi de 15 h à 17 h, porte B.\n"
        "En cas d'urgence, s'adresser à l'ambassade.\n"
    )
    assert initials(read) == "hpqaqanqannn"


def test_words_quoted_again_in_an_article_are_a_pull_quote() -> None:
    read = parse_text(
        "Qui était à Sèvres ?\n\nTrois Français, et une cuisinière. L'un d'eux portait une "
        "cicatrice au crayon, raconte le secrétaire, « ce qui attirait beaucoup l'attention ».\n\n"
        "Le ministre n'aimait ni le vin ni l'endroit, dit-on, et parla d'abord de son rhume.\n\n"
        "« Ce qui attirait beaucoup l'attention »\n\n"
        "Londres fit détruire son exemplaire, Paris égara le sien, le troisième dort au Néguev.\n"
    )
    assert initials(read) == "hppnp"


def test_a_line_that_ends_in_quoted_words_heads_the_longer_paragraph_below() -> None:
    below = "Le ministre a été interrogé sur ce point, et il n'a pas voulu en dire davantage hier."
    read = parse_text(
        f"Le grand froid\n\n{below}\n\nLondres, « la cinquième roue »\n\n{below}\n\n"
        f"Il l'appelle « la cinquième roue du vieux carrosse de la famille ».\n\n{below}\n"
    )
    assert initials(read) == "hphppp"


def test_a_question_among_other_headings_is_one() -> None:
    below = "C'est faux. D'où vient l'idée ? D'une vidéo publiée en novembre et vue partout."
    heads = ("Le pacte oblige la France", "La presse sera privée d'aide", "L'Alsace sera cédée")
    told = "".join(f"« {head} »\n\n{below}\n\n" for head in heads)
    read = parse_text(
        f"Le vrai et le faux\n\n{below}\n\n{told}Que reste-t-il du pacte ?\n\n"
        "Vingt-trois objectifs, dont la plupart existent déjà dans d'autres conventions.\n"
    )
    assert initials(read) == "hphphphphp"


def test_the_head_of_a_papers_page_and_a_name_in_capitals_at_the_end_are_notes() -> None:
    body = "Il pleut sur le lac depuis ce matin, et les chancelleries attendent le bateau."
    read = parse_text(
        f"LES JOURNÉES DE LOCARNO\n\n{body}\n\nLE MATIN DE L'EST — 3\n\n{body}\n\n{body}\n\n"
        "PIERRE VALGRAND.\n"
    )
    assert initials(read) == "hpnppn"


def test_name_office_and_room_above_a_talk_are_notes() -> None:
    read = parse_text(
        "Remarks With Foreign Minister Irina Markova\n\nSamuel Okafor\nSecretary of State\n"
        "Treaty Room\nWashington, DC\nMarch 22, 2014\n\n"
        "SECRETARY OKAFOR: Good afternoon, everybody.\n\nQUESTION: Are you worried?\n\n"
        "SECRETARY OKAFOR: No, I am not.\n\nQUESTION: Why?\n\nSECRETARY OKAFOR: I know them.\n"
    )
    assert initials(read) == "hnnnnnsqaqa"
