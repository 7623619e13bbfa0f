"""What the import of a batch under preview would bring: new texts, and what it leaves as it is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db.models import Q

from articles.models import Article, StagedFile, StagedState
from articles.queries.staged import duplicates, open_elsewhere, taken_away
from articles.services.batches import READY
from articles.services.choosing import CONFLICTS, choice_of, has_conflicts, versions_among
from articles.services.versions import SKIP

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from articles.models import ImportBatch
    from articles.queries.versions import Known

SURE, DOUBTFUL = StagedState.SURE, StagedState.DOUBTFUL


@dataclass(slots=True)
class Outlook:
    """The files of a batch that can be read, by what would become of them.

    `sure` and `doubtful` are texts that would come, each of the same bytes counted once; `ready`
    is how many would come in all. By the keys of files: `versions` are those of a known name,
    `twins` name the file before them that has the same bytes, `open` are read surely but to be
    looked at for another reason: conflicts of a merge, or bytes that another collection has.
    By digests: `there` are those the collection has, `gone` the texts that it had and lost.
    """

    sure: int = 0
    doubtful: int = 0
    ready: int = 0
    known: int = 0
    skipped: int = 0
    there: set[str] = field(default_factory=set)
    gone: dict[str, Article] = field(default_factory=dict)
    versions: dict[int, Known] = field(default_factory=dict)
    twins: dict[int, str] = field(default_factory=dict)
    open: set[int] = field(default_factory=set)

    def has(self, staged: StagedFile) -> bool:
        """Whether the collection has the bytes of a file, or had them before a new version."""
        version = self.versions.get(staged.pk)
        return staged.sha256 in self.there or (version is not None and version.is_old)


def look_ahead(batch: ImportBatch, places: Iterable[int] = (), *, sha256: str = "") -> Outlook:
    """Say what importing all that can be read would bring, in a fixed number of queries.

    `places` are the collections in which files' bytes are looked for besides the batch's own.
    `sha256`: only the files of these bytes.
    """
    rows = StagedFile.objects.filter(batch=batch, state__in=READY).order_by("position")
    if sha256:
        rows = rows.filter(sha256=sha256)
    files = list(rows.only("name", "sha256", "state", "renewal"))
    seen = Outlook(
        there=duplicates(files, batch.collection), gone=taken_away(files, batch.collection)
    )
    elsewhere = set(open_elsewhere(batch, places).values_list("pk", flat=True))
    first: dict[str, StagedFile] = {}
    by_state: dict[str, set[str]] = {state: set() for state in READY}
    for staged, version in zip(files, versions_among(files, batch), strict=True):
        if version is not None:
            seen.versions[staged.pk] = version
        if seen.has(staged):
            seen.known += 1
        elif version is not None and choice_of(staged) == SKIP:
            seen.skipped += 1
        else:
            if first.setdefault(staged.sha256, staged) is not staged:
                seen.twins[staged.pk] = first[staged.sha256].name
            if staged.state == SURE and (staged.pk in elsewhere or has_conflicts(staged)):
                seen.open.add(staged.pk)
            by_state[DOUBTFUL if staged.pk in seen.open else staged.state].add(staged.sha256)
    seen.sure = len(by_state[SURE])
    seen.doubtful = len(by_state[DOUBTFUL] - by_state[SURE])
    seen.ready = len(first)
    return seen


def to_check(batch: ImportBatch, places: Iterable[int]) -> QuerySet[StagedFile]:
    """The files that a person should look at: doubtful ones, and those read surely but open.

    What the collection has already is left as it is. `places`: as for looking ahead.
    """
    there = Article.objects.live().filter(collection=batch.collection_id).values("sha256")
    elsewhere = open_elsewhere(batch, places).values("pk")
    is_open = Q(pk__in=elsewhere) | Q(renewal__has_key=CONFLICTS)
    files = StagedFile.objects.filter(batch=batch).exclude(sha256__in=there)
    return files.filter(Q(state=DOUBTFUL) | Q(state=SURE) & is_open).defer("data")
