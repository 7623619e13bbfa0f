"""Segmenting overlaps over growing n: the time a range takes may grow as its logarithm only."""

from __future__ import annotations

import math
import random
from typing import TYPE_CHECKING

from annotations.text.segments import nest
from benchmarks.timing import Result, in_turn, medians, milliseconds, ratio

if TYPE_CHECKING:
    from collections.abc import Callable

SIZES = (1_000, 4_000, 16_000, 64_000)
SIGNS_A_RANGE = 150  # of text: 2,000 ranges over 300 KB
ROUNDS = 5
TIMES = 1.5  # how much more than n log n is noise


def measure() -> list[Result]:
    """Ranges as they come, and stairs in which each crosses many others."""
    results = []
    for name, make in (("scattered", _scattered), ("stairs", _stairs)):
        acts: dict[str, Callable[[], object]] = {}
        for size in SIZES:
            ranges, length = make(size)
            acts[str(size)] = _nesting(ranges, length)
        times = medians(in_turn(acts, ROUNDS))
        results += [_growth(name, times, size, 4 * size) for size in SIZES[:-1]]
    return results


def _nesting(ranges: list[tuple[int, int]], length: int) -> Callable[[], object]:
    return lambda: nest(ranges, length)


def _growth(name: str, times: dict[str, float], small: int, large: int) -> Result:
    """How much longer four times the ranges take, beside what n log n allows."""
    grown = ratio(times[str(large)], times[str(small)])
    allowed = large * math.log(large) / (small * math.log(small))
    detail = f"{milliseconds(times[str(small)])}, {milliseconds(times[str(large)])}"
    return Result(
        f"segments, {name}: {small:,} to {large:,}, of n log n", grown / allowed, TIMES,
        detail=detail,
    )  # fmt: skip


def _scattered(size: int) -> tuple[list[tuple[int, int]], int]:
    dice, length = random.Random(size), size * SIGNS_A_RANGE
    starts = [dice.randrange(length - 400) for _ in range(size)]
    return [(start, start + dice.randint(1, 400)) for start in starts], length


def _stairs(size: int) -> tuple[list[tuple[int, int]], int]:
    """Each range begins in the one before and ends after it, fifty deep."""
    return [(2 * n, 2 * n + 100) for n in range(size)], 2 * size + 100
