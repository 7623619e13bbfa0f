"""Paths given by a person: files, folders to their depths, zip archives, tables of details."""

from __future__ import annotations

import os
import stat
from collections import deque
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from articles.formats.archives import is_clutter, open_archive
from articles.formats.details import Details, read_details
from articles.formats.faults import FileFault, base_name
from articles.formats.found import Found, disk_fault, load, refused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from articles.formats.details import Row
    from articles.formats.faults import Limits


def gather(paths: Iterable[str], limits: Limits) -> Iterator[Found]:
    """Every file under these paths, one by one, in the order given, folders by name.

    Tables of details (CSV with a column `file`) are read first; they speak of the files beside
    them and below, and those given by name of all files. A row that speaks of several files is
    told of each: where there are tables, the names are walked through once before.
    """
    given = list(paths)
    walk, shared = _Walk(limits), Details()
    tables = {path for path in given if path.lower().endswith(".csv") and os.path.isfile(path)}
    others = [path for path in given if path not in tables]
    for path in (path for path in given if path in tables):
        yield from walk.take_table(Found(base_name(path), path, path=path), shared)
    if shared.rows:
        walk.count(lambda counting: counting.all(others, shared))
    yield from walk.all(others, shared)


@dataclass(slots=True)
class _Walk:
    """A walk over files; `is_count`: only their names are counted for the rows of tables."""

    limits: Limits
    is_count: bool = False
    is_counted: bool = False  # what lies here has been counted
    tables: dict[str, dict[str, Row]] = field(default_factory=dict)  # by their places

    def count(self, walk: Callable[[_Walk], Iterator[Found]]) -> None:
        """Count the files of a walk for the rows that speak of them."""
        deque(walk(replace(self, is_count=True, is_counted=True)), maxlen=0)
        self.is_counted = True

    def forget(self, details: Details) -> None:
        """What was counted lies behind."""
        self.tables.clear()
        details.files.clear()
        self.is_counted = False

    def all(self, paths: Iterable[str], details: Details) -> Iterator[Found]:
        """The files under these paths."""
        for path in paths:
            yield from self._under(path, details)

    def _under(self, path: str, details: Details) -> Iterator[Found]:
        """The files of a folder or an archive, or the file."""
        try:
            mode = os.stat(path).st_mode
        except OSError as error:
            yield refused(base_name(path), path, disk_fault(error))
            return
        if stat.S_ISDIR(mode):
            yield from self._folder(path, "", details, set())
        elif path.lower().endswith(".zip"):
            yield from self._zip(path, "", details)
        else:
            name = base_name(path)
            yield self._told(Found(name, path, path=path), name, details)

    def _told(self, found: Found, path: str, details: Details) -> Found:
        if not self.is_count:
            return details.apply(found, path)
        details.count(path)
        return found

    def _folder(
        self, path: str, inside: str, details: Details, seen: set[tuple[int, int]]
    ) -> Iterator[Found]:
        """The files of a folder; `inside` is its own path beneath the one that was given."""
        try:
            here = os.stat(path)
            names = sorted(os.listdir(path))
        except OSError as error:
            yield refused(base_name(path), path, disk_fault(error), inside)
            return
        if (here.st_dev, here.st_ino) in seen:  # a link that leads back
            return
        own = [name for name in names if name.lower().endswith(".csv") and not is_clutter(name)]
        is_first = bool(own) and not self.is_counted
        if is_first:
            self.count(lambda walk: walk._folder(path, inside, details, set(seen)))
        seen.add((here.st_dev, here.st_ino))
        if own:
            details = details.copy()
            yield from self._take_tables(path, inside, own, details)
        for name in names:
            if is_clutter(name) or name.lower().endswith(".csv"):
                continue
            place, below = os.path.join(path, name), _joined(inside, name)
            if os.path.isdir(place):
                yield from self._folder(place, below, details, seen)
            elif name.lower().endswith(".zip"):
                yield from self._zip(place, below, details)
            else:
                found = Found(base_name(name), place, path=place, inside=below)
                yield self._told(found, below, details)
        if is_first:
            self.forget(details)

    def _take_tables(
        self, path: str, inside: str, names: Iterable[str], details: Details
    ) -> Iterator[Found]:
        for name in names:
            place, below = os.path.join(path, name), _joined(inside, name)
            table = Found(base_name(name), place, path=place, inside=below)
            yield from self.take_table(table, details)

    def _zip(self, path: str, inside: str, details: Details) -> Iterator[Found]:
        """The files of an archive; `inside` is its own path beneath the folder that was given."""
        name = base_name(path)
        try:
            with Path(path).open("rb") as file:
                archive = open_archive(file, self.limits)
                details = details.copy()
                for table in archive.tables():
                    yield from self.take_table(_of_archive(table, path, inside), details)
                if self.is_count or not self.is_counted:
                    for entry in archive.names() if details.rows else ():
                        details.count(entry)
                if not self.is_count:
                    for found in archive.files():
                        yield _of_archive(details.apply(found, found.place), path, inside)
        except FileFault as fault:
            yield refused(name, path, fault, inside)
        except OSError as error:
            yield refused(name, path, disk_fault(error), inside)
        if not self.is_counted:
            self.forget(details)

    def take_table(self, table: Found, details: Details) -> Iterator[Found]:
        """Add what a table says; one that cannot be read, or a bad row, is a failed file."""
        try:
            rows = self._rows(table)
        except FileFault as fault:
            yield refused(table.name, table.place, fault, table.inside)
            return
        details.add(rows)
        for wrong in chain.from_iterable(row.faults for row in rows.values()):
            yield Found(table.name, table.place, fault=wrong, inside=table.inside)

    def _rows(self, table: Found) -> dict[str, Row]:
        """The rows of a table; those that were counted for are the same."""
        rows = self.tables.get(table.place)
        if rows is None:
            rows = read_details(load(table, self.limits.file_bytes))
            if self.is_count:
                self.tables[table.place] = rows
        return rows


def _joined(inside: str, name: str) -> str:
    return f"{inside}/{name}" if inside else name


def _of_archive(found: Found, path: str, inside: str) -> Found:
    """A member of an archive, which knows its place there only."""
    return replace(
        found, place=os.path.join(path, found.place), inside=_joined(inside, found.place)
    )
