"""Sub-headings told from paragraphs: themes, readers' letters, boxes, capitals amid a talk."""

from __future__ import annotations

from articles.text.parse import parse_text, words_of
from tests.articles.text.readings import initials
from tests.every import every

TITLE = "Le bac de Lorne reprend la mer"
STORY = (
    "La commission du détroit s'est réunie hier au palais pour examiner le projet de traité. "
    "Les délégations se sont séparées sans accord."
)

THEMES = (
    "Sur le port : « Nous n'avons rien promis »",
    "À propos des quotas : « Il faudra compter les poissons deux fois »",
    "On the ferry: “We promised nothing”",
    'About the strait: "We will count the fish twice"',
)


@every(THEMES)
def test_a_theme_and_what_was_said_of_it_head_a_paragraph(line: str) -> None:
    told = f"{TITLE}\n\n{STORY}\n\n{line}\n\n{STORY} {STORY}\n\n{STORY}\n"
    assert initials(parse_text(told)) == "hphpp"


REACTIONS = (
    "Le maire de Lorne : « Nous n'avons rien promis »",
    "Collectif du Détroit : « Une trahison »",
    "Sur le port : « Nous n'avons rien promis. »",
)


@every(REACTIONS)
def test_what_somebody_said_in_a_list_of_reactions_is_a_paragraph(line: str) -> None:
    told = f"{TITLE}\n\n{STORY}\n\n{line}\n\n{STORY} {STORY}\n\n{STORY}\n"
    assert initials(parse_text(told)) == "hpppp"


def test_themes_one_below_the_other_are_paragraphs() -> None:
    told = "\n\n".join((TITLE, STORY, *THEMES[:2], STORY))
    assert initials(parse_text(told)) == "hpphp"


def test_a_quotation_heads_a_paragraph_over_a_note() -> None:
    told = "\n\n".join(
        ("LE DÉTROIT", "M. Valcourt « las de négocier »", "(De notre envoyé)", STORY)
    )
    assert initials(parse_text(f"{told}\n\n{STORY}"))[:3] == "hhn"


def test_a_line_over_a_paragraph_that_ends_in_a_quotation_is_a_heading() -> None:
    said = 'The harbour master told us that the boat had left. "He and I agreed," he said, "on it."'
    entries = ('9.10 "That was all of it"', said, "8.30", said, "7.45 The bell rings", said)
    marks = ("- The boat has left", "- The pier is closed", "- The bell still rings")
    told = "\n\n".join(("The last boat leaves Lorne", "Key points", *marks, *entries))
    words = [words_of(told, p) for p in parse_text(told).passages if p.role == "heading"]
    assert entries[0] in words


LETTERS = ("Courrier des lecteurs", "LETTERS TO THE EDITOR", "Vos lettres")


@every(LETTERS)
def test_readers_letters_have_headings_that_ask_and_names_that_sign(title: str) -> None:
    letter = (
        "Votre article sur le bac m'a plu, mais pourquoi taire le passeur ? J'étais l'un d'eux. "
        "Qui paie la cloche ? Nous étions trois, et l'on nous a oubliés sur votre photographie."
    )
    told = "\n\n".join(
        (
            title,
            "Et les passeurs ?",
            letter,
            "Irina Savel, Morlan",
            "La cloche du port",
            letter,
            "Harold Penn, Le Havre-Neuf",
            "À qui le quai ?",
            letter,
            "Paul Astier, Lorne",
            letter,
            "Rev. J. Harrow\nUpper Lorne",
        )
    )
    read = parse_text(told)
    assert initials(read)[3::3] == "nnnn"
    assert set(initials(read)[11:]) == {"n"}
    heads = [words_of(told, p) for p in read.passages if p.role == "heading"]
    assert heads == [title, "Et les passeurs ?", "La cloche du port", "À qui le quai ?"]


BOXES = ("EN TROIS DATES", "Irina Savel en trois dates", "Repères")


@every(BOXES)
def test_years_line_below_line_under_a_head_are_a_box(head: str) -> None:
    dates = ("1953 Naissance à Morlan", "1979 Passeuse à Lorne", "2004 Traité du détroit")
    glued = parse_text("\n\n".join((TITLE, STORY, STORY, "\n".join((head, *dates)))))
    assert set(initials(glued)[3:]) == {"n"}
    assert {p.evidence.code for p in glued.passages[3:] if p.evidence} == {"biography"}
    apart = parse_text("\n\n".join((TITLE, STORY, STORY, head, *dates, STORY)))
    assert "n" not in initials(apart)


def test_a_life_told_by_years_below_its_head_is_a_box() -> None:
    for head, born in (
        ("En dates", "1953 Naissance à Morlan"),
        ("Key dates", "1953: born in Lorne"),
    ):
        lines = "\n".join((born, "1979: passeuse à Lorne", "2004: traité du détroit"))
        read = parse_text("\n\n".join((TITLE, *[STORY] * 9, head, lines)))
        assert initials(read) == "hppppppppphnnn"
    treaty = "\n".join(("1985: convention", "1990: London amendment", "2016: Lorne amendment"))
    assert "n" not in initials(parse_text("\n\n".join((TITLE, STORY, "Key dates", treaty))))


def test_a_heading_over_a_line_that_opens_a_list_is_one() -> None:
    listed = ("The office will:", "• count the boats;", "• ring the bell;", "• paint the pier.")
    lines = ("Who pays", STORY, "Morlan, 3 March 2021", "Notes to editors", "Contact: Irina Savel")
    told = "\n\n".join((TITLE, STORY, "What the office will do", *listed, STORY, *lines))
    assert initials(parse_text(told))[:4] == "hphp"


def test_lines_in_capitals_go_on_with_the_headlines_of_a_column() -> None:
    column = (
        "LORNE CUT OFF\nBY SNOW",
        '"HOW MUCH FLOUR HAVE\nWE?" MAYOR ASKS',
        "From Our Own Correspondent",
        "LORNE, Friday.—The last ferry from the\nWest came in at six. It carried coal and a\n"
        "circus lion. There has been none since.",
        "The harbour master walked along the pier\nwith a lantern. He could find no ice there,\n"
        "and said so to the mayor.",
    )
    assert initials(parse_text("\n\n".join(column))) == "hhhhnpp"


def test_who_is_heard_by_a_committee_titles_its_record() -> None:
    told = (
        "Commission du détroit\n\nAudition de M. Rémi Valcourt, envoyé spécial pour les bacs\n\n"
        "M. Paul Astier, président.- Monsieur l'envoyé, vous avez la parole.\n\n"
        "M. Rémi Valcourt.- Merci. Je serai bref.\n\nMme Irina Savel.- Qui paie la cloche ?\n\n"
        "M. Rémi Valcourt.- Je la paie.\n\nMme Irina Savel.- Et le quai ?\n\n"
        "M. Rémi Valcourt.- Je ne sais pas.\n"
    )
    assert initials(parse_text(told))[:2] == "hh"


def test_a_day_below_a_title_and_what_sums_the_text_up_is_a_note() -> None:
    told = f"{TITLE}\n\n{STORY}\n\nLe 3 mars 2021, par la rédaction\n\n{STORY}\n\n{STORY}\n"
    assert initials(parse_text(told)) == "hpnpp"
    days = f"{told}\n\nLe 4 mars 2021\n\n{STORY}\n"
    assert initials(parse_text(days)) == "hphpphp"


def test_capitals_over_a_turn_that_bears_a_sign_are_a_heading() -> None:
    talk = (
        "► Vous avez quitté Lorne ?\nOui, un matin de mars. Je n'y suis pas retournée depuis.",
        "LE BAC, « UNE AFFAIRE DE CLOCHE »",
        "► Qui sonnait la cloche ?\nMoi, et j'avais douze ans. Mon père tenait la barre.",
        "► Y retournerez-vous ?\nJe ne crois pas. On m'y prendrait pour une touriste.",
    )
    read = parse_text("\n\n".join((TITLE, *talk)))
    assert initials(read) == "hqahqaqa"


AMID = (
    "- Manifestations prévues dimanche -",
    "- A vote on Sunday -",
    "– Cent cinquante voix –",
    "Réunification : « une question pour les poètes »",
    "Reunification: “a matter for poets”",
)


@every(AMID)
def test_a_line_between_dashes_or_a_theme_with_a_quotation_heads_a_paragraph(line: str) -> None:
    told = f"{TITLE}\n\n{STORY}\n\n{line}\n\n{STORY} {STORY}\n\n{STORY}\n"
    assert initials(parse_text(told)) == "hphpp"


def test_a_verdict_heads_what_a_fact_check_ends_with() -> None:
    told = "Un homme filmé dans une voiture brandit un papier devant la caméra du port. Il ment."
    for verdict in ("Notre verdict : FAUX", "Our verdict: FALSE"):
        heads = ("Ce que dit la vidéo", "Ce que nous savons", "Ce que dit le port")
        body = "\n\n".join(f"{head}\n\n{told}" for head in heads)
        text = f"{TITLE}\n\nPar Aline Roy\n\n{body}\n\n{verdict}\n\nÉcrivez à verif@rive.example\n"
        assert initials(parse_text(text)) == "hn" + "hp" * 3 + "hn"


def test_hours_with_their_zone_are_notes_over_the_heads_of_a_live_report() -> None:
    said = "“We are not leaving anybody behind, and we never did.”"
    text = (
        "Strait evacuation: last ferry leaves – as it happened\n\n"
        f"22.31 BST\n\nSummary\n\n{STORY}\n\n"
        "20.05 BST\n\nForeign secretary: ‘We are not leaving anybody behind’\n\n"
        f"Asked who would be allowed to board, he said:\n\n{said}\n\n"
        f"17.48 BST\n\nOpposition calls for inquiry\n\n{STORY}\n\n15.12 BST\n\n{STORY}\n"
    )
    assert initials(parse_text(text)) == "hnhpnhppnhpnp"
