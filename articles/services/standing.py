"""How an import batch stands, and what may be done with it as it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models.functions import Length

from articles.models import BatchState, ImportBatch, StagedFile, StagedState
from articles.services.imports import CHUNK_BYTES

if TYPE_CHECKING:
    from collections.abc import Collection as Some

    from django.db.models import QuerySet

OPEN = frozenset({BatchState.STAGED, BatchState.READING})  # takes more files
RUNNABLE = frozenset({BatchState.STAGED, BatchState.DONE, BatchState.FAILED})
RESTING = frozenset(BatchState) - {BatchState.RUNNING}
SETTLED = RESTING - {BatchState.READING}
# Files that may still be set right or left out: no run has taken them, nothing came of them yet.
IN_HAND = (
    StagedState.WAITING, StagedState.SURE, StagedState.DOUBTFUL, StagedState.REFUSED,
    StagedState.FAILED,
)  # fmt: skip


class NothingToDo(Exception):
    """The batch has nothing that could be imported, undone or brought back."""


class OtherState(NothingToDo):
    """The batch or the file has gone on meanwhile, so that the act fits it no more."""


class OutOfReach(NothingToDo):
    """Texts of the batch are in collections where the person may not import."""


def lock_batch(batch: ImportBatch, states: Some[BatchState]) -> ImportBatch:
    """The batch, locked until the transaction ends; raises `OtherState` outside these states."""
    locked = ImportBatch.objects.select_for_update().filter(pk=batch.pk).first()
    if locked is None or locked.state not in states:
        raise OtherState
    return locked


def take_some(files: QuerySet[StagedFile], rows: int) -> list[StagedFile]:
    """Lock the next files that nobody has locked: few enough rows and bytes to hold at once."""
    # Only these rows: their usual order joins the batch, whose row others must be free to count in.
    free = files.select_for_update(skip_locked=True, of=("self",)).annotate(size=Length("data"))
    taken: list[int] = []
    total = 0
    for pk, size in free.values_list("pk", "size")[:rows]:
        total += size
        if taken and total > CHUNK_BYTES:
            break
        taken.append(pk)
    return list(StagedFile.objects.filter(pk__in=taken)) if taken else []
