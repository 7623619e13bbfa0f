"""Importing: files on disk until the last of them is found by search, against COPY and an index."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING
from urllib.parse import quote_plus

from benchmarks.floors.copy_index import copy_and_index
from benchmarks.house import OURS, ROOT
from benchmarks.timing import Result, ratio

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.house import Client, Database, House

FIND_SECONDS = 60
LOOK = 0.25  # seconds between looks at the memory: looking costs what is looked at time
GROWTH = 1.25  # what is called flat: bounded caches still fill up


@dataclass(frozen=True, slots=True)
class Imported:
    """Seconds until the last file was found, and the most memory, early and in all (MB)."""

    seconds: float
    early: float
    peak: float


def measure(house: House, paths: Sequence[Path], rounds: int) -> list[Result]:
    """Import into an empty database each round, in turn with the floor."""
    words = _last_words(paths[-1])
    ours: list[Imported] = []
    floors: list[float] = []
    for number in range(rounds):
        floors.append(_floor(house, f"floor_{number}", paths, words))
        ours.append(_ours(house, f"import_{number}", paths, words))
    return results(len(paths), ours, floors)


def results(files: int, ours: Sequence[Imported], floors: Sequence[float]) -> list[Result]:
    """The figures: how fast beside the floor, how much memory late beside early."""
    seconds, floor = median(one.seconds for one in ours), median(floors)
    early, peak = max(one.early for one in ours), max(one.peak for one in ours)
    return [
        Result(
            f"import of {files:,} files, speed beside COPY + index", ratio(floor, seconds), 1.0,
            at_least=True,
            detail=f"ours {seconds:.1f} s ({files / seconds:.0f} files/s), floor {floor:.1f} s",
        ),
        Result(
            f"memory after {files:,} files beside after {_early(files):,}",
            ratio(peak, early), GROWTH,
            detail=f"{early:.0f} MB, {peak:.0f} MB",
        ),
    ]  # fmt: skip


def _early(files: int) -> int:
    return max(1, files * 2 // 11)


def _last_words(path: Path) -> str:
    """Eight words of a text, enough to be found by."""
    words = path.read_text(encoding="utf-8").split()[-9:-1]
    return " ".join(word.strip("«».,?:") for word in words if word.strip("«».,?:"))


def _floor(house: House, name: str, paths: Sequence[Path], words: str) -> float:
    database = house.database(name).make()
    taken = copy_and_index(database.url, paths, words).found
    database.drop()
    return taken


def _ours(house: House, name: str, paths: Sequence[Path], words: str) -> Imported:
    database = house.database(name).make()
    with database.serving(OURS) as client:
        client.get("/")
        began = time.perf_counter()
        early, peak = _import(database, paths[0].parent, _early(len(paths)))
        _find(client, words, paths[-1])
        seconds = time.perf_counter() - began
    database.drop()
    return Imported(seconds, early, peak)


def _find(client: Client, words: str, path: Path) -> None:
    """Search until the text is found."""
    ends = time.monotonic() + FIND_SECONDS
    asked = f"/?q={quote_plus(chr(34) + words + chr(34))}"
    while b'href="/articles/' not in client.get(asked).body:
        if time.monotonic() > ends:
            raise RuntimeError(f"{path.name} is not found by {words!r}")


def _import(database: Database, folder: Path, early: int) -> tuple[float, float]:
    """Run the command; the memory of its processes when `early` files are in, and the most."""
    command = [sys.executable, "manage.py", "import_texts", str(folder), "--verbosity=0"]
    process = subprocess.Popen(
        command, cwd=ROOT, env=database.environment(), stdout=subprocess.DEVNULL
    )
    seen = _Memory(process.pid)
    watching = threading.Thread(target=seen.watch, args=(process,))
    watching.start()
    first = 0.0
    while not _ends(process, LOOK):
        if not first and _stored(database) >= early:
            first = seen.peak
    watching.join()
    if process.returncode:
        raise RuntimeError("the import failed")
    return first or seen.peak, seen.peak


def _ends(process: subprocess.Popen[bytes], seconds: float) -> bool:
    """Wait for the end, so long at most."""
    with suppress(subprocess.TimeoutExpired):
        process.wait(seconds)
    return process.poll() is not None


def _stored(database: Database) -> int:
    rows = database.execute("SELECT coalesce(pg_sequence_last_value('articles_article_id_seq'), 0)")
    return int(rows[0][0])


class _Memory:
    """The most memory that a process and its children held (proportional set size, MB)."""

    def __init__(self, pid: int) -> None:
        self.pid, self.peak = pid, 0.0

    def watch(self, process: subprocess.Popen[bytes]) -> None:
        """Look again and again until the process ends."""
        while not _ends(process, LOOK):
            self.peak = max(self.peak, sum(_megabytes(pid) for pid in _family(self.pid)))


def _family(pid: int) -> list[int]:
    found = [pid]
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            found += [each for child in task.read_text().split() for each in _family(int(child))]
        except OSError:
            continue
    return found


def _megabytes(pid: int) -> float:
    try:
        with open(f"/proc/{pid}/smaps_rollup", encoding="ascii") as file:
            return next(int(line.split()[1]) for line in file if line.startswith("Pss:")) / 1024
    except (OSError, StopIteration):
        return 0.0
