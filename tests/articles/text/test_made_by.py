"""Who made a text, told over it or below it: that one asks, and neither answers nor is a place."""

from __future__ import annotations

from articles.text.parse import parse_text
from tests.articles.text.readings import names, turns

ENGLISH = (
    "Home > World > Lake Country",
    "“A river asks for no passport”",
    "Marta Quill, Tuesday 4 May 2021",
    "Tomas Verrin shared out the waters of the Orle for thirty years, first for one kingdom and "
    "then for three. He spoke to the Lowland Review from Brask.",
    "Q: The new canal is dug. Should you be frightened?",
    "A: I should be told, which in our valley is the same thing.",
    "Q: There is no treaty at all?",
    "A: There is one from 1911. I keep it over my desk, where it catches the dust.",
    "Q: Did anybody laugh?",
    "A: I did.",
)
FRENCH = (
    "« Un fleuve ne demande pas de passeport »",
    "Jeanne Arvel, mardi 4 mai 2021",
    "Tomas Verrin a partagé pendant trente ans les eaux de l’Orle, pour un royaume puis pour "
    "trois. Il a reçu La Revue du Plateau à Brask.",
    "Q : Le canal est creusé. Faut-il vous inquiéter ?",
    "R : Il faut me prévenir, ce qui revient au même dans notre vallée.",
    "Q : Il n’y a donc aucun traité ?",
    "R : Il y en a un de 1911. Je le garde au-dessus de mon bureau.",
    "Q : Quelqu’un a-t-il ri ?",
    "R : Moi.",
)
WORKS = (
    "Marta Quill covers the Lake Country for the Lowland Review.",
    "Jeanne Arvel est journaliste à La Revue du Plateau.",
)


def test_who_wrote_a_text_and_reports_for_the_paper_asks() -> None:
    for text, works, asks in zip(
        (ENGLISH, FRENCH), WORKS, ("Marta Quill", "Jeanne Arvel"), strict=True
    ):
        read = parse_text("\n\n".join((*text, works)))
        assert names(read) == [asks, "Tomas Verrin"]


def test_where_nothing_says_where_the_author_works_the_paper_asks() -> None:
    read = parse_text("\n\n".join((*ENGLISH, "Marta Quill is forty and likes boats.")))
    assert names(read) == ["Lowland Review", "Tomas Verrin"]


def test_for_whom_a_picture_was_taken_does_not_ask() -> None:
    text = (
        "# The Envoy Who Said No\n\n*Adaeze Holm resigned in March and has not explained herself "
        "until now.*\n\nPhotograph: Joan Sorrel for The Round Table\n\n"
        "**You resigned on a good day. Why?**\n\nBecause I had read the annex.\n\n"
        "**Some of your colleagues felt left.**\n\nThey told me so, and I understand it.\n\n"
        "**Would you go back?**\n\nIf I find the old map.\n"
    )
    read = parse_text(text)
    assert read.passages[2].role == "note"
    assert names(read) == ["Adaeze Holm"]


def test_whose_side_has_the_word_is_no_name() -> None:
    text = (
        "Joint Press Availability\n\nMR. PELL: The first question goes to Dana Wick of the Wire."
        "\n\nQUESTION: Thank you. Madam Secretary, will you sign?\n\nSECRETARY HOLT: I will.\n\n"
        "MR. PELL: On the San Marco side, please. The gentleman in the second row.\n\n"
        "QUESTION: Minister, what do the fishermen say?\n\nMINISTER TAVARO: I have heard them."
        "\n\nMR. PELL: Thank you very much, everyone.\n"
    )
    asked = [name for role, name in turns(parse_text(text)) if role == "question"]
    assert asked == ["Dana Wick", ""]


def test_initials_below_a_text_do_not_cut_a_name() -> None:
    text = (
        "Conversation avec une plume\n\nSolange d’Ormeray a écrit les discours de trois ministres. "
        "Benoît Oriol l’a rencontrée pour la revue « Antichambre ».\n\n"
        "BO : Comment devient-on la voix d’un autre ?\n\nSdO : Par erreur, je crois.\n\n"
        "BO : Et votre premier discours ?\n\nSdO : J’y avais mis Xénophon.\n\n"
        "B. Oriol, « Antichambre », n° 27, hiver 2023-2024, p. 14-17.\n"
    )
    read = parse_text(text)
    assert names(read) == ["Benoît Oriol", "Solange d’Ormeray"]
    assert read.passages[-1].role == "note"


def test_a_name_over_the_day_asks_and_a_former_employer_does_not() -> None:
    text = (
        "Judith Arden: “I still dream in ration cards”\n\nRosa Tindle\nSat 6 Nov 2021 09.00 GMT\n\n"
        "Born in Lorne, Judith Arden reported from 31 countries for the Northern Courier. She "
        "lives by the sea with a parrot.\n\nWhat is your earliest memory?\n\n"
        "My grandmother closing the shutters. She said he had already seen enough of us.\n\n"
        "How did you get there?\n\nOn a plane full of dried fish. I told the pilot I was a nurse."
        "\n\nWould you do it again?\n\nI would, with better shoes.\n"
    )
    assert names(parse_text(text)) == ["Rosa Tindle", "Judith Arden"]


def test_one_of_the_audience_who_says_a_name_and_a_paper_asks_by_it() -> None:
    text = (
        "Chair: Let me take one from the room.\n\n"
        "Audience member: Hi, thanks. Oliver Stent, Commodity Weekly. Will the ferry go?\n\n"
        "Tom Arden: It will, on a small scale.\n\nChair: And who pays?\n\nTom Arden: I do not "
        "know.\n\nAudience member: Merci. Jeanne Arvel, La Revue du Plateau. Who signs?\n\n"
        "Tom Arden: I sign.\n"
    )
    asked = [name for role, name in turns(parse_text(text)) if role == "question"]
    assert asked[0] == "Oliver Stent"
    assert asked[-1] == "Jeanne Arvel"


def test_a_word_that_counts_before_a_name_is_no_part_of_it() -> None:
    for first in ("D'abord", "Ensuite"):
        text = (
            "LE PRÉSIDENT\nMerci d'être venus.\n\nMODÉRATRICE\n"
            f"Deux questions. {first} Bernard Kiefer, de la Gazette rhénane.\n\nJOURNALISTE\n"
            "Monsieur le Président, le train a été supprimé. Pourquoi revient-il ?\n\n"
            "LE PRÉSIDENT\nParce que nous le comptons.\n\nMODÉRATRICE\nUne autre question.\n\n"
            "JOURNALISTE\nEt le vin, l'avez-vous ?\n\nLE PRÉSIDENT\nJe l'ai.\n"
        )
        asked = [name for role, name in turns(parse_text(text)) if role == "question"]
        assert asked[0] == "Bernard Kiefer"
