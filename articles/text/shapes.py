"""The values that reading a file gives: decoded text, passages, speakers, evidence, faults."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

Params = Mapping[str, str | int]

Kind = Literal["article", "interview"]
Role = Literal["heading", "paragraph", "question", "answer", "statement", "note"]
Part = Literal["interviewer", "interviewee", "moderator", ""]
DatePrecision = Literal["day", "month", "year", ""]


@dataclass(frozen=True, slots=True)
class Notice:
    """A warning, worded elsewhere by its code (see `codes.CODES`)."""

    code: str
    params: Params = field(default_factory=dict)


class Evidence(NamedTuple):
    """Why something was decided: which convention, and how sure (0 to 1)."""

    code: str
    sure: float
    params: Params = {}


class DecodedText(NamedTuple):
    """A source text and the encoding its bytes were read in."""

    text: str
    encoding: str
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True)
class ParsedSpeaker:
    """A voice: its fullest name, its labels as printed, its part in the talk."""

    name: str
    labels: tuple[str, ...] = ()
    part: Part = ""


class ParsedPassage(NamedTuple):
    """A paragraph: its range in the source text (code points, end exclusive) and its holes.

    `speaker` is an index into the text's speakers, `exchange` counts from 1. The words are
    `source[start:end]` without the holes.
    """

    role: Role
    speaker: int | None
    exchange: int | None
    start: int
    end: int
    holes: tuple[tuple[int, int], ...] = ()
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class ParsedText:
    """All that was read from one source text; offsets are code points into it."""

    kind: Kind
    kind_evidence: Evidence
    title: str
    title_derived: bool
    title_evidence: Evidence
    date: dt.date | None
    date_precision: DatePrecision
    date_evidence: Evidence
    source: str
    url: str
    language: str
    language_evidence: Evidence
    speakers: tuple[ParsedSpeaker, ...]
    passages: tuple[ParsedPassage, ...]
    notices: tuple[Notice, ...]
    body_start: int


class TextError(Exception):
    """A file that cannot be read; `code` and `params` say why (see `codes.CODES`)."""

    code = "text_error"

    def __init__(self, **params: str | int) -> None:
        """Keep what the message needs."""
        self.params: Params = params
        super().__init__(self.code)


class EmptyFile(TextError):
    """The file holds nothing but blanks."""

    code = "empty_file"


class BinaryFile(TextError):
    """The file is no text."""

    code = "binary_file"


class UnknownEncoding(TextError):
    """No encoding of this name is known."""

    code = "unknown_encoding"


class NotInEncoding(TextError):
    """The bytes do not fit the encoding that was asked for."""

    code = "not_in_encoding"


class NoEncodingFits(TextError):
    """No encoding could be guessed."""

    code = "no_encoding_fits"
