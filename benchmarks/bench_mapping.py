"""Mapping targets through edits: 10,000 targets over 100 edits, made at once and one by one."""

from __future__ import annotations

import random
from bisect import bisect_left, bisect_right
from functools import reduce
from time import process_time
from typing import TYPE_CHECKING

from annotations.text.mapping import Mapper, Place
from articles.text.edits import Edit, Edits, apply, compose, invert
from articles.text.operations import Text
from benchmarks.timing import Result, in_turn, medians, milliseconds, ratio

if TYPE_CHECKING:
    from collections.abc import Callable

TARGETS, EDITS = 10_000, 100
SIGNS = 300_000
ROUNDS = 9
# As long as looking up both ends of each: 50 ms where that takes 6.
TIMES = {"made at once": 8.0, "taken back": 8.0, "made one by one": 10.0}


def measure() -> list[Result]:
    """All targets carried over the edits, beside a bare loop that looks up both their ends."""
    dice = random.Random(EDITS)
    text = "".join(dice.choices("aeinrst ", k=SIGNS))
    places = [
        Place(1, start, start + dice.randint(1, 60))
        for start in (dice.randrange(SIGNS - 60) for _ in range(TARGETS))
    ]
    at_once = _at_once(text, dice)
    in_steps = _in_steps(text, dice)
    acts: dict[str, Callable[[], object]] = {
        "floor": lambda: _look_up(places, at_once),
        "made at once": lambda: _carry(places, at_once),
        "made one by one": lambda: _carry(places, reduce(compose, in_steps, ())),
        "taken back": lambda: _carry(places, invert(at_once)),
    }
    times = medians(in_turn(acts, ROUNDS, process_time))  # nothing here waits
    return [_beside(name, times[name], times["floor"]) for name in TIMES]


def _beside(name: str, taken: float, floor: float) -> Result:
    return Result(
        f"mapping {TARGETS:,} targets, {EDITS} edits {name}", ratio(taken, floor), TIMES[name],
        detail=f"{milliseconds(taken)}, bare loop {milliseconds(floor)}",
    )  # fmt: skip


def _carry(places: list[Place], edits: Edits) -> list[tuple[Place, ...]]:
    carry = Mapper(Text(1, edits)).carry
    return [carry(place) for place in places]


def _look_up(places: list[Place], edits: Edits) -> list[tuple[int, int]]:
    """What no mapping can do without: between which edits each target stands."""
    starts, ends = [edit.start for edit in edits], [edit.end for edit in edits]
    return [(bisect_right(ends, one.start), bisect_left(starts, one.end)) for one in places]


def _at_once(text: str, dice: random.Random) -> Edits:
    """Corrections all over a text."""
    step = len(text) // EDITS
    return tuple(_edit(text, n * step + dice.randrange(step - 20), dice) for n in range(EDITS))


def _in_steps(text: str, dice: random.Random) -> list[Edits]:
    """As many, each in the text after the one before."""
    made = []
    for _ in range(EDITS):
        made.append((_edit(text, dice.randrange(len(text) - 20), dice),))
        text = apply(text, made[-1])
    return made


def _edit(text: str, start: int, dice: random.Random) -> Edit:
    removed = text[start : start + dice.randint(0, 12)]
    return Edit(start, removed, "Ж" * dice.randint(1, 12))
