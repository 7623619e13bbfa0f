"""Files of entities: JSON lines, CSV and TSV, packed by gzip or not, read record by record."""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

from annotations.text.records import EntityRecord, WrongRecord, record_of

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator
    from pathlib import Path
    from types import TracebackType

GZIP = b"\x1f\x8b"
LOOK_BYTES = 65_536  # of the beginning, to tell what the file is
AHEAD = 2_000  # lines read while others are dealt with
LONGEST_LINE = 1_000_000  # code points


class WrongFile(Exception):
    """The file as a whole can't be read; `reason`: `encoding`, `shape` or `columns`."""

    def __init__(self, reason: str) -> None:
        """Keep why."""
        self.reason = reason
        super().__init__(reason)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a file (counted from 1) and the record in it, or what is wrong with it."""

    number: int
    record: EntityRecord | None
    fault: WrongRecord | None = None


class EntityFile:
    """An open file of entities; iterate over its lines. Raises `WrongFile` where it is none."""

    def __init__(self, path: Path) -> None:
        """Open it and look at its beginning."""
        self.size = os.path.getsize(path)
        self._raw = path.open("rb")
        packed = self._raw.peek(2)[:2] == GZIP
        data: Any = gzip.GzipFile(fileobj=self._raw) if packed else self._raw
        reader: io.BufferedReader[Any] = io.BufferedReader(data, LOOK_BYTES)
        self._text = io.TextIOWrapper(reader, encoding="utf-8-sig", newline="")
        self._delimiter = _delimiter(path, self._peek(reader))

    def __enter__(self) -> EntityFile:
        """Itself, to be closed."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        """Close it."""
        self._text.close()
        self._raw.close()

    def __iter__(self) -> Generator[Line, None, None]:
        """The lines that say something, in order; the next ones are read meanwhile."""
        lines = self._lines()
        with ThreadPoolExecutor(1) as reader:
            coming = reader.submit(_some, lines)
            while some := coming.result():
                coming = reader.submit(_some, lines)
                yield from some

    def _lines(self) -> Iterator[Line]:
        try:
            yield from self._rows() if self._delimiter else self._objects()
        except UnicodeDecodeError as fault:
            raise WrongFile("encoding") from fault
        except (csv.Error, EOFError, OSError) as fault:
            raise WrongFile("shape") from fault

    @property
    def place(self) -> int:
        """How far it has been read, in bytes of `size`."""
        return 0 if self._raw.closed else self._raw.tell()

    def _peek(self, reader: io.BufferedReader[Any]) -> bytes:
        try:
            return reader.peek(LOOK_BYTES)
        except (EOFError, OSError) as fault:
            raise WrongFile("shape") from fault

    def _objects(self) -> Iterator[Line]:
        number = 0
        while said := self._text.readline(LONGEST_LINE + 1):
            number += 1
            if len(said) > LONGEST_LINE:
                raise WrongFile("shape")
            if not said.isspace():
                yield _read(number, _object(said))

    def _rows(self) -> Iterator[Line]:
        rows = csv.DictReader(self._text, delimiter=self._delimiter)
        names = {(name or "").strip().lower() for name in rows.fieldnames or ()}
        if not names & {"kind", "type"} or len(names) < 2:
            raise WrongFile("columns")
        for row in rows:
            yield _read(rows.line_num, row)


def _some(lines: Iterator[Line]) -> list[Line]:
    return list(islice(lines, AHEAD))


def _delimiter(path: Path, beginning: bytes) -> str:
    """What parts the columns; "" for JSON lines."""
    name = path.name.lower().removesuffix(".gz")
    first = beginning.removeprefix(b"\xef\xbb\xbf").lstrip()
    if first[:1] == b"{":
        return ""
    if name.endswith((".jsonl", ".ndjson", ".json")):
        raise WrongFile("shape") if first else WrongFile("columns")
    line = first.split(b"\n", 1)[0]
    if name.endswith(".tsv") or (b"\t" in line and not name.endswith(".csv")):
        return "\t"
    return ";" if line.count(b";") > line.count(b",") else ","


def _object(said: str) -> Any:
    try:
        return json.loads(said)
    except ValueError:
        return None


def _read(number: int, fields: Any) -> Line:
    try:
        if not isinstance(fields, dict):
            raise WrongRecord("shape")
        return Line(number, record_of(fields))
    except WrongRecord as fault:
        return Line(number, None, fault)
