"""Names that open turn after turn before a full stop, and texts in which they open no turns."""

from __future__ import annotations

from articles.text.parse import parse_text
from tests.articles.text.readings import initials, names, turns
from tests.every import every

LONG = (
    "J’ai passé trois ans sur ce fleuve, et je n’ai pas vu une borne à sa place. Nous les avons "
    "comptées à la main, deux fois."
)
NEWS = "Le préfet a reçu les délégués du port, qui demandaient un bac. Ils attendront le printemps."
PAIRS = (
    ("Odile Marchetti", "Rémi de Saulx"),
    ("Le Rivage", "Rémi Saulx"),
    ("LE RIVAGE", "RÉMI SAULX"),
    ("Le Rivage", "M. SAULX"),
    ("Le Rivage", "Mme Saulx"),
    ("Courrier du fleuve", "Jean-Paul Saulx"),
    ("J.-P. Marchetti", "P. Saulx"),
    ("A. Marchetti", "R. Saulx"),
    ("Marchetti", "Saulx"),
    ("Joan Harrow", "Harold Penn"),
)


def _talk(asks: str, answers: str, gap: str = "\n\n") -> str:
    """Give six turns of two, each behind a name and a full stop."""
    said = ("Pourquoi ce fleuve ?", LONG, "Et les bornes ?", LONG, "Vos voisins en rient.", "Oui.")
    who = (asks, answers) * 3
    return gap.join(f"{name}. {words}" for name, words in zip(who, said, strict=True))


@every(PAIRS, str)
def test_names_before_a_full_stop_are_labels(pair: tuple[str, str]) -> None:
    for head in ("", "Entretien avec l’arpenteur\n\n"):
        for gap in ("\n\n", "\n"):
            text = f"{head}{_talk(*pair, gap)} Je les laisse rire.\n"
            read = parse_text(text)
            assert initials(read) == "h" * bool(head) + "qaqaqa", (head, gap)
            assert [speaker.labels for speaker in read.speakers] == [(one,) for one in pair]
            first = next(p for p in read.passages if p.role == "question")
            assert text[first.start : first.end] == "Pourquoi ce fleuve ?"


def test_short_lines_that_open_with_names_are_not_joined() -> None:
    read = parse_text(
        "title: Les bornes\nsource: Le Rivage\n\n"
        "Le Rivage. Monsieur Saulx, les bornes sont-elles toutes à leur place ?\n"
        "Rémi Saulx. Non. Nous les cherchons dans les fossés depuis 1987.\n"
        "Le Rivage. Et celle du moulin, la trouverez-vous ?\n"
        "Rémi Saulx. Celle du moulin, je l’ai chez moi. Je la rendrai.\n"
    )
    assert turns(read) == [("question", "Le Rivage"), ("answer", "Rémi Saulx")] * 2


def test_wrapped_lines_below_a_full_stop_open_turns_with_names() -> None:
    read = parse_text(
        "Le Rivage. Pourquoi avez-vous choisi ce fleuve plutôt qu’un\nautre ?\n"
        "Rémi Saulx. J’ai passé trois ans sur ce fleuve, et je n’ai jamais\n"
        "vu une borne à sa place. Nous les avons toutes comptées à la main.\n"
        "Le Rivage. Et les bornes, qui les a déplacées selon vous, depuis\nla guerre ?\n"
        "Rémi Saulx. Je ne sais pas. Les enfants, peut-être, ou bien encore\n"
        "les crues de printemps.\n"
    )
    assert initials(read) == "qaqa"


def test_a_part_of_a_name_before_a_full_stop_is_the_same_voice() -> None:
    read = parse_text(
        "Le compteur de bornes\n\nRémi Saulx a compté les bornes. Il répond à nos questions.\n\n"
        f"Le Rivage. Pourquoi ce fleuve ?\n\nRémi Saulx. {LONG}\n\n"
        f"Le Rivage. Et les bornes ?\n\nSaulx. {LONG}\n"
    )
    assert turns(read) == [("question", "Le Rivage"), ("answer", "Rémi Saulx")] * 2


def test_answers_of_several_paragraphs_and_several_voices() -> None:
    read = parse_text(
        f"Odile Marchetti. Pourquoi ce fleuve ?\n\nRémi Saulx. {LONG}\n\n{LONG}\n\n{LONG}\n\n"
        "Paul Astier. Pas moi. Je préfère la mer.\n\nOdile Marchetti. Et les bornes ?\n\n"
        f"Rémi Saulx. {LONG}\n\n{LONG}\n\nPaul Astier. J’en doute.\n"
    )
    assert initials(read) == "qaaaaqaaa"
    assert names(read) == ["Odile Marchetti", "Rémi Saulx", "Paul Astier"]


def test_a_full_name_may_stand_before_the_answers_only() -> None:
    read = parse_text(
        f"Pourquoi ce fleuve ?\n\nRémi Saulx. {LONG}\n\nEt les bornes ?\n\nRémi Saulx. {LONG}\n\n"
        "Que dites-vous au préfet ?\n\nRémi Saulx. Rien. Je lui ai tout dit.\n"
    )
    assert turns(read) == [("question", ""), ("answer", "Rémi Saulx")] * 3


NO_TALK = {
    "towns": ("Paris", "Londres", "Paris", "Londres", "Vienne"),
    "names": ("Rémi Saulx", "Paul Astier", "Rémi Saulx", "Paul Astier"),
    "papers": ("Le Rivage", "Le Courrier", "Le Rivage", "Le Courrier"),
    "verdicts": ("Vrai", "Faux", "Vrai", "Faux"),
    "one name": ("Rémi Saulx", "Rémi Saulx"),
}


@every(NO_TALK.items(), str)
def test_names_before_a_full_stop_in_news_open_no_turns(case: tuple[str, tuple[str, ...]]) -> None:
    told = "\n\n".join(f"{name}. {NEWS}" for name in case[1])
    ends = ("", " Qui paiera ?", "\n\nParis. Que fera le préfet ?", " Nous le dirons demain.")
    for end in ends:
        read = parse_text(f"La semaine du fleuve\n\n{told}{end}\n\n{NEWS}\n")
        assert read.kind == "article", end
        assert not set(initials(read)) - set("hp")


def test_a_sentence_that_is_a_name_stays_one() -> None:
    text = f"Un nom\n\n{NEWS}\n\nRémi Saulx. C’est lui que tous nomment, tout bas.\n\n{NEWS}\n"
    assert initials(parse_text(text)) == "hppp"


def test_keys_that_ask_are_no_voices() -> None:
    told = ("Visa. Devez-vous en demander un ?", NEWS, "Douane. Que pouvez-vous emporter ?", NEWS)
    assert parse_text("\n\n".join(("Guide du voyageur", *told, *told))).kind == "article"


def test_short_replies_that_come_again_are_no_names() -> None:
    asked = ("Pourquoi ce fleuve ?", "Vous y êtes retourné ?", "Partirez-vous ?", "Où irez-vous ?")
    replies = ("Fatigue", "Solitude", "Fatigue", "Solitude")
    talk = "\n\n".join(f"{a}\n\n{r}. {LONG}" for a, r in zip(asked, replies, strict=True))
    read = parse_text(talk)
    assert (initials(read), names(read)) == ("qaqaqaqa", [])


def test_letters_before_replies_name_nobody() -> None:
    for replies in (("Oui", "Oui"), ("Jamais", "Fatigue"), ("Nous", "Nous")):
        read = parse_text(
            f"Q. Pourquoi ce fleuve ?\n\nR. {replies[0]}. {LONG}\n\n"
            f"Q. Et les bornes ?\n\nR. {replies[1]}. {LONG}\n"
        )
        assert (initials(read), names(read)) == ("qaqa", [])


def test_who_answers_under_a_name_is_not_who_asks_under_a_paper_s() -> None:
    read = parse_text(
        "title: Entretien : Aline Roy parle\nsource: La Presse\n\n"
        "La Presse. Madame la ministre, quelle est votre priorité ?\nAline Roy. Le pont.\n"
        "La Presse. Et ensuite ?\nAline Roy. Le pont encore.\n"
    )
    assert turns(read) == [("question", "La Presse"), ("answer", "Aline Roy")] * 2


def test_a_turn_that_runs_in_behind_another_is_cut_from_it() -> None:
    read = parse_text(f"{_talk('Le Rivage', 'Rémi Saulx')} Je pars. Le Rivage. Vous fuyez ?\n")
    assert initials(read) == "qaqaqaq"
