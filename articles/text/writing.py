"""A corrected text written as a file again, so that reading it gives the same article.

First the source itself is taken, with the corrected words in the places of the old ones: labels,
quotation marks and header stay as they were printed. Where that would be read otherwise, labels
are written out. What is written is read at once, and the form that comes nearest is taken.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from articles.text.header import read_header
from articles.text.parse import parse_text, words_of
from articles.text.provenance import original_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping, Sequence

    from articles.text.provenance import Runs
    from articles.text.shapes import ParsedText

GAP = "\n\n"
SPOKEN = frozenset({"question", "answer", "statement"})
UNNAMED = {
    "fr": {"question": "Question", "answer": "Réponse", "statement": "Intervention"},
    "en": {"question": "Question", "answer": "Answer", "statement": "Statement"},
}
DATES = {"day": "%Y-%m-%d", "month": "%Y-%m", "year": "%Y"}


@dataclass(frozen=True, slots=True)
class Details:
    """What a header may say; `title` is "" where it is taken from the text."""

    kind: str
    title: str
    date: dt.date | None
    precision: str
    source: str
    url: str
    language: str


class Spoken(NamedTuple):
    """A passage as it stands; no speaker: ""."""

    role: str
    speaker: str
    exchange: int | None
    text: str


class Born(NamedTuple):
    """A passage at birth: its range in the source and its holes; and what its text is by now."""

    start: int
    end: int
    holes: Sequence[Sequence[int]]
    runs: Runs


@dataclass(frozen=True, slots=True)
class Written:
    """What is to be written: the source, its passages at birth (none where the structure is another
    by now), the passages as they stand, and the details.
    """

    source: str
    file_name: str
    born: Sequence[Born]
    passages: Sequence[Spoken]
    details: Details


def write_text(written: Written) -> str:
    """The file; of several forms the first that reads back whole, else the nearest."""
    best, least = "", (len(written.passages) + 1, 0)
    for text in _forms(written):
        far = _distance(parse_text(text, file_name=written.file_name), text, written)
        if far < least:
            best, least = text, far
        if far == (0, 0):
            break
    return best


def _forms(written: Written) -> Iterator[str]:
    """Ways to write it, from the nearest to the source to the plainest."""
    header, bodies = _header(written.details), []
    if written.born:
        at = read_header(written.source).end
        framed = _framed(written)
        yield framed
        # What stands before the first passage may belong to the header or to the text.
        bodies.append(framed[at:].lstrip())
        bodies.append(framed[written.born[0].start :].lstrip())
    bodies += [_labelled(written, every=False), _labelled(written, every=True)]
    for body in bodies:
        yield header + body
    for body in bodies:
        yield _header(written.details, briefly=True) + body


def _framed(written: Written) -> str:
    """The source with the words of today in the places of those of old."""
    parts, at = [], 0
    for born in written.born:
        parts.append(written.source[at : born.start])
        parts.append(_in_place(written.source, born))
        at = born.end
    return "".join([*parts, written.source[at:]])


def _in_place(source: str, born: Born) -> str:
    """A passage's range of the source with its changes; its holes stay where words around do."""
    places = [born.start]  # where each sign of the text at birth ends in the source
    at = born.start
    for start, end in [*born.holes, (born.end, born.end)]:
        places += range(at + 1, start + 1)
        at = end
    parts, sign = [], 0
    for run in born.runs:
        after = sign + len(run.original)
        if run.is_changed:
            before = [hole for hole in born.holes if hole[0] == places[sign]]
            parts += [source[start:end] for start, end in before if run.original]
            parts.append(run.text)
        else:
            parts.append(source[places[sign] : places[after]])
        sign = after
    return "".join([*parts, source[places[sign] : born.end]])


def _labelled(written: Written, *, every: bool) -> str:
    """Passages with a label before each turn, or before every spoken passage."""
    names = UNNAMED["en" if written.details.language == "en" else "fr"]
    parts, last = [], None
    for passage in written.passages:
        voice = (passage.speaker, passage.role)
        if passage.role in SPOKEN and (every or voice != last):
            label = passage.speaker or names[passage.role]
            parts.append(f"{label} : {passage.text}")
        else:
            parts.append(passage.text)
        if passage.role != "note":
            last = voice if passage.role in SPOKEN else None
    return GAP.join(parts) + "\n"


def _header(details: Details, *, briefly: bool = False) -> str:
    """The details in lines, fenced; `briefly` without what the text may say itself."""
    date = details.date.strftime(DATES[details.precision]) if details.date else ""
    fields = {
        "date": date,
        "title": details.title,
        "source": "" if briefly else details.source,
        "url": details.url,
        "lang": "" if briefly else details.language,
    }
    lines = [f"{name}: {' '.join(value.split())}" for name, value in fields.items() if value]
    return "\n".join(["---", *lines, "---", "", ""]) if lines else ""


def _distance(read: ParsedText, text: str, written: Written) -> tuple[int, int]:
    """In how many passages, and in how many details, what was read differs."""
    found = [
        Spoken(
            passage.role,
            "" if passage.speaker is None else read.speakers[passage.speaker].name,
            passage.exchange,
            words_of(text, passage),
        )
        for passage in read.passages
    ]
    ours, theirs = _renumbered(written.passages), _renumbered(found)
    same = sum(one == other for one, other in zip(ours, theirs, strict=False))
    details = written.details
    title = read.title if details.title else ""
    told = (read.kind, title, read.date, read.date_precision, read.source, read.url, read.language)
    wanted = (
        details.kind, details.title, details.date, details.precision, details.source, details.url,
        details.language,
    )  # fmt: skip
    return max(len(ours), len(theirs)) - same, sum(
        one != other for one, other in zip(wanted, told, strict=True)
    )


def _renumbered(passages: Sequence[Spoken]) -> list[Spoken]:
    """Passages with their exchanges counted from 1 in the order of the text."""
    numbers: dict[int, int] = {}
    return [
        one
        if one.exchange is None
        else one._replace(exchange=numbers.setdefault(one.exchange, len(numbers) + 1))
        for one in passages
    ]


def is_as_born(runs: Mapping[int, Runs], texts: Mapping[int, str], order: Sequence[int]) -> bool:
    """Whether passages are those of the import, each with its own original words."""
    return list(order) == list(texts) and all(
        original_of(runs[number]) == text for number, text in texts.items()
    )
