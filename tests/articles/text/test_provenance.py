"""Who wrote what: runs tell the text, what it was, and who changed it."""

from __future__ import annotations

from hypothesis import given

from articles.text.edits import Edit, invert
from articles.text.operations import Merge, Operation, Split, Text, invert_operation
from articles.text.provenance import (
    Piece,
    Runs,
    from_values,
    original_of,
    text_of,
    to_values,
    trace,
    untouched,
)
from tests.articles.text.logs import Past, pasts


def runs_of(past: Past) -> dict[int, Runs]:
    texts = {number: state.text for number, state in past.born.passages.items()}
    return trace(texts, enumerate(past.log, 2))


@given(past=pasts())
def test_runs_give_the_text_and_their_originals_the_original(past: Past) -> None:
    traced, now = runs_of(past), past.now
    assert all(text_of(traced[number]) == now.passages[number].text for number in now.order)
    originals = "".join(original_of(traced[number]) for number in now.order)
    assert originals == "".join(past.born.passages[n].text for n in past.born.order)


@given(past=pasts())
def test_what_is_unchanged_is_there_from_the_start(past: Past) -> None:
    for runs in runs_of(past).values():
        for run in runs:
            assert run.text or run.original
            assert run.is_changed or run.text == run.original
            assert {piece.revision is None for piece in run.pieces} == {not run.is_changed}


@given(past=pasts())
def test_all_undone_nobody_has_written_anything(past: Past) -> None:
    back = [invert_operation(operation) for operation in reversed(past.log)]
    traced = runs_of(past._replace(log=[*past.log, *back]))
    for number in past.born.order:
        assert text_of(traced[number]) == past.born.passages[number].text
    texts = [text_of(runs) for runs in traced.values()]
    assert "".join(texts) == "".join(original_of(runs) for runs in traced.values())


@given(past=pasts())
def test_runs_are_kept_and_read_again(past: Past) -> None:
    for runs in runs_of(past).values():
        again = from_values(text_of(runs), to_values(runs))
        assert [(run.text, run.original, run.is_changed) for run in again] == [
            (run.text, run.original, run.is_changed) for run in runs
        ]


def trace_one(text: str, *operations: Operation) -> dict[int, Runs]:
    return trace({1: text}, enumerate(operations, 2))


def test_a_corrected_word_says_who_wrote_it_and_in_place_of_what() -> None:
    runs = trace_one("M. Antony Blingen parle.", Text(1, (Edit(10, "Blingen", "Blinken"),)))[1]
    assert [run.pieces for run in runs] == [
        (Piece("M. Antony ", None),),
        (Piece("Blinken", 2, "Blingen"),),
        (Piece(" parle.", None),),
    ]


def test_a_word_corrected_by_two_keeps_both_and_its_original() -> None:
    first = Text(1, (Edit(0, "Blingen", "Blinker"),))
    second = Text(1, (Edit(6, "r", "n"),))
    (run,) = trace_one("Blingen", first, second)[1]
    assert run.original == "Blingen"
    assert run.pieces == (Piece("Blinke", 2, "Blingen"), Piece("n", 3, "r"))


def test_what_was_taken_away_is_known_where_it_stood() -> None:
    runs = trace_one("un deux trois", Text(1, (Edit(3, "deux ", ""),)))[1]
    assert [(run.text, run.original) for run in runs] == [
        ("un ", "un "), ("", "deux "), ("trois", "trois"),
    ]  # fmt: skip
    assert runs[1].pieces == (Piece("", 2, "deux "),)


def test_what_is_undone_was_there_from_the_start() -> None:
    edits = (Edit(0, "Blingen", "Antony Blinken"),)
    runs = trace_one("Blingen parle", Text(1, edits), Text(1, invert(edits)))[1]
    assert runs == untouched("Blingen parle")


def test_a_split_and_the_merge_that_takes_it_back_leave_no_trace() -> None:
    split = Split(1, 2, " ", 2, "answer", None, None)
    parted = trace_one("un deux", split)
    assert [original_of(parted[number]) for number in (1, 2)] == ["un ", "deux"]
    merge = invert_operation(split)
    assert isinstance(merge, Merge)
    assert trace_one("un deux", split, merge)[1] == untouched("un deux")
