"""A text read again: the operations give exactly what the reading says, word for word."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text.operations import ArticleState, PassageState, invert_operation
from articles.text.parse import parse_text, words_of
from articles.text.rereading import read_again
from articles.text.restructure import NothingLeft, print_passages, restructured
from articles.text.shapes import ParsedPassage, ParsedSpeaker
from tests.articles.editing import articles, copy_of, standing, texts_of

if TYPE_CHECKING:
    from articles.text.shapes import Role


SAMPLES = Path(__file__).parents[3] / "samples"


@st.composite
def readings(draw: st.DrawFn) -> tuple[ArticleState, list[ParsedPassage], list[ParsedSpeaker]]:
    """An article, and passages at any places of it as it is printed."""
    state = draw(articles())
    known = dict(state.passages)
    for number, held in known.items():  # nobody speaks who is not there, no passage is empty
        speaker = held.speaker if held.speaker in state.voices else None
        state.passages[number] = replace(held, speaker=speaker, text=held.text or "a")
    text, places = print_passages(state)
    inside = [at for place in places for at in range(place.label, place.end + 1)]
    edges = sorted(draw(st.sets(st.sampled_from(inside), max_size=10)))
    speakers = [ParsedSpeaker(name) for name in ("V0", "Zoé")[: draw(st.integers(0, 2))]]
    passages = []
    for start, end in zip(edges[::2], edges[1::2], strict=False):
        # A reading's passages begin and end with words, not with what stands between passages.
        begins = any(place.label <= start < place.end for place in places)
        if not (begins and any(place.label < end <= place.end for place in places)):
            continue
        hole = (start + 1, start + 2) if end - start > 3 and draw(st.booleans()) else None
        role: Role = draw(st.sampled_from(("heading", "paragraph", "question", "answer")))
        who = draw(st.none() | st.integers(0, len(speakers) - 1)) if speakers else None
        exchange = draw(st.none() | st.integers(1, 3))
        passages.append(ParsedPassage(role, who, exchange, start, end, (hole,) if hole else ()))
    assert text is not None
    return state, passages, speakers


@given(readings())
def test_the_operations_give_what_the_reading_says_and_their_inverses_take_it_back(
    reading: tuple[ArticleState, list[ParsedPassage], list[ParsedSpeaker]],
) -> None:
    state, passages, speakers = reading
    before = copy_of(state)
    text, _places = print_passages(state)
    try:
        operations = restructured(state, passages, speakers, last_number=50, free_position=7)
    except NothingLeft:
        assert not passages
        return
    assert standing(state) == standing(before)  # planned, not done
    for operation in operations:
        state.do(operation)
    found = [
        (one.text, one.role, None if one.speaker is None else state.voices[one.speaker]["name"],
         one.exchange)
        for one in (state.passages[number] for number in state.order)
    ]  # fmt: skip
    assert found == [
        (words_of(text, one), one.role, None if one.speaker is None else speakers[one.speaker].name,
         one.exchange)
        for one in passages
    ]  # fmt: skip
    assert {voice["name"] for voice in state.voices.values()} == {one.name for one in speakers}
    for operation in reversed(operations):
        state.do(invert_operation(operation))
    assert standing(state) == standing(before)


def article(*texts: str) -> ArticleState:
    """An article of plain paragraphs."""
    passages = {
        number: PassageState(text, "paragraph", None, None)
        for number, text in enumerate(texts, start=1)
    }
    return ArticleState(passages, {}, [*passages])


TALK = (
    "France 2 : Avez-vous compris que la France s'est sentie trahie ?",
    "Antony Blinken : J'ai bien compris. On aurait dû mieux communiquer.",
    "France 2 : On s'attendait à un meilleur dialogue entre nos deux pays ?",
    "Antony Blinken : Justement, on fait mieux depuis quelques semaines.",
)


def test_an_article_becomes_an_interview_and_an_article_again() -> None:
    state = article(*TALK)
    for kind in ("interview", "article"):
        made = read_again(state, kind)
        operations = restructured(
            state, made.passages, made.speakers, last_number=max(state.passages), free_position=9
        )
        for operation in operations:
            state.do(operation)
        if kind == "interview":
            assert texts_of(state)[0] == "Avez-vous compris que la France s'est sentie trahie ?"
            roles = [state.passages[number].role for number in state.order]
            assert roles == ["question", "answer"] * 2
            assert state.order == [1, 2, 3, 4]
            names = [voice["name"] for voice in state.voices.values()]
            assert names == ["France 2", "Antony Blinken"]
    assert texts_of(state) == list(TALK)
    assert state.voices == {}
    assert all(one.role in ("heading", "paragraph") for one in state.passages.values())


def test_a_reading_that_finds_nothing_is_refused() -> None:
    with pytest.raises(NothingLeft):
        restructured(article("x"), [], [], last_number=1, free_position=0)


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.txt")), ids=lambda path: path.stem)
def test_whole_texts_are_read_as_the_other_kind_and_back(path: Path) -> None:
    source = path.read_text()
    born = parse_text(source)
    state = ArticleState(
        {
            number: PassageState(words_of(source, one), one.role, one.speaker, one.exchange)
            for number, one in enumerate(born.passages, start=1)
        },
        {at: {"name": one.name, "part": one.part} for at, one in enumerate(born.speakers)},
        [*range(1, len(born.passages) + 1)],
    )
    for kind in ("interview", "article", "interview"):
        text, _places = print_passages(state)
        made = read_again(state, kind)
        operations = restructured(
            state, made.passages, made.speakers, last_number=max(state.passages),
            free_position=max(state.voices, default=-1) + 10,
        )  # fmt: skip
        for operation in operations:
            state.do(operation)
        assert texts_of(state) == [words_of(text, one) for one in made.passages]
        roles = [(state.passages[number].role, state.passages[number].exchange)
                 for number in state.order]  # fmt: skip
        assert roles == [(one.role, one.exchange) for one in made.passages]
        names = [voice["name"] for voice in state.voices.values()]
        assert sorted(names) == sorted({one.name for one in made.speakers})
