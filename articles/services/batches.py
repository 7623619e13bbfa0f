"""Batches under way: their staged files imported, undone as a whole, brought back."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Exists, F, OuterRef
from django.utils import timezone

from articles.models import (
    Activity,
    Article,
    BatchState,
    ImportBatch,
    StagedFile,
    StagedState,
    Verb,
)
from articles.queries.staged import open_elsewhere
from articles.services.arriving import announce_import
from articles.services.assessment import read_staged
from articles.services.choosing import CONFLICTS, choice_of, chosen_of, versions_among
from articles.services.imports import Plan, store_or_say
from articles.services.log import Agent, record
from articles.services.sessions import MANY, refresh_statistics
from articles.services.staging import ROWS
from articles.services.standing import RUNNABLE, SETTLED, OutOfReach, lock_batch, take_some
from articles.services.standing import NothingToDo as NothingToDo
from articles.services.store import Entry, Seen, Stored
from articles.services.versions import Handling, Settled, settle_version, with_choice
from articles.services.words import keep_words
from articles.text.adjust import from_json
from articles.text.pieces import folded_words
from articles.text.shapes import Notice, TextError

if TYPE_CHECKING:
    from collections.abc import Collection as Some
    from collections.abc import Iterable, Sequence

    from django.db.models import QuerySet

    from articles.text.reading import ReadFile

READY = (StagedState.SURE, StagedState.DOUBTFUL, StagedState.FAILED)


def start_run(
    *,
    batch: ImportBatch,
    only_sure: bool = False,
    places: Iterable[int] = (),
    position: int | None = None,
) -> int:
    """Mark the files to import and set the batch running; gives how many there are.

    All that can be read, or only the sure ones, or only the one at `position`. Not sure is what
    would be a second text of bytes that another collection, one of `places`, has. Raises
    `NothingToDo` where there is none, `OtherState` where the batch runs or was undone.
    """
    with transaction.atomic():
        locked = lock_batch(batch, RUNNABLE)
        files = StagedFile.objects.filter(batch=locked, state__in=READY)
        if only_sure:
            files = files.filter(state=StagedState.SURE).exclude(renewal__has_key=CONFLICTS)
            files = files.exclude(pk__in=open_elsewhere(locked, places).values("pk"))
        if position is not None:
            files = files.filter(position=position)
        count = files.update(state=StagedState.CHOSEN)
        if not count or locked.collection_id is None:
            raise NothingToDo
        locked.state = BatchState.RUNNING
        locked.finished = None
        locked.save(update_fields=["state", "finished"])
    return count


def run_some(*, batch: ImportBatch) -> bool:
    """Import some of the chosen files; False when none was left to take.

    Each call is one transaction: a killed process goes on where it stopped. The batch is finished
    by whoever finds no chosen file at all: some may be in the hands of another process.
    """
    seen = Seen()
    with transaction.atomic():
        chosen = StagedFile.objects.filter(batch=batch, state=StagedState.CHOSEN)
        files = take_some(chosen, ROWS)
        if files:
            _import(files, batch, seen)
            keep_words(folded_words(seen.pieces()))
        elif not chosen.exists():
            _finish(batch)
        count_files(batch)
    return bool(files)


def _import(files: Sequence[StagedFile], batch: ImportBatch, seen: Seen) -> None:
    plan = Plan(batch.collection_id, str(batch.pk), Agent(batch.creator, batch.agent))
    reads: list[ReadFile | Notice] = [_read(staged) for staged in files]
    settled = _versions(files, reads, batch)
    waiting = [
        (staged, read)
        for staged, read in zip(files, reads, strict=True)
        if not isinstance(read, Notice) and staged.pk not in settled
    ]
    entries = [Entry(read, source_of(staged, batch)) for staged, read in waiting]
    results = iter(store_or_say(entries, plan, seen))
    for staged, read in zip(files, reads, strict=True):
        if staged.pk in settled:
            _settle_version(staged, settled[staged.pk])
        else:
            _settle(staged, read if isinstance(read, Notice) else next(results))
    StagedFile.objects.bulk_update(files, ["state", "article", "error", "data"])


def _versions(
    files: Sequence[StagedFile], reads: Sequence[ReadFile | Notice], batch: ImportBatch
) -> dict[int, Settled]:
    """By its key, what became of each file that is a new version and is not imported apart."""
    agent = Agent(batch.creator, batch.agent)
    handling = Handling(batch.collection_id, str(batch.pk), agent)
    found = {}
    for staged, read, known in zip(files, reads, versions_among(files, batch), strict=True):
        if known is None or isinstance(read, Notice):
            continue
        overrides = from_json(staged.overrides)
        given = overrides.choices
        if overrides.of_structure:  # what was set right is of this reading
            given = replace(given, kind=read.parsed.kind)
        settled = settle_version(
            read, known, with_choice(handling, choice_of(staged)), given=given,
            chosen=chosen_of(staged),
        )  # fmt: skip
        if settled is not None:
            found[staged.pk] = settled
    return found


def _settle_version(staged: StagedFile, settled: Settled) -> None:
    if settled.fault is not None:
        _settle(staged, settled.fault)
        return
    staged.state = StagedState(settled.status)
    staged.article_id = settled.article
    staged.data = b""
    staged.error = {}


def source_of(staged: StagedFile, batch: ImportBatch) -> str:
    """The source of a file: its own where one was set, else the batch's; "" for the text's."""
    return staged.overrides.get("source") or batch.source


def _read(staged: StagedFile) -> ReadFile | Notice:
    try:
        return read_staged(staged)
    except TextError as fault:
        return Notice(fault.code, fault.params)


def _settle(staged: StagedFile, result: Stored | Notice) -> None:
    """Note what became of a file; its staged bytes go once the source file has them."""
    if isinstance(result, Notice):
        staged.state = StagedState.FAILED
        staged.error = {"code": result.code, "params": dict(result.params)}
        return
    staged.state = StagedState.IMPORTED if result.created else StagedState.UNCHANGED
    staged.article_id = result.article_id
    staged.data = b""
    staged.error = {}


def _finish(batch: ImportBatch) -> None:
    running = ImportBatch.objects.filter(pk=batch.pk, state=BatchState.RUNNING)
    if running.update(state=BatchState.DONE, finished=timezone.now()):
        if batch.files.filter(state=StagedState.IMPORTED).count() >= MANY:
            transaction.on_commit(refresh_statistics, robust=True)
        announce_import(str(batch.pk))


def count_files(batch: ImportBatch) -> None:
    """Bring the counts of a batch up to date with its files."""
    states = Counter(StagedFile.objects.filter(batch=batch).values_list("state", flat=True))
    made, same, failed = (
        states[state] for state in (StagedState.IMPORTED, StagedState.UNCHANGED, StagedState.FAILED)
    )
    ImportBatch.objects.filter(pk=batch.pk).update(
        created_count=made,
        unchanged_count=same,
        failed_count=failed,
        done=made + same + failed + states[StagedState.MERGED] + states[StagedState.SKIPPED],
    )


def undo_batch(*, batch: ImportBatch, agent: Agent, within: Some[int] | None = None) -> int:
    """Take away, softly, every article that the batch brought; gives how many.

    `within`: the ids of the collections where the person may (None: everywhere). Raises
    `OutOfReach` where an article is elsewhere now, `OtherState` while the import is under way.
    """
    with transaction.atomic():
        locked = lock_batch(batch, SETTLED)
        articles = Article.objects.live().filter(batch=locked)
        ids = _reach(articles.order_by("pk").select_for_update(), within)
        if not ids:
            raise NothingToDo
        act = record(agent, Verb.UNDO, batch=locked, collection=locked.collection, count=len(ids))
        # The moment of the act marks what it took away: bringing back finds it by that.
        Article.objects.filter(pk__in=ids).update(
            removed=act.created, updated=act.created, version=F("version") + 1
        )
        ImportBatch.objects.filter(pk=locked.pk).update(state=BatchState.UNDONE)
    return len(ids)


def _reach(articles: QuerySet[Article], within: Some[int] | None) -> list[int]:
    """The ids of the articles; raises `OutOfReach` if one is in none of these collections."""
    places = list(articles.values_list("pk", "collection_id"))
    if within is not None and any(place not in within for _pk, place in places):
        raise OutOfReach
    return [pk for pk, _place in places]


def redo_batch(
    *, batch: ImportBatch, agent: Agent, within: Some[int] | None = None
) -> tuple[int, int]:
    """Bring back what the last undoing took away: how many came, how many could not.

    A text cannot come back where the collection has got the same bytes again since; the batch
    stays undone while none comes. `within`: as for undoing.
    """
    with transaction.atomic():
        locked = lock_batch(batch, SETTLED)
        act = last_undoing(locked)
        if locked.state != BatchState.UNDONE or act is None:
            raise NothingToDo
        gone = Article.objects.filter(batch=locked, removed=act.created)
        again = Article.objects.live().filter(
            collection=OuterRef("collection"), sha256=OuterRef("sha256")
        )
        everything = _reach(gone, within)
        ids = list(gone.exclude(Exists(again)).order_by("pk").values_list("pk", flat=True))
        left = len(everything) - len(ids)
        if not ids:
            return 0, left
        redone = record(
            agent, Verb.UNDO, batch=locked, collection=locked.collection, undoes=act,
            count=len(ids), left=left,
        )  # fmt: skip
        Article.objects.filter(pk__in=ids).update(
            removed=None, updated=redone.created, version=F("version") + 1
        )
        ImportBatch.objects.filter(pk=locked.pk).update(state=BatchState.DONE)
    return len(ids), left


def last_undoing(batch: ImportBatch) -> Activity | None:
    """The activity that undid the batch and was not undone itself."""
    acts = Activity.objects.filter(batch=batch, verb=Verb.UNDO, undoes=None, undone_by=None)
    return acts.order_by("-pk").first()
