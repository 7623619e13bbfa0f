"""Turns: consecutive passages of one voice, worked out from the passages in reading order."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from articles.text.title import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from articles.queries.passages import Before, Row

SPOKEN = frozenset({"question", "answer", "statement"})
ENTRY_LENGTH = 90  # code points of an outline entry
FEWEST_ENTRIES = 3  # fewer headings or questions need no outline


@dataclass(slots=True)
class Voice:
    """A speaker with the passages that begin a turn."""

    name: str
    part: str
    speaker_id: int
    turns: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the outline: a passage's number and its first words."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Outline:
    """The way about a text: who speaks, and its headings and questions."""

    voices: tuple[Voice, ...]
    entries: tuple[Entry, ...]

    def __bool__(self) -> bool:
        """Whether there is anything to show."""
        return bool(self.voices or self.entries)


def turn_starts(rows: Iterable[Row]) -> set[int]:
    """The numbers of the passages that begin a turn.

    Notes do not end a turn, headings do. Where nobody is named, question and answer differ.
    """
    starts: set[int] = set()
    voice: tuple[int | None, str] | None = None
    for row in rows:
        if row.role == "heading":
            voice = None
        if row.role not in SPOKEN:
            continue
        here = (row.speaker_id, "" if row.speaker_id else row.role)
        if here != voice:
            starts.add(row.number)
        voice = here
    return starts


def begins_turn(row: Row, before: Before) -> bool:
    """Whether a passage begins a turn, from the last one before it that speaks or is a heading."""
    if row.role not in SPOKEN:
        return False
    if before.role is None or before.role == "heading":
        return True
    spoke = (before.speaker_id, "" if before.speaker_id else before.role)
    return spoke != (row.speaker_id, "" if row.speaker_id else row.role)


def outline_of(rows: Sequence[Row], starts: set[int], title: str = "") -> Outline:
    """The outline of a text; a heading that only says the title again is no part of it."""
    voices: dict[int, Voice] = {}
    for row in rows:
        if row.number not in starts or row.speaker_id is None:
            continue
        voice = voices.setdefault(
            row.speaker_id, Voice(row.speaker or "", row.part or "", row.speaker_id)
        )
        voice.turns.append(row.number)
    entries = tuple(
        Entry(row.number, shortened(row.text))
        for row in rows
        if (row.role == "heading" and one_line(row.text) != one_line(title))
        or (row.role == "question" and row.number in starts)
    )
    return Outline(tuple(voices.values()), entries if len(entries) >= FEWEST_ENTRIES else ())


def shortened(text: str) -> str:
    """The first words of a passage, cut at a blank."""
    words = one_line(text)
    if len(words) <= ENTRY_LENGTH:
        return words
    return words[:ENTRY_LENGTH].rsplit(" ", 1)[0].rstrip(" ,;:–—") + "…"
