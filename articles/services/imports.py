"""Import files into a collection: chunk by chunk, each file all or nothing."""

from __future__ import annotations

import logging
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import psycopg
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import Error as DatabaseFault
from django.db import IntegrityError, InterfaceError, OperationalError, connection
from django.db.models import F
from django.utils import timezone

from articles.formats.faults import FileFault, Limits
from articles.formats.found import load
from articles.formats.reading import read_any
from articles.models import Article, BatchState, Collection, ImportBatch, Visibility
from articles.services.arriving import announce_import
from articles.services.collections import make_collection
from articles.services.log import Agent
from articles.services.store import Entry, Stored, store_files, title_of
from articles.services.versions import SEPARATE, SKIP, Handling, known_versions, settle_version
from articles.services.wording import sentence
from articles.text.reading import Choices, ReadFile, digest
from articles.text.shapes import Notice, TextError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from articles.formats.found import Found

log = logging.getLogger(__name__)

DEFAULT_COLLECTION = "Articles"
CHUNK_FILES = 200
CHUNK_BYTES = 512 * 1024
NOTHING_READ: dict[str, Any] = {
    "kind": None, "title": None, "language": None, "date": None, "date_precision": None,
    "encoding": None, "speakers": [], "passages": [],
}  # fmt: skip
LOST = (OperationalError, InterfaceError, psycopg.OperationalError, psycopg.InterfaceError)


@dataclass(frozen=True, slots=True)
class Plan:
    """How a run imports; passes from process to process, so it holds plain values only."""

    collection_id: int | None
    batch_id: str | None
    agent: Agent
    choices: Choices = Choices()  # noqa: RUF009 - frozen, so it may be shared
    dry_run: bool = False
    detailed: bool = False  # report the passages too
    on_change: str = SKIP  # what becomes of new versions of files


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file."""

    name: str
    place: str
    status: str  # created, unchanged, merged, skipped, failed or dry_run
    sha256: str | None = None
    article: int | None = None
    read: ReadFile | None = None
    notices: tuple[Notice, ...] = ()
    fault: Notice | None = None


def limits() -> Limits:
    """The limits of the settings."""
    return Limits(settings.MAX_FILE_BYTES, settings.MAX_FILES, settings.MAX_UPLOAD_BYTES)


def default_collection(agent: Agent, name: str = DEFAULT_COLLECTION) -> Collection:
    """The collection of that name, made public by `agent` where there is none."""
    with suppress(Collection.DoesNotExist):
        return Collection.objects.get(name=name)
    try:
        return make_collection(name=name, visibility=Visibility.PUBLIC, agent=agent)
    except (ValidationError, IntegrityError):  # somebody was faster
        return Collection.objects.get(name=name)


def start_batch(*, collection: Collection, agent: Agent, source: str = "") -> ImportBatch:
    """Begin a batch that is imported at once, without preview."""
    return ImportBatch.objects.create(
        collection=collection,
        creator=agent.user,
        agent=agent.name,
        source=source,
        state=BatchState.RUNNING,
    )


def finish_batch(batch_id: str, counts: Counter[str]) -> None:
    """Write down what became of a batch's files; a batch without any is forgotten."""
    if not counts:
        unused = ImportBatch.objects.filter(pk=batch_id, activities=None, articles=None)
        unused.delete()
        return
    failed = bool(counts["failed"]) and counts["failed"] == counts.total()
    ImportBatch.objects.filter(pk=batch_id).update(
        state=BatchState.FAILED if failed else BatchState.DONE,
        total=counts.total(),
        done=counts.total(),
        created_count=counts["created"],
        unchanged_count=counts["unchanged"],
        failed_count=counts["failed"],
        finished=timezone.now(),
    )
    if counts["created"]:
        announce_import(batch_id, counts["created"])


def import_chunk(chunk: Sequence[Found], plan: Plan) -> tuple[list[Outcome], list[set[str]]]:
    """Read and store some files; also the different pieces of each new passage."""
    chunk = [loaded(found) for found in chunk]
    known = {} if plan.dry_run or plan.detailed else known_bytes(chunk, plan)
    outcomes = [
        known.get(index) or read_found(found, plan.choices) for index, found in enumerate(chunk)
    ]
    if plan.dry_run:
        return outcomes, []
    pieces: list[set[str]] = []
    outcomes = _with_versions(outcomes, plan)
    waiting = [i for i, outcome in enumerate(outcomes) if outcome.status == "dry_run"]
    entries = [Entry(read) for i in waiting if (read := outcomes[i].read) is not None]
    results = store_or_say(entries, plan, pieces)
    for index, result in zip(waiting, results, strict=True):
        outcomes[index] = _settled(outcomes[index], result)
    return outcomes, pieces


def _with_versions(outcomes: list[Outcome], plan: Plan) -> list[Outcome]:
    """The outcomes, those of new versions of files settled unless they are to be imported apart."""
    if plan.on_change == SEPARATE:
        return outcomes
    reads = [(i, one.read) for i, one in enumerate(outcomes) if one.read is not None]
    files = [(read.name, read.sha256) for _i, read in reads]
    handling = Handling(plan.collection_id, plan.batch_id, plan.agent, plan.on_change)
    try:
        versions = known_versions(files, plan.collection_id, plan.batch_id)
    except LOST:
        reconnect()
        versions = known_versions(files, plan.collection_id, plan.batch_id)
    for (i, read), known in zip(reads, versions, strict=True):
        if known and (settled := settle_version(read, known, handling, given=plan.choices)):
            one = outcomes[i]
            notices = one.notices + ((settled.notice,) if settled.notice else ())
            outcomes[i] = replace(
                one, status=settled.status, article=settled.article, notices=notices,
                read=settled.read or read, fault=settled.fault,
            )  # fmt: skip
    return outcomes


def loaded(found: Found) -> Found:
    """The file with its bytes, or with the fault that keeps them away."""
    if found.fault is not None:
        return found
    try:
        return replace(found, data=load(found, settings.MAX_FILE_BYTES))
    except TextError as fault:
        return replace(found, data=None, fault=Notice(fault.code, fault.params))


def known_bytes(chunk: Sequence[Found], plan: Plan) -> dict[int, Outcome]:
    """The files whose bytes the collection has, by their place; they need no reading."""
    digests = {
        index: digest(found.data)
        for index, found in enumerate(chunk)
        if found.fault is None and found.data is not None
    }
    live = Article.objects.live().filter(collection=Collection(pk=plan.collection_id))
    there = dict(live.filter(sha256__in=digests.values()).values_list("sha256", "pk"))
    return {
        index: Outcome(chunk[index].name, chunk[index].place, "unchanged", sha256, there[sha256])
        for index, sha256 in digests.items()
        if sha256 in there
    }


def read_found(found: Found, choices: Choices) -> Outcome:
    """Read one file; what is wrong with it is said in the outcome."""
    try:
        data = load(found, settings.MAX_FILE_BYTES)
        read = read_any(found.name, data, merged(found.choices, choices))
    except TextError as fault:
        return Outcome(found.name, found.place, "failed", fault=Notice(fault.code, fault.params))
    except Exception:
        # One file that the reading stumbles over must not stop the thousands after it.
        log.exception("Reading %s failed", found.place)
        return Outcome(found.name, found.place, "failed", fault=Notice("not_read"))
    notices = (*found.notices, *read.decoded.notices, *read.parsed.notices)
    return Outcome(found.name, found.place, "dry_run", read.sha256, None, read, notices)


def merged(own: Choices, given: Choices) -> Choices:
    """What was set for all files, then what was set for this one over it."""
    over = {name: value for name in own.__slots__ if (value := getattr(own, name)) is not None}
    return replace(given, **over) if over else given


def _settled(outcome: Outcome, result: Stored | Notice) -> Outcome:
    if isinstance(result, Notice):
        return replace(outcome, status="failed", fault=result)
    status = "created" if result.created else "unchanged"
    return replace(outcome, status=status, article=result.article_id)


def store_or_say(
    entries: Sequence[Entry], plan: Plan, pieces: list[set[str]]
) -> list[Stored | Notice]:
    """Store files together, or else one by one, so that a bad one hurts no other."""
    if not entries:
        return []
    try:
        return [*_first_of_each(_store(entries, plan, pieces))]
    except LOST:
        reconnect()
    except (DatabaseFault, psycopg.Error) as error:
        log.info("A chunk is stored file by file: %s", error)
    return [_store_one(entry, plan, pieces) for entry in entries]


def _first_of_each(results: list[Stored]) -> list[Stored]:
    """Of files with the same bytes only the first was made an article."""
    seen: set[int] = set()
    said = []
    for result in results:
        said.append(replace(result, created=result.created and result.article_id not in seen))
        seen.add(result.article_id)
    return said


def _store(entries: Sequence[Entry], plan: Plan, pieces: list[set[str]]) -> list[Stored]:
    stored, new_pieces = store_files(
        entries,
        collection=Collection(pk=plan.collection_id),
        batch=ImportBatch(pk=plan.batch_id),
        agent=plan.agent,
    )
    pieces += new_pieces
    return stored


def _store_one(entry: Entry, plan: Plan, pieces: list[set[str]]) -> Stored | Notice:
    try:
        return _store([entry], plan, pieces)[0]
    except LOST:
        reconnect()
        return Notice("database_gone")
    except (DatabaseFault, psycopg.Error) as error:
        return Notice("not_stored", {"reason": str(error).split("\n", 1)[0]})


def reconnect() -> None:
    """Drop a lost connection; the next query opens a new one."""
    if not connection.in_atomic_block:
        connection.close()


def count_chunk(batch_id: str, counts: Counter[str]) -> None:
    """Add to the counts of a batch that is under way."""
    ImportBatch.objects.filter(pk=batch_id).update(
        total=F("total") + counts.total(),
        done=F("done") + counts.total(),
        created_count=F("created_count") + counts["created"],
        unchanged_count=F("unchanged_count") + counts["unchanged"],
        failed_count=F("failed_count") + counts["failed"],
    )


def report(outcome: Outcome, plan: Plan) -> dict[str, Any]:
    """One file's outcome as plain values, for the command line and between processes."""
    fault = outcome.fault
    row: dict[str, Any] = {
        "file": outcome.name,
        "place": outcome.place,
        "sha256": outcome.sha256,
        "status": outcome.status,
        "article": outcome.article,
        "warnings": [sentence(notice.code, notice.params) for notice in outcome.notices],
        "error": sentence(fault.code, fault.params) if fault else None,
    }
    if not plan.detailed:
        return row
    return row | (NOTHING_READ if outcome.read is None else reading(outcome.read))


def reading(read: ReadFile) -> dict[str, Any]:
    """What was read from a file, as plain values."""
    parsed = read.parsed
    names = [speaker.name for speaker in parsed.speakers]
    return {
        "kind": parsed.kind,
        "title": title_of(read),
        "language": parsed.language,
        "date": written_date(read),
        "date_precision": parsed.date_precision,
        "encoding": read.decoded.encoding,
        "speakers": list(dict.fromkeys(names)),
        "passages": [
            {
                "role": passage.role,
                "speaker": None if passage.speaker is None else names[passage.speaker],
                "exchange": passage.exchange,
                "start": passage.start,
                "end": passage.end,
            }
            for passage in parsed.passages
        ],
    }


def written_date(read: ReadFile) -> str | None:
    """The date as far as it is known: `2021`, `2021-10` or `2021-10-05`."""
    if read.parsed.date is None:
        return None
    length = {"year": 4, "month": 7}.get(read.parsed.date_precision, 10)
    return read.parsed.date.isoformat()[:length]


def cannot(code: str, **params: str | int) -> FileFault:
    """A fault of the import as a whole."""
    return FileFault(code, **params)
