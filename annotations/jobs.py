"""Work in the background: new texts looked through for known garblings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db import transaction
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from annotations.queries.names import has_garblings
from annotations.services.memory import look_for_garblings
from articles.models import Article

if TYPE_CHECKING:
    from django.db.models import QuerySet

QUEUE: Final = "memory"
FEW: Final = 200  # articles; so many are looked through at once
RETRY: Final = RetryStrategy(max_attempts=8, wait=5)


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
    try:
        with transaction.atomic():  # a refusal must not spoil the transaction at hand
            queued = app.configure_task("look_in_batch", queueing_lock=f"look_in_batch {batch_id}")
            queued.defer(batch_id=batch_id)
    except AlreadyEnqueued:
        return


def _texts_of(batch_id: str) -> QuerySet[Article]:
    return Article.objects.live().filter(batch=batch_id).order_by("pk")
