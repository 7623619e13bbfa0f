"""The arithmetic of measuring: things taken in turn, medians, ratios, targets."""

from __future__ import annotations

import gc
from dataclasses import asdict, dataclass
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence


@dataclass(frozen=True, slots=True)
class Result:
    """One figure against its target: `measured` should be at most (or at least) `target`."""

    name: str
    measured: float
    target: float | None
    at_least: bool = False
    unit: str = "×"
    detail: str = ""

    @property
    def is_met(self) -> bool:
        """Whether the target is reached; a figure without a target always is."""
        if self.target is None:
            return True
        if self.at_least:
            return self.measured >= self.target
        return self.measured <= self.target


def in_turn(
    acts: Mapping[str, Callable[[], object]],
    rounds: int,
    clock: Callable[[], float] = perf_counter,
) -> dict[str, list[float]]:
    """The seconds each act takes, one after the other in each round, so that noise hits all.

    A first round, in which caches fill, is not counted. What was there before is not looked through
    for garbage meanwhile: the search would fall on the same act in each round.
    """
    if rounds < 1:
        raise ValueError("rounds")
    gc.collect()
    gc.freeze()
    try:
        return _taken(acts, rounds, clock)
    finally:
        gc.unfreeze()


def _taken(
    acts: Mapping[str, Callable[[], object]], rounds: int, clock: Callable[[], float]
) -> dict[str, list[float]]:
    taken: dict[str, list[float]] = {name: [] for name in acts}
    for number in range(rounds + 1):
        for name, act in acts.items():
            began = clock()
            act()
            if number:
                taken[name].append(clock() - began)
    return taken


def medians(taken: Mapping[str, Sequence[float]]) -> dict[str, float]:
    """The median of each."""
    return {name: median(seconds) for name, seconds in taken.items()}


def ratio(ours: float, floor: float) -> float:
    """How many times as long as the floor; a floor of nothing is an error, not infinity."""
    if floor <= 0:
        raise ValueError("a floor must take some time")
    return ours / floor


def table(results: Iterable[Result]) -> str:
    """The results for a terminal, a line each."""
    rows = [("what", "measured", "target", "", "medians")]
    for result in results:
        rows.append((
            result.name, _figure(result.measured, result.unit), _target(result),
            _verdict(result), result.detail,
        ))  # fmt: skip
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    return "\n".join(
        "  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[4]])
        .rstrip()
        for row in rows
    )  # fmt: skip


def as_json(results: Iterable[Result]) -> list[dict[str, Any]]:
    """The results as plain values."""
    return [asdict(result) | {"is_met": result.is_met} for result in results]


def milliseconds(seconds: float) -> str:
    """A time as one reads it."""
    return f"{seconds * 1000:.1f} ms"


def _figure(value: float, unit: str) -> str:
    return f"{value:.2f}{unit}" if unit == "×" else f"{value:.0f} {unit}"


def _target(result: Result) -> str:
    if result.target is None:
        return "–"
    return ("≥ " if result.at_least else "≤ ") + _figure(result.target, result.unit)


def _verdict(result: Result) -> str:
    if result.target is None:
        return ""
    return "met" if result.is_met else "MISSED"
