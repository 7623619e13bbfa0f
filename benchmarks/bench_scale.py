"""The same list and search over ten times the texts: how much longer they take."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

from benchmarks.bench_pages import LATE_PAGE, find_pages
from benchmarks.house import OURS
from benchmarks.timing import Result, in_turn, medians, milliseconds, ratio

if TYPE_CHECKING:
    from collections.abc import Callable

    from benchmarks.house import Client, Database

TIMES = 10
GROWTH = 1.5


def measure(
    small: Database, large: Database, rounds: int, late_page: int = LATE_PAGE
) -> list[Result]:
    """Measure both databases in turn, each behind a server of its own."""
    with ExitStack() as servers:
        clients = {
            "1": servers.enter_context(small.serving(OURS)),
            str(TIMES): servers.enter_context(large.serving(OURS)),
        }
        acts: dict[str, Callable[[], object]] = {}
        names: list[str] = []
        for (size, client), database in zip(clients.items(), (small, large), strict=True):
            paths = find_pages(database, client, late_page).paths
            names = [name for name in paths if not name.startswith("open")]
            acts |= {f"{name} {size}": _getting(client, paths[name]) for name in names}
        times = medians(in_turn(acts, rounds))
    return results(times, names)


def results(times: dict[str, float], names: list[str]) -> list[Result]:
    """How much longer each page takes over the larger collection."""
    return [
        Result(
            f"{name}, growth at {TIMES} × the texts",
            ratio(large := times[f"{name} {TIMES}"], small := times[f"{name} 1"]),
            GROWTH,
            detail=f"{milliseconds(small)}, {milliseconds(large)}",
        )
        for name in names
    ]


def _getting(client: Client, path: str) -> Callable[[], object]:
    return lambda: client.get(path)
