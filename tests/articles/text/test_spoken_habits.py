"""Habits of speech and its transcripts: greetings, hosts, leaders, captions, who is called on."""

from __future__ import annotations

import pytest

from articles.text.parse import parse_text
from tests.articles.text.readings import initials, roles, turns

ASKED = (
    "Q - Que vous dit la note ?\n\nR - Elle me dit non.\n\nQ - Que direz-vous, à la fin ?\n\n"
    "R - Je l'écris ce soir, et je dirai oui.\n\n"
)


def test_greetings_and_thanks_are_neither_asked_nor_answered() -> None:
    read = parse_text(
        f"Entretien de M. Paul Derrien avec Radio Lac\n\nQ - Bonjour, Paul Derrien.\n\n"
        f"R - Bonjour.\n\n{ASKED}Q - Merci d'être venu.\n\nR - Merci à vous.\n"
    )
    assert [role for role, _ in turns(read)] == [
        *["statement"] * 2, *["question", "answer"] * 2, *["statement"] * 2,
    ]  # fmt: skip
    assert [p.exchange for p in read.passages if p.exchange] == [1, 1, 2, 2]


def test_each_office_is_named_by_the_name_it_follows() -> None:
    read = parse_text(
        "CONFÉRENCE DE PRESSE DE M. PAUL DERRIEN, PRÉSIDENT DE LA RÉPUBLIQUE, ET DE M. OTTO WEISS, "
        "CHANCELIER FÉDÉRAL\n\nLE PRÉSIDENT – Je suis heureux d'être ici.\n\n"
        "LE CHANCELIER – Je le suis aussi.\n\nQUESTION – Signerez-vous ?\n\n"
        "LE PRÉSIDENT – Je signerai.\n\nLE CHANCELIER – Moi aussi, lundi.\n\n"
        "QUESTION – Et après ?\n\nLE PRÉSIDENT – Nous verrons.\n"
    )
    names = {name for _, name in turns(read)}
    assert names == {"Paul Derrien", "Otto Weiss", ""}


def test_who_is_said_to_lead_a_talk_leads_it() -> None:
    read = parse_text(
        "Débat\n\nNous publions l'échange de Rose Talmont et d'Yves Caron, animé par "
        "Lise Morin.\n\n"
        "Lise Morin : Rose Talmont, faut-il partir ?\n\nRose Talmont : Il le faut, je le crois.\n\n"
        "Lise Morin : Yves Caron, vous avez deux minutes.\n\nYves Caron : On peut "
        "rester, aussi.\n\n"
        "Rose Talmont : Jusqu'à quand ?\n\nYves Caron : Jusqu'au printemps.\n"
    )
    assert turns(read) == [
        ("question", "Lise Morin"), ("answer", "Rose Talmont"), ("statement", "Lise Morin"),
        ("answer", "Yves Caron"), ("question", "Rose Talmont"), ("answer", "Yves Caron"),
    ]  # fmt: skip


def test_a_briefing_opens_with_statements_under_its_headings() -> None:
    read = parse_text(
        "Point de presse du porte-parole, M. Paul Derrien\n\n"
        "Bonjour à tous. Avant de prendre vos questions, deux points.\n\n1. Visite à Bucarest\n\n"
        "Le ministre se rendra lundi à Bucarest.\n\n2. Élections\n\n"
        "Nous prenons note des résultats.\n\nQ – Irez-vous à Chisinau ?\n\nR – Je n'irai pas.\n\n"
        "Q – Que craignez-vous ?\n\nR – Je crains la route.\n"
    )
    assert roles(read)[1:6] == ["statement", "heading", "statement", "heading", "statement"]
    assert turns(read)[0] == ("statement", "Paul Derrien")


def test_a_time_behind_a_name_on_its_line_is_no_part_of_it() -> None:
    read = parse_text(
        "Anna Roy 00:02\nWhy salt?\n\nPaul Lee 00:05\nBecause nobody wanted it, and I did.\n\n"
        "Anna Roy 00:11\nDid you keep it?\n\nPaul Lee 01:07\nI kept it for six years.\n"
    )
    assert turns(read) == [("question", "Anna Roy"), ("answer", "Paul Lee")] * 2


def test_who_was_called_on_asks_on_until_another_is() -> None:
    read = parse_text(
        "Secretary Jane Holt at a Press Conference\n\n"
        "MR. PELL: First question goes to Ines Carvalho of Lusitania Press.\n\n"
        "QUESTION: What happens on day twenty?\n\nSECRETARY HOLT: I would rather not find out.\n\n"
        "QUESTION: Sanctions?\n\nSECRETARY HOLT: We have tools.\n\n"
        "MR. PELL: One more. Sir, on the aisle.\n\nQUESTION: Which flag do you accept?\n\n"
        "SECRETARY HOLT: I accept any flag.\n"
    )
    asked = [name for role, name in turns(read) if role == "question"]
    assert asked == ["Ines Carvalho", "Ines Carvalho", ""]


def test_wording_tells_questions_where_hardly_a_mark_stands() -> None:
    read = parse_text(
        "Passe-frontières\n\nAvec Nora Feltin et Théo Lanvaux. Invitée : Lise Ambre.\n\n"
        "Théo : c'est quoi une valise diplomatique\n\nLise : c'est un sac un simple sac "
        "de toile\n\n"
        "Nora : est-ce qu'on a essayé de te la prendre\n\nLise : une fois à un poste frontière\n\n"
        "Théo : et tu as dormi dessus\n\nLise : deux nuits oui et j'ai mal au dos depuis\n"
    )
    asked = [name for role, name in turns(read) if role == "question"]
    assert asked == ["Théo Lanvaux", "Nora Feltin", "Théo Lanvaux"]


def test_hours_head_the_entries_of_a_live_report() -> None:
    read = parse_text(
        "DIRECT. Le sommet de Porto\n18h52 – Vers une nuit blanche ?\n"
        "Selon deux sources, les lits de camp ont été commandés.\n18h31 – Dublin hausse le ton\n"
        "« Nous ne signerons pas », a lancé le ministre. Vous dînez ?\n18h10 – Vous nous demandez\n"
        "Pourquoi la laine ? (Hugo, Limoges)\n"
    )
    assert read.kind == "article"
    assert roles(read) == ["heading", *["heading", "paragraph"] * 3]


def test_masthead_place_and_office_are_notes() -> None:
    read = parse_text(
        "LE PETIT RHODANIEN — N° 14 — MAI 1974\n\nUN ENTRETIEN AVEC M. PAUL DERRIEN\n\n"
        f"LISBONNE, PORTUGAL\n\nPaul Derrien, ministre des affaires étrangères\n\n{ASKED}"
    )
    assert roles(read)[:4] == ["note", "heading", "note", "note"]


ANSWERERS = {
    "where somebody comes from is no part of the name": (
        "Bons offices\n\nLe Bernois Beat Zurfluh a participé à onze processus. Il répond.\n\n"
        f"{ASKED.replace('Q - ', '► ').replace('R - ', '')}",
        "Beat Zurfluh",
    ),
    "who a conversation is with answers": (
        f"Conversation avec Paul Derrien, douanier\n\n{ASKED}",
        "Paul Derrien",
    ),
    "what a secretary is of is no name": (
        "Secretary of State Anna Derrien\n\nMODERATOR: We have time for two.\n\n"
        "QUESTION: What did the note say?\n\nSECRETARY DERRIEN: It said no.\n\n"
        "QUESTION: Will you go?\n\nSECRETARY DERRIEN: I will, on Monday.\n",
        "Anna Derrien",
    ),
}


@pytest.mark.parametrize(("text", "name"), ANSWERERS.values(), ids=ANSWERERS)
def test_who_answers_is_named(text: str, name: str) -> None:
    assert {who for role, who in turns(parse_text(text)) if role == "answer"} == {name}


def test_a_label_opens_with_an_abbreviated_office() -> None:
    read = parse_text(
        "MARGO DELANEY: Is it signed?\n\nSECRETARY BRANDT: I signed it.\n\nMARGO DELANEY: When?\n\n"
        "SEC. BRANDT: I did it on Monday.\n\nMARGO DELANEY: Where?\n\nSEC. BRANDT: At my desk.\n"
    )
    assert [role for role, _ in turns(read)] == ["question", "answer"] * 3
    assert len(read.speakers) == 2


def test_voices_that_a_machine_numbered_are_told_apart() -> None:
    read = parse_text(
        "SPEAKER_00: So how did the talks begin?\n\nSPEAKER_01: They began with a lunch.\n\n"
        "SPEAKER_00: And how did they end?\n\nSPEAKER_01: With a dinner. Nobody ate.\n"
    )
    assert read.kind == "interview"
    assert [role for role, _ in turns(read)] == ["question", "answer"] * 2
    assert len(read.speakers) == 2


def test_who_says_to_have_a_question_asks_without_its_mark() -> None:
    read = parse_text(
        "Audition de Mme Anna Derrien\n\nM. Roy. Que vous dit la note ?\n\n"
        "Mme Talmont. Ma question porte sur les îles. Elles n'ont qu'un câble.\n\n"
        "Mme Anna Derrien. Elle me dit non. Les îles en auront deux.\n\n"
        "M. Roy. Et à la fin ?\n\nMme Anna Derrien. Je dirai oui.\n"
    )
    assert [role for role, _ in turns(read)] == [
        "question", "question", "answer", "question", "answer",
    ]  # fmt: skip


def test_the_byline_asks_where_the_paper_but_heads_the_page() -> None:
    words = (
        "Anna Derrien garde les phares. Elle nous a reçus chez elle.\n\n"
        "**Que vous dit la mer ?**\n\nElle me dit non. Je l'écris chaque soir, et je l'envoie.\n\n"
        "**Et la terre ?**\n\nElle ne dit rien. Je n'y vais plus guère.\n"
    )
    read = parse_text(f"Le Courrier picard\n\n« La mer dit non »\n\nPar Rose Talmont\n\n{words}")
    assert {name for role, name in turns(read) if role == "question"} == {"Rose Talmont"}
    read = parse_text(f"Le Courrier picard\n\n« La mer dit non »\n\n{words}")
    assert {name for role, name in turns(read) if role == "question"} == {"Le Courrier picard"}


def test_numbered_points_open_a_briefing() -> None:
    read = parse_text(
        "Point de presse du 3 mai 2002\n\n1 - Visite du ministre\n\n"
        "Le ministre ira lundi à Berne.\n\n"
        "2 - Traité des lacs\n\nLes neuf pays l'ont signé hier.\n\n" + ASKED
    )
    assert roles(read)[1:5] == ["heading", "statement", "heading", "statement"]


def test_a_briefing_without_i_and_you_is_one_where_its_title_says_so() -> None:
    asked = (
        "Q - Le ministre ira-t-il à Berne ?\n\nR - Oui, lundi.\n\n"
        "Q - Le traité est-il prêt ?\n\nR - Le traité est à la signature.\n\n"
        "Q - Le lac sera-t-il évoqué ?\n\nR - Le lac est à l'ordre du jour.\n"
    )
    assert parse_text(f"Point de presse du 3 mai 2002\n\n{asked}").kind == "interview"
    assert parse_text(f"Questions fréquentes\n\n{asked}").kind == "article"


def test_what_is_said_before_the_questions_of_a_press_conference_is_a_statement() -> None:
    read = parse_text(
        "Conférence de presse de M. Paul Derrien\n\n"
        "Le Conseil s'est réuni deux jours. Il a traité du lac, des câbles et du budget. Je crois "
        "que sur le lac nous avons conclu, et que le reste viendra.\n\n"
        f"Voilà ce que je voulais vous dire.\n\n{ASKED}"
    )
    assert roles(read)[1:3] == ["statement", "statement"]
    assert {name for role, name in turns(read) if role != "question"} == {"Paul Derrien"}


def test_applause_behind_a_question_mark_leaves_it_a_question() -> None:
    read = parse_text(
        "M. le président. La parole est à M. Roy.\n\nM. Paul Roy. Vous avez fermé le port. Quand "
        "le rouvrirez-vous ? (Applaudissements sur plusieurs bancs.)\n\n"
        "M. le président. La parole est à Mme Talmont.\n\n"
        "Mme Rose Talmont. Nous le rouvrirons lundi, monsieur le député.\n\n"
        "M. Paul Roy. Et les quais ? (Sourires.)\n\nMme Rose Talmont. Mardi.\n"
    )
    assert [role for role, _ in turns(read)] == [
        "statement", "question", "statement", "answer", "question", "answer",
    ]  # fmt: skip


def test_host_and_guest_greet_each_other_in_subtitles_without_stops() -> None:
    read = parse_text(
        "Djibril Koné : bonsoir et bienvenue dans le grand entretien\n"
        "Djibril Koné : ce soir nous recevons madame Fatou Assouline elle est médiatrice bonsoir\n"
        "Fatou Assouline : bonsoir Djibril\n"
        "Djibril Koné : vous revenez de Moundala est-ce que la trêve tient\n"
        "Fatou Assouline : elle tient la journée\n"
        "Djibril Koné : ça veut dire quoi elle tient la journée\n"
        "Fatou Assouline : la nuit il y a des motos et des tirs\n"
    )
    assert initials(read) == "sssqaqa"


def test_who_lets_another_answer_or_sends_the_press_away_makes_a_statement() -> None:
    read = parse_text(
        "THE PRESIDENT:  We had a very good talk.\n\nQ    Are the trucks through?\n\n"
        "THE PRESIDENT:  They were stopped for two hours.\n\n"
        "MS. PELL:  Thank you, press. Let's go.\n\nQ    Will you visit, sir?\n\n"
        "THE PRESIDENT:  They say it's nice in June.\n"
    )
    assert initials(read) == "sqasqa"
    debate = parse_text(
        "Maubert : Paul Dragomir, faut-il voter ?\n\nDragomir : Une fois en huit ans.\n\n"
        "Tavernier : Tous les mardis, je vous l'assure.\n\n"
        "Maubert : Laissez Hafida répondre, s'il vous plaît.\n\n"
        "Hafida : On vote rarement, et on attend.\n\nMaubert : Et dans dix ans ?\n\n"
        "Dragomir : On attendra encore.\n\nMaubert : Et vous ?\n\nTavernier : Je voterai.\n"
    )
    assert initials(debate) == "qaasaqaqa"


def test_a_host_thanks_both_guests_and_says_what_comes_next() -> None:
    read = parse_text(
        "Miriam: Leila, what would you reform?\n\nLeila: I would let people stay six years.\n\n"
        "Miriam: And you, Tobias?\n\nTobias: I would keep an archive.\n\n"
        "Miriam: That's a lovely place to stop. Leila Haddad, Tobias Strand, thank you both. "
        "The Long Table is produced by Sam Ferreira. We'll be back in two weeks with an episode "
        "on shipping.\n\nLeila: Thanks, Miriam.\n"
    )
    assert initials(read) == "qaqass"
