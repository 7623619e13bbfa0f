"""Lines over a title: section, kind of text, trail, paper and day. The title stays the heading."""

from __future__ import annotations

from articles.text.parse import parse_text, words_of
from tests.articles.text.readings import initials, turns
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
TITLE = "Détroit de Lorne : Morlan et Valcourt cherchent une « voix commune »"

OVER = (
    "TRIBUNE",
    "OPINION",
    "Portrait",
    "LIVRES",
    "Book review",
    "Présidence de la République – Service de presse",
    "THE LORNE EXAMINER, SATURDAY, JUNE 26, 1948.",
    "LES VÉRIFICATEURS",
    "COMMUNIQUÉ DE PRESSE",
    "PRESS RELEASE",
    "LIVE",
    "En direct",
    "Fact check",
    "News analysis",
    "International",
    "MIDDLE EAST",
    "Analyse – Diplomatie",
    "Opinion | Europe",
    "Monde • Europe du Nord",
    "COMMUNIQUE DE PRESSE",
    "Press release 21/45",
    "Débats et idées",
    "Le fait du jour",
    "POLITIQUE INTERNATIONALE",
    "International – Détroits",
    "THE LORNE TIMES",
    "Mars 2021",
    "Skip to content",
    "Home / Analysis / Straits",
    "Gazette de Lorne > Idées",
    "Accueil › Monde › Détroits",
    "THE PRESS ROOM • SPEECHES AND REMARKS",
    "MARDI 3 MARS 1921 — QUINZE CENTIMES",
    "Le 3 mars 2021, par la rédaction",
    "LE COURRIER DE LORNE - Samedi 6 et dimanche 7 mars 2021",
    "Sign in    World    Politics    Subscribe",
    "THE LORNE GAZETTE\n\nSunday, March 7, 2021",
    "PRESS RELEASE\n\nMorlan, 7 March 2021",
    "Connexion   Menu   S'abonner\n\nAccueil › Monde",
)


@every(OVER)
def test_what_stands_over_the_title_is_a_note(line: str) -> None:
    paper = line.startswith(
        ("LE COURRIER", "THE LORNE EXAMINER")
    )  # a question under a paper's head may open a talk
    asking = TITLE if paper else "Que reste-t-il du traité de Lorne ?"
    for title in (TITLE, asking, f"# {TITLE}"):
        read = parse_text(f"{line}\n\n{title}\n\n{STORY}\n\n{STORY}\n")
        notes = "n" * (line.count("\n\n") + 1)
        assert (initials(read), read.title) == (f"{notes}hpp", title.lstrip("# "))


OVER_TALKS = (
    "Épisode 7 — Transcription",
    "Saison 2, épisode 4",
    "Ministère royal des Affaires du détroit – Service de presse",
    "Gazette de Lorne > Débats",
    "OPINION",
)


@every(OVER_TALKS)
def test_what_stands_over_the_title_of_a_talk_is_a_note(line: str) -> None:
    title = "Trois ans à la table du détroit : une négociatrice se souvient"
    read = parse_text("\n\n".join((line, title, *TALK)))
    assert (initials(read), read.title) == ("nhqaqa", title)


ALONE = (
    "OPINION",
    "International",
    "COMMUNIQUÉ DE PRESSE",
    "Mardi 3 mars 1921",
    "Home / Analysis / Straits",
    "Le 3 mars 2021, par la rédaction",
)


@every(ALONE)
def test_the_only_heading_of_a_text_stays_one(line: str) -> None:
    assert initials(parse_text(f"{line}\n\n{STORY}\n\n{STORY}\n")) == "hpp"


def test_a_kind_over_a_sub_heading_alone_is_the_title() -> None:
    """What is no longer than a word or two under a section is the first of its items."""
    items = "\n\n".join(f"{name}\n\n{STORY}" for name in ("Le port de Lorne", "Le bac de Morlan"))
    assert initials(parse_text(f"Europe\n\n{items}\n")) == "hhphp"


NO_PAPERS = ("Chronique d'une paix annoncée", "Le journal d'une passeuse", "Revue de presse")


@every(NO_PAPERS)
def test_a_title_that_has_a_paper_s_word_stays_the_heading(line: str) -> None:
    assert parse_text(f"{line}\n\n{TITLE}\n\n{STORY}\n\n{STORY}\n").title == line


def test_a_title_with_a_colon_under_another_line_is_a_heading() -> None:
    title = "Détroit de Lorne : ce que change le nouveau passage"
    read = parse_text(f"Retour de Morlan\n\n{title}\n\n{STORY}\n\n{STORY}\n")
    assert initials(read) == "hhpp"


def test_a_title_that_is_also_a_name_and_an_office_is_no_bill_of_the_talk() -> None:
    title = "Paul Astier, consul au port de Lorne"
    told = "Trois ministres ont voulu le muter. Il nous reçoit dans sa quincaillerie de Lorne."
    read = parse_text("\n\n".join(("TRIBUNE", title, told, *TALK)))
    assert (initials(read), read.title) == ("nhpqaqa", title)


TALKS = ("ENTRETIEN", "INTERVIEW", "TABLE RONDE", "LE GRAND ENTRETIEN", "L'INVITÉE DU SAMEDI")


@every(TALKS)
def test_the_label_of_a_talk_stays_a_heading(line: str) -> None:
    read = parse_text("\n\n".join((line, "« Nous signerons un texte court »", *TALK)))
    assert initials(read) == "hhqaqa"


def test_a_name_in_capitals_that_speaks_is_no_line_over_a_title() -> None:
    said = [line.replace("Le Rivage", "TRIBUNE") for line in TALK]
    assert [role for role, _ in turns(parse_text("\n\n".join(said)))] == ["question", "answer"] * 2


def test_the_programme_over_names_alone_on_their_lines_stays_the_heading() -> None:
    lines = [said.replace(" : ", "\n").replace("Le Rivage", "RÉMI VALCOURT") for said in TALK]
    for head in (
        "RADIO LORNE – LE GRAND MATIN\nMardi 9 mars 2021",
        "RADIO LORNE\nMardi 9 mars 2021",
    ):
        read = parse_text("\n\n".join((head, *lines)).replace("Aline Roy", "ALINE ROY"))
        assert initials(read)[:2] == "hn"


def test_days_that_head_the_entries_of_a_diary_stay_headings() -> None:
    days = ("Lundi 3 mai 2021", "Mardi 4 mai 2021", "Mercredi 5 mai 2021")
    read = parse_text(
        "\n\n".join(f"{day}\n\nLe port de Lorne sous la pluie\n\n{STORY}" for day in days)
    )
    assert words_of(f"{days[0]}", read.passages[0]) == days[0]
    assert read.passages[0].role == "heading"


def test_a_name_under_a_kind_and_over_a_title_is_a_byline() -> None:
    read = parse_text(f"OPINION\n\nOdile Marchetti\n\n{TITLE}\n\n{STORY}\n\n{STORY}\n")
    assert (initials(read), read.title) == ("nnhpp", TITLE)


def test_a_title_of_names_under_a_kind_stays_the_heading() -> None:
    read = parse_text(
        f"COMMUNIQUÉ DE PRESSE\n\nAttentat de Morlan-le-Vieux\n\n{STORY}\n\n{STORY}\n"
    )
    assert (initials(read), read.title) == ("nhpp", "Attentat de Morlan-le-Vieux")


def test_a_heading_under_many_lines_is_the_title() -> None:
    head = (
        "THE WHITE HOUSE\n\nOffice of the Press Secretary\n\nFor Immediate Release\n\nMarch 7, 2021"
    )
    title = "Remarks by President Harold Penn After the Talks on the Strait"
    talk = ("Q    Will you sign?", "THE PRESIDENT:  I think we will. It is a short text.")
    read = parse_text("\n\n".join((head, title, *talk, *talk)))
    assert read.title == title


HEARD = (
    "Audition de Mme Aline Roy, ambassadrice chargée des détroits",
    "Audition de M. Paul Astier, ambassadeur au Haut-Lorne",
)


@every(HEARD)
def test_who_is_heard_heads_a_hearing(title: str) -> None:
    read = parse_text("\n\n".join(("COMMISSION DES DÉTROITS", title, *TALK)))
    assert initials(read) == "hhqaqa"


def test_whom_a_programme_receives_is_the_title_under_its_day() -> None:
    head = "Radio Lorne, « Le Grand Matin », mardi 9 mars 2021, 8 h 20"
    title = "Aline Roy, invitée du Grand Matin"
    read = parse_text("\n\n".join((head, title, *TALK)))
    assert (initials(read), read.title) == ("nhqaqa", title)


def test_cookies_and_a_trail_stand_over_a_title_that_names_who_answers() -> None:
    head = "Nous et nos 98 partenaires utilisons des traceurs. Tout accepter\n\nAccueil / Détroits"
    title = "Aline Roy : « Le détroit n'a jamais dormi »"
    talk = [line.replace(" : ", " — ", 1) for line in TALK]
    told = "Elle mena pour Morlan les dernières semaines de discussion, et publie ses souvenirs."
    read = parse_text("\n\n".join((head, title, told, *talk)))
    assert (initials(read), read.title) == ("nnhpqaqa", title)


def test_who_follows_the_news_is_a_note_under_the_title() -> None:
    for line in ("Follow along with Harold Penn in Lorne", "Live updates by Harold Penn"):
        assert initials(parse_text(f"{TITLE}\n\n{line}\n\n{STORY}\n\n{STORY}\n")) == "hnpp"


LONG = "Lorne et Morlan s'entendent sur le bac du détroit"
PLAIN = (
    "LORNE-SUR-MER",
    "COMPTES RENDUS",
    "URGENT-Lorne-Morlan-diplomatie-détroit, LEAD",
    "COMMUNAUTÉ DES ÉTATS DU DÉTROIT\nSecrétariat exécutif",
    "LEAGUE OF THE STRAIT\nExecutive Secretariat",
    "FOR IMMEDIATE RELEASE\nMarch 7, 2021",
)


@every(PLAIN)
def test_a_town_a_slug_or_a_house_over_a_title_is_a_note(line: str) -> None:
    read = parse_text(f"{line}\n\n{LONG}\n\n{STORY}\n\n{STORY}\n")
    assert (initials(read), read.title) == ("n" * (line.count("\n") + 1) + "hpp", LONG)


def test_a_word_in_capitals_over_another_line_in_capitals_stays_a_heading() -> None:
    read = parse_text(f"LORNE\n\nLE BAC DU DÉTROIT NE PARTIRA PLUS\n\n{STORY}\n\n{STORY}\n")
    assert initials(read) == "hhpp"


UNDER = (
    "Par Odile Marchetti, publié le 3 mars 2021 à 6 h 30, mis à jour à 11 h 12. Lecture : 4 min.",
    "Par Odile Marchetti (avec agences)\nLe 3 mars 2021 à 08:45",
    "By Odile Marchetti\nMarch 3, 2021",
)


@every(UNDER)
def test_author_and_day_under_the_first_paragraph_are_notes(lines: str) -> None:
    told = f"{LONG}\n\n{STORY}\n\n{lines}\n\n{STORY}\n\n{STORY}\n"
    assert initials(parse_text(told)) == "hp" + "n" * (lines.count("\n") + 1) + "pp"


BELOW = (
    "This live blog is now closed. You can read our latest report here",
    "Ce direct est désormais terminé. Vous pouvez lire notre récit ici",
    "Anna Pell (now) and Tom Arden (earlier)",
    "The text of the following statement was released by the Governments of Lorne and Morlan.",
    "Aline Roy, Le Bac. Une histoire du détroit, Lorne, Presses du Quai, 2017, 412 p., 26 €.",
    "Anna Roy, The Ferry: A History of the Strait, Lorne, Quay Press, 2017, 412 pp., £20.",
    "Rapporteur: Anna Pell",
)


@every(BELOW)
def test_what_is_told_of_a_text_under_its_title_is_a_note(line: str) -> None:
    assert initials(parse_text(f"{LONG}\n\n{line}\n\n{STORY}\n\n{STORY}\n")) == "hnpp"


OVER_A_TALK = (
    "REGARDS CROISÉS",
    "TRANSCRIPT:",
    "Entretien croisé réalisé par la rédaction du Rivage.",
    "Radio Lorne, 3 mars 2021. Avec Aline Roy (Parti du Bac). Présentation : Paul Derrien.",
    "Speakers: Aline Roy, Senior Fellow, Lorne Institute; Tom Arden, former pilot, Joint Desk of "
    "the Strait. Chair: Paul Derrien.",
    "This is an unedited transcript. Please check against the recording.",
)


@every(OVER_A_TALK)
def test_what_is_told_of_a_talk_under_its_title_is_a_note(line: str) -> None:
    assert initials(parse_text("\n\n".join((LONG, line, *TALK)))) == "hnqaqa"


WITNESSES = (
    ("Witnesses", "I: Dr Anna Pell, Reader in Law, University of Lorne; Tom Arden, former Clerk."),
    ("Personnes entendues", "Mme Anna Pell, directrice du port ; M. Tom Arden, pilote."),
)


@every(WITNESSES, name=lambda case: case[0])
def test_who_is_heard_is_listed_in_a_note(case: tuple[str, str]) -> None:
    read = parse_text("\n\n".join((LONG, *case, *TALK)))
    assert initials(read) == "hhnqaqa"


def test_a_numbered_item_that_names_its_days_stays_a_heading() -> None:
    text = (
        "Point de presse de la porte-parole, Mme Aline Roy\nJeudi 4 mars 2021, 12 h 30\n\n"
        "1. Déplacement du ministre à Morlan (20-22 mars)\n\n"
        "Bonjour à tous. Le ministre se rendra à Morlan du 20 au 22 mars, avec les armateurs.\n\n"
        "2. Réunion des pilotes\n\nLes pilotes se retrouvent demain. Je suis à vous.\n\n"
        "Q - Les deux parties seront-elles là ?\n\nR - Elles ne sont pas invitées.\n\n"
        "Q - Et la presse ?\n\nR - Vous y êtes.\n"
    )
    assert initials(parse_text(text))[2] == "h"
