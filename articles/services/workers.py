"""Import with several processes: each parses and stores its chunks on its own connection.

The parent walks through the paths and hands out chunks through a short queue, so that memory stays
the same however many files there are.
"""

from __future__ import annotations

import gc
import logging
import multiprocessing
import os
import queue
import signal
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from django.db import Error as DatabaseFault
from django.db import connection

from articles.services.imports import (
    CHUNK_BYTES,
    CHUNK_FILES,
    LOST,
    import_chunk,
    reconnect,
)
from articles.services.met import PiecesMet
from articles.services.rehearsing import foresee
from articles.services.reports import report
from articles.services.sessions import (
    KEYS,
    MANY,
    TEXTS,
    WORDS,
    merge_index,
    prepare_session,
    refresh_statistics,
)
from articles.services.words import NONE, Shares, WordsMet

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from multiprocessing.queues import Queue
    from threading import Event

    from articles.formats.found import Found
    from articles.services.imports import Plan

log = logging.getLogger(__name__)

Row = dict[str, Any]
CRASH = "crash"  # key of the report of a process that failed
ENOUGH = 64  # files from which more than one process pays
CAN_FORK = sys.platform == "linux"  # elsewhere forking is missing or unsafe: one process then
WAIT = 0.5  # seconds between looks at whether the others still live
SHORT_WAIT = 0.02  # the same, when they are about to go


def chunks(files: Iterable[Found]) -> Iterator[list[Found]]:
    """Files in chunks of a bounded number and size."""
    chunk: list[Found] = []
    size = 0
    for found in files:
        chunk.append(found)
        size += found.size or _size_on_disk(found)
        if len(chunk) >= CHUNK_FILES or size >= CHUNK_BYTES:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def _size_on_disk(found: Found) -> int:
    try:
        return os.stat(found.path).st_size if found.path else 0
    except OSError:
        return 0


def run(
    files: Iterable[Found], plan: Plan, *, jobs: int | None = None, stop: Event | None = None
) -> Iterator[list[Row]]:
    """Import the files; gives the reports of each chunk as it is finished.

    `jobs`: processes; None for one a core when there are many files. Once `stop` is set, the
    chunks at hand are finished and no more begun.
    """
    parts = _until(stop, chunks(files))
    first = next(parts, None)
    if first is None:
        return
    cores = os.cpu_count() or 1
    count = jobs if jobs is not None else (cores if len(first) >= ENOUGH else 1)
    if count <= 1 or not CAN_FORK:
        reports = _here(_chained(first, parts), plan)
    else:
        reports = _apart(_chained(first, parts), plan, count)
    yield from foresee(reports, plan.on_change) if plan.dry_run else reports


def _until(stop: Event | None, parts: Iterator[list[Found]]) -> Iterator[list[Found]]:
    for part in parts:
        if stop is not None and stop.is_set():
            return
        yield part


def _chained(first: list[Found], rest: Iterator[list[Found]]) -> Iterator[list[Found]]:
    yield first
    yield from rest


def _here(parts: Iterable[list[Found]], plan: Plan) -> Iterator[list[Row]]:
    hands, words, stored = _Hands(plan), WordsMet(), 0
    try:
        for part in parts:
            rows, lines = hands.do(part)
            words.add(lines)
            stored += _stored(rows)
            yield rows
    finally:
        words.add(hands.pieces.rest())
        words.write()
        if stored >= MANY:
            with suppress(DatabaseFault):
                refresh_statistics()


def _stored(rows: list[Row]) -> int:
    """How many of these files became texts."""
    return sum(row.get("status") == "created" for row in rows)


class _Hands:
    """One process at work on chunks, and the pieces of text that it has met."""

    def __init__(self, plan: Plan) -> None:
        self.plan, self.pieces = plan, PiecesMet()
        self.done, self.looked_at = 0, 2

    def do(self, part: list[Found]) -> tuple[list[Row], Shares]:
        """Import a chunk: its reports, and words that were counted, as lines."""
        try:
            outcomes, seen = import_chunk(part, self.plan)
        except LOST:
            # What was stored of it is told by its bytes the second time.
            log.warning("The connection to the database was lost; a chunk is imported again")
            reconnect()
            outcomes, seen = import_chunk(part, self.plan)
        self.done += 1
        if self.done == self.looked_at and not self.plan.dry_run:
            self.looked_at *= 4  # as often is enough: four times as many are looked up as soon
            with suppress(DatabaseFault):
                refresh_statistics(KEYS)
        lines = self.pieces.count(seen)
        return [report(outcome, self.plan) for outcome in outcomes], lines


def _apart(parts: Iterator[list[Found]], plan: Plan, count: int) -> Iterator[list[Row]]:
    from django.db import connections

    connections.close_all()  # a connection must not pass into another process
    team = _Team(plan, count)
    try:
        yield from team.work(parts)
        team.abandoned = False
    finally:
        team.dismiss()


class _Team:
    """Processes at work, the queue of chunks and the queue of reports."""

    def __init__(self, plan: Plan, count: int) -> None:
        context = multiprocessing.get_context("fork")
        self.todo: Queue[list[Found] | None] = context.Queue(count + 1)
        self.done: Queue[tuple[list[Row], Shares]] = context.Queue()  # reports, and words as lines
        self.workers = [
            context.Process(
                target=_labour, args=(self.todo, self.done, plan, os.getpid()), daemon=True
            )
            for _ in range(count)
        ]
        self.abandoned = True  # until all the work is done
        self.words = WordsMet()
        self.ended = 0  # processes that have said their last words
        self.stored = 0  # new texts
        gc.freeze()  # what is loaded is no garbage, and shared with all processes while untouched
        for worker in self.workers:
            worker.start()

    def work(self, parts: Iterator[list[Found]]) -> Iterator[list[Row]]:
        """Hand out chunks and give back reports as they come."""
        waiting = 0
        for part in parts:
            self._put(part)
            waiting += 1
            while waiting and (rows := self._ready()) is not None:
                waiting -= 1
                yield _whole(rows)
        for _ in self.workers:  # who has nothing left to do tidies up while others finish
            self._put(None)
        while waiting:
            if rows := self._next():
                waiting -= 1
                yield _whole(rows)

    def _put(self, part: list[Found] | None) -> None:
        while True:
            try:
                return self.todo.put(part, timeout=WAIT)
            except queue.Full:
                self._check()

    def _ready(self) -> list[Row] | None:
        try:
            return self._taken(self.done.get_nowait())
        except queue.Empty:
            return None

    def _next(self) -> list[Row]:
        while True:
            # Asked first: what a process said before it went is there by now.
            some = any(worker.is_alive() for worker in self.workers)
            try:
                return self._taken(self.done.get(timeout=WAIT))
            except queue.Empty:
                self._check(some)

    def _taken(self, said: tuple[list[Row], Shares]) -> list[Row]:
        rows, lines = said
        self.words.add(lines)
        self.ended += not rows
        self.stored += _stored(rows)
        return rows

    def _check(self, some: bool = True) -> None:
        lost = [worker.exitcode for worker in self.workers if worker.exitcode]
        if lost or not some:
            raise WorkerLostError(lost[0] if lost else 0)

    def dismiss(self) -> None:
        """Let each process go, and write the words that all of them met."""
        while not self.abandoned and self.ended < len(self.workers):
            self._next()
        with ThreadPoolExecutor(1) as beside:
            if self.stored >= MANY:
                beside.submit(_count_texts)
            # Together, not by each process: most words are met by all of them.
            self.words.write()
        if self.stored >= MANY:
            with suppress(DatabaseFault):
                refresh_statistics(WORDS)
        for worker in self.workers:
            while worker.is_alive():
                self._take_rest()  # a process ends only when its reports are taken
                worker.join(SHORT_WAIT)
                if self.abandoned:
                    worker.terminate()
        self._take_rest()
        self.todo.cancel_join_thread()

    def _take_rest(self) -> None:
        while self._ready() is not None:
            pass


def _count_texts() -> None:
    """Have the database count its tables, on a connection of this thread's own."""
    try:
        refresh_statistics(TEXTS)
    except DatabaseFault as error:
        log.warning("The tables were not counted: %s", error)
    finally:
        connection.close()


def _whole(rows: list[Row]) -> list[Row]:
    """The reports of a chunk, unless its process failed."""
    if rows and CRASH in rows[0]:
        raise WorkerLostError(rows[0][CRASH])
    return rows


class WorkerLostError(Exception):
    """A process of the import ended before its work was done (no memory, or killed)."""


def _labour(todo: Any, done: Any, plan: Plan, parent: int) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides when to stop
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # and may have its own way to end
    # What is kept of texts is large and has no cycles: it need not be looked through for garbage
    # again and again.
    gc.set_threshold(200_000, 50, 1_000)
    hands = _Hands(plan)
    if not plan.dry_run:
        prepare_session()
    while os.getppid() == parent:
        try:
            part = todo.get(timeout=WAIT * 4)
        except queue.Empty:
            continue
        if part is None:
            break
        try:
            done.put(hands.do(part))
        except Exception as error:
            log.exception("A process of the import failed")
            done.put(([{CRASH: f"{type(error).__name__}: {error}"}], NONE))
            break
    if os.getppid() != parent:
        done.cancel_join_thread()  # nobody reads any more
        return
    done.put(([], hands.pieces.rest()))
    if not plan.dry_run:
        with suppress(*LOST):  # what waits is found all the same
            merge_index("passage_search")
