"""What the tests of the parser look at in a text that was read."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from articles.text.shapes import ParsedText

SPOKEN = ("question", "answer", "statement")


def turns(read: ParsedText) -> list[tuple[str, str]]:
    """Give role and speaker of each spoken passage."""
    return [
        (p.role, "" if p.speaker is None else read.speakers[p.speaker].name)
        for p in read.passages
        if p.role in SPOKEN
    ]


def roles(read: ParsedText) -> list[str]:
    """Give the role of each passage."""
    return [p.role for p in read.passages]


def initials(read: ParsedText) -> str:
    """Give the first letter of each passage's role."""
    return "".join(p.role[0] for p in read.passages)


def names(read: ParsedText) -> list[str]:
    """Give the speakers in order of appearance."""
    return [speaker.name for speaker in read.speakers]
