"""The operations of the log: made, taken back and carried over each other, in any order."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text.edits import Edit, Misfit
from articles.text.operations import (
    ArticleState,
    Attribute,
    InTheWay,
    Merge,
    Operation,
    PassageState,
    Split,
    Text,
    Voice,
    from_json,
    invert_operation,
    rebase_operation,
    to_json,
)
from tests.articles.editing import (
    articles,
    copy_of,
    logs,
    operations_on,
    standing,
    texts_of,
)

Log = tuple[ArticleState, list[Operation]]


def after(state: ArticleState, *operations: Operation) -> ArticleState:
    """The article once operations were made."""
    made = copy_of(state)
    for operation in operations:
        made.do(operation)
    return made


@given(given=logs())
def test_a_log_undone_from_its_end_gives_the_birth(given: Log) -> None:
    birth, log = given
    states = [birth]
    for operation in log:
        states.append(after(states[-1], operation))
    now = states.pop()
    while states:
        now = after(now, invert_operation(log[len(states) - 1]))
        assert standing(now) == standing(states.pop())
    shells = [one for number, one in now.passages.items() if number not in birth.passages]
    assert all(one.retired and one.text == "" for one in shells)


@given(given=logs())
def test_what_is_undone_can_be_done_again(given: Log) -> None:
    birth, log = given
    for count in range(len(log)):
        before = after(birth, *log[:count])
        back = invert_operation(log[count])
        assert invert_operation(back) == log[count]
        assert after(before, log[count], back, log[count]) == after(before, log[count])


@given(given=logs())
def test_the_log_comes_back_from_json(given: Log) -> None:
    _birth, log = given
    for operation in log:
        name, values = to_json(operation)
        kept = json.loads(json.dumps({**values, "reason": "une autre clé"}))
        assert from_json(name, kept) == operation


@given(given=logs())
def test_what_stands_in_two_places_of_the_log_is_never_changed(given: Log) -> None:
    """Passages of a state are values: a copy made before an operation stays as it was."""
    birth, log = given
    kept = json.dumps([to_json(one) for one in log]), repr(birth)
    after(birth, *log)
    assert (json.dumps([to_json(one) for one in log]), repr(birth)) == kept


@st.composite
def articles_by_two(draw: st.DrawFn) -> tuple[ArticleState, Operation, Operation]:
    """An article with something of a past, and what two people are about to do to it."""
    birth, log = draw(logs(3))
    now = after(birth, *log)
    return now, draw(operations_on(now)), draw(operations_on(now))


@given(given=articles_by_two())
def test_operations_of_two_people_come_to_the_same_or_are_in_the_way(
    given: tuple[ArticleState, Operation, Operation],
) -> None:
    state, ours, theirs = given
    try:
        over_theirs = rebase_operation(ours, theirs)
    except InTheWay:
        return
    one = after(state, theirs, *over_theirs)
    try:
        over_ours = rebase_operation(theirs, ours, after=False)
    except InTheWay:
        return
    other = after(state, ours, *over_ours)
    assert texts_of(one) == texts_of(other)
    assert standing(one) == standing(other)


@given(given=articles(), data=st.data())
def test_the_same_done_by_both_is_done_once(given: ArticleState, data: st.DataObject) -> None:
    operation = data.draw(operations_on(given))
    assert rebase_operation(operation, operation) == ()


ARTICLE = ArticleState(
    {
        1: PassageState("Un titre", "heading", None, None),
        2: PassageState("Que dites-vous ? Rien du tout.", "question", 0, 1),
        3: PassageState("Merci.", "answer", 1, 1),
    },
    {0: {"name": "Hôte", "part": "host"}, 1: {"name": "Lavrof", "part": "guest"}},
    [1, 2, 3],
)
SPLIT = Split(2, 16, " ", 4, "answer", 1, 1)
MERGE = Merge(2, 30, "\n", 3, "answer", 1, 1)


def test_a_passage_is_split_and_merged() -> None:
    split = after(ARTICLE, SPLIT)
    assert split.order == [1, 2, 4, 3]
    assert texts_of(split) == ["Un titre", "Que dites-vous ?", "Rien du tout.", "Merci."]
    assert split.passages[4] == PassageState("Rien du tout.", "answer", 1, 1)
    merged = after(ARTICLE, MERGE)
    assert texts_of(merged) == ["Un titre", "Que dites-vous ? Rien du tout.\nMerci."]
    assert merged.passages[3].retired


@pytest.mark.parametrize(
    "operation",
    [
        Text(9, (Edit(0, "", "x"),)),  # no such passage
        Text(1, (Edit(0, "La", "x"),)),  # other words stand there
        replace(SPLIT, gap="x"),
        replace(SPLIT, at=-1, gap=""),
        replace(SPLIT, at=31, gap=""),
        replace(SPLIT, number=3),  # the number is taken
        replace(SPLIT, number=2),
        replace(MERGE, at=29),
        replace(MERGE, role="question"),
        replace(MERGE, number=9),
        Merge(1, 8, " ", 3, "answer", 1, 1),  # another stands between
        Merge(2, 30, " ", 1, "heading", None, None),  # it stands before
        Attribute(1, "role", "paragraph", "note"),
        Attribute(1, "text", "Un titre", "x"),  # is not for this operation
        Voice(0, None, {"name": "x", "part": ""}),
        Voice(7, {"name": "x", "part": ""}, None),
    ],
)
def test_what_does_not_fit_the_article_is_refused_and_changes_nothing(operation: Operation) -> None:
    state = copy_of(ARTICLE)
    with pytest.raises(Misfit):
        state.do(operation)
    assert state == ARTICLE


@pytest.mark.parametrize(
    "operation",
    [Text(3, (Edit(0, "", "x"),)), Attribute(3, "role", "answer", "note"),
     Merge(2, 37, "", 3, "answer", 1, 1)],
)  # fmt: skip
def test_nothing_is_done_to_a_passage_that_was_merged(operation: Operation) -> None:
    merged = after(ARTICLE, MERGE)
    with pytest.raises(Misfit):
        merged.do(operation)


def test_edits_follow_their_words_into_the_part_that_was_split_off() -> None:
    edits = (Edit(4, "dites", "direz"), Edit(17, "Rien", "Rien, rien"), Edit(30, "", " Non."))
    made = rebase_operation(Text(2, edits), SPLIT)
    assert made == (
        Text(2, (Edit(4, "dites", "direz"),)),
        Text(4, (Edit(0, "Rien", "Rien, rien"), Edit(13, "", " Non."))),
    )
    assert texts_of(after(ARTICLE, SPLIT, *made))[1:3] == [
        "Que direz-vous ?", "Rien, rien du tout. Non.",
    ]  # fmt: skip


def test_edits_follow_their_words_into_the_passage_that_took_them_in() -> None:
    made = rebase_operation(Text(3, (Edit(0, "Merci", "Bien"),)), MERGE)
    assert texts_of(after(ARTICLE, MERGE, *made))[1] == "Que dites-vous ? Rien du tout.\nBien."


def test_splits_of_one_passage_by_two_people_both_hold() -> None:
    later = Split(2, 21, " ", 5, "note", None, None)
    for one, other in ((SPLIT, later), (later, SPLIT)):
        both = after(ARTICLE, other, *rebase_operation(one, other))
        assert texts_of(both)[1:] == ["Que dites-vous ?", "Rien", "du tout.", "Merci."]


@pytest.mark.parametrize(
    "later",
    [
        Split(2, 21, " ", 4, "note", None, None),  # the same number
        Split(2, 16, "", 5, "note", None, None),  # at the same words
        Text(2, (Edit(16, " ", ", "),)),
        MERGE,
    ],
)
def test_a_split_is_in_the_way_of_what_it_leaves_no_place(later: Operation) -> None:
    with pytest.raises(InTheWay):
        rebase_operation(later, SPLIT)


def test_what_is_inserted_where_a_passage_is_split_stands_on_one_side_whoever_is_first() -> None:
    split, text = replace(SPLIT, gap=""), Text(2, (Edit(16, "", "!"),))
    one = after(ARTICLE, split, *rebase_operation(text, split))
    other = after(ARTICLE, text, *rebase_operation(split, text))
    assert texts_of(one) == texts_of(other)


def test_changes_of_one_thing_by_two_people_are_in_the_way_unless_alike() -> None:
    ours = Attribute(2, "role", "question", "note")
    assert rebase_operation(ours, Attribute(2, "role", "question", "note")) == ()
    assert rebase_operation(ours, Attribute(2, "speaker", 0, 1)) == (ours,)
    with pytest.raises(InTheWay):
        rebase_operation(ours, Attribute(2, "role", "question", "answer"))
    named = Voice(1, {"name": "Lavrof", "part": "guest"}, {"name": "Lavrov", "part": "guest"})
    with pytest.raises(InTheWay):
        rebase_operation(named, Voice(1, named.before, None))
