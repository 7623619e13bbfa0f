"""The harness's arithmetic: turns, medians, ratios, verdicts."""

from __future__ import annotations

import pytest

from benchmarks.bench_import import Imported
from benchmarks.bench_import import results as import_results
from benchmarks.bench_pages import NEXT, Pages
from benchmarks.bench_pages import results as page_results
from benchmarks.bench_picking import Load
from benchmarks.bench_picking import results as picking_results
from benchmarks.bench_scale import results as scale_results
from benchmarks.people import people
from benchmarks.picking.score import Scored
from benchmarks.timing import Result, as_json, in_turn, medians, ratio, table


def test_acts_take_turns_and_the_first_round_does_not_count() -> None:
    done: list[str] = []
    taken = in_turn({"a": lambda: done.append("a"), "b": lambda: done.append("b")}, 2)
    assert done == ["a", "b"] * 3
    assert [len(seconds) for seconds in taken.values()] == [2, 2]


def test_no_rounds_is_refused() -> None:
    with pytest.raises(ValueError, match="rounds"):
        in_turn({"a": object}, 0)


def test_the_median_ignores_one_slow_round() -> None:
    assert medians({"a": [1.0, 9.0, 2.0]}) == {"a": 2.0}


def test_a_floor_of_nothing_is_refused() -> None:
    assert ratio(3.0, 2.0) == 1.5
    with pytest.raises(ValueError, match="floor"):
        ratio(1.0, 0.0)


@pytest.mark.parametrize(
    ("measured", "target", "at_least", "met"),
    [
        (0.9, 1.0, False, True),
        (1.1, 1.0, False, False),
        (1.1, 1.0, True, True),
        (0.9, 1.0, True, False),
        (9.0, None, False, True),
    ],
)
def test_a_target_is_met_from_its_side(
    measured: float, target: float | None, at_least: bool, met: bool
) -> None:
    assert Result("x", measured, target, at_least=at_least).is_met is met


def test_the_table_names_what_missed() -> None:
    said = table([Result("slow", 2.0, 1.0), Result("quick", 0.5, 1.0), Result("free", 7.0, None)])
    lines = said.splitlines()
    assert "MISSED" in lines[1]
    assert "met" in lines[2]
    assert "MISSED" not in lines[2] + lines[3]


def test_json_holds_the_verdict() -> None:
    assert as_json([Result("slow", 2.0, 1.0)])[0]["is_met"] is False


def test_import_compares_medians_and_the_most_memory() -> None:
    ours = [Imported(10.0, 100.0, 110.0), Imported(30.0, 90.0, 120.0), Imported(20.0, 80.0, 85.0)]
    speed, memory = import_results(11_000, ours, [40.0, 10.0, 20.0])
    assert speed.measured == 1.0
    assert speed.is_met
    assert memory.measured == 1.2


def test_a_search_may_take_three_bare_pages_and_its_own_sql() -> None:
    times = {
        "bare Django SELECT": 1.0, "bare SQL rare phrase": 0.5, "bare SQL common word": 2.0,
        "bare SQL article 300 KB": 5.0, "list page 1": 3.0, "list page 200": 3.3,
        "search rare phrase": 3.5, "search common word": 6.0, "open article 3 KB": 1.5,
        "open article 300 KB": 20.0,
    }  # fmt: skip
    found = {
        result.name.split(",")[0]: result for result in page_results(times, Pages(1, 2, "/", 200))
    }
    assert found["search rare phrase"].measured == 1.0
    assert found["search common word"].measured == 1.2
    assert found["open article 300 KB"].measured == 1.0
    assert not found["list page 200"].is_met


def test_growth_is_large_beside_small() -> None:
    (grown,) = scale_results({"list page 1 1": 2.0, "list page 1 10": 2.5}, ["list page 1"])
    assert grown.measured == 1.25
    assert grown.is_met


def test_the_link_to_the_next_page_is_found_either_way_round() -> None:
    assert NEXT.search('<a class="button" rel="next" href="?cursor=a1.x">')
    assert NEXT.search('<a href="?cursor=a1.x" class="button" rel="next">')
    assert NEXT.search('<a rel="prev" href="?cursor=b1.x">') is None


def test_a_load_and_the_picker_are_held_against_their_targets() -> None:
    scored = {
        "garbled": Scored(85, 83, 85, 0, [20.0] * 85, [12.0] * 85),
        "second": Scored(40, 30, 34, 1, [40.0] * 40, [25.0] * 40),
    }
    found = picking_results(32_129, [Load(9.0, 4.0, 1.0), Load(16.0, 5.0, 2.0)], scored)
    assert [result.is_met for result in found] == [
        True, True, False, True, True, True, True, False,
    ]  # fmt: skip
    assert found[0].measured == 12.5
    assert "COPY of the names + indexes 1.5 s" in found[0].detail


def test_made_up_persons_are_always_the_same() -> None:
    some = list(people(50))
    assert some == list(people(50))
    assert len({person["en"] for person in some}) > 40
