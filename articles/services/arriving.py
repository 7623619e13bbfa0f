"""New texts are announced to those who want to look at them, once they are stored."""

from __future__ import annotations

from functools import partial

from django.db import transaction
from django.dispatch import Signal

from articles.services.sessions import refresh_statistics

MANY = 200  # texts; after fewer the database finds out by itself in time
texts_imported = Signal()  # sent after the commit, with `batch_id`


def announce_import(batch_id: str, created: int) -> None:
    """Tell that a batch has been imported; what listeners stumble over does the import no harm."""
    if created >= MANY:
        transaction.on_commit(refresh_statistics, robust=True)
    send = partial(texts_imported.send, sender=None, batch_id=batch_id)
    transaction.on_commit(send, robust=True)
