"""Labels, names, boxes and headings as papers, ministries and broadcasters print them."""

from __future__ import annotations

from articles.text.parse import parse_text, words_of
from articles.text.shapes import ParsedText
from tests.articles.text.readings import turns


def _roles(read: ParsedText, text: str) -> dict[str, str]:
    return {text[p.start : p.end]: p.role for p in read.passages}


def test_initials_that_spell_a_small_word_are_a_label() -> None:
    read = parse_text(
        "Katia Brzeska talked to Leo Pym and Desmond Oyelaran.\n\n"
        "Leo Pym: What do you remember?\n\nKatia Brzeska: The prams. I was on the other side.\n\n"
        "DO: How many papers did you issue?\n\nKB: Two thousand. I stopped stapling.\n\n"
        "LP: And then?\n\nKB: I went home.\n\nDO: Would you go back?\n\nKB: I never left.\n"
    )
    asked = [name for role, name in turns(read) if role == "question"]
    assert asked == ["Leo Pym", "Desmond Oyelaran", "Leo Pym", "Desmond Oyelaran"]


def test_an_abbreviated_office_in_capitals_belongs_to_the_label() -> None:
    read = parse_text(
        "Debate at Dunmore\n\nRuth Ackerley moderated.\n\n"
        "MODERATOR: Governor, would you send the ship?\n\n"
        "GOV. VALERIE NKEMELU: I would send a diplomat first.\n\n"
        "MODERATOR: Senator, would you?\n\nSEN. GIDEON STRAND: Yes. I would send it.\n\n"
        "NKEMELU: They stopped sailing there.\n\nSTRAND: Because it left!\n\n"
        "MODERATOR: What about trade?\n\nSTRAND: I like it.\n\nNKEMELU: I like it more.\n"
    )
    answers = [name for role, name in turns(read) if role == "answer"]
    assert set(answers) == {"Valerie Nkemelu", "Gideon Strand"}
    assert len(answers) == 6


def test_a_minister_who_steps_in_answers() -> None:
    read = parse_text(
        "Conférence de presse du Président de la République, Aurélien Castel, et de la ministre, "
        "Mme Odile Farge\n\n"
        "LE PRÉSIDENT – Je vous remercie de votre patience.\n\n"
        "QUESTION – Que vaut l’accord ?\n\nLE PRÉSIDENT – Il vaut neuf voix.\n\n"
        "QUESTION – Qui décroche ?\n\nLE PRÉSIDENT – La ministre va vous répondre.\n\n"
        "MME FARGE – Un officier, jour et nuit.\n\n"
        "QUESTION – Et la grève ?\n\nLE PRÉSIDENT – Non.\n\n"
        "QUESTION – Y a-t-il une annexe ?\n\nLE PRÉSIDENT – Elle est technique.\n\n"
        "MME FARGE – Elle sera en ligne.\n\nLE PRÉSIDENT – Et lisible.\n\n"
        "QUESTION – La Libye était-elle là ?\n\nMME FARGE – Le drapeau y était.\n\n"
        "LE PRÉSIDENT – J’ajoute que la chaise aussi, et que chacun pouvait la voir de loin.\n"
    )
    assert {role for role, name in turns(read) if name == "Odile Farge"} == {"answer"}
    assert ("answer", "Aurélien Castel") in turns(read)


def test_an_initial_inside_a_name_belongs_to_it() -> None:
    read = parse_text(
        "Remarks by President Thomas R. Harwell in Press Gaggle\n\n"
        "THE PRESIDENT:  Good morning. I will take a couple.\n\n"
        "Q    Mr. President, did you call?\n\nTHE PRESIDENT:  I did. We had a talk.\n\n"
        "Q    Will you sign?\n\nTHE PRESIDENT:  I will.\n"
    )
    assert {name for role, name in turns(read) if role == "answer"} == {"Thomas R. Harwell"}


def test_a_title_in_capitals_or_of_a_name_and_a_colon_is_a_heading() -> None:
    capitals = "LE FACE-À-FACE : QUELLE DÉFENSE POUR DEMAIN ?"
    text = (
        f"{capitals}\nDébat animé par Laure Vauquelin, en direct de Lyon.\n\n"
        "LAURE VAUQUELIN : Rodrigue Dantec, c’est pour quand ?\n\n"
        "RODRIGUE DANTEC : Pour jamais. Je propose un atelier.\n\n"
        "LAURE VAUQUELIN : Faut-il la partager ?\n\nRODRIGUE DANTEC : Je le crois.\n"
    )
    assert _roles(parse_text(text), text)[capitals] == "heading"
    named = "Ilir Hoxha : Les noms changent, les factures restent"
    text = (
        f"{named}\n\nNous avons parlé avec Ilir Hoxha de l’accord.\n\n"
        "Radio Vardar Comment vous évaluez la décision ?\nIlir Hoxha Je l’évalue mal.\n\n"
        "Radio Vardar Pour rien, alors ?\nIlir Hoxha Pour rien non. J’ai un voisin.\n\n"
        "Radio Vardar Que peut faire Paris ?\nIlir Hoxha Paris peut dire oui.\n"
    )
    assert _roles(parse_text(text), text)[named] == "heading"


def test_a_box_that_asks_who_somebody_is_is_no_part_of_the_talk() -> None:
    read = parse_text(
        "FULGENCE MOTTIER, MÉDIATEUR : « JE VENDS DU SILENCE »\n\n"
        "Qui est-il ?\n61 ans, né au Sentier. Horloger de formation, il a mené onze médiations.\n\n"
        "Il reçoit La Voix du Jura à condition que l’on ne décrive pas le chien.\n\n"
        "► On dit que vous avez passé l’hiver à Khartoum.\n\n« On le dit. J’ai eu froid. »\n\n"
        "► En quoi consiste votre travail ?\n\n« À vendre du silence. Je tiens la porte. »\n\n"
        "► Regrettez-vous une médiation ?\n\n« Une. J’avais oublié le chauffeur. »\n"
    )
    assert turns(read) == [("question", "La Voix du Jura"), ("answer", "Fulgence Mottier")] * 3


def test_a_surname_after_spoke_to_is_no_outlet() -> None:
    read = parse_text(
        "Five questions for Araminta Folk, who counts ships\n\n"
        "Flags and insurers: The Harbour Review spoke to Folk before the conference.\n\n"
        "Q: How many ships do you count?\n\nA: Six hundred. I ring them myself.\n\n"
        "Q: Does anybody answer you?\n\nA: I had one polite man.\n"
    )
    assert turns(read) == [("question", "The Harbour Review"), ("answer", "Araminta Folk")] * 2


def test_a_fact_check_of_quoted_statements_is_an_article() -> None:
    read = parse_text(
        "Les affirmations des candidats passées au crible\n\n"
        "Mathilde Roussin et Albéric Sanson se sont opposés. Nous avons vérifié leurs propos.\n\n"
        "Albéric Sanson : « Dix milliards partent de vos poches. »\n\n"
        "Le solde net était de 9,5 milliards, selon le budget.\n\n"
        "Albéric Sanson : « L’accord de Malte ? Zéro personne ! »\n\n"
        "Le ministère en a compté mille. C’est peu.\n\n"
        "Mathilde Roussin : « Qui en est le premier contributeur ? Nous. »\n\n"
        "L’Allemagne verse davantage, puisque le fonds est commun.\n\n"
        "Albéric Sanson : « Vous le saviez, Madame ? »\n\nLe chiffre date de 1988.\n"
    )
    assert read.kind == "article"


def test_lines_that_open_with_a_time_head_the_entries_of_a_live_report() -> None:
    text = (
        "EN DIRECT - Sommet de Bratislava\n\nSuivez avec nous les dernières informations.\n\n"
        "19:42 - Le dîner a commencé\nAu menu, du sandre. Les téléphones sont à l’entrée.\n\n"
        "19:05 - « Pas de date, pas de dîner »\nLe ministre a menacé de partir. Il est resté.\n"
    )
    roles = _roles(parse_text(text), text)
    assert roles["19:42 - Le dîner a commencé"] == "heading"
    assert roles["19:05 - « Pas de date, pas de dîner »"] == "heading"


def test_captions_boxes_and_credits_are_notes() -> None:
    text = (
        "La frontière fermée\n\n"
        "Le pont Saint-Jacques, vendredi matin. PHOTO ARCHIVES\n\n"
        "Solange Monbrison : Pourquoi fermer ?\n\nPaul Lherm : Je ne sais pas. J’ai obéi.\n\n"
        "PAUL LHERM EN CINQ DATES\n1958 Naissance à Vienne\n1983 Entre au ministère\n\n"
        "Solange Monbrison : Et vous le regrettez ?\n\nPaul Lherm : Je dors bien.\n\n"
        "Interview par Solange Monbrison, traduction revue\n"
    )
    roles = _roles(parse_text(text), text)
    assert roles["Le pont Saint-Jacques, vendredi matin. PHOTO ARCHIVES"] == "note"
    assert roles["PAUL LHERM EN CINQ DATES"] == "note"
    assert roles["1983 Entre au ministère"] == "note"
    assert roles["Interview par Solange Monbrison, traduction revue"] == "note"


def test_initials_of_a_desk_and_those_who_sign_after_an_article_are_notes() -> None:
    prose = (
        "Erevan est en deuil\n\nLa place était pleine dès midi, et la foule a chanté longtemps.\n\n"
        "Le gouvernement n’a pas réagi, selon son porte-parole, avant la nuit tombée.\n\n"
        "Un vote est prévu demain au Parlement, où la majorité est courte.\n\n"
    )
    for last in ("vtg-lkm/bap/nzo", "Premiers signataires : Marc Oyapock, Lise Bernier"):
        assert _roles(parse_text(prose + last + "\n"), prose + last + "\n")[last] == "note"


def test_an_introduction_that_begins_with_a_name_printed_over_the_turns_is_kept_whole() -> None:
    biography = "Hovsep Balian a fait partie, jusqu’en 2004, du secrétariat du groupe. Il enseigne."
    asked = ("À quoi sert-elle ?", "Est-ce utile ?", "Et Moscou ?", "Et Bakou ?", "Et Paris ?")
    turns = "".join(f"Clotilde Fresnay\n\n{one}\n\nHovsep Balian\n\nÀ rien.\n\n" for one in asked)
    text = f"Karabagh : « La trêve a tenu »\n\n{biography}\n\n{turns}"
    assert _roles(parse_text(text), text)[biography] == "paragraph"


def test_a_title_with_a_colon_is_no_voice() -> None:
    asked = ("Do you call it a reconciliation?", "Why did you doubt it?", "What do you watch?")
    title = "Three Years After the Blockade: What Did the Gulf Learn?"
    over = "Layla Haddadin is a senior fellow. She spoke to our newsletter.\n\n"
    answer = "I think it was a cease-fire, and I said so at the time. My friends in Doha did not."
    for hashes in ("", "# "):
        talk = "".join(f"**{one}**\n\n{answer}\n\n" for one in asked)
        text = f"{hashes}{title}\n\n{over}{talk}"
        read = parse_text(text)
        assert [role for role, _ in turns(read)] == ["question", "answer"] * 3
        assert _roles(read, text)[title] == "heading"
        assert [one.name for one in read.speakers] == ["Layla Haddadin"]


def test_a_rubric_bills_an_interview_in_which_nobody_says_i_or_you() -> None:
    answer = (
        "L’initiative revient à l’Asean, qui voulait mettre de l’ordre dans cinq accords. "
        "La Chine y a vu, avec retard, une occasion de répondre aux autres.\n\n"
    )
    asked = ("En quoi est-ce une victoire pour la Chine, qui n’en a pas eu l’idée ?",
             "Le contenu de l’accord est jugé modeste. Est-ce justifié ?",
             "Pourquoi ce choix, et peut-il être réversible ?",
             "Quelles conséquences pour les autres ?")  # fmt: skip
    talk = "".join(f"{one}\n\n{answer}" for one in asked)
    over = "Béatrice Lanoë, directrice de recherche, en analyse la portée.\n\n"
    assert parse_text(f"Pékin signe\n\nEntretien\n\n{over}{talk}").kind == "interview"
    assert parse_text(f"Pékin signe\n\n{over}{talk}").kind == "article"


def test_a_station_in_a_title_all_in_capitals_asks() -> None:
    text = (
        "ENTRETIEN DU MINISTRE, M. JEAN-MARC DELAHOUSSE, AVEC « RADIO MÉRIDIENNE »\n\n"
        "Question : Va-t-on vers des frappes ?\n\nRéponse : Nous n’y sommes pas.\n\n"
        "Question : Et ensuite ?\n\nRéponse : J’attends la réponse.\n"
    )
    assert ("question", "Radio Méridienne") in turns(parse_text(text))
    text = text.replace("RADIO MÉRIDIENNE", "RTBF MATIN")
    assert ("question", "RTBF Matin") in turns(parse_text(text))


CAPTIONS = """1
00:00:01,000 --> 00:00:04,000
JOURNALISTE : Bonjour, merci de nous recevoir.

2
00:00:04,000 --> 00:00:07,500
Pourquoi la France a-t-elle rappelé
son ambassadeur ?

3
00:00:07,500 --> 00:00:12,000
M. DELMAS : Parce que la confiance était rompue.

4
00:00:15,000 --> 00:00:22,000
- Et maintenant ?
- Nous attendons des actes.
"""


def test_numbers_and_times_of_captions_are_no_words() -> None:
    for head in ("", "WEBVTT\n\n"):
        text = head + CAPTIONS
        said = [text[p.start : p.end] for p in parse_text(text).passages]
        assert said == [
            "Bonjour, merci de nous recevoir.",
            "Pourquoi la France a-t-elle rappelé\nson ambassadeur ?",
            "Parce que la confiance était rompue.",
            "Et maintenant ?",
            "Nous attendons des actes.",
        ]


def test_bold_questions_stand_before_their_answers_on_one_line() -> None:
    talk = (
        "**Pourquoi cet accord maintenant ?** Parce que tous étaient épuisés. Je l’ai vu.\n\n"
        "**Est-ce un accord durable ?** Je ne le crois pas. Il manque l’essentiel.\n\n"
        "**Que faudrait-il ?** Des juges, et de l’argent. Nous n’avons ni l’un ni l’autre.\n\n"
    )
    text = f"Le Mali après l’accord\n\nFatou Diarra répond à nos questions.\n\n{talk}"
    read = parse_text(text)
    assert turns(read) == [("question", ""), ("answer", "Fatou Diarra")] * 3
    assert _roles(read, text)["Que faudrait-il ?"] == "question"


def test_an_explainer_with_bold_questions_on_the_line_stays_as_it_is() -> None:
    text = (
        "L’OTAN en questions\n\n"
        "**Qu’est-ce que l’OTAN ?** Une alliance de trente États, fondée en 1949 à Washington.\n\n"
        "**Où siège-t-elle ?** À Bruxelles, depuis que la France a quitté le commandement.\n\n"
        "**Qui la dirige ?** Un secrétaire général, choisi d’un commun accord par les membres.\n\n"
    )
    read = parse_text(text)
    assert read.kind == "article"
    assert [text[p.start : p.end].count("**") for p in read.passages] == [0, 2, 2, 2]


def test_the_kind_of_text_alone_below_its_title_is_a_note() -> None:
    prose = "La place était pleine dès midi, et la foule a chanté longtemps sous la pluie.\n\n"
    for rubric in ("ANALYSE", "Entretien", "LIVRES"):
        text = f"Treize jours à Erevan\n\n{rubric}\n\n{prose * 3}"
        roles = _roles(parse_text(text), text)
        assert (roles["Treize jours à Erevan"], roles[rubric]) == ("heading", "note")


def test_a_title_that_lists_before_its_colon_is_no_voice() -> None:
    text = (
        "Small States, Long Tables: Who Really Drafts the Communiqué?\n\n"
        "By Fergus Abernethy, third-year student\n\n"
        "When the ministers meet, the cameras wait for the large delegations at the wrong door.\n\n"
        "Why would the powerful give up the pen?\n\n"
        "Because the pen is boring. A former official told me so. They send their best.\n\n"
        "Does it matter?\n\nIt does, and the evidence is in the verbs, in two thirds of them.\n"
    )
    read = parse_text(text)
    assert read.kind == "article"
    assert not read.speakers


def test_an_outlet_in_brackets_behind_a_name_without_sign_is_no_word_of_it() -> None:
    text = (
        "Le port\n\nAnna Roy (Le Courrier) Est-ce que le port tient ?\n\nPaul Lee Il tient, je "
        "crois.\n\nAnna Roy (Le Courrier) Et la digue ?\n\nPaul Lee Elle tient.\n\n"
        "Anna Roy Merci. Et le quai ?\n\nPaul Lee Il tombe.\n"
    )
    asked = [words_of(text, p) for p in parse_text(text).passages if p.role == "question"]
    assert asked == ["Est-ce que le port tient ?", "Et la digue ?", "Merci. Et le quai ?"]


def test_labels_that_recur_inside_one_paragraph_cut_it() -> None:
    read = parse_text(
        "Anna Roy : Comment va le port ? Paul Lee : Il va bien, je crois. "
        "Anna Roy : Et la digue ? Paul Lee : Elle tient, je vous l'ai dit.\n"
    )
    assert turns(read) == [("question", "Anna Roy"), ("answer", "Paul Lee")] * 2


def test_a_question_with_its_outlet_in_brackets_is_one_though_the_answer_asks() -> None:
    read = parse_text(
        "Conférence de presse\n\nQuestion (Vent du large) : Le port va mal, et je le dis ici "
        "après tant d'autres qui l'ont dit avant moi.\n\nPaul Lee : Lequel ?\n\n"
        "Question (Vent du large) : La digue tombe.\n\nPaul Lee : Et alors ?\n"
    )
    assert turns(read) == [("question", "Vent du large"), ("answer", "Paul Lee")] * 2
