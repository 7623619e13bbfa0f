"""Work in the background: new texts looked through for known garblings."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from annotations.queries.names import has_garblings
from annotations.services.memory import look_for_garblings
from articles.models import Article, ImportBatch

if TYPE_CHECKING:
    from django.db.models import QuerySet

QUEUE: Final = "memory"
FEW: Final = 200  # articles; so many are looked through at once
RETRY: Final = RetryStrategy(max_attempts=8, wait=5)


@app.task(name="look_in_collections", queue=QUEUE, retry=RETRY)
def look_in_collections(collections: list[int]) -> None:
    """Propose corrections of known garblings in all texts of some collections."""
    look_for_garblings(_texts_in(collections).values_list("pk", flat=True))


def begin_looking(collections: list[int]) -> int | None:
    """Look through the texts of collections now, or by a job where they are many (None then)."""
    if not has_garblings():
        return 0
    texts = _texts_in(collections)
    if texts[: FEW + 1].count() <= FEW:
        return look_for_garblings(texts.values_list("pk", flat=True))
    _defer("look_in_collections", str(sorted(collections)), collections=collections)
    return None


@app.task(name="look_in_batch", queue=QUEUE, retry=RETRY)
def look_in_batch(batch_id: str) -> None:
    """Propose corrections of known garblings in the texts of a batch; done twice, it is as once."""
    look_for_garblings(_texts_of(batch_id).values_list("pk", flat=True))


def look_at_batch(batch_id: str) -> None:
    """Look through the texts of a batch now, or by a job where they are many."""
    if not has_garblings():
        return
    texts = _texts_of(batch_id)
    if texts[: FEW + 1].count() <= FEW:
        look_for_garblings(texts.values_list("pk", flat=True))
        return
    _defer("look_in_batch", batch_id, batch_id=batch_id)


def _defer(task: str, what: str, **values: Any) -> None:
    """Put a job into the queue, in the transaction at hand; one of a kind waits."""
    with (
        suppress(AlreadyEnqueued),
        transaction.atomic(),
    ):  # a refusal must not spoil the one at hand
        app.configure_task(task, queueing_lock=f"{task} {what}").defer(**values)


def _texts_in(collections: list[int]) -> QuerySet[Article]:
    return Article.objects.live().filter(collection__in=collections).order_by("pk")


def _texts_of(batch_id: str) -> QuerySet[Article]:
    return Article.objects.live().filter(batch=ImportBatch(pk=batch_id)).order_by("pk")
