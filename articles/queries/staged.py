"""Which files of a batch are there already, in its collection or another, and what names them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count

from articles.models import Article, StagedFile

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.db.models import QuerySet

    from articles.models import Collection, ImportBatch
    from articles.queries.shelves import Shelves


def names_elsewhere(
    files: Iterable[StagedFile], collection: Collection | None, shelves: Shelves
) -> dict[str, str]:
    """The digests among these that other collections have, each with the name of such a one."""
    if collection is None:
        return {}
    wanted = {staged.sha256 for staged in files}
    others = [pk for pk in shelves.ids if pk != collection.pk]
    there = Article.objects.live().filter(collection__in=others, sha256__in=wanted)
    return {sha256: shelves.names[pk] for sha256, pk in there.values_list("sha256", "collection")}


def open_elsewhere(batch: ImportBatch, places: Iterable[int]) -> QuerySet[StagedFile]:
    """The files whose bytes stand in other collections among `places`, and nobody checked it."""
    others = [pk for pk in places if pk != batch.collection_id]
    there = Article.objects.live().filter(collection__in=others).values("sha256")
    files = StagedFile.objects.filter(batch=batch, sha256__in=there)
    return files.exclude(overrides__has_key="checked")


def duplicates(files: Iterable[StagedFile], collection: Collection | None) -> set[str]:
    """The digests among these that the collection has already."""
    if collection is None:
        return set()
    wanted = {staged.sha256 for staged in files}
    found = Article.objects.live().filter(collection=collection, sha256__in=wanted)
    return set(found.values_list("sha256", flat=True))


def taken_away(files: Iterable[StagedFile], collection: Collection | None) -> dict[str, Article]:
    """By their digests the texts of these bytes that people worked on before they were taken away.

    Of several, the one taken away last.
    """
    if collection is None:
        return {}
    wanted = {staged.sha256 for staged in files}
    gone = Article.objects.filter(collection=collection, sha256__in=wanted, removed__isnull=False)
    worked_on = gone.filter(revision__gt=1).only("title", "sha256", "removed")
    return {article.sha256: article for article in worked_on.order_by("removed")}


def shown_names(files: Sequence[StagedFile]) -> dict[int, str]:
    """By their keys the names of some files of one batch; of those of one name, their places."""
    batches, names = {staged.batch_id for staged in files}, {staged.name for staged in files}
    same = StagedFile.objects.filter(batch__in=batches, name__in=names).order_by().values("name")
    several = same.annotate(files=Count("pk")).filter(files__gt=1)
    shared = set(several.values_list("name", flat=True))
    return {
        staged.pk: staged.summary.get("path", staged.name) if staged.name in shared else staged.name
        for staged in files
    }
