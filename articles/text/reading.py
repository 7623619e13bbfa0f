"""One file's bytes read into all that is stored of it: text, passages, words to search by."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from articles.text.decode import decode_bytes
from articles.text.header import read_header
from articles.text.lexemes import search_vector
from articles.text.parse import parse_text, words_of
from articles.text.shapes import DatePrecision, DecodedText, Evidence, ParsedText

if TYPE_CHECKING:
    import datetime as dt

FIRST_WORDS = 280  # code points of the first words that the list shows
GIVEN = Evidence("given", 1.0)
WORDLIKE = frozenset({"paragraph", "answer", "statement", "question"})


@dataclass(frozen=True, slots=True)
class Choices:
    """What a person set for a file, over what is read from it; None leaves it to the reading."""

    encoding: str | None = None
    kind: str | None = None
    title: str | None = None
    date: str | None = None  # "2021", "2021-10", "2021-10-07"; "" for none
    source: str | None = None
    url: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file read: its bytes, its decoded and its parsed text."""

    name: str
    data: bytes
    decoded: DecodedText
    parsed: ParsedText
    sha256: str = field(default="")

    def passage_texts(self) -> list[str]:
        """The words of each passage."""
        return [words_of(self.decoded.text, passage) for passage in self.parsed.passages]


def bytes_apart(data: bytes, text: str) -> bytes | None:
    """The bytes of a file that its text in UTF-8 does not give; None where it gives them."""
    return None if data == text.encode() else data


def digest(data: bytes) -> str:
    """The SHA-256 of the bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def read_file(name: str, data: bytes, choices: Choices = Choices()) -> ReadFile:
    """Decode plain text and parse it; raises a `TextError` that says why it cannot be read."""
    return read_decoded(name, data, decode_bytes(data, choices.encoding), choices)


def read_decoded(name: str, data: bytes, decoded: DecodedText, choices: Choices) -> ReadFile:
    """Parse a text that was decoded from `data`, and set what `choices` give over what it says."""
    parsed = parse_text(decoded.text, file_name=name, kind=choices.kind, language=choices.language)
    return ReadFile(name, data, decoded, with_details(parsed, choices), digest(data))


def read_date(words: str) -> tuple[dt.date, DatePrecision] | None:
    """A date as a person writes it, as its first day and its precision; None where it is none."""
    line = f"date: {' '.join(words.split())}\n"
    header = read_header(line)
    is_whole = header.end >= len(line) - 1  # "1878 or 1879" is more than the date it begins with
    return (header.date, header.precision) if header.date and is_whole else None


def with_details(parsed: ParsedText, choices: Choices) -> ParsedText:
    """The text with the details that were given; an unknown date leaves the date as read."""
    changes: dict[str, object] = {}
    if choices.title:
        changes |= {"title": choices.title, "title_derived": False, "title_evidence": GIVEN}
    if choices.date == "":
        changes |= {"date": None, "date_precision": "", "date_evidence": GIVEN}
    elif choices.date and (read := read_date(choices.date)) is not None:
        changes |= {"date": read[0], "date_precision": read[1], "date_evidence": GIVEN}
    if choices.source is not None:
        changes["source"] = choices.source
    if choices.url is not None:
        changes["url"] = choices.url
    if choices.language:
        changes |= {"language": choices.language, "language_evidence": GIVEN}
    if choices.kind:
        changes |= {"kind": choices.kind, "kind_evidence": GIVEN}
    return replace(parsed, **changes) if changes else parsed  # type: ignore[arg-type]  # its fields


def first_words(read: ReadFile, texts: list[str]) -> str:
    """The first spoken or written words, for the list; cut at a word."""
    roles = [passage.role for passage in read.parsed.passages]
    start = next((i for i, role in enumerate(roles) if role in WORDLIKE), 0)
    return cut_first_words(texts[start : start + 3])


def cut_first_words(texts: list[str]) -> str:
    """The words of the first passages on one line, cut at a word."""
    said = " ".join(texts)
    words = " ".join(said[: 2 * FIRST_WORDS].split())
    if len(words) <= FIRST_WORDS:  # short, or with very many blanks
        words = " ".join(said.split())
    if len(words) <= FIRST_WORDS:
        return words
    return words[:FIRST_WORDS].rsplit(" ", 1)[0] + " …"


def vectors(texts: list[str], language: str) -> list[str]:
    """The search vector of each passage."""
    return [search_vector(text, language) for text in texts]
