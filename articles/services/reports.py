"""What became of a file, as plain values: for the command line and between processes."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from articles.formats.faults import shown_path
from articles.services.store import title_of
from articles.services.wording import sentence
from articles.text.adjust import SPOKEN
from diplowatch.lib.dates import typed_date

if TYPE_CHECKING:
    from articles.services.imports import Outcome, Plan
    from articles.text.reading import ReadFile
    from articles.text.shapes import ParsedText

NOTHING_READ: dict[str, Any] = {
    "kind": None, "title": None, "language": None, "date": None, "date_precision": None,
    "encoding": None, "speakers": [], "passages": [],
}  # fmt: skip


def report(outcome: Outcome, plan: Plan) -> dict[str, Any]:
    """One file's outcome; in a dry run with a summary of what was read, or all of it."""
    fault = outcome.fault
    row: dict[str, Any] = {
        "file": shown_path(outcome.inside) or outcome.name,
        "place": outcome.place,
        "sha256": outcome.sha256,
        "status": outcome.status,
        "counts_as": "unchanged" if outcome.known else outcome.status,
        "version": outcome.version,
        "article": outcome.article,
        "warnings": [sentence(notice.code, notice.params) for notice in outcome.notices],
        "error": sentence(fault.code, fault.params) if fault else None,
    }
    if not plan.detailed:
        return row | outlined(outcome.read) if plan.dry_run and outcome.read else row
    return row | (NOTHING_READ if outcome.read is None else reading(outcome.read))


def outlined(read: ReadFile) -> dict[str, Any]:
    """What was read from a file in short: turns or passages are counted."""
    return details_of(read) | {
        "passages": len(read.parsed.passages),
        "turns": turns_of(read.parsed) if read.parsed.kind == "interview" else 0,
    }


def turns_of(parsed: ParsedText) -> int:
    """How many turns a talk has: consecutive spoken passages of one voice are one."""
    spoken = [passage for passage in parsed.passages if passage.role in SPOKEN]
    return len(list(groupby(spoken, lambda one: (one.speaker, one.speaker is None and one.role))))


def details_of(read: ReadFile) -> dict[str, Any]:
    """What was read about a file."""
    parsed = read.parsed
    return {
        "kind": parsed.kind,
        "title": title_of(read),
        "language": parsed.language,
        "date": written_date(read),
        "date_precision": parsed.date_precision,
        "encoding": read.decoded.encoding,
        "speakers": list(dict.fromkeys(speaker.name for speaker in parsed.speakers)),
    }


def reading(read: ReadFile) -> dict[str, Any]:
    """What was read from a file, with its passages."""
    names = [speaker.name for speaker in read.parsed.speakers]
    passages = [
        {
            "role": passage.role,
            "speaker": None if passage.speaker is None else names[passage.speaker],
            "exchange": passage.exchange,
            "start": passage.start,
            "end": passage.end,
        }
        for passage in read.parsed.passages
    ]
    return details_of(read) | {"passages": passages}


def written_date(read: ReadFile) -> str | None:
    """The date as far as it is known: `2021`, `2021-10` or `2021-10-05`."""
    return typed_date(read.parsed.date, read.parsed.date_precision) or None
