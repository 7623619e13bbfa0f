"""What an import without preview brought: the texts it made, and those it merged versions into."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from articles.models import Activity, Article, Verb

if TYPE_CHECKING:
    from collections.abc import Sequence

    from articles.models import ImportBatch

MOST = 1000  # texts that a report names; the list has all of them
NAMED = (
    "title", "kind", "collection", "batch", "removed", "source_file__name", "birth_file__name",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Brought:
    """The ids of the first texts, those merged into before those made; `merged`: how many."""

    ids: Sequence[int]
    merged: int
    is_cut: bool  # there are more


def brought_by(batch: ImportBatch) -> Brought:
    """What a batch brought, at most `MOST` texts of it."""
    acts = Activity.objects.filter(batch=batch, verb=Verb.RENEW).order_by("pk")
    merged = [pk for pk in acts.values_list("article", flat=True) if pk is not None]
    made = Article.objects.filter(batch=batch).order_by("pk").values_list("pk", flat=True)
    ids = [*merged, *made[: MOST + 1]]
    return Brought(ids[:MOST], len(merged), is_cut=len(ids) > MOST)


def named(ids: Sequence[int]) -> list[Article]:
    """Texts in this order, with the names of their files and little else."""
    found = Article.objects.select_related("source_file", "birth_file").only(*NAMED).in_bulk(ids)
    return [found[pk] for pk in ids]
