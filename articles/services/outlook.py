"""What the import of a batch under preview would bring: new texts, and what it leaves as it is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from articles.models import StagedFile, StagedState
from articles.queries.staged import duplicates
from articles.services.batches import READY
from articles.services.choosing import choice_of, has_conflicts, versions_among
from articles.services.versions import SKIP

if TYPE_CHECKING:
    from articles.models import ImportBatch
    from articles.queries.versions import Known


@dataclass(slots=True)
class Outlook:
    """The files of a batch that can be read, by what would become of them.

    `sure` and `doubtful` are texts that would come, each of the same bytes counted once; `ready`
    is how many would come in all. By the keys of files: `versions` are those of a known name,
    `twins` name the file before them that has the same bytes.
    """

    sure: int = 0
    doubtful: int = 0
    ready: int = 0
    known: int = 0
    skipped: int = 0
    there: set[str] = field(default_factory=set)
    versions: dict[int, Known] = field(default_factory=dict)
    twins: dict[int, str] = field(default_factory=dict)


def look_ahead(batch: ImportBatch) -> Outlook:
    """Say what importing all that can be read would bring, in a fixed number of queries."""
    rows = StagedFile.objects.filter(batch=batch, state__in=READY).order_by("position")
    files = list(rows.only("name", "sha256", "state", "renewal"))
    seen = Outlook(there=duplicates(files, batch.collection))
    first: dict[str, StagedFile] = {}
    by_state: dict[str, set[str]] = {state: set() for state in READY}
    for staged, version in zip(files, versions_among(files, batch), strict=True):
        if version is not None:
            seen.versions[staged.pk] = version
        if staged.sha256 in seen.there or (version is not None and version.is_old):
            seen.known += 1
        elif version is not None and choice_of(staged) == SKIP:
            seen.skipped += 1
        else:
            if first.setdefault(staged.sha256, staged) is not staged:
                seen.twins[staged.pk] = first[staged.sha256].name
            by_state[_state(staged)].add(staged.sha256)
    seen.sure = len(by_state[StagedState.SURE])
    seen.doubtful = len(by_state[StagedState.DOUBTFUL] - by_state[StagedState.SURE])
    seen.ready = len(first)
    return seen


def _state(staged: StagedFile) -> str:
    """How sure a file is; one whose merge meets conflicts is not."""
    is_open = staged.state == StagedState.SURE and has_conflicts(staged)
    return StagedState.DOUBTFUL if is_open else staged.state
