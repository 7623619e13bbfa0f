"""Entities: a large list loaded, beside COPY of its names, and garbled names looked up in it."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING

from benchmarks.floors.copy_names import copy_names
from benchmarks.people import entity_list
from benchmarks.picking.score import Scored, p95, times
from benchmarks.timing import Result, ratio

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from benchmarks.house import Database, House

MOST_LOAD = 15.0  # seconds
MOST_P95 = 30.0  # milliseconds
MOST_TIMES = 2.0
FOUND = {"garbled": 83}  # the least of a list whose meant entity comes first


@dataclass(frozen=True, slots=True)
class Load:
    """The seconds of a load, of the same once more, and of the floor."""

    first: float
    again: float
    floor: float


def measure(house: House, rounds: int) -> list[Result]:
    """Load the list so many times into a database with the starter list, then look names up."""
    small = house.database("starter").make()
    small.manage("load_entities", "--starter", "--verbosity=0")
    path = entity_list(house.folder)
    loads: list[Load] = []
    for number in range(rounds):
        database = house.database(f"entities_{number}").make(template=small)
        loads.append(_load(database, path))
    said = database.inside("pick")
    entities = database.execute("SELECT count(*) FROM annotations_entity")[0][0]
    scored = {name: Scored(**one) for name, one in said.items()}
    return results(entities, loads, scored)


def _load(database: Database, path: Path) -> Load:
    taken = []
    for _ in range(2):
        began = perf_counter()
        database.manage("load_entities", str(path), "--verbosity=0")
        taken.append(perf_counter() - began)
    return Load(*taken, copy_names(database.url))


def results(entities: int, loads: Sequence[Load], scored: Mapping[str, Scored]) -> list[Result]:
    """The figures: seconds to load, milliseconds to look up, and how many are found."""
    first, again = median(one.first for one in loads), median(one.again for one in loads)
    floor = median(one.floor for one in loads)
    whole, statements = times(scored.values())
    return [
        Result(
            f"load of {entities:,} entities", first, MOST_LOAD, unit="s",
            detail=f"{first:.1f} s, again {again:.1f} s, COPY of the names + indexes {floor:.1f} s",
        ),
        Result("load, of COPY of the names + indexes", ratio(first, floor), None),
        Result(
            f"picker, p95 of {len(whole)} names", p95(whole), MOST_P95, unit="ms",
            detail=f"median {median(whole):.1f} ms, p95 {p95(whole):.1f} ms",
        ),
        Result(
            "picker, of its own statements", ratio(sum(whole), sum(statements)), MOST_TIMES,
            detail=f"statements {median(statements):.1f} ms, p95 {p95(statements):.1f} ms",
        ),
        *(found for name, one in scored.items() for found in _found(name, one)),
    ]  # fmt: skip


def _found(name: str, scored: Scored) -> list[Result]:
    detail = f"among five {scored.five}, missed: {'; '.join(scored.missed)}"
    first = f"picker, meant first of {scored.names} ({name})"
    return [
        Result(first, scored.first, FOUND.get(name), at_least=True, unit="names", detail=detail),
        Result(f"picker, marked wrongly ({name})", scored.wrong, 0, unit="names"),
    ]
