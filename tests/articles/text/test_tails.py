"""What a page prints around the words of a text: buttons, addresses, how it was made."""

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
TITLE = "Le bac de Lorne reprend la mer"

TAILS = (
    "Show more updates…",
    "Load more comments",
    "View comments (12)",
    "Afficher plus de commentaires",
    "Commenter (4)   Offrir cet article",
    "Save   Print   Share",
    "Réagissez (8)",
    "Lire les réactions (3)",
    "Les lettres peuvent être abrégées.",
    "Letters may be edited for length.",
    "La rédaction se réserve le droit de ne pas publier tous les courriers.",
    "Envoyez vos lettres à la rédaction.",
    "Maps and text by the Lorne Gazette data team",
    "12 comments",
    "Facebook   Twitter   Email",
    "Follow @lornegazette on Twitter",
    "Il vous reste 70 % de cet article à lire.",
    "Lire les 12 commentaires",
    "Most read",
    "Nos articles les plus lus",
    "More from Lorne and the strait",
    "Photographs by Harold Penn",
    "Cartographie : Rémi Valcourt",
    "An earlier version of this article misspelled Lorne.",
    "Les propos ont été relus et amendés.",
    "Pour la partie valcourtoise : Irina Savel",
    "PRN: 2012/L18-03",
    "– FIN –",
    "La liste complète des signataires est en ligne.",
    "The full list of signatories is kept in Lorne.",
    "Débat jeudi à 18 h 30, salle des Douanes. Entrée libre.",
    "Talk on Thursday at 7 pm, Customs Hall, Lorne. Free entry.",
    "Suggest a boat | About the desk | Corrections",
    "A. Savel, « Détroits », n° 12, hiver 2020-2021, p. 3-9.",
    "Photographs: Harold Penn for The Strait",
    "The conversation has been edited for clarity.",
    "L'entretien a été relu et condensé.",
    "-END-",
    "# # #",
    "###",
)


@every(TAILS)
def test_what_a_page_prints_below_a_text_is_a_note(line: str) -> None:
    for above, seen in (((TITLE, STORY, STORY, STORY), "hppp"), (TALK, "qaqa")):
        text = "\n\n".join((*above, line))
        read = parse_text(text)
        assert initials(read) == f"{seen}n"
        assert words_of(text, read.passages[-1]).rstrip("…") == line.rstrip("…")


LAST = (
    "Les propos ont été jugés déplacés à Morlan.",
    "More than forty boats stayed in the harbour.",
    "La suite dépendra du vent et des douaniers.",
)


@every(LAST)
def test_a_last_sentence_that_opens_as_such_a_line_is_a_paragraph(line: str) -> None:
    assert initials(parse_text("\n\n".join((TITLE, STORY, STORY, STORY, line)))) == "hpppp"


WORDS = ("Voir plus loin", "See more clearly", "Partager", "Print", "Commenter", "Share")


@every(WORDS)
def test_a_word_that_is_also_a_button_heads_a_paragraph(line: str) -> None:
    read = parse_text(f"{TITLE}\n\n{STORY}\n\n{line}\n\n{STORY}\n\n{STORY}\n")
    assert initials(read) == "hphpp"


def test_a_rule_of_hashes_amid_a_text_is_no_passage() -> None:
    assert initials(parse_text(f"{TITLE}\n\n{STORY}\n\n###\n\n{STORY}\n\n{STORY}\n")) == "hppp"


NOTES = (
    ("Notes to editors", "1. Lorne has one ferry. 2. Its bell may be photographed."),
    ("Note aux rédactions", "1. Lorne n'a qu'un bac.\n2. Sa cloche peut être photographiée."),
    ("Notes", "1. The ferry is older than its bell.\n\n2. Nobody has counted the fish."),
)


@every(NOTES)
def test_numbered_notes_below_a_line_that_heads_them_are_notes(lines: tuple[str, str]) -> None:
    above = (TITLE, STORY, "Le budget", f"{STORY} L'État a promis 4 millions d'euros.")
    read = parse_text("\n\n".join((*above, *lines, "Media contact: Irina Savel, +64 000 000")))
    told = initials(read)
    assert told[:4] == "hphp"
    assert set(told[4:]) == {"n"}


AUTHORS = (
    "Irina Savel a servi à Morlan et à Valcourt. Dernier ouvrage paru : « Le bac » (Digue, 2022).",
    "Irina Savel has served in Morlan. Her book on the ferry came out last year.",
)


@every(AUTHORS)
def test_where_the_author_served_is_a_note_below_an_article(line: str) -> None:
    by = "Par Irina Savel, ancienne secrétaire du détroit"
    assert initials(parse_text("\n\n".join((TITLE, by, STORY, STORY, line)))) == "hnppn"


UNDER = (
    "Revue du Détroit, n° 12, hiver 2020-2021",
    "The Strait Quarterly, No. 7, Spring 2021",
    "Listen on your favourite app. Transcript lightly edited.",
    "Sous-titres générés automatiquement",
    "Automatic captions by machine",
)


@every(UNDER)
def test_where_a_talk_appeared_and_how_it_was_made_is_a_note(line: str) -> None:
    read = parse_text("\n\n".join(("Le métier de passeur, vu de Lorne", line, *TALK)))
    assert initials(read) == "hnqaqa"


def test_a_machine_s_note_on_the_line_below_a_long_title_is_no_part_of_it() -> None:
    title = "Le Soir du Détroit, Canal Lorne : Rémi Valcourt reçoit l'amirale Aline Roy"
    said = "\n".join(TALK)
    read = parse_text(f"{title}\nsous-titres générés automatiquement\n{said}\n")
    assert (initials(read)[:2], read.title) == ("hn", title)


def test_an_error_that_a_heading_names_is_no_link() -> None:
    for line in ("Une erreur de carte", "Une coquille vide"):
        assert initials(parse_text(f"{TITLE}\n\n{STORY}\n\n{line}\n\n{STORY}\n")) == "hphp"
    told = "Une erreur dans cet article ? Écrivez-nous"
    assert initials(parse_text(f"{TITLE}\n\n{STORY}\n\n{STORY}\n\n{told}")) == "hppn"


def test_a_picture_s_author_and_agency_in_capitals_make_a_caption() -> None:
    line = "Le bac au large de Lorne, en mars. R. VALCOURT / AGENCE MARÉE"
    assert initials(parse_text("\n\n".join((TITLE, STORY, line, *TALK)))) == "hpnqaqa"
    assert initials(parse_text("\n\n".join((TITLE, STORY, line, STORY)))) == "hpnp"


LAST = (
    "Our Standards: The Lorne Principles of Accuracy.",
    "Nos principes : la charte du Rivage.",
    "Captions by the Lorne Public Access Project",
    "Fait à Lorne, le 7 mai 2010",
    "Done at Lorne, 7 May 2010",
)


@every(LAST)
def test_what_a_house_prints_last_is_a_note(line: str) -> None:
    assert initials(parse_text(f"{TITLE}\n\n{STORY}\n\n{STORY}\n\n{line}\n")) == "hppn"


CHATS = ("Le tchat est terminé. Merci à tous de vos questions.", "The chat is now over. Thank you.")


@every(CHATS)
def test_the_end_of_a_chat_is_a_note(line: str) -> None:
    said = [one.replace("Le Rivage", f"Lecteur {n}") for n, one in enumerate(TALK)]
    assert initials(parse_text("\n\n".join((TITLE, *said, line))))[-1] == "n"


SIGNED = (
    ("Les signataires :", "et soixante-douze autres signataires dont la liste est en ligne"),
    ("Signatories:", "and seventy-two other signatories, whose names are online"),
)


@every(SIGNED, name=lambda case: case[0])
def test_who_signs_a_letter_line_by_line_is_noted(case: tuple[str, str]) -> None:
    head, tail = case
    lines = (
        head,
        "Colonel (2S) Aline Roy, ancien chef du détachement de Morlan",
        "Paul Derrien, ancien conseiller culturel à Lorne",
        "Dr Tom Arden, médecin-chef (e.r.)",
        tail,
    )
    read = parse_text(f"{TITLE}\n\n{STORY}\n\n{STORY}\n\n" + "\n".join(lines))
    assert initials(read) == "hppnnnnn"


CREDITED = ("Crédit photo : Conseil du détroit / Pool", "Photo credit: Strait Council / Pool")


@every(CREDITED)
def test_whose_a_picture_is_may_stand_amid_a_text(line: str) -> None:
    assert initials(parse_text(f"{TITLE}\n\n{STORY}\n\n{line}\n\n{STORY}\n")) == "hpnp"
