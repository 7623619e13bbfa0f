"""Uploads under preview: staged in the database, read, set right, before anything is stored."""

from __future__ import annotations

import datetime
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Count, Exists, F, OuterRef, Q, Sum
from django.db.models.functions import Length
from django.utils import timezone

from articles.formats.archives import open_archive
from articles.formats.details import read_details
from articles.formats.faults import FileFault, base_name
from articles.formats.found import Found, load, refused
from articles.models import (
    BatchState,
    Collection,
    ImportBatch,
    StagedFile,
    StagedState,
)
from articles.services.assessment import assess, fault_of
from articles.services.imports import limits
from articles.services.standing import (
    IN_HAND,
    OPEN,
    RESTING,
    RUNNABLE,
    OtherState,
    lock_batch,
    take_some,
)
from articles.services.tables import apply_details, kept_details
from articles.services.versions import SEPARATE
from articles.text.adjust import Overrides, from_json, to_json, without_structure
from articles.text.reading import digest

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import IO
    from uuid import UUID

    from articles.formats.details import Details
    from articles.services.log import Agent

AT_ONCE_FILES = 50  # more than these are read and imported in the background
AT_ONCE_BYTES = 2 * 1024 * 1024
ROWS = 100  # staged rows written or read at once
LEFT_FROM = "left_from"  # kept with a file that is left out: its state before


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as the browser sent it: its path inside a dropped folder and its open bytes."""

    path: str
    size: int
    file: IO[bytes]


def start_preview(*, agent: Agent, collection: Collection | None = None) -> ImportBatch:
    """An empty batch to which uploads are added."""
    return ImportBatch.objects.create(
        collection=collection, creator=agent.user, agent=agent.name, state=BatchState.STAGED
    )


def add_uploads(*, batch: ImportBatch, uploads: Sequence[Upload]) -> int:
    """Stage uploaded files, archives unpacked; all of them or none. Gives how many there are.

    Raises a `FileFault` where the batch would grow past the limits, `OtherState` where it is
    under preview no more.
    """
    with transaction.atomic():
        lock_batch(batch, OPEN)
        before = StagedFile.objects.filter(batch=batch)
        taken = before.aggregate(size=Sum(Length("data")))["size"] or 0
        stager = _Stager(batch, before.count(), taken)
        known = kept_details(batch)
        for found in _apart(uploads, known):
            stager.add(found)
        stager.flush()
        if known.rows:
            apply_details(batch, known)
        _count_total(batch.pk)
        ImportBatch.objects.filter(pk=batch.pk).update(
            state=BatchState.READING, touched=timezone.now()
        )
        return stager.position


def add_text(*, batch: ImportBatch, name: str, text: str, is_named: bool = True) -> int:
    """Stage a text that was pasted; one that nobody named is no version of another."""
    data = text.replace("\r\n", "\n").replace("\r", "\n").encode("utf-8", "replace")
    found = Found(name, name, data=data)
    with transaction.atomic():
        stager = _Stager(batch, StagedFile.objects.filter(batch=batch).count(), 0)
        stager.add(found)
        if not is_named:
            stager.rows[-1].renewal = {"choice": SEPARATE}
        stager.flush()
        ImportBatch.objects.filter(pk=batch.pk).update(
            total=F("total") + 1, state=BatchState.READING
        )
        return stager.position


class _Stager:
    """Staged rows, written some at a time."""

    def __init__(self, batch: ImportBatch, position: int, taken: int) -> None:
        self.batch, self.position, self.taken = batch, position, taken
        self.limits = limits()
        self.rows: list[StagedFile] = []

    def add(self, found: Found) -> None:
        self.position += 1
        self.taken += found.size
        if self.position > self.limits.files:
            raise FileFault("too_many_files", limit=self.limits.files)
        if self.taken > self.limits.total_bytes:
            megabytes = self.limits.total_bytes // (1024 * 1024)
            raise FileFault("upload_total", megabytes=max(1, megabytes))
        self.rows.append(_staged(found, self.batch, self.position))
        if len(self.rows) >= ROWS or self.taken % AT_ONCE_BYTES < found.size:
            self.flush()

    def flush(self) -> None:
        StagedFile.objects.bulk_create(self.rows)
        self.rows = []


def _staged(found: Found, batch: ImportBatch, position: int) -> StagedFile:
    data = found.data or b""
    fault = found.fault
    return StagedFile(
        batch=batch,
        position=position,
        name=found.name,
        sha256=digest(data),
        data=data,
        state=StagedState.REFUSED if fault else StagedState.WAITING,
        overrides=to_json(Overrides(found.choices)),
        summary={"path": found.place},
        error=fault_of(fault) if fault else {},
    )


def _apart(uploads: Sequence[Upload], details: Details) -> Iterator[Found]:
    """Uploads as files: tables of details are read first, archives unpacked."""
    bounds = limits()
    tables = [upload for upload in uploads if upload.path.lower().endswith(".csv")]
    others = [upload for upload in uploads if not upload.path.lower().endswith(".csv")]
    for table in tables:
        yield from _take_table(_found(table, bounds.file_bytes), details)
    for upload in others:
        if upload.path.lower().endswith(".zip"):
            yield from _unpacked(upload, details)
        else:
            yield _found(upload, bounds.file_bytes)


def _found(upload: Upload, file_bytes: int) -> Found:
    """One upload, its bytes read to one past the limit at most."""
    name = base_name(upload.path)
    found = Found(name, upload.path, data=upload.file.read(file_bytes + 1))
    try:
        load(found, file_bytes)
    except FileFault as fault:
        return refused(name, upload.path, fault)
    return found


def _unpacked(upload: Upload, details: Details) -> Iterator[Found]:
    name = base_name(upload.path)
    try:
        archive = open_archive(upload.file, limits())
    except FileFault as fault:
        yield refused(name, upload.path, fault)
        return
    for table in archive.tables():
        yield from _take_table(table, details)
    yield from archive.files()


def _take_table(table: Found, details: Details) -> Iterator[Found]:
    try:
        details.add(read_details(load(table, limits().file_bytes)))
    except FileFault as fault:
        yield refused(table.name, table.place, fault)


def is_large(batch: ImportBatch, state: StagedState = StagedState.WAITING) -> bool:
    """Whether so much is in this state that it is worked off in the background."""
    waiting = StagedFile.objects.filter(batch=batch, state=state)
    sums = waiting.aggregate(size=Sum(Length("data")))
    return waiting.count() > AT_ONCE_FILES or (sums["size"] or 0) > AT_ONCE_BYTES


def read_waiting(*, batch: ImportBatch) -> bool:
    """Read some files that wait; False when there was none left to take.

    Each call is one transaction, so that a killed process leaves no file half read. The preview
    begins when nothing waits at all: some may be in the hands of another process.
    """
    with transaction.atomic():
        waiting = StagedFile.objects.filter(batch=batch, state=StagedState.WAITING)
        files = take_some(waiting, ROWS)
        for staged in files:
            assess(staged)
        StagedFile.objects.bulk_update(files, ["state", "summary", "error", "encoding"])
        if files or waiting.exists():
            return bool(files)
        ImportBatch.objects.filter(pk=batch.pk, state=BatchState.READING).update(
            state=BatchState.STAGED
        )
    return False


def counts_by_state(batch: ImportBatch) -> dict[str, int]:
    """How many files of a batch are in each state."""
    files = StagedFile.objects.filter(batch=batch).order_by()
    return dict(files.values_list("state").annotate(count=Count("pk")))


def change_staged(*, staged: StagedFile, overrides: Overrides) -> StagedFile:
    """Keep what a person set right for one file, and read it again.

    Raises `OtherState` where a run has taken the file, or somebody else set it right meanwhile.
    """
    before = from_json(staged.overrides).choices
    now = overrides.choices
    if (before.encoding, before.kind, before.language) != (now.encoding, now.kind, now.language):
        overrides = without_structure(overrides)
    with transaction.atomic():
        locked = StagedFile.objects.select_for_update().filter(pk=staged.pk).first()
        if locked is None or locked.state not in IN_HAND or locked.overrides != staged.overrides:
            raise OtherState
        locked.overrides = to_json(overrides) | {"checked": True}
        assess(locked)
        locked.save(update_fields=["overrides", "state", "summary", "error", "encoding"])
    return locked


def note_use(*, batch: ImportBatch) -> None:
    """Note that somebody works on a batch, or looks at it; once a day is enough."""
    yesterday = timezone.now() - datetime.timedelta(days=1)
    if batch.touched < yesterday:
        ImportBatch.objects.filter(pk=batch.pk).update(touched=timezone.now())


def set_batch(*, batch: ImportBatch, collection: Collection, source: str) -> None:
    """Set the collection and the source of all files of a batch; not while it is imported."""
    with transaction.atomic():
        lock_batch(batch, RUNNABLE | OPEN)
        batch.collection, batch.source, batch.touched = collection, source, timezone.now()
        batch.full_clean(exclude=["creator"])
        batch.save(update_fields=["collection", "source", "touched"])


def leave_out(*, staged: StagedFile) -> None:
    """Take one file out of a batch under preview; `OtherState` where a run has taken it.

    It is kept until the batch is thrown away or forgotten, and may be brought back.
    """
    with transaction.atomic():
        files = StagedFile.objects.select_for_update().defer("data")
        locked = files.filter(pk=staged.pk, state__in=IN_HAND).first()
        if locked is None:
            raise OtherState
        locked.summary = locked.summary | {LEFT_FROM: locked.state}
        locked.state = StagedState.LEFT_OUT
        locked.save(update_fields=["state", "summary"])
        _count_total(staged.batch_id)


def bring_back(*, batch: ImportBatch) -> int:
    """Bring all files back that were left out of a batch, as they stood; gives how many.

    Raises `OtherState` while the batch is imported.
    """
    with transaction.atomic():
        lock_batch(batch, RESTING)
        files = StagedFile.objects.filter(batch=batch, state=StagedState.LEFT_OUT)
        back = list(files.select_for_update(of=("self",)).defer("data"))
        for staged in back:
            staged.state = staged.summary.pop(LEFT_FROM)
        StagedFile.objects.bulk_update(back, ["state", "summary"], batch_size=ROWS)
        _count_total(batch.pk)
    return len(back)


def _count_total(batch_id: UUID) -> None:
    files = StagedFile.objects.filter(batch_id=batch_id).exclude(state=StagedState.LEFT_OUT)
    ImportBatch.objects.filter(pk=batch_id).update(total=files.count())


def discard_if_empty(*, batch: ImportBatch) -> None:
    """Throw away a batch to which no upload came."""
    if not StagedFile.objects.filter(batch=batch).exists():
        discard_batch(batch=batch)


def discard_batch(*, batch: ImportBatch) -> None:
    """Throw away what was not imported of a batch; `OtherState` while it is imported."""
    with transaction.atomic():
        lock_batch(batch, RESTING)
        StagedFile.objects.filter(batch=batch, article__isnull=True).delete()
        if not batch.articles.exists() and not batch.activities.exists():
            batch.delete()


def forget_old_previews(*, days: int) -> int:
    """Throw away previews that nobody came back to, and what imports left behind; how many."""
    before = timezone.now() - datetime.timedelta(days=days)
    left = StagedFile.objects.filter(batch=OuterRef("pk"), article__isnull=True)
    old = ImportBatch.objects.filter(state__in=RESTING, touched__lt=before)
    batches = list(old.filter(Exists(left) | Q(state__in=OPEN)))
    for batch in batches:
        with suppress(OtherState):  # somebody took it up this moment
            discard_batch(batch=batch)
    return len(batches)
