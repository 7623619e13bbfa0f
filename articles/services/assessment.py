"""What is to be said of a staged file: read as it was set right, sure or doubtful."""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING, Any

from articles.formats.faults import FileFault
from articles.formats.found import Found
from articles.formats.reading import read_any
from articles.models import StagedState
from articles.services.imports import read_found
from articles.services.reports import written_date
from articles.services.store import title_of
from articles.text.adjust import adjusted_file, from_json
from articles.text.reading import Choices, ReadFile
from articles.text.shapes import Notice, TextError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from articles.models import StagedFile

log = logging.getLogger(__name__)

SURE_ENOUGH = 0.65
SURE_OF_QUESTIONS = 0.9  # what it takes where paragraphs ask as an interviewer does
SEVERAL = 3  # paragraphs that are a question and no more
QUESTION = re.compile(r"[^.!?…]{1,300}\?[\s»”\"*_]*")
HARMLESS = frozenset({"encoding_marked"})  # notices that are worth a line but no doubt


def fault_of(fault: Notice) -> dict[str, Any]:
    """A fault as plain values."""
    return {"code": fault.code, "params": dict(fault.params)}


def assess(staged: StagedFile) -> ReadFile | None:
    """Read a staged file as it is set right so far, and note what is to be said of it."""
    overrides = from_json(staged.overrides)
    found = Found(staged.name, staged.name, data=bytes(staged.data), choices=overrides.choices)
    outcome = read_found(found, Choices())
    path = {"path": staged.summary.get("path", staged.name)}
    if outcome.read is None:
        staged.state = StagedState.REFUSED
        staged.error = fault_of(outcome.fault) if outcome.fault else {}
        staged.summary = path
        return None
    read = adjusted_file(outcome.read, overrides)
    staged.error = {}
    staged.encoding = read.decoded.encoding
    notices = (*further_notices(staged, outcome.read), *outcome.notices)
    staged.summary = path | summary_of(read, notices)
    touched = overrides.of_structure or bool(staged.overrides.get("checked"))
    staged.state = (
        StagedState.DOUBTFUL if doubts(read, notices) and not touched else StagedState.SURE
    )
    return read


def summary_of(read: ReadFile, notices: Iterable[Notice]) -> dict[str, Any]:
    """What the table of a batch shows of a file."""
    parsed = read.parsed
    roles = [passage.role for passage in parsed.passages]
    return {
        "kind": parsed.kind,
        "title": title_of(read),
        "date": written_date(read) or "",
        "language": parsed.language,
        "source": parsed.source,
        "speakers": [speaker.name for speaker in parsed.speakers],
        "passages": len(roles),
        "questions": roles.count("question"),
        "answers": roles.count("answer"),
        "notices": [[notice.code, dict(notice.params)] for notice in notices],
        "sure": round(parsed.kind_evidence.sure, 2),
    }


def doubts(read: ReadFile, notices: Iterable[Notice]) -> bool:
    """Whether a person should look at a file before it is imported."""
    if not written_date(read):
        return True  # an undated text is found last and hardly: a person decides that it stays so
    return any(notice.code not in HARMLESS for notice in notices)


def further_notices(staged: StagedFile, read: ReadFile) -> tuple[Notice, ...]:
    """What the reading itself does not say, until a person has set the file right.

    What is wrong with the row that a table has for it, and that its kind or its language is not
    sure enough.
    """
    if staged.overrides.get("checked"):
        return ()
    rows = staged.overrides.get("faults", ())
    found = [Notice(one["code"], one["params"]) for one in rows]
    is_told = any(notice.code == "kind_doubtful" for notice in read.parsed.notices)
    if not is_told and not is_kind_sure(read):
        found.append(Notice("kind_doubtful"))
    if read.parsed.language_evidence.sure < SURE_ENOUGH:
        found.append(Notice("language_doubtful"))
    return tuple(found)


def is_kind_sure(read: ReadFile) -> bool:
    """Whether the kind is sure enough; an article of several lone questions must be surer."""
    sure = read.parsed.kind_evidence.sure
    if sure >= SURE_OF_QUESTIONS or sure < SURE_ENOUGH or read.parsed.kind != "article":
        return sure >= SURE_ENOUGH
    return sum(QUESTION.fullmatch(text) is not None for text in read.passage_texts()) < SEVERAL


def read_both(staged: StagedFile) -> tuple[ReadFile, ReadFile]:
    """A staged file as it is read, and as it is set right; raises a `TextError` if it cannot be."""
    overrides = from_json(staged.overrides)
    try:
        read = read_any(staged.name, bytes(staged.data), overrides.choices)
    except TextError:
        raise
    except Exception as error:
        # Whatever the reading stumbles over is a fault of this file and no more.
        log.exception("Reading %s failed", staged.name)
        raise FileFault("not_read") from error
    return read, adjusted_file(read, overrides)


def read_staged(staged: StagedFile) -> ReadFile:
    """A staged file as it is set right; raises a `TextError` where it cannot be read."""
    return read_both(staged)[1]
