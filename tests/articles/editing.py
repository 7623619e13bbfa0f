"""Texts, edits of them and logs of an article, as strange as they come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st

from articles.text.edits import Edit, apply, joined
from articles.text.operations import (
    ArticleState,
    Attribute,
    Merge,
    Operation,
    PassageState,
    Split,
    Text,
    Voice,
    invert_operation,
)

if TYPE_CHECKING:
    from articles.text.edits import Edits

# Few letters, so that twins are everywhere; combining signs, astral ones, blanks of all kinds.
SIGNS = st.sampled_from(list("aabbéœ’'-,. \u00a0\u202f\n\u0301\u0327\u200d𝄞😀👩🏽"))
ANY = SIGNS | st.characters(exclude_categories=("Co", "Cs"))
TEXTS = st.text(ANY, max_size=24)
WORDS = st.text(ANY, max_size=5)


@st.composite
def edits_of(draw: st.DrawFn, text: str, most: int = 5) -> Edits:
    """Edits of a text: in order, none touching the next, none that changes nothing."""
    edges = sorted(draw(st.lists(st.integers(0, len(text)), max_size=2 * most)))
    pairs = zip(edges[::2], edges[1::2], strict=False)
    return joined(Edit(start, text[start:end], draw(WORDS)) for start, end in pairs)


@st.composite
def texts_with_edits(draw: st.DrawFn) -> tuple[str, Edits]:
    """A text and edits of it."""
    text = draw(TEXTS)
    return text, draw(edits_of(text))


@st.composite
def texts_with_edits_by_two(draw: st.DrawFn) -> tuple[str, Edits, Edits]:
    """A text and what two people made of it, now and then alike."""
    text = draw(TEXTS)
    one, other = draw(edits_of(text, 3)), draw(edits_of(text, 3))
    if one and draw(st.booleans()):
        same = draw(st.sampled_from(one))
        other = tuple(
            edit for edit in other if edit.end < same.start or edit.start > same.end
        )  # fmt: skip
        other = joined((*other, same))
    return text, one, other


@st.composite
def texts_with_edits_in_turn(draw: st.DrawFn) -> tuple[str, list[Edits]]:
    """A text and edits, each counted in the text after the ones before."""
    text = now = draw(TEXTS)
    made = []
    for _ in range(draw(st.integers(0, 5))):
        made.append(draw(edits_of(now, 3)))
        now = apply(now, made[-1])
    return text, made


@st.composite
def ranges_of(draw: st.DrawFn, text: str) -> tuple[int, int]:
    """A range of a text that is not empty."""
    start = draw(st.integers(0, len(text) - 1))
    return start, draw(st.integers(start + 1, len(text)))


@st.composite
def articles(draw: st.DrawFn) -> ArticleState:
    """An article at birth."""
    voices = {at: {"name": f"V{at}", "part": ""} for at in range(draw(st.integers(0, 2)))}
    passages = {
        number: PassageState(draw(TEXTS), draw(ROLES), draw(SPEAKERS), draw(EXCHANGES))
        for number in range(1, draw(st.integers(1, 4)) + 1)
    }
    return ArticleState(passages, {**voices}, draw(st.permutations([*passages])))


ROLES = st.sampled_from(("heading", "paragraph", "question", "answer"))
SPEAKERS = st.none() | st.integers(0, 2)
EXCHANGES = st.none() | st.integers(1, 3)


def copy_of(state: ArticleState) -> ArticleState:
    """The same article, to be changed apart."""
    return ArticleState({**state.passages}, {**state.voices}, [*state.order])


def texts_of(state: ArticleState) -> list[str]:
    """What the article reads."""
    return [state.passages[number].text for number in state.order]


def standing(state: ArticleState) -> tuple[list[tuple[int, PassageState]], dict[int, object]]:
    """All of an article but the shells of passages that were merged."""
    return [(number, state.passages[number]) for number in state.order], {**state.voices}


@st.composite
def operations_on(draw: st.DrawFn, state: ArticleState) -> Operation:
    """An operation that can be made on an article."""
    number = draw(st.sampled_from(state.order))
    kind = draw(st.sampled_from((Text, Text, Split, Split, Merge, Attribute, Voice)))
    made: Operation | None = None
    if kind is Split:
        made = draw(splits_of(state, number))
    elif kind is Merge:
        made = draw(_merges(state, number))
    elif kind is Attribute:
        name, values = draw(st.sampled_from((
            ("role", ROLES), ("speaker", SPEAKERS), ("exchange", EXCHANGES),
        )))  # fmt: skip
        before = getattr(state.passages[number], name)
        made = Attribute(number, name, before, draw(values))
    elif kind is Voice:
        position = draw(st.integers(0, 2))
        before = state.voices.get(position)
        named = st.fixed_dictionaries({"name": WORDS, "part": st.sampled_from(("", "host"))})
        made = Voice(position, before, draw(named if before is None else st.none() | named))
    return made or Text(number, draw(edits_of(state.passages[number].text, 3)))


@st.composite
def splits_of(draw: st.DrawFn, state: ArticleState, number: int) -> Split:
    """A split of one passage of an article."""
    text = state.passages[number].text
    at = draw(st.integers(0, len(text)))
    gap = text[at : at + draw(st.integers(0, 2))]
    new = max(state.passages) + draw(st.integers(1, 2))
    return Split(number, at, gap, new, draw(ROLES), draw(SPEAKERS), draw(EXCHANGES))


@st.composite
def _merges(draw: st.DrawFn, state: ArticleState, number: int) -> Merge | None:
    live = state.order
    if number == live[-1]:
        return None
    other = live[live.index(number) + 1]
    gone = state.passages[other]
    return Merge(
        number, len(state.passages[number].text), draw(st.sampled_from(("", " ", "\n"))), other,
        gone.role, gone.speaker, gone.exchange,
    )  # fmt: skip


@st.composite
def runs_on(draw: st.DrawFn, state: ArticleState, most: int) -> list[Operation]:
    """Operations that can be made on an article in turn; now and then one takes back the last."""
    now, made = copy_of(state), list[Operation]()
    for _ in range(draw(st.integers(0, most))):
        undone = made and draw(st.integers(0, 3)) == 0
        made.append(invert_operation(made[-1]) if undone else draw(operations_on(now)))
        now.do(made[-1])
    return made


@st.composite
def logs(draw: st.DrawFn, most: int = 8) -> tuple[ArticleState, list[Operation]]:
    """An article at birth and its log."""
    birth = draw(articles())
    return birth, draw(runs_on(birth, most))
