"""Labels that lack a mark, titles like labels, captions line by line, and how talks end."""

from __future__ import annotations

from articles.text.parse import parse_text
from tests.articles.text.readings import initials, turns

TALK = (
    "Le Rivage : Vous partez demain ?\n\nAnne Roy : Je pars ce soir, et je ne reviens pas.\n\n"
    "Le Rivage : Pourquoi si vite ?\n\nRoy : Parce que la mer n'attend pas, je le sais.\n\n"
)


def test_a_label_that_once_lacks_its_colon_is_one() -> None:
    read = parse_text(
        f"{TALK}Le Rivage On vous dit inquiète.\n\nRoy Je le suis, comme tout le monde.\n"
    )
    assert turns(read)[4:] == [("question", "Le Rivage"), ("answer", "Anne Roy")]


def test_initials_with_blanks_are_those_without() -> None:
    read = parse_text(
        "Solange de Mora (SdM) a reçu Tom Hill (TH).\n\nTH : Où étiez-vous ?\n\nSdM : J'étais "
        "ici.\n\nTH : Et lui ?\n\nSdM : Je ne sais pas.\n\nTH : Vraiment ?\n\nS d M : Je vous "
        "le dis.\n"
    )
    assert {name for role, name in turns(read) if role == "answer"} == {"Solange de Mora"}


def test_a_name_before_a_title_is_no_turn() -> None:
    read = parse_text(
        "Adaeze Nwoko: A Diet, Not a Surgery\n\nFor nine years she sat on the panels. She spoke "
        "to us from Accra.\n\n**The Review:** **What does a member do?**\n\n"
        "**Adaeze Nwoko:** I wait in corridors with a list of numbers, mostly.\n\n"
        "**And the reports?**\n\nI write them at night, and I sign every page of them.\n\n"
        "**Who reads them?**\n\nI never asked. I think that a clerk does, with a ledger.\n"
    )
    assert initials(read) == "hpqaqaqa"


def test_bold_questions_between_two_who_answer_are_the_papers() -> None:
    read = parse_text(
        "**Le Rivage :** **Le mot est-il utile ?**\n\n**Anne Roy :** Il est utile le dimanche.\n\n"
        "**Paul Cot :** Je serai moins sévère.\n\n**Roy :** Je vous reconnais là.\n\n"
        "**Berlin doit autoriser chaque envoi.**\n\n**Roy :** Je le sais, hélas.\n\n"
        "**Cot :** J'envie ce contrôle.\n\n**Et demain ?**\n\n**Cot :** Je n'en sais rien.\n"
    )
    asked = [name for role, name in turns(read) if role == "question"]
    assert asked == ["Le Rivage"] * 3
    assert ("answer", "Paul Cot") in turns(read)


def test_captions_without_capitals_are_a_line_a_turn() -> None:
    read = parse_text(
        "Anne Roy: il est sept heures bonjour Paul Cot vous êtes fatigué ?\n"
        "Paul Cot: bonjour oui je suis rentré tard hier soir du sommet\n"
        "et qu'est-ce qu'on fait toute la journée quand on est au sommet\n"
        "on assiste à des réunions très longues où personne ne dit rien de vrai\n"
        "il faut les interdire ?\nnon il faut les raccourcir je le dis depuis longtemps\n"
        "vous serez entendu ?\nje ne crois pas mais je continue\n"
        "merci Paul Cot je rappelle votre livre tout de suite la météo\nmerci à vous\n"
    )
    assert [role[0] for role, _ in turns(read)] == [*"qa" * 4, *"ss"]


def test_a_title_before_a_name_is_no_part_of_it() -> None:
    read = parse_text(
        "Secretary Ann Hall and Estonian Foreign Minister Priit Laane at a Press Availability\n\n"
        "SECRETARY HALL: Good morning, everyone.\n\nFOREIGN MINISTER LAANE: I will be brief.\n\n"
        "QUESTION: Will you sign?\n\nFOREIGN MINISTER LAANE: I will.\n\n"
        "QUESTION: And you?\n\nSECRETARY HALL: I will, too.\n"
    )
    assert {name for _, name in turns(read)} == {"Ann Hall", "Priit Laane", ""}
    read = parse_text(
        "Le 20 avril, S.E.M. Tariel Gelo, ambassadeur, a accordé une interview au journal Le "
        "Rivage.\n\nQuestion : Qui êtes-vous ?\n\nRéponse : Je suis l'ambassadeur.\n\n"
        "Question : Que faites-vous ?\n\nRéponse : Je plante des arbres.\n"
    )
    assert ("answer", "Tariel Gelo") in turns(read)


def test_thanks_to_all_at_the_end_answer_nothing() -> None:
    for thanks in ("Je vous remercie./.", "LE MINISTRE – Merci à tous, et bonne nuit."):
        read = parse_text(
            "Point de presse du ministre\n\nQUESTION – Qui signera ?\n\n"
            "LE MINISTRE – Je signerai.\n\nQUESTION – Et quand ?\n\nLE MINISTRE – Je ne sais "
            "pas encore.\n\n"
            f"QUESTION – Demain ?\n\nLE MINISTRE – Je vous le dirai.\n\n{thanks}\n"
        )
        assert [role[0] for role, _ in turns(read)] == [*"qaqaqas"]


def test_a_last_answer_without_label_is_one() -> None:
    read = parse_text(
        "Q - Serez-vous là ?\n\nR - J'y serai.\n\nQ - Et eux ?\n\nR - Je l'ignore.\n\n"
        "Q - Vous êtes candidat ?\n\nNon./.\n"
    )
    assert initials(read) == "qaqaqa"


def test_quoted_headings_among_quoted_answers() -> None:
    read = parse_text(
        "Êtes-vous rentré ?\n\n« Je suis rentré hier. J'ai dormi. »\n\nQu'avez-vous obtenu ?\n\n"
        "« J'ai obtenu un délai, jusqu'en juin. »\n\n« Le délai est court »\n\nEst-ce assez ?\n\n"
        "« Non. Le délai est court, je le sais. »\n\nQue ferez-vous ?\n\n« Je reviendrai. »\n"
    )
    assert initials(read) == "qaqahqaqa"


def test_a_paragraph_that_a_link_interrupts_is_no_heading() -> None:
    text = (
        f"{TALK}Le Rivage : Et les câbles ?\n\nRoy : Je les ai vus.\n\n"
        "Nous avons fait l'exercice en mars, et il nous a fallu\nLire aussi : Onze navires\n"
        "onze jours pour tout ramasser.\n\nLe Rivage : Merci.\n"
    )
    read = parse_text(text)
    holed = [p for p in read.passages if p.holes]
    assert [p.role for p in holed] == ["answer"]


def test_names_without_any_sign_bear_titles_particles_and_slips() -> None:
    read = parse_text(
        "Alasdair Finch and Mary Tripp talk to Gabriel al-Nasser\n\n"
        "Alasdair Finch You have come off a plane. Was it worth it?\n\n"
        "Gabriel al-Nasser Ask me in a year. I am tired.\n\n"
        "Mary Tripp Since Thursday is not long.\n\nGabriel al-Nasser It is, for us.\n\n"
        "Alistair Finch Gabriel al-Nasser, will you go back?\n\nGabriel al-Nasser I will.\n\n"
        "Mary Tripp When?\n\nGabriel al-Nasser I never say when.\n"
    )
    assert turns(read) == [
        ("question", "Alasdair Finch"),
        ("answer", "Gabriel al-Nasser"),
        ("question", "Mary Tripp"),
        ("answer", "Gabriel al-Nasser"),
        ("question", "Alasdair Finch"),
        ("answer", "Gabriel al-Nasser"),
        ("question", "Mary Tripp"),
        ("answer", "Gabriel al-Nasser"),
    ]


def test_a_paper_that_asks_once_on_its_own_line_asks() -> None:
    read = parse_text(
        "Anne Roy face à la presse\n\nLe Temps présent\nLe port est-il mort ?\n\n"
        "Anne Roy\nIl dort. Je l'ai vu dormir.\n\nNeue Post\nPour combien d'années ?\n\n"
        "Anne Roy\nPour beaucoup, je le crains.\n\nL'Aube\nQui le réveillera ?\n\n"
        "Anne Roy\nMoi, si l'on me laisse faire.\n"
    )
    asked = [name for role, name in turns(read) if role == "question"]
    assert asked == ["Le Temps présent", "Neue Post", "L'Aube"]
    assert initials(read)[0] == "h"


def test_a_colon_inside_an_answer_is_no_voice() -> None:
    read = parse_text(
        "Question : Il l'a trouvé ?\n\nNon, mais il a trouvé celui de sa sœur.\n\n"
        "Question : Vous n'aviez reçu aucune consigne ?\n\n"
        "Si : de rester joignable. Je l'ai été trois jours.\n\n"
        "Question : Et personne n'a appelé ?\n\nPersonne. J'ai attendu mon dentiste.\n"
    )
    assert initials(read) == "qaqaqa"
