"""What is to happen to new versions of files under preview, as people choose it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from articles.models import StagedFile
from articles.services.standing import IN_HAND, OPEN, RUNNABLE, OtherState, lock_batch
from articles.services.versions import SKIP, known_versions

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from articles.models import ImportBatch
    from articles.queries.versions import Known

LISTED = tuple({*IN_HAND})


def versions_among(files: Sequence[StagedFile], batch: ImportBatch) -> list[Known | None]:
    """For each file the article that was made of another version of it; None for new texts."""
    named = [(staged.name, staged.sha256) for staged in files]
    return known_versions(named, batch.collection_id, str(batch.pk))


def choice_of(staged: StagedFile) -> str:
    """What is to happen to a file if it is a new version: skipped unless somebody chose."""
    return str(staged.renewal.get("choice") or SKIP)


def chosen_of(staged: StagedFile) -> dict[str, str]:
    """Whose words hold, by the keys of conflicts."""
    found: dict[str, str] = staged.renewal.get("conflicts") or {}
    return found


def set_version(
    *, staged: StagedFile, choice: str, conflicts: Mapping[str, str] | None = None
) -> StagedFile:
    """Choose what is to happen to one file; `OtherState` where a run has taken it."""
    with transaction.atomic():
        locked = StagedFile.objects.select_for_update().filter(pk=staged.pk).first()
        if locked is None or locked.state not in IN_HAND:
            raise OtherState
        kept = chosen_of(locked) if conflicts is None else dict(conflicts)
        locked.renewal = {"choice": choice} | ({"conflicts": kept} if kept else {})
        locked.save(update_fields=["renewal"])
    return locked


def set_versions(*, batch: ImportBatch, choice: str) -> int:
    """Choose the same for all new versions of a batch under preview; gives how many."""
    with transaction.atomic():
        lock_batch(batch, RUNNABLE | OPEN)
        rows = StagedFile.objects.filter(batch=batch, state__in=LISTED).defer("data")
        files = list(rows.select_for_update(of=("self",)).order_by("pk"))
        changed = []
        for staged, known in zip(files, versions_among(files, batch), strict=True):
            if known is not None and not known.is_old:
                staged.renewal = {**staged.renewal, "choice": choice}
                changed.append(staged)
        StagedFile.objects.bulk_update(changed, ["renewal"], batch_size=500)
    return len(changed)
