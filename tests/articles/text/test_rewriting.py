"""Passages written anew: the least operations make them read what was typed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from articles.text.edits import apply, minimal_edits
from articles.text.operations import ArticleState, PassageState, Text
from articles.text.rewriting import (
    Neighbour,
    edits_to,
    mixed,
    overlapping,
    pieces_of,
    renumbered,
    rewritten,
    split_at,
    taken_away,
)
from tests.articles.editing import TEXTS, articles, texts_of

WORDS = st.text(st.sampled_from("ab é’"), min_size=1, max_size=12).filter(str.strip)


def passage(text: str, role: str = "paragraph") -> PassageState:
    """A passage of that text."""
    return PassageState(text, role, None, None)


def made(stood: str, typed: str) -> list[str]:
    """What the article reads after a passage that read `stood` was typed anew."""
    state = ArticleState({1: passage(stood)}, {}, [1])
    for place, operation in enumerate(rewritten(1, state.passages[1], stood, typed)):
        if not isinstance(operation, Text):
            operation = type(operation)(  # numbered as the services do
                *[getattr(operation, name) for name in operation.__slots__][:3], 10 + place,
                *[getattr(operation, name) for name in operation.__slots__][4:],
            )  # fmt: skip
        state.do(operation)
    return texts_of(state)


@given(WORDS, st.lists(WORDS, min_size=1, max_size=4))
def test_blank_lines_part_passages_and_each_reads_what_was_typed(
    stood: str, pieces: list[str]
) -> None:
    typed = "\n\n".join(pieces)
    assert made(stood, typed) == ([stood] if typed == stood else [one.strip() for one in pieces])


def test_a_word_typed_anew_is_the_only_edit() -> None:
    (one,) = rewritten(1, passage("Le Qui de Arsay a reçu."), "Le Qui de Arsay a reçu.",
                       "Le Quai d’Orsay a reçu.")  # fmt: skip
    assert isinstance(one, Text)
    assert all("reçu" not in edit.removed for edit in one.edits)


def test_line_ends_of_a_form_change_nothing() -> None:
    assert rewritten(1, passage("one\ntwo"), "one\ntwo", "one\r\ntwo") == []


def test_what_is_put_in_is_cleaned_and_the_rest_is_left() -> None:
    stood = "e\u0301tait la\u0301"
    edits = edits_to(stood, "e\u0301tait e\u0301mu\x00 la\u0301")
    assert apply(stood, edits) == "e\u0301tait \u00e9mu la\u0301"


def test_blanks_and_blank_lines_make_no_passages() -> None:
    assert pieces_of(" \n \r\n one \n\n\n\t\n two\nthree ") == ["one", "two\nthree"]


@given(articles(), st.data())
def test_a_passage_taken_away_leaves_all_others_as_they_were(
    state: ArticleState, data: st.DataObject
) -> None:
    number = data.draw(st.sampled_from(state.order))
    place = state.order.index(number)
    before, after = [
        Neighbour(state.order[at], state.passages[state.order[at]])
        if 0 <= at < len(state.order)
        else None
        for at in (place - 1, place + 1)
    ]
    expected = [state.passages[one] for one in state.order if one != number]
    operations = taken_away(number, state.passages[number], before, after)
    if not expected:
        assert operations == []
        return
    for operation in operations:
        state.do(operation)
    assert [state.passages[one] for one in state.order] == expected


@given(TEXTS, TEXTS, TEXTS)
def test_a_mix_keeps_all_of_theirs_and_what_of_mine_is_apart(
    base: str, mine: str, theirs: str
) -> None:
    assert mixed(base, base, theirs) == theirs
    assert mixed(base, mine, base) == mine
    mixed(base, mine, theirs)  # never fails


def test_both_changes_stand_in_a_mix_where_they_are_apart() -> None:
    base = "Macrom a vu Lavrof à Quiève"
    assert mixed(base, "Macron a vu Lavrof à Kiev", "Macrom a vu Lavrov à Kyiv") == (
        "Macron a vu Lavrov à Kyiv"
    )
    assert minimal_edits(base, "Macron a vu Lavrof à Kiev")


def test_a_mix_leaves_out_only_what_two_changed_also_where_much_is_said_again() -> None:
    said = "Le Qui de Arsay a reçu mardi Anthony Blingen pour des entretiens sur l’OCDE, et les \
deux ministres ont parlé du Sahel avec les délégations. "
    base = said * 4
    right = base.replace("Qui de Arsay", "Quai d’Orsay")
    mine = right.replace("Anthony Blingen", "A. Blinken", 1)
    theirs = base.replace("Anthony Blingen", "Antony Blinken")
    assert mixed(base, mine, theirs) == right.replace("Anthony Blingen", "Antony Blinken")
    [overlap] = overlapping(base, mine, theirs)
    assert (overlap.base, overlap.ours, overlap.theirs) == ("Anthony", "A.", "Antony")


@given(TEXTS, st.integers(-1, 30))
def test_a_split_leaves_words_on_both_sides_or_is_none(text: str, at: int) -> None:
    split = split_at(1, passage(text), at)
    if split is None:
        return
    state = ArticleState({1: passage(text)}, {}, [1])
    state.do(type(split)(1, split.at, split.gap, 2, split.role, None, None))
    one, other = texts_of(state)
    assert one == one.rstrip()
    assert one.strip()
    assert other == other.lstrip()
    assert other.strip()


def test_exchanges_are_counted_anew() -> None:
    roles = ("statement", "question", "question", "answer", "note", "answer", "question", "answer")
    state = ArticleState(
        {number: passage("x", role) for number, role in enumerate(roles)}, {}, [*range(len(roles))]
    )
    for operation in renumbered(list(state.passages.items())):
        state.do(operation)
    assert [one.exchange for one in state.passages.values()] == [None, 1, 1, 1, None, 1, 2, 2]
