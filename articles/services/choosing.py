"""What is to happen to new versions of files under preview, as people choose it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from articles.models import StagedFile
from articles.services.assessment import read_staged
from articles.services.operating import GoneText
from articles.services.renewing import fitting, preview_renewal
from articles.services.standing import IN_HAND, OPEN, RUNNABLE, OtherState, lock_batch
from articles.services.versions import MERGE, SKIP, known_versions
from articles.text.adjust import from_json
from articles.text.shapes import TextError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from articles.models import ImportBatch
    from articles.queries.versions import Known
    from articles.text.reading import ReadFile
    from articles.text.renewal import Renewal

LISTED = tuple({*IN_HAND})
MOST_READ = 50  # files whose conflicts are looked for when all new versions are to be merged
CONFLICTS, UNSEEN = "met", "unseen"  # kept with the choice: how many were met, or not looked for


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


def has_conflicts(staged: StagedFile) -> bool:
    """Whether a merge was chosen that meets conflicts, and nobody has looked at them yet."""
    return CONFLICTS in staged.renewal


def renewal_of(staged: StagedFile, read: ReadFile, known: Known) -> Renewal:
    """What merging a file would change in an article; raises `GoneText` where there is none."""
    overrides = from_json(staged.overrides)
    if not overrides.of_structure:
        read = fitting(known.article_id, read, overrides.choices)
    return preview_renewal(known.article_id, read, chosen_of(staged))


def set_version(
    *, staged: StagedFile, choice: str, conflicts: Mapping[str, str] | None = None
) -> StagedFile:
    """Choose what is to happen to one file; `OtherState` where a run has taken it.

    `conflicts` says whose words hold, as a person who looked at them chose.
    """
    with transaction.atomic():
        locked = StagedFile.objects.select_for_update().filter(pk=staged.pk).first()
        if locked is None or locked.state not in IN_HAND:
            raise OtherState
        kept = chosen_of(locked) if conflicts is None else dict(conflicts)
        locked.renewal = {"choice": choice} | ({"conflicts": kept} if kept else {})
        if choice == MERGE and conflicts is None:
            locked.renewal |= _met(locked, versions_among([locked], staged.batch)[0])
        locked.save(update_fields=["renewal"])
    return locked


def _met(staged: StagedFile, known: Known | None) -> dict[str, int]:
    """How many conflicts the merge of a file meets, to be kept with the choice; {} for none."""
    if known is None:
        return {}
    try:
        found = renewal_of(staged, read_staged(staged), known).conflicts
    except (TextError, GoneText):
        return {}
    return {CONFLICTS: len(found)} if found else {}


def set_versions(*, batch: ImportBatch, choice: str) -> int:
    """Choose the same for all new versions of a batch under preview; gives how many."""
    with transaction.atomic():
        lock_batch(batch, RUNNABLE | OPEN)
        rows = StagedFile.objects.filter(batch=batch, state__in=LISTED).defer("data")
        files = list(rows.select_for_update(of=("self",)).order_by("pk"))
        changed: list[StagedFile] = []
        for staged, known in zip(files, versions_among(files, batch), strict=True):
            if known is None or known.is_old:
                continue
            chosen = chosen_of(staged)
            staged.renewal = {"choice": choice} | ({"conflicts": chosen} if chosen else {})
            if choice == MERGE:
                is_read = len(changed) < MOST_READ
                staged.renewal |= _met(staged, known) if is_read else {UNSEEN: True}
            changed.append(staged)
        StagedFile.objects.bulk_update(changed, ["renewal"], batch_size=500)
    return len(changed)
