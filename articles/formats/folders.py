"""Paths given by a person: files, folders to their depths, zip archives, tables of details."""

from __future__ import annotations

import os
import stat
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from articles.formats.archives import is_clutter, open_archive
from articles.formats.details import Details, read_details
from articles.formats.faults import FileFault, base_name
from articles.formats.found import Found, disk_fault, load, refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from articles.formats.faults import Limits


def gather(paths: Iterable[str], limits: Limits) -> Iterator[Found]:
    """Every file under these paths, one by one, in the order given, folders by name.

    Tables of details (CSV with a column `file`) are read first; they speak of the files beside
    them and below, and those given by name of all files.
    """
    given = list(paths)
    shared = Details()
    for path in given:
        if path.lower().endswith(".csv") and os.path.isfile(path):
            yield from _take_table(Found(base_name(path), path, path=path), shared, limits)
    for path in given:
        if not path.lower().endswith(".csv") or not os.path.isfile(path):
            yield from _under(path, shared, limits)


def _under(path: str, details: Details, limits: Limits) -> Iterator[Found]:
    try:
        mode = os.stat(path).st_mode
    except OSError as error:
        yield refused(base_name(path), path, disk_fault(error))
        return
    if stat.S_ISDIR(mode):
        yield from _folder(path, path, details, limits, set())
    elif path.lower().endswith(".zip"):
        yield from _zip(path, details, limits)
    else:
        name = base_name(path)
        yield details.apply(Found(name, path, path=path), name)


def _folder(
    root: str, path: str, details: Details, limits: Limits, seen: set[tuple[int, int]]
) -> Iterator[Found]:
    try:
        here = os.stat(path)
        names = sorted(os.listdir(path))
    except OSError as error:
        yield refused(base_name(path), path, disk_fault(error))
        return
    if (here.st_dev, here.st_ino) in seen:  # a link that leads back
        return
    seen.add((here.st_dev, here.st_ino))
    tables = [name for name in names if name.lower().endswith(".csv") and not is_clutter(name)]
    if tables:
        details = details.copy()
    for name in tables:
        place = os.path.join(path, name)
        yield from _take_table(Found(base_name(name), place, path=place), details, limits)
    for name in names:
        if is_clutter(name) or name.lower().endswith(".csv"):
            continue
        place = os.path.join(path, name)
        if os.path.isdir(place):
            yield from _folder(root, place, details, limits, seen)
        elif name.lower().endswith(".zip"):
            yield from _zip(place, details, limits)
        else:
            shown = base_name(name)
            inside = os.path.relpath(place, root) if details.rows else ""
            yield details.apply(Found(shown, place, path=place), inside)


def _zip(path: str, details: Details, limits: Limits) -> Iterator[Found]:
    name = base_name(path)
    try:
        with Path(path).open("rb") as file:
            archive = open_archive(file, limits)
            details = details.copy()
            for table in archive.tables():
                yield from _take_table(table, details, limits)
            for found in archive.files():
                yield details.apply(found, found.place)
    except FileFault as fault:
        yield refused(name, path, fault)
    except OSError as error:
        yield refused(name, path, disk_fault(error))


def _take_table(table: Found, details: Details, limits: Limits) -> Iterator[Found]:
    """Add what a table says; one that cannot be read, or a bad row, is a failed file."""
    try:
        rows = read_details(load(table, limits.file_bytes))
    except FileFault as fault:
        yield refused(table.name, table.place, fault)
        return
    details.add(rows)
    for wrong in chain.from_iterable(row.faults for row in rows.values()):
        yield Found(table.name, table.place, fault=wrong)
