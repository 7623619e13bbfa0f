"""New texts are announced to those who want to look at them, once they are stored."""

from __future__ import annotations

from functools import partial

from django.db import transaction
from django.dispatch import Signal

texts_imported = Signal()  # sent after the commit, with `batch_id`


def announce_import(batch_id: str) -> None:
    """Tell that a batch has been imported; what listeners stumble over does the import no harm."""
    send = partial(texts_imported.send, sender=None, batch_id=batch_id)
    transaction.on_commit(send, robust=True)
