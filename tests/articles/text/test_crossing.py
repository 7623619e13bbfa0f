"""Runs of operations: each over the other, put together, and acts of the past taken back."""

from __future__ import annotations

from hypothesis import assume, given
from hypothesis import strategies as st

from articles.text.crossing import crossed, shortened
from articles.text.edits import Edit
from articles.text.operations import (
    ArticleState,
    InTheWay,
    Operation,
    PassageState,
    Split,
    Text,
    invert_operation,
)
from tests.articles.editing import (
    articles,
    copy_of,
    edits_of,
    logs,
    runs_on,
    splits_of,
    standing,
    texts_of,
)

Log = tuple[ArticleState, list[Operation]]


def after(state: ArticleState, operations: list[Operation]) -> ArticleState:
    """The article once operations were made."""
    made = copy_of(state)
    for operation in operations:
        made.do(operation)
    return made


@given(given=articles(), data=st.data())
def test_runs_of_two_people_come_to_the_same_or_are_in_the_way(
    given: ArticleState, data: st.DataObject
) -> None:
    ours, theirs = data.draw(runs_on(given, 3)), data.draw(runs_on(given, 3))
    try:
        over_theirs, over_ours = crossed(ours, theirs)
    except InTheWay:
        return
    one, other = after(given, [*theirs, *over_theirs]), after(given, [*ours, *over_ours])
    assert standing(one) == standing(other)


@given(given=articles(), data=st.data())
def test_texts_typed_by_two_people_all_stand(given: ArticleState, data: st.DataObject) -> None:
    """Insertions alone are never in the way, though they come at the same places."""
    number = given.order[0]

    def typed() -> list[Operation]:
        text, run = given.passages[number].text, list[Operation]()
        for sign in data.draw(st.text("xyz", max_size=3)):
            at = data.draw(st.integers(0, len(text)))
            run.append(Text(number, (Edit(at, "", sign),)))
            text = text[:at] + sign + text[at:]
        return run

    ours, theirs = typed(), typed()
    over_theirs, over_ours = crossed(ours, theirs)
    one, other = after(given, [*theirs, *over_theirs]), after(given, [*ours, *over_ours])
    assert texts_of(one) == texts_of(other)


@given(given=logs())
def test_a_run_shortened_comes_to_the_same(given: Log) -> None:
    birth, log = given
    short = shortened(log)
    assert len(short) <= len(log)
    assert standing(after(birth, short)) == standing(after(birth, log))


def nothing_is_left(log: list[Operation]) -> None:
    """A run with its undoing behind it comes to nothing."""
    assert shortened([*log, *map(invert_operation, reversed(log))]) == []


@given(given=logs())
def test_a_run_and_its_undoing_are_nothing(given: Log) -> None:
    nothing_is_left(given[1])


def test_edits_that_do_nothing_are_nothing_either() -> None:
    nothing_is_left([Text(1, ()), Text(1, (Edit(0, "0", ""),))])


@given(given=logs(5), which=st.integers(0, 4))
def test_an_act_in_the_past_is_undone_over_what_came_after_or_is_in_the_way(
    given: Log, which: int
) -> None:
    birth, log = given
    assume(which < len(log))
    later = log[which + 1 :]
    try:
        back, as_if_never = crossed([invert_operation(log[which])], later)
    except InTheWay:
        return
    assert standing(after(birth, [*log, *back])) == standing(
        after(birth, [*log[:which], *as_if_never])
    )


@given(given=articles(), data=st.data())
def test_edits_of_both_parts_come_together_again_with_their_passage(
    given: ArticleState, data: st.DataObject
) -> None:
    number = data.draw(st.sampled_from(given.order))
    text = Text(number, data.draw(edits_of(given.passages[number].text)))
    split = data.draw(splits_of(given, number))
    try:
        made, _ = crossed([text], [split, invert_operation(split)])
    except InTheWay:
        return
    assert texts_of(after(given, made)) == texts_of(after(given, [text]))


ARTICLE = ArticleState(
    {2: PassageState("Que dites-vous ? Rien du tout.", "question", 0, 1)}, {}, [2]
)
SPLIT = Split(2, 16, " ", 4, "answer", 1, 1)


def test_a_correction_is_undone_after_its_passage_was_split_and_corrected_elsewhere() -> None:
    garbled = Text(2, (Edit(17, "Rien", "Trois fois rien"),))
    later: list[Operation] = [SPLIT, Text(2, (Edit(0, "Que", "Mais que"),))]
    now = after(ARTICLE, [garbled, *later])
    back, _ = crossed([invert_operation(garbled)], later)
    assert texts_of(after(now, back)) == ["Mais que dites-vous ?", "Rien du tout."]


def test_a_correction_is_undone_after_its_passage_was_split_and_put_together_again() -> None:
    both = Text(2, (Edit(0, "Que", "Mais que"), Edit(25, "tout", "tout cela")))
    split = Split(2, 26, " ", 4, "answer", 1, 1)
    later: list[Operation] = [split, invert_operation(split)]
    now = after(ARTICLE, [both, *later])
    back, _ = crossed([invert_operation(both)], later)
    assert standing(after(now, back)) == standing(ARTICLE)
