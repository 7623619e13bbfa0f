"""Who the speakers are, when one of them is joined to another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from annotations.models import SpeakerIdentity
from annotations.services.journal import logged_rows, own_values
from annotations.services.speakers import is_open

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from annotations.services.journal import Row


def take_over_identity(gone: int, kept: int) -> Sequence[Mapping[str, Any]]:
    """The speaker who is kept is who the one that goes was, unless somebody said who they are.

    Both are ids of speakers; gives the rows for the log of the act.
    """
    found = SpeakerIdentity.objects.filter(pk__in=(gone, kept)).order_by("pk")
    rows = {one.pk: one for one in found.select_for_update(of=("self",))}
    theirs, own = rows.get(gone), rows.get(kept)
    if theirs is None or is_open(theirs) or (own is not None and not is_open(own)):
        return ()
    before = own_values(own) if own else None
    identity = SpeakerIdentity(
        pk=kept, entity_id=theirs.entity_id, status=theirs.status, set_by_id=theirs.set_by_id,
        set_at=theirs.set_at,
    )  # fmt: skip
    identity.save(force_insert=own is None)
    row: Row = ("speaker_identity", kept, before, own_values(identity))
    return logged_rows([row])
