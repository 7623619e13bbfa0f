"""Lines wholly in quotation marks, and notes at the edges of a text."""

from __future__ import annotations

from articles.text.parse import parse_text, words_of
from tests.articles.text.readings import initials
from tests.every import every

TITLE = "Le bac de Lorne reprend la mer"
STORY = (
    "La commission du détroit s'est réunie hier au palais pour examiner le projet de traité. "
    "Les délégations se sont séparées sans accord."
)

DOTTED = (
    "► Vous partez sans regret ?",
    "J'ai eu trois regrets, que j'ai laissés au port. Un phare se regarde comme une promesse, "
    "et je n'aime pas les promesses.",
    "« Un phare se regarde comme une promesse »",
    "► Qu'emportez-vous ?",
    "Une lampe. J'ai appris à compter les vagues.",
    "« J'ai appris à compter les vagues »",
    "► Et combien y en a-t-il ?",
    "Je n'ai pas fini, je le crains.",
)


def test_quotations_between_dotted_questions_are_no_turns() -> None:
    title = "« Je n'aime pas les promesses »"
    read = parse_text("\n\n".join(("Monde | Détroits", title, *DOTTED)))
    assert initials(read) == "nhqanqanqa"


def test_a_short_quotation_below_a_question_answers_it() -> None:
    told = (
        "Chez le gardien du phare",
        "Paul Derrien a gardé le phare de Lorne vingt ans. Il reçoit avec du thé.",
        "— Monsieur Derrien, à quoi sert un phare ?",
        "À attendre. Je n'avais rien d'autre à faire.",
        "La lettre au ministre",
        "— On dit que vous écriviez peu.",
        "J'écrivais le dimanche, quand il pleuvait.",
        "— Et que disiez-vous ?",
        "« La lampe est allumée. »",
        "— Avez-vous eu peur ?",
        "Oui, une fois, et pas pour moi.",
    )
    assert initials(parse_text("\n\n".join(told))) == "hpqahqaqaqa"


def test_a_quotation_shortened_from_what_was_said_is_a_pull_quote() -> None:
    told = (
        "Le Rivage : Comment dites-vous cela ?",
        "Aline Roy : Chez nous on dit « moteur ». Ce n'est pas mieux. Un moteur chauffe.",
        "« Chez nous on dit moteur. Un moteur chauffe. »",
        "Le Rivage : Et ensuite ?",
        "Aline Roy : Je descends.",
    )
    assert initials(parse_text("\n\n".join((TITLE, *told)))) == "hqanqa"


def test_a_question_quoted_from_the_paragraph_below_heads_it() -> None:
    head = "« Une bonne marée, c'est quoi ? »"
    below = (
        "« Tout est là, dit un pilote. Une bonne marée, c'est quoi ? Pour les uns, celle qui porte "
        "le bac. Pour les autres, celle qui le retient au port, et ce n'est pas la même. »"
    )
    quoted = f"« Fini pour ce soir », a dit un ministre. {STORY}"
    told = "\n\n".join((TITLE, quoted, quoted, head, below, quoted))
    assert initials(parse_text(told)) == "hpphpp"


def test_a_quotation_that_tells_who_speaks_is_a_paragraph() -> None:
    said = "« Je n'ai jamais promis de bac, déclare-t-elle. J'ai promis un phare pour Lorne. »"
    title = "« J'ai promis un phare pour Lorne », affirme la ministre"
    assert initials(parse_text(f"{title}\n\n{STORY}\n\n{said}\n\n{STORY}\n")) == "hppp"


TAILS = (
    "Rufus Dale reported from Glenhaven and Sinead Marl from Port Sarrow.",
    "Rufus Dale reported from Lorne. Owen Pell contributed research.",
    "Anna Roy (à Lorne) et Paul Derrien (à Morlan)",
    "Suivez l'actualité du détroit sur notre application.",
    "Follow the news of the strait on our app.",
    "A. de V.",
)


@every(TAILS)
def test_who_reported_and_where_one_may_follow_are_notes(line: str) -> None:
    assert initials(parse_text(f"{TITLE}\n\n{STORY}\n\n{STORY}\n\n{line}\n")) == "hppn"


def test_what_the_author_was_is_a_note_below_the_text() -> None:
    line = "Paul Derrien a été ambassadeur à Lorne et à Morlan."
    told = f"{TITLE}\n\nPar Paul Derrien, diplomate\n\n{STORY}\n\n{STORY}\n\n{line}\n"
    assert initials(parse_text(told)) == "hnppn"


HEADS = (
    "Photo Inès Dorval",
    "Reviewed by Hermione Clegg",
    "Compte rendu de Paul Derrien",
)


@every(HEADS)
def test_who_took_the_picture_or_read_the_book_is_a_note(line: str) -> None:
    assert initials(parse_text(f"{TITLE}\n\n{line}\n\n{STORY}\n\n{STORY}\n")) == "hnpp"


def test_the_book_below_who_reviewed_it_is_a_note() -> None:
    book = "THE PILOT SPEAKS: Talks With Tom Arden. By Anna Roy. 412 pages. Harrow & Lyle. £25."
    told = f"Two Pilots\n\nReviewed by Paul Lee\n\n{book}\n\n{STORY}\n\n{STORY}\n"
    assert initials(parse_text(told)) == "hnnpp"


def test_a_desk_and_a_day_under_a_title_that_asks_are_a_note() -> None:
    desk = "Par le service international – Publié le 4 février 2020 – Temps de lecture : 4 min"
    told = f"DÉCRYPTAGE\n\nQue se passe-t-il à Lorne ?\n\n{desk}\n\n{STORY}\n\n{STORY}\n"
    assert initials(parse_text(told)) == "nhnpp"


KICKERS = ("AFFAIRES MARITIMES", "RELIGION ET DIPLOMATIE", "MEDIA & DIPLOMACY", "WORLD AFFAIRS")


@every(KICKERS)
def test_what_a_text_is_about_over_a_longer_title_is_a_note(line: str) -> None:
    title = "Le bac de Lorne reprend la mer après trois ans"
    assert initials(parse_text(f"{line}\n\n{title}\n\n{STORY}\n\n{STORY}\n")) == "nhpp"


def test_a_title_of_capital_letters_over_its_byline_is_no_author() -> None:
    told = "Opinion\n\nAsk Me Anything, Except About Lorne\n\nBy Anna Maria Roy-Delacombe\n\n"
    assert initials(parse_text(f"{told}{STORY}\n\n{STORY}\n")) == "nhnpp"


def test_a_line_that_goes_on_with_the_title_is_a_heading() -> None:
    text = (
        "CONFÉRENCE DE PRESSE\n\ndonnée par M. Hugues Tavernol, président du Conseil\n\n"
        "LE PRÉSIDENT – Merci d'être venus.\n\nQUESTION – Qui paiera ?\n\n"
        "LE PRÉSIDENT – Nous, hélas.\n\nQUESTION – Combien ?\n\nLE PRÉSIDENT – Je l'ignore.\n"
    )
    assert initials(parse_text(text))[:2] == "hh"
    assert words_of(text, parse_text(text).passages[1]).startswith("donnée")
