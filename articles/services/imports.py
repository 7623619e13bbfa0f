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
from articles.services.store import Entry, Seen, Stored, store_files
from articles.services.versions import SEPARATE, SKIP, Handling, known_versions, settle_version
from articles.text.reading import Choices, ReadFile, digest
from articles.text.shapes import Notice, TextError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from articles.formats.found import Found

log = logging.getLogger(__name__)

DEFAULT_COLLECTION = "Articles"
CHUNK_FILES = 400
CHUNK_BYTES = 1024 * 1024
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
    inside: str = ""  # its path beneath the folder or archive that was given
    known: bool = False  # read only to be shown: the collection has these bytes
    version: int | None = None  # in a dry run: the article of which it is a new version


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
        announce_import(batch_id)


def import_chunk(chunk: Sequence[Found], plan: Plan) -> tuple[list[Outcome], Seen]:
    """Read and store some files; also what was seen of the new texts."""
    chunk = [loaded(found) for found in chunk]
    known = known_bytes(chunk, plan) if plan.dry_run or not plan.detailed else {}
    if plan.dry_run:
        return _only_read(chunk, known, plan), Seen()
    outcomes = [
        known.get(index) or read_found(found, plan.choices) for index, found in enumerate(chunk)
    ]
    seen = Seen()
    outcomes = _with_versions(outcomes, plan)
    waiting = [i for i, outcome in enumerate(outcomes) if outcome.status == "dry_run"]
    entries = [Entry(read) for i in waiting if (read := outcomes[i].read) is not None]
    results = store_or_say(entries, plan, seen)
    for index, result in zip(waiting, results, strict=True):
        outcomes[index] = _settled(outcomes[index], result)
    return outcomes, seen


def _only_read(chunk: Sequence[Found], known: Mapping[int, Outcome], plan: Plan) -> list[Outcome]:
    """What would be read; files that are there already only where all is to be told of them."""
    outcomes = []
    for index, found in enumerate(chunk):
        there = known.get(index)
        one = read_found(found, plan.choices) if there is None or plan.detailed else there
        status = one.status if one.fault else "dry_run"
        notices = one.notices
        if there is not None and plan.detailed:
            notices = (Notice("bytes_known"), *notices)
        outcomes.append(
            replace(one, status=status, article=None, known=there is not None, notices=notices)
        )
    return _with_versions_told(outcomes, plan)


def _with_versions_told(outcomes: list[Outcome], plan: Plan) -> list[Outcome]:
    """The outcomes of a dry run, those of new versions of files with their article."""
    reads = [
        (i, one.read) for i, one in enumerate(outcomes) if one.read is not None and not one.known
    ]
    files = [(read.name, read.sha256) for _i, read in reads]
    for (i, _read), known in zip(
        reads, known_versions(files, plan.collection_id, None), strict=True
    ):
        if known is not None and not known.is_old:
            outcomes[i] = replace(outcomes[i], version=known.article_id)
        elif known is not None and plan.on_change != SEPARATE:
            notices = (Notice("bytes_known"), *outcomes[i].notices)
            outcomes[i] = replace(outcomes[i], known=True, notices=notices)
    return outcomes


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
    if plan.collection_id is None:
        return {}
    digests = {
        index: digest(found.data)
        for index, found in enumerate(chunk)
        if found.fault is None and found.data is not None
    }
    live = Article.objects.live().filter(collection=Collection(pk=plan.collection_id))
    there = dict(live.filter(sha256__in=digests.values()).values_list("sha256", "pk"))
    return {
        index: _outcome(chunk[index], "unchanged", sha256=sha256, article=there[sha256])
        for index, sha256 in digests.items()
        if sha256 in there
    }


def read_found(found: Found, choices: Choices) -> Outcome:
    """Read one file; what is wrong with it is said in the outcome."""
    try:
        data = load(found, settings.MAX_FILE_BYTES)
        read = read_any(found.name, data, merged(found.choices, choices))
    except TextError as fault:
        return _outcome(found, "failed", fault=Notice(fault.code, fault.params))
    except Exception:
        # One file that the reading stumbles over must not stop the thousands after it.
        log.exception("Reading %s failed", found.place)
        return _outcome(found, "failed", fault=Notice("not_read"))
    if not read.parsed.passages:  # a header alone is no text
        return _outcome(found, "failed", fault=Notice("no_words"))
    notices = (*found.notices, *read.decoded.notices, *read.parsed.notices)
    return _outcome(found, "dry_run", sha256=read.sha256, read=read, notices=notices)


def _outcome(found: Found, status: str, **facts: Any) -> Outcome:
    return Outcome(found.name, found.place, status, inside=found.inside, **facts)


def merged(own: Choices, given: Choices) -> Choices:
    """What was set for all files, then what was set for this one over it."""
    over = {name: value for name in own.__slots__ if (value := getattr(own, name)) is not None}
    return replace(given, **over) if over else given


def _settled(outcome: Outcome, result: Stored | Notice) -> Outcome:
    if isinstance(result, Notice):
        return replace(outcome, status="failed", fault=result)
    status = "created" if result.created else "unchanged"
    return replace(outcome, status=status, article=result.article_id)


def store_or_say(entries: Sequence[Entry], plan: Plan, seen: Seen) -> list[Stored | Notice]:
    """Store files together, or else one by one, so that a bad one hurts no other."""
    if not entries:
        return []
    try:
        return [*_first_of_each(_store(entries, plan, seen))]
    except LOST:
        reconnect()
    except (DatabaseFault, psycopg.Error) as error:
        log.info("A chunk is stored file by file: %s", error)
    return [_store_one(entry, plan, seen) for entry in entries]


def _first_of_each(results: list[Stored]) -> list[Stored]:
    """Of files with the same bytes only the first was made an article."""
    seen: set[int] = set()
    said = []
    for result in results:
        said.append(replace(result, created=result.created and result.article_id not in seen))
        seen.add(result.article_id)
    return said


def _store(entries: Sequence[Entry], plan: Plan, seen: Seen) -> list[Stored]:
    stored, new = store_files(
        entries,
        collection=Collection(pk=plan.collection_id),
        batch=ImportBatch(pk=plan.batch_id),
        agent=plan.agent,
    )
    seen.add(new)
    return stored


def _store_one(entry: Entry, plan: Plan, seen: Seen) -> Stored | Notice:
    try:
        return _store([entry], plan, seen)[0]
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


def cannot(code: str, **params: str | int) -> FileFault:
    """A fault of the import as a whole."""
    return FileFault(code, **params)
