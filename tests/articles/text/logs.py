"""Made-up articles with a past, for property tests: a source, what was born of it, and a log."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from hypothesis import strategies as st

from articles.text.edits import Edit
from articles.text.operations import (
    ArticleState,
    Attribute,
    Merge,
    Operation,
    PassageState,
    Split,
    Text,
    Voice,
)
from articles.text.states import birth, state_after

if TYPE_CHECKING:
    from collections.abc import Callable

WORDS = st.text("aé 𝄞\u0301b-’", min_size=1, max_size=12)


class Past(NamedTuple):
    """A source text, the structure of its import, the voices then, and what was done since."""

    source: str
    structure: list[list[object]]
    voices: dict[int, dict[str, str]]
    log: list[Operation]

    @property
    def born(self) -> ArticleState:
        """The article at birth."""
        return birth(self.source, self.structure, self.voices)

    @property
    def now(self) -> ArticleState:
        """The article as it stands."""
        return state_after(self.born, self.log)


@st.composite
def pasts(draw: st.DrawFn, most: int = 8) -> Past:
    """An article of two to four passages with holes, and a log on it."""
    source, structure = "", []
    for number in range(draw(st.integers(2, 4))):
        label = draw(st.sampled_from(["", "Q : ", "« "]))
        start = len(source) + len(label)
        first, hole, rest = draw(WORDS), draw(st.sampled_from(["", "[lien]"])), draw(WORDS)
        source += label + first + hole + rest
        at = start + len(first)
        holes = [[at, at + len(hole)]] if hole else []
        structure.append(["question", number % 2, number, start, len(source), holes])
        source += "\n\n"
    voices = {0: {"name": "A", "part": ""}, 1: {"name": "B", "part": ""}}
    past = Past(source, structure, voices, [])
    state = past.born
    for _ in range(draw(st.integers(0, most))):
        operation = draw(st.sampled_from(MAKERS))(draw, state)
        if operation is not None:
            state.do(operation)
            past.log.append(operation)
    return past


def _text(draw: st.DrawFn, state: ArticleState) -> Operation | None:
    number = draw(st.sampled_from(state.order))
    text = state.passages[number].text
    places = sorted(draw(st.lists(st.integers(0, len(text)), min_size=2, max_size=4)))
    edits, last = [], -1
    for start, end in zip(places[::2], places[1::2], strict=False):
        inserted = draw(st.one_of(st.just(""), WORDS))
        if start > last and inserted != text[start:end]:
            edits.append(Edit(start, text[start:end], inserted))
            last = end
    return Text(number, tuple(edits)) if edits else None


def _split(draw: st.DrawFn, state: ArticleState) -> Operation | None:
    number = draw(st.sampled_from(state.order))
    text = state.passages[number].text
    start = draw(st.integers(0, len(text)))
    gap = text[start : start + draw(st.integers(0, 2))]
    return Split(number, start, gap, max(state.passages) + 1, "answer", 1, None)


def _merge(draw: st.DrawFn, state: ArticleState) -> Operation | None:
    if len(state.order) < 2:
        return None
    place = draw(st.integers(0, len(state.order) - 2))
    first, second = state.order[place : place + 2]
    other: PassageState = state.passages[second]
    gap = draw(st.sampled_from(["", " "]))
    length = len(state.passages[first].text)
    return Merge(first, length, gap, second, other.role, other.speaker, other.exchange)


def _attribute(draw: st.DrawFn, state: ArticleState) -> Operation | None:
    number = draw(st.sampled_from(state.order))
    after = draw(st.sampled_from(["note", "answer"]))
    before = state.passages[number].role
    return None if before == after else Attribute(number, "role", before, after)


def _voice(draw: st.DrawFn, state: ArticleState) -> Operation | None:
    position = draw(st.integers(0, 3))
    before = state.voices.get(position)
    after = draw(st.sampled_from([None, {"name": "C", "part": "x"}, {"name": "D", "part": ""}]))
    return None if before == after else Voice(position, before, after)


MAKERS: list[Callable[[st.DrawFn, ArticleState], Operation | None]] = [
    _text, _text, _text, _split, _merge, _attribute, _voice,
]  # fmt: skip
