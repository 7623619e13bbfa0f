"""Which files of a batch under preview are there already: in its collection, or in another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from articles.models import Article

if TYPE_CHECKING:
    from collections.abc import Iterable

    from articles.models import Collection, StagedFile
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


def duplicates(files: Iterable[StagedFile], collection: Collection | None) -> set[str]:
    """The digests among these that the collection has already."""
    if collection is None:
        return set()
    wanted = {staged.sha256 for staged in files}
    found = Article.objects.live().filter(collection=collection, sha256__in=wanted)
    return set(found.values_list("sha256", flat=True))
