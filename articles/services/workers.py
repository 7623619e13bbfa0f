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
from collections import Counter
from contextlib import suppress
from itertools import chain
from typing import TYPE_CHECKING, Any

from articles.services.imports import (
    CHUNK_BYTES,
    CHUNK_FILES,
    LOST,
    folded_words,
    import_chunk,
    keep_words,
    reconnect,
    report,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from multiprocessing.queues import Queue
    from threading import Event

    from articles.formats.found import Found
    from articles.services.imports import Plan

log = logging.getLogger(__name__)

Row = dict[str, Any]
CRASH = "crash"  # key of the report of a process that failed
WORDS = "words"  # key of the last report of a process: the words it met
WORDS_KEPT = 30_000  # different pieces counted before the rarest are written: some 8 MB
MANY = 64  # files from which more than one process pays
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
    count = jobs if jobs is not None else (cores if len(first) >= MANY else 1)
    if count <= 1 or not CAN_FORK:
        yield from _here(_chained(first, parts), plan)
    else:
        yield from _apart(_chained(first, parts), plan, count)


def _until(stop: Event | None, parts: Iterator[list[Found]]) -> Iterator[list[Found]]:
    for part in parts:
        if stop is not None and stop.is_set():
            return
        yield part


def _chained(first: list[Found], rest: Iterator[list[Found]]) -> Iterator[list[Found]]:
    yield first
    yield from rest


def _here(parts: Iterable[list[Found]], plan: Plan) -> Iterator[list[Row]]:
    pieces: Counter[str] = Counter()
    try:
        for part in parts:
            yield _one(part, plan, pieces)
    finally:
        _write(folded_words(pieces))


def _one(part: list[Found], plan: Plan, pieces: Counter[str]) -> list[Row]:
    try:
        outcomes, new_pieces = import_chunk(part, plan)
    except LOST:
        # What was stored of it is told by its bytes the second time.
        log.warning("The connection to the database was lost; a chunk is imported again")
        reconnect()
        outcomes, new_pieces = import_chunk(part, plan)
    pieces.update(chain.from_iterable(new_pieces))
    if len(pieces) > WORDS_KEPT:
        _make_room(pieces)
    return [report(outcome, plan) for outcome in outcomes]


def _make_room(pieces: Counter[str]) -> None:
    """Write and forget what was met once, and all where that is not enough.

    What is common is met by every process: it goes on being counted, and is written at the end.
    """
    rare = Counter({piece: count for piece, count in pieces.items() if count == 1})
    if len(rare) < WORDS_KEPT // 4:
        rare = Counter(pieces)
    _write(folded_words(rare))
    for piece in rare:
        del pieces[piece]


def _write(words: Counter[str]) -> None:
    if not words:
        return
    try:
        keep_words(words)
    except LOST as error:
        # They only serve to suggest names: an import does not fail for them.
        log.warning("Words for suggestions were not kept: %s", error)
        reconnect()


def _apart(parts: Iterator[list[Found]], plan: Plan, count: int) -> Iterator[list[Row]]:
    from django.db import connections

    connections.close_all()  # a connection must not pass into another process
    team = _Team(plan, count)
    try:
        yield from team.work(parts)
        team.abandoned = False
    finally:
        team.dismiss()
        # Together, not by each process: most words are met by all of them.
        _write(team.words)


class _Team:
    """Processes at work, the queue of chunks and the queue of reports."""

    def __init__(self, plan: Plan, count: int) -> None:
        context = multiprocessing.get_context("fork")
        self.todo: Queue[list[Found] | None] = context.Queue(count + 1)
        self.done: Queue[list[Row]] = context.Queue()
        self.workers = [
            context.Process(
                target=_labour, args=(self.todo, self.done, plan, os.getpid()), daemon=True
            )
            for _ in range(count)
        ]
        self.abandoned = True  # until all the work is done
        self.words: Counter[str] = Counter()  # what the processes met, once they have gone
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
        while waiting:
            yield _whole(self._next())
            waiting -= 1

    def _put(self, part: list[Found] | None) -> None:
        while True:
            try:
                return self.todo.put(part, timeout=WAIT)
            except queue.Full:
                self._check()

    def _ready(self) -> list[Row] | None:
        try:
            return self.done.get_nowait()
        except queue.Empty:
            return None

    def _next(self) -> list[Row]:
        while True:
            try:
                return self.done.get(timeout=WAIT)
            except queue.Empty:
                self._check()

    def _check(self) -> None:
        lost = [worker for worker in self.workers if not worker.is_alive()]
        if lost:
            raise WorkerLostError(lost[0].exitcode)

    def dismiss(self) -> None:
        """Let each process finish its chunk and go."""
        for _ in self.workers:
            with suppress(queue.Full):
                self.todo.put(None, timeout=WAIT)
        for worker in self.workers:
            while worker.is_alive():
                self._take_words()  # a process ends only when its reports are taken
                worker.join(SHORT_WAIT)
                if self.abandoned:
                    worker.terminate()
        self._take_words()
        self.todo.cancel_join_thread()

    def _take_words(self) -> None:
        while rows := self._ready():
            self.words.update(rows[0].get(WORDS, {}))


def _whole(rows: list[Row]) -> list[Row]:
    """The reports of a chunk, unless its process failed."""
    if rows and CRASH in rows[0]:
        raise WorkerLostError(rows[0][CRASH])
    return rows


class WorkerLostError(Exception):
    """A process of the import ended before its work was done (no memory, or killed)."""


def _labour(todo: Any, done: Any, plan: Plan, parent: int) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides when to stop
    # What is kept of texts is large and has no cycles: it need not be looked through for garbage
    # again and again.
    gc.freeze()
    gc.set_threshold(200_000, 50, 1_000)
    pieces: Counter[str] = Counter()
    while os.getppid() == parent:
        try:
            part = todo.get(timeout=WAIT * 4)
        except queue.Empty:
            continue
        if part is None:
            break
        try:
            done.put(_one(part, plan, pieces))
        except Exception as error:
            log.exception("A process of the import failed")
            done.put([{CRASH: f"{type(error).__name__}: {error}"}])
            break
    done.put([{WORDS: dict(folded_words(pieces))}])
