"""Marked fixtures: source texts with their true passages marked inline.

The first line is ``#! kind=interview lang=fr name=<file name> note=<convention>``. The rest is the
source text, where ``⟦role|speaker|exchange⟧words⟦/⟧`` marks a passage and ``⟦-⟧…⟦/-⟧`` a hole in
one. What is outside the marks (labels, quotation marks, header, blanks) is no passage. Offsets are
code points into the text without marks, end exclusive.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

ROLES = frozenset({"heading", "paragraph", "question", "answer", "statement", "note"})
SPOKEN = frozenset({"question", "answer", "statement"})
KINDS = frozenset({"article", "interview"})

_MARK = re.compile(r"⟦([^⟦⟧]*)⟧")
_FIELD = re.compile(r"\b(kind|lang|name|note)=(.*?)(?=\s+(?:kind|lang|name|note)=|\s*$)")


class MalformedFixtureError(Exception):
    """A fixture's marks cannot be read."""

    def __init__(self, name: str, place: int, reason: str) -> None:
        super().__init__(f"{name}, at {place}: {reason}")
        self.name, self.place, self.reason = name, place, reason


@dataclass(frozen=True, slots=True)
class Span:
    """One passage: its role, its voice ("" when unnamed) and its range in the source text."""

    role: str
    speaker: str
    exchange: int | None
    start: int
    end: int
    holes: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Fixture:
    """A source text and how a careful editor reads it."""

    name: str
    kind: str
    language: str
    file_name: str
    note: str
    text: str
    spans: tuple[Span, ...]


class _Reader:
    """Takes the marks out of one fixture and collects its spans."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.text = ""
        self.spans: list[Span] = []
        self._head: tuple[str, str, int | None] | None = None
        self._start = 0
        self._hole: int | None = None
        self._holes: list[tuple[int, int]] = []

    def read(self, marked: str) -> None:
        place = 0
        for mark in _MARK.finditer(marked):
            self.text += marked[place : mark.start()]
            self._take(mark[1])
            place = mark.end()
        self.text += marked[place:]
        if self._head is not None:
            raise self._fault("the last passage is never closed")
        if "⟦" in self.text or "⟧" in self.text:
            raise self._fault("a mark is broken")

    def _take(self, mark: str) -> None:
        if mark == "/":
            self._close()
        elif mark == "-":
            self._open_hole()
        elif mark == "/-":
            self._close_hole()
        else:
            self._open(mark)

    def _open(self, mark: str) -> None:
        parts = mark.split("|")
        if self._head is not None:
            raise self._fault("a passage opens inside another")
        if len(parts) != 3 or parts[0] not in ROLES:
            raise self._fault(f"unknown mark {mark!r}")
        if parts[2] and not parts[2].isdecimal():
            raise self._fault(f"exchange {parts[2]!r} is no number")
        self._head = (parts[0], parts[1], int(parts[2]) if parts[2] else None)
        self._start, self._holes = len(self.text), []

    def _close(self) -> None:
        if self._head is None or self._hole is not None:
            raise self._fault("a passage closes that is not open, or over an open hole")
        role, speaker, exchange = self._head
        end = len(self.text)
        self.spans.append(Span(role, speaker, exchange, self._start, end, tuple(self._holes)))
        self._head = None

    def _open_hole(self) -> None:
        if self._head is None or self._hole is not None:
            raise self._fault("a hole opens outside a passage or inside another")
        self._hole = len(self.text)

    def _close_hole(self) -> None:
        if self._hole is None:
            raise self._fault("a hole closes that is not open")
        self._holes.append((self._hole, len(self.text)))
        self._hole = None

    def _fault(self, reason: str) -> MalformedFixtureError:
        return MalformedFixtureError(self.name, len(self.text), reason)


def read_fixture(marked: str, name: str) -> Fixture:
    """A fixture from its marked text; raises MalformedFixtureError."""
    first, newline, rest = marked.partition("\n")
    fields = dict(_FIELD.findall(first))
    if not first.startswith("#!") or not newline:
        raise MalformedFixtureError(name, 0, "the first line is no #! line")
    if fields.get("kind") not in KINDS or not fields.get("lang"):
        raise MalformedFixtureError(name, 0, "kind and lang are required")
    reader = _Reader(name)
    reader.read(rest)
    return Fixture(
        name=name,
        kind=fields["kind"],
        language=fields["lang"],
        file_name=fields.get("name", ""),
        note=fields.get("note", ""),
        text=reader.text,
        spans=tuple(reader.spans),
    )


def read_folders(folders: Iterable[Path]) -> list[Fixture]:
    """Every fixture (*.txt) of the folders, by name; raises MalformedFixtureError."""
    paths = [path for folder in folders for path in sorted(folder.rglob("*.txt"))]
    return [read_fixture(path.read_text(encoding="utf-8"), path.stem) for path in paths]
