"""An article at any moment of its log."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given

from articles.text.operations import Attribute
from articles.text.states import breaches, state_after, state_before, voices_at_birth
from tests.articles.text.logs import Past, pasts


@given(past=pasts())
def test_the_log_folds_and_is_undone(past: Past) -> None:
    now = past.now
    assert breaches(past.born, past.log, now) == []
    back = state_before(now, past.log)
    assert back.order == past.born.order
    assert {n: back.passages[n] for n in back.order} == past.born.passages
    assert back.voices == past.voices == voices_at_birth(now.voices, past.log)


@given(past=pasts())
def test_any_moment_is_reached_from_both_ends(past: Past) -> None:
    for moment in range(len(past.log) + 1):
        forth = state_after(past.born, past.log[:moment])
        back = state_before(past.now, past.log[moment:])
        assert back.order == forth.order
        assert back.voices == forth.voices
        assert all(back.passages[n] == forth.passages[n] for n in forth.order)


@given(past=pasts())
def test_whatever_was_changed_behind_the_logs_back_is_found(past: Past) -> None:
    number = past.now.order[0]
    held = past.now.passages[number]
    for spoiled in (
        replace(held, text=held.text + "!"),
        replace(held, role="heading"),
        replace(held, speaker=7),
        replace(held, exchange=99),
        replace(held, retired=True),
    ):
        now = past.now
        now.passages[number] = spoiled
        assert f"passage {number}" in breaches(past.born, past.log, now)
    now = past.now
    now.voices[0] = {"name": "Autre", "part": ""}
    assert "the voices" in breaches(past.born, past.log, now)
    now = past.now
    now.order = [*now.order, 77]
    assert "the order of the passages" in breaches(past.born, past.log, now)
    log = [*past.log, Attribute(number, "role", "never", "note")]
    assert breaches(past.born, log, past.now) == ["the log does not fold"]
