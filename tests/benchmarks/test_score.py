"""The scorer gives a right reading full marks and a wrong one less, each measure by itself."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from benchmarks.parsing.fixtures import Fixture, MalformedFixtureError, Span, read_fixture
from benchmarks.parsing.measure import Reading, fold, score, turns_of
from benchmarks.parsing.score import doubts, main, score_all

MARKED = """#! kind=interview lang=fr name=un.txt note=labels each turn
 date 1999-04 Radio Lac : ⟦question|Radio Lac|1⟧Que fait la conférence ?⟦/⟧

Ida Weil : « ⟦answer|Ida Weil|1⟧Elle attend. ⟦-⟧Lire aussi : le lac⟦/-⟧ Elle attendra.⟦/⟧ »

(⟦note||⟧Rires⟦/⟧)

⟦answer|Ida Weil|1⟧Et puis rien.⟦/⟧
"""


@pytest.fixture
def fixture() -> Fixture:
    return read_fixture(MARKED, "un")


def right(fixture: Fixture) -> Reading:
    return Reading(fixture.kind, fixture.spans)


def changed(fixture: Fixture, place: int, **values: Any) -> Reading:
    spans = list(fixture.spans)
    spans[place] = replace(spans[place], **values)
    return Reading(fixture.kind, tuple(spans))


def test_marks_are_taken_out_and_bound_the_words(fixture: Fixture) -> None:
    assert "⟦" not in fixture.text
    assert fixture.text.startswith(" date 1999-04 Radio Lac : Que fait")
    question, answer, note, more = fixture.spans
    assert fixture.text[question.start : question.end] == "Que fait la conférence ?"
    assert fixture.text[note.start : note.end] == "Rires"
    (hole,) = answer.holes
    assert fixture.text[slice(*hole)] == "Lire aussi : le lac"
    assert (question.exchange, answer.exchange, note.exchange, more.exchange) == (1, 1, None, 1)
    assert (fixture.file_name, fixture.note) == ("un.txt", "labels each turn")


def test_a_note_does_not_end_a_turn_and_a_paragraph_does(fixture: Fixture) -> None:
    assert [turn.role for turn in turns_of(fixture.spans)] == ["question", "answer"]
    spans = [replace(one, role="paragraph") if one.role == "note" else one for one in fixture.spans]
    assert [turn.role for turn in turns_of(spans)] == ["question", "answer", "answer"]


def test_a_right_reading_has_full_marks(fixture: Fixture) -> None:
    found = score(fixture, right(fixture))
    assert (found.kind_share, found.turns_f, found.roles_share) == (1, 1, 1)
    assert (found.speakers_share, found.exchanges_share, found.misses) == (1, 1, [])


def test_a_wrong_kind_without_turns_loses_kind_turns_and_roles(fixture: Fixture) -> None:
    spans = tuple(replace(one, role="paragraph", speaker="") for one in fixture.spans)
    found = score(fixture, Reading("article", spans))
    assert (found.kind_share, found.turns_f, found.roles_share) == (0, 0, 0)
    assert found.speakers_share == 0


@pytest.mark.parametrize(("shift", "turns"), [(2, 1.0), (-2, 1.0), (3, 0.5), (-3, 0.5)])
def test_a_turn_start_may_be_two_code_points_off(
    fixture: Fixture, shift: int, turns: float
) -> None:
    start = fixture.spans[0].start + shift
    assert score(fixture, changed(fixture, 0, start=start)).turns_f == turns


def test_a_turn_too_many_lowers_the_turns(fixture: Fixture) -> None:
    extra = Span("question", "", None, fixture.spans[2].start, fixture.spans[2].end)
    spans = (*fixture.spans[:2], extra, fixture.spans[3])
    found = score(fixture, Reading("interview", spans))
    assert found.turns_f == pytest.approx(2 * 2 / (2 + 4))
    assert any("too many" in miss for miss in found.misses)


def test_a_wrong_speaker_costs_that_turn_only(fixture: Fixture) -> None:
    found = score(fixture, changed(fixture, 0, speaker="Ida Weil"))
    assert (found.turns_f, found.roles_share, found.speakers_share) == (1, 1, 0.5)
    (miss,) = found.misses
    assert miss.startswith("speaker: expected 'Radio Lac', got 'Ida Weil'")


def test_a_wrong_role_costs_its_characters(fixture: Fixture) -> None:
    found = score(fixture, changed(fixture, 2, role="paragraph"))
    length = len("Rires")
    assert found.roles - found.roles_right == length


def test_a_hole_is_no_truth(fixture: Fixture) -> None:
    assert score(fixture, right(fixture)).roles == sum(
        one.end - one.start - sum(end - start for start, end in one.holes) for one in fixture.spans
    )


def test_a_wrong_exchange_is_seen(fixture: Fixture) -> None:
    assert score(fixture, changed(fixture, 0, exchange=2)).exchanges_share < 1


@pytest.mark.parametrize(
    ("one", "two"),
    [("ÉLISE D’ARSAY", "Elise d'Arsay"), ("Ida  Weil", "ida\u202fweil"), ("Ida Weil ", "Ida Weil")],
)
def test_names_are_compared_without_case_accents_apostrophes_spaces(one: str, two: str) -> None:
    assert fold(one) == fold(two)
    assert fold(one) != fold(f"{two} fils")


def test_several_fixtures_are_pooled(fixture: Fixture) -> None:
    other = replace(fixture, name="deux")
    readings = {"un": right(fixture), "deux": Reading("article", ())}
    total, each = score_all([fixture, other], lambda one: readings[one.name])
    assert (total.kinds_right, total.kinds) == (1, 2)
    assert total.turns_f == pytest.approx(2 * 2 / (4 + 2))
    assert each["un"].turns_f == 1


@pytest.mark.parametrize(
    "body",
    [
        "⟦answer||⟧jamais fermé",
        "⟦answer||⟧un ⟦answer||⟧deux⟦/⟧⟦/⟧",
        "⟦reply||⟧un⟦/⟧",
        "⟦answer|⟧un⟦/⟧",
        "⟦answer||un⟧un⟦/⟧",
        "un⟦/⟧",
        "⟦-⟧un⟦/-⟧",
        "⟦answer||⟧un ⟦-⟧deux⟦/⟧",
        "⟦answer||⟧un⟦/⟧ ⟧",
    ],
)
def test_broken_marks_are_refused(body: str) -> None:
    with pytest.raises(MalformedFixtureError):
        read_fixture(f"#! kind=interview lang=fr\n{body}\n", "x")


@pytest.mark.parametrize("first", ["kind=interview lang=fr", "#! kind=poem lang=fr", "#! lang=fr"])
def test_the_first_line_names_kind_and_language(first: str) -> None:
    with pytest.raises(MalformedFixtureError):
        read_fixture(f"{first}\nun\n", "x")


def test_the_exit_code_tells_a_threshold_missed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "un.txt").write_text(MARKED, encoding="utf-8")
    thresholds = ["--kind", "74/75", "--turns", "0.97", "--roles", "0.97", "--speakers", "0.90"]
    assert main([str(tmp_path), *thresholds], right) == 0
    assert "kind       1 of 1" in capsys.readouterr().out
    assert main([str(tmp_path), *thresholds], lambda _: Reading("article", ())) == 1
    assert "kind 0.0000 is below 0.9867" in capsys.readouterr().err


def test_the_json_mode_gives_totals_and_misses(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "un.txt").write_text(MARKED, encoding="utf-8")
    assert main([str(tmp_path), "--json"], lambda _: Reading("article", ())) == 0
    body = json.loads(capsys.readouterr().out)
    assert body["totals"]["kind"] == 0
    assert any("kind: expected interview" in miss for miss in body["fixtures"]["un"]["misses"])


def test_an_empty_folder_is_no_success(tmp_path: Path) -> None:
    assert main([str(tmp_path)], right) == 2


def test_doubtful_readings_are_counted_by_how_well_they_were_read(fixture: Fixture) -> None:
    sure, doubtful = right(fixture), replace(right(fixture), doubtful=True)
    wrong = Reading("article", (), doubtful=True)
    each = {str(n): score(fixture, one) for n, one in enumerate((sure, doubtful, wrong))}
    assert doubts(each) == {
        "without_a_miss": 1,
        "all_without_a_miss": 2,
        "bad": 1,
        "all_bad": 1,
    }
