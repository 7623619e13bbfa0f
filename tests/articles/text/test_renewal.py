"""A new version of a source brought into an article that people worked on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from articles.text.carry import edits_between
from articles.text.edits import apply
from articles.text.operations import (
    ArticleState,
    Merge,
    PassageState,
    Split,
    Text,
    invert_operation,
)
from articles.text.renewal import Ours, Piece, Renewal, Source, renew
from articles.text.weaving import THEIRS, weave
from tests.articles.editing import ROLES, copy_of, edits_of, standing

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

WORDS = st.sampled_from(
    [
        "le",
        "la",
        "Macron",
        "Macrom",
        "reçu",
        "mardi",
        "😀",
        "Kyiv",
        "á",
        ",",
        ".",
        "pour",
        "l’OCDE",
        "été",
    ]
)
LINES = st.lists(WORDS, min_size=1, max_size=8).map(" ".join)
EXCHANGES = st.none() | st.integers(1, 3)


@st.composite
def sources(draw: st.DrawFn) -> Source:
    """A file as it was read."""
    speakers = [{"name": f"V{n}", "part": ""} for n in range(draw(st.integers(0, 2)))]
    voices = st.none() | st.sampled_from(range(len(speakers))) if speakers else st.none()
    pieces = st.builds(Piece, LINES, ROLES, voices, EXCHANGES)
    return Source(draw(st.lists(pieces, min_size=1, max_size=6)), speakers)


@st.composite
def versions(draw: st.DrawFn) -> tuple[Source, Source]:
    """A file and another version of it: passages changed, gone, come and parted."""
    old, other = draw(sources()), draw(sources())
    pieces: list[Piece] = []
    for piece in old.pieces:
        what = draw(st.sampled_from(("same", "same", "edit", "gone", "other", "part")))
        text = piece.text
        if what == "edit":
            text = apply(text, draw(edits_of(text, 2)))
        if what == "other":
            pieces.append(draw(st.sampled_from(other.pieces)))
        at = text.find(" ", len(text) // 2)
        if what == "part" and at > 0:
            pieces.append(Piece(text[:at], piece.role, piece.voice, piece.exchange))
            text = text[at + 1 :]
        if what != "gone" and text.strip():
            pieces.append(Piece(text, piece.role, piece.voice, piece.exchange))
    speakers = old.speakers if len(old.speakers) >= len(other.speakers) else other.speakers
    return old, Source(pieces or other.pieces, speakers)


def born(source: Source) -> ArticleState:
    """The article as it is made of a file."""
    passages = {
        number: PassageState(piece.text, piece.role, piece.voice, piece.exchange)
        for number, piece in enumerate(source.pieces, 1)
    }
    return ArticleState(passages, {**dict(enumerate(source.speakers))}, [*passages])


def brought(
    old: Source, new: Source, state: ArticleState | None = None,
    chosen: Mapping[str, str] | None = None, annotated: Sequence[int] = (),
) -> tuple[Renewal, ArticleState]:  # fmt: skip
    """What became of an article; that its log gives it, and undone gives what was."""
    state = state or born(old)
    before = copy_of(state)
    links = [(at, at + 1) for at in range(len(old.pieces))]
    voices = {at: at for at in range(len(old.speakers))}
    last = max(state.passages)
    ours = Ours(state, links, voices, last, max(voices, default=-1), frozenset(annotated))
    made = renew(old, new, ours, chosen or {})
    folded = copy_of(before)
    for operation in made.operations:
        folded.do(operation)
    assert standing(folded) == standing(state)
    assert all(state.passages[number].text.strip() for number in state.order)
    for operation in reversed(made.operations):
        folded.do(invert_operation(operation))
    assert standing(folded) == standing(before)
    return made, state


def told(state: ArticleState) -> list[tuple[object, ...]]:
    """Passages with the names of who speaks."""
    return [
        (held.text, held.role, held.exchange,
         None if held.speaker is None else state.voices[held.speaker]["name"])
        for held in (state.passages[number] for number in state.order)
    ]  # fmt: skip


def texts(state: ArticleState) -> list[str]:
    """What it reads."""
    return [state.passages[number].text for number in state.order]


def source(*lines: str) -> Source:
    """A file of paragraphs."""
    return Source([Piece(line, "paragraph") for line in lines])


@settings(deadline=None)
@given(versions())
def test_where_nobody_corrected_the_article_is_as_the_new_source(
    pair: tuple[Source, Source],
) -> None:
    old, new = pair
    made, state = brought(old, new)
    assert not made.conflicts
    assert told(state) == told(born(new))
    assert [state.passages[n].text for n in made.places if n] == [p.text for p in new.pieces]


@settings(deadline=None)
@given(sources(), st.data())
def test_the_same_source_changes_nothing(old: Source, data: st.DataObject) -> None:
    state = born(old)
    for number in [*state.order]:
        state.do(Text(number, data.draw(edits_of(state.passages[number].text, 2))))
        if not state.passages[number].text.strip():
            return
    made, _state = brought(old, old, state)
    assert (made.operations, made.conflicts, made.changes) == ([], [], [])


@settings(deadline=None)
@given(versions(), st.data())
def test_whatever_people_did_it_is_merged_and_undone(
    pair: tuple[Source, Source], data: st.DataObject
) -> None:
    old, new = pair
    state = born(old)
    for number in [*state.order]:
        state.do(Text(number, data.draw(edits_of(state.passages[number].text, 2))))
        if not state.passages[number].text.strip():
            return
    annotated = data.draw(st.lists(st.sampled_from(state.order), max_size=2))
    again = copy_of(state)
    made, _state = brought(old, new, state, annotated=annotated)
    chosen = {conflict.key: THEIRS for conflict in made.conflicts}
    brought(old, new, again, chosen=chosen, annotated=annotated)


def test_what_stands_around_a_conflict_is_cut_between_words() -> None:
    base = (
        "Le chef de la diplomatie a reçu longuement mardi Blingen pour des entretiens approfondis "
        "sur la confiance."
    )
    ours, theirs = base.replace("Blingen", "Blinken"), base.replace("Blingen", "Blinkin")
    _edits, (conflict,) = weave(base, ours, theirs, passage=1, chosen={})
    assert conflict.head == "…la diplomatie a reçu longuement mardi "
    assert conflict.tail == " pour des entretiens approfondis sur la…"


@given(st.data())
def test_words_conflict_exactly_where_both_changed_them(data: st.DataObject) -> None:
    base, ours, theirs = (data.draw(LINES) for _ in range(3))
    edits, conflicts = weave(base, ours, theirs, passage=1, chosen={})
    apply(ours, edits)
    mine, new = edits_between(base, ours), edits_between(base, theirs)
    if not conflicts and ours != theirs:
        for one in mine:
            for other in new:
                same = one == other
                apart = one.end <= other.start or other.end <= one.start
                assert same or apart or theirs == base
    for conflict in conflicts:
        assert conflict.ours != conflict.theirs
        assert conflict.ours in ours
        assert conflict.theirs in theirs
    chosen = {conflict.key: THEIRS for conflict in conflicts}
    apply(ours, weave(base, ours, theirs, passage=1, chosen=chosen)[0])


OLD = source(
    "La ministre Macrom a reçu mardi Anthony Blingen pour des entretiens.",
    "Ils ont parlé du Sahel et de la Lybie pendant une heure.",
    "Une photo a été prise devant le palais.",
)


def test_corrections_and_changes_of_the_source_are_both_kept() -> None:
    state = born(OLD)
    state.do(Text(1, edits_between(OLD.pieces[0].text, OLD.pieces[0].text.replace(
        "Anthony Blingen", "Antony Blinken"))))  # fmt: skip
    new = source(
        "Le ministre Macrom a reçu mercredi Anthony Blingen pour des entretiens.",
        "Un paragraphe tout neuf est venu.",
        *(piece.text for piece in OLD.pieces[1:]),
    )
    made, state = brought(OLD, new, state)
    assert not made.conflicts
    assert texts(state) == [
        "Le ministre Macrom a reçu mercredi Antony Blinken pour des entretiens.",
        "Un paragraphe tout neuf est venu.",
        *(piece.text for piece in OLD.pieces[1:]),
    ]
    assert state.order == [1, 4, 2, 3]


def test_of_the_same_words_ours_stay_unless_theirs_are_chosen() -> None:
    new = source(*(piece.text.replace("Blingen", "Blinkin") for piece in OLD.pieces))
    mine = born(OLD)
    mine.do(Text(1, edits_between(OLD.pieces[0].text, OLD.pieces[0].text.replace(
        "Blingen", "Blinken"))))  # fmt: skip
    again = copy_of(mine)
    made, state = brought(OLD, new, mine)
    (conflict,) = made.conflicts
    assert (conflict.base, conflict.ours, conflict.theirs) == ("Blingen", "Blinken", "Blinkin")
    assert "Blinken" in texts(state)[0]
    _made, state = brought(OLD, new, again, chosen={conflict.key: THEIRS})
    assert "Blinkin" in texts(state)[0]


def test_what_is_gone_goes_unless_somebody_worked_on_it() -> None:
    new = source(OLD.pieces[0].text, OLD.pieces[2].text)
    made, state = brought(OLD, new)
    assert texts(state) == [OLD.pieces[0].text, OLD.pieces[2].text]
    made, state = brought(OLD, new, annotated=[2])
    assert [(one.kind, one.passage) for one in made.conflicts] == [("gone", 2)]
    assert len(texts(state)) == 3
    key = made.conflicts[0].key
    _made, state = brought(OLD, new, annotated=[2], chosen={key: THEIRS})
    assert state.order == [1, 3]


def test_the_head_goes_and_another_comes() -> None:
    made, state = brought(OLD, source(*(piece.text for piece in OLD.pieces[1:])))
    assert texts(state) == [piece.text for piece in OLD.pieces[1:]]
    assert not made.conflicts
    new = source("Un tout autre titre", *(piece.text for piece in OLD.pieces))
    _made, state = brought(OLD, new)
    assert texts(state) == [piece.text for piece in new.pieces]


def test_what_we_parted_and_joined_stays_so() -> None:
    state = born(OLD)
    at = OLD.pieces[1].text.index(" et de")
    state.do(Split(2, at, " ", 4, "paragraph", None, None))
    state.do(Merge(4, len(state.passages[4].text), " ", 3, "paragraph", None, None))
    new = source(
        OLD.pieces[0].text,
        OLD.pieces[1].text.replace("Lybie", "Libye"),
        OLD.pieces[2].text.replace("prise", "faite"),
    )
    links = [(0, 1), (1, 2), (1, 4), (2, 4)]
    made = renew(OLD, new, Ours(state, links, {}, 4, -1), {})
    assert not made.conflicts
    assert texts(state)[1:] == [
        "Ils ont parlé du Sahel",
        "et de la Libye pendant une heure. Une photo a été faite devant le palais.",
    ]


def test_a_speaker_named_otherwise_keeps_the_place() -> None:
    words = ["Que dites-vous ?", "Je dis que oui, naturellement.", "Merci."]
    old = Source(
        [Piece(words[0], "question", 0, 1), Piece(words[1], "answer", 1, 1)],
        [{"name": "France 2", "part": ""}, {"name": "Anthony Blingen", "part": ""}],
    )
    new = Source(
        [*old.pieces, Piece(words[2], "statement", 2, None)],
        [{"name": "France 2", "part": ""}, {"name": "Antony Blinken", "part": ""},
         {"name": "Une voix", "part": ""}],
    )  # fmt: skip
    made, state = brought(old, new)
    assert told(state) == told(born(new))
    assert state.voices[1]["name"] == "Antony Blinken"
    assert not made.conflicts
