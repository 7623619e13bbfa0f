"""A source text becomes passages: properties that hold for any text, and the seeds' shape."""

from __future__ import annotations

import datetime as dt
import re
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.text import codes
from articles.text.decode import decode_bytes
from articles.text.parse import parse_text, words_of
from articles.text.shapes import ParsedText

SEEDS = Path(__file__).resolve().parents[4] / "shared" / "seeds"
TALK = (
    " date 2021-10 Radio Sud : Vous avez signé le traité, est-ce un succès ?\n\n"
    'Jeanne Morel : "Je crois que oui. Nous avons parlé six ans".\n\n'
    "Et maintenant, que faites-vous ?\n\n"
    '"Je dors. Et je relis nos notes".\n'
)
PIECES = st.sampled_from(
    [
        "Q. ",
        "R. – ",
        "Jean Dupont : ",
        "LE PRÉSIDENT – ",
        "— ",
        "- ",
        "**",
        "# ",
        "« ",
        " »",
        '"',
        "\n",
        "\n\n",
        "?",
        ". ",
        "(Rires)",
        "vous ",
        "je ",
        "oui",
        "Lire aussi : ",
        "date 2021-10 ",
        "Les mots de la fin",
        "THE PRESIDENT:  ",
        "Q    ",
        "12:30 ",
        "[",
        "]",
        "…",
        "é",
        "\u202f",
        ":",
    ]
)
TEXTS = st.lists(PIECES, max_size=60).map("".join) | st.text(max_size=300)


def spans_of(parsed: ParsedText) -> list[tuple[int, int]]:
    return [(passage.start, passage.end) for passage in parsed.passages]


@pytest.mark.parametrize(
    "text", ["R. – Q. \nQ. ", "M. Durand : \nA:", "LE PRÉSIDENT – Paris, title: x\nQ. é"]
)
def test_labels_with_nothing_after_them_are_read(text: str) -> None:
    assert parse_text(text, kind="interview").kind == "interview"


@settings(max_examples=120, deadline=None)
@given(TEXTS, st.sampled_from([None, "article", "interview"]))
def test_passages_are_ordered_disjoint_and_within_the_text(text: str, kind: str | None) -> None:
    parsed = parse_text(text, kind=kind)
    position = 0
    for passage in parsed.passages:
        assert position <= passage.start < passage.end <= len(text)
        assert not text[passage.start].isspace()
        assert not text[passage.end - 1].isspace()
        position = passage.end
        inner = passage.start
        for start, end in passage.holes:
            assert inner <= start < end <= passage.end
            inner = end
        if passage.speaker is not None:
            assert 0 <= passage.speaker < len(parsed.speakers)
    if kind:
        assert parsed.kind == kind


@settings(max_examples=120, deadline=None)
@given(TEXTS)
def test_an_article_loses_no_letter(text: str) -> None:
    parsed = parse_text(text, kind="article")
    rest = list(text)
    for start, end in spans_of(parsed):
        rest[start:end] = [" "] * (end - start)
    for start, end in (hole for passage in parsed.passages for hole in passage.holes):
        rest[start:end] = [" "] * (end - start)
    outside = "".join(rest)
    header = outside[: parsed.body_start]
    assert not re.search(r"[^\W\d_]", outside[len(header) :])


@settings(max_examples=120, deadline=None)
@given(TEXTS)
def test_words_are_the_range_without_its_holes(text: str) -> None:
    for passage in parse_text(text).passages:
        words = words_of(text, passage)
        holes = sum(end - start for start, end in passage.holes)
        assert len(words) == passage.end - passage.start - holes
        assert words


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_kinds_have_their_roles_and_codes_are_listed(text: str) -> None:
    parsed = parse_text(text)
    spoken = {"question", "answer", "statement"}
    roles = {passage.role for passage in parsed.passages}
    if parsed.kind == "article":
        assert not roles & spoken
        assert not parsed.speakers
    seen = [parsed.kind_evidence.code, parsed.title_evidence.code, parsed.date_evidence.code]
    seen += [parsed.language_evidence.code, *(notice.code for notice in parsed.notices)]
    seen += [passage.evidence.code for passage in parsed.passages if passage.evidence]
    assert set(seen) <= set(codes.CODES)


@pytest.mark.parametrize("ending", ["\r\n", "\r"])
def test_other_line_ends_change_nothing(ending: str) -> None:
    swapped = decode_bytes(TALK.replace("\n", ending).encode()).text
    assert parse_text(swapped) == parse_text(TALK)


def test_a_talk_with_first_labels_and_quoted_answers() -> None:
    parsed = parse_text(TALK)
    assert parsed.kind == "interview"
    assert parsed.title == "Jeanne Morel – Radio Sud"
    assert (str(parsed.date), parsed.date_precision) == ("2021-10-01", "month")
    assert [(p.role, p.exchange) for p in parsed.passages] == [
        ("question", 1), ("answer", 1), ("question", 2), ("answer", 2),
    ]  # fmt: skip
    names = [parsed.speakers[p.speaker].name for p in parsed.passages if p.speaker is not None]
    assert names == ["Radio Sud", "Jeanne Morel", "Radio Sud", "Jeanne Morel"]
    assert words_of(TALK, parsed.passages[1]) == "Je crois que oui. Nous avons parlé six ans"


ESSAY = (
    "Le prix d'un phare\n\n"
    "Faut-il encore un gardien au bout du môle ?\n\n"
    "La ville dit non, et je comprends la ville. J'y suis monté hier avec une lampe de poche.\n\n"
    "Mais que verrez-vous d'en bas ?\n\n"
    "Une porte. Vous n'entendrez pas la corne, et moi non plus, je suis sourd. Qui l'entendra ?\n\n"
    "Alors, à quoi bon ?\n\n"
    "À rien de chiffrable. Je garde la clef, puisque personne ne me l'a demandée.\n"
)


def test_an_essay_that_asks_and_answers_itself_is_an_article() -> None:
    parsed = parse_text(ESSAY)
    assert parsed.kind == "article"
    roles = [passage.role for passage in parsed.passages]
    assert roles == ["heading"] + ["paragraph"] * 6


def test_a_host_and_a_guest_bear_the_names_they_are_introduced_by() -> None:
    parsed = parse_text(
        "HOST: Welcome to the show. I'm Ada Quill, and with me is Dr Ben Orrin, the pilot.\n\n"
        "GUEST: Good to be here.\n\nHOST: Is the channel deep?\n\nGUEST: I never touched it.\n\n"
        "Woman at the back: Who did?\n\nGUEST: My brother.\n"
    )
    names = [p.speaker if p.speaker is None else parsed.speakers[p.speaker].name
             for p in parsed.passages]  # fmt: skip
    assert names == ["Ada Quill", "Ben Orrin", "Ada Quill", "Ben Orrin", None, "Ben Orrin"]


def test_the_paper_that_asks_is_named_by_the_introduction() -> None:
    parsed = parse_text(
        "Le dernier bac\n\nAvant de partir, Rose Talmont a répondu aux questions d'Ouest-Matin.\n\n"
        "Pourquoi partir ?\n\nParce que je suis fatiguée, et que le bac l'est aussi.\n\n"
        "Vous aviez promis de rester.\n\nJ'ai promis à mon père, qui n'écoutait pas.\n\n"
        "Et demain ?\n\nDemain, je dors. Je n'ai jamais su faire autre chose le dimanche.\n"
    )
    assert {s.part: s.name for s in parsed.speakers} == {
        "interviewer": "Ouest-Matin",
        "interviewee": "Rose Talmont",
    }


def test_turns_that_may_as_well_be_the_other_voices_are_doubtful() -> None:
    talk = (
        "Entretien avec Rose Talmont.\n\nVous êtes née ici ?\n\nJe suis née sur le bac.\n\n"
        "Le passeur avait quitté la rive avant le lever du jour, sans attendre.\n\n"
        "La corde tenait, et tout le village regardait du haut de la digue.\n\n"
        "Le maire avait fait sonner la cloche, ce qui était interdit.\n\n"
        "La préfecture a envoyé deux hommes avec un registre et un mètre.\n\n"
        "Vous y retournez ?\n\nJamais. Je laisse cela aux enfants.\n"
    )
    codes_of = [notice.code for notice in parse_text(talk, kind="interview").notices]
    assert "turns_doubtful" in codes_of
    assert "turns_doubtful" not in [notice.code for notice in parse_text(TALK).notices]


def test_a_name_that_opens_a_turn_unread_makes_turns_doubtful() -> None:
    talk = "".join(
        f"Rose Talmont : Oui, le {day} mai.\n\nPaul Ferrier : Vous y étiez ?\n\n"
        for day in range(4)
    )
    slip = "Paul Ferrier a dit non, je crois.\n\nPaul Ferier, vous savez.\n\n"
    codes_of = [n.code for n in parse_text(f"{talk}Rose Talmont : Oui.\n\n{slip}").notices]
    assert "turns_doubtful" in codes_of
    assert "turns_doubtful" not in [n.code for n in parse_text(talk).notices]


def test_a_forced_kind_wins() -> None:
    parsed = parse_text(TALK, kind="article")
    assert parsed.kind == "article"
    assert {p.role for p in parsed.passages} <= {"heading", "paragraph", "note"}
    assert parsed.kind_evidence.code == "kind_forced"


def test_wrapped_lines_make_one_passage() -> None:
    text = (
        "Le ministre a déclaré hier à Paris que les négociations sur le\n"
        "traité de pêche reprendraient dans un climat meilleur, selon un\n"
        "communiqué lu devant la presse.\n\n"
        "La prochaine réunion est prévue à Bergen au mois de juillet et les\n"
        "délégués y viendront en train.\n"
    )
    assert len(parse_text(text).passages) == 2


def test_a_link_line_inside_a_paragraph_is_a_hole() -> None:
    text = (
        "Le traité est simple, et les délégués l'ont dit.\nLire aussi : Dix dates\n"
        "Il sera signé demain.\n\nUn autre paragraphe suit ici."
    )
    first = parse_text(text).passages[0]
    assert words_of(text, first) == (
        "Le traité est simple, et les délégués l'ont dit.\nIl sera signé demain."
    )


def test_very_long_paragraphs_are_cut_at_sentences() -> None:
    text = "Une phrase assez courte pour être coupée ici. " * 3000
    parsed = parse_text(text)
    assert len(parsed.passages) > 2
    assert all(p.end - p.start <= 50_000 for p in parsed.passages)
    assert all(text[p.end - 1] == "." for p in parsed.passages)
    assert "long_paragraph_cut" in [notice.code for notice in parsed.notices]


def test_a_text_without_words_says_so() -> None:
    parsed = parse_text(" date 2021-10 ")
    assert parsed.passages == ()
    assert [notice.code for notice in parsed.notices] == ["no_words"]


SHAPES = {
    "short lines": "Oui.\n",
    "blank lines": "Oui, je crois.\n\n",
    "questions": "Vous venez ?\n\nJe viens.\n\n",
    "labels": "Jean Dupont : oui ?\n\nMarie Curie : non.\n\n",
    "many labels": "Nom{n} Prénom{n} : « oui » ?\n\n",
    "opening quotes": "« Il dit\n\n",
    "one line": "mot ",
    "dashes": "— Oui ?\n— Non.\n",
    "blanks": " \t",
    "colons": "A: ",
    "question marks": "? ",
    "bold": "**Quoi ?**\n\nJe crois.\n\n",
    "links": "Lire aussi : Ici\n",
    "capitals": "Jean Paul Marie ",
}


def _seconds(text: str) -> float:
    started = time.process_time()
    parse_text(text)
    return time.process_time() - started


@pytest.mark.parametrize("shape", SHAPES)
def test_time_grows_with_the_length_of_the_text(shape: str) -> None:
    unit = SHAPES[shape]
    small = "".join(unit.replace("{n}", str(n)) for n in range(10_000 // len(unit)))
    large = "".join(unit.replace("{n}", str(n)) for n in range(80_000 // len(unit)))
    base = min(_seconds(small) for _ in range(3))
    # Eight times the text: quadratic work would take sixty-four times as long.
    assert min(_seconds(large) for _ in range(3)) < 24 * base + 0.3


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the seeds are not beside the project")
def test_the_seeds() -> None:
    files = sorted(SEEDS.glob("*.txt"))
    article, interview = (
        parse_text(decode_bytes(file.read_bytes()).text, file_name=file.name) for file in files[:2]
    )
    assert (article.kind, len(article.passages), str(article.date)) == ("article", 9, "2021-10-01")
    assert (interview.kind, interview.date_precision) == ("interview", "month")
    roles = [passage.role for passage in interview.passages]
    assert (roles.count("question"), roles.count("answer")) == (5, 5)
    parts = {speaker.part: speaker.name for speaker in interview.speakers}
    assert parts == {"interviewer": "France 2", "interviewee": "Antony Blinken"}
    assert interview.title == "Antony Blinken – France 2"


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("Paris, le 12 mars 2026", dt.date(2026, 3, 12)),
        ("Publié le 2 mai 2026 à 10h15 – Mis à jour le 3 mai 2026", dt.date(2026, 5, 2)),
        ("The Daily Heron, 3 April 2026", dt.date(2026, 4, 3)),
        ("Le Rivage - 14/02/2026", dt.date(2026, 2, 14)),
        ("Le 31 juin 2026", None),
        ("(NDLR : traduit le 12 mars 2026)", None),
        ("Le traité fut signé à Lomba le 12 mars 2026 par neuf États.", None),
    ],
)
def test_a_line_over_the_words_gives_the_day_where_nothing_else_does(
    line: str, date: dt.date | None
) -> None:
    text = f"La flotte rentre au port\n\n{line}\n\nLes navires ont accosté hier soir à Lomba."
    parsed = parse_text(text)
    assert parsed.date == date
    told = ("date_printed", "day") if date else ("date_none", "")
    assert (parsed.date_evidence.code, parsed.date_precision) == told
    assert parse_text(text, file_name="note_2020-01.txt").date == dt.date(2020, 1, 1)
    assert parse_text(f"date: 2021\n\n{text}").date == dt.date(2021, 1, 1)
