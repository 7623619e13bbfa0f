"""The texts that wait for a person: handed over, or sent back."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Q

from articles.models import HandOver, HandOverState

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from articles.queries.shelves import Shelves
    from diplowatch.accounts.models import User
    from diplowatch.lib.roles import Person

MOST = 200  # of each


class Waiting(NamedTuple):
    """What one was asked to validate, what came back, and what others were asked for."""

    for_me: list[HandOver]
    sent_back: list[HandOver]
    by_me: list[HandOver]


def texts_for(user: Person, shelves: Shelves) -> int:
    """How many texts wait for the person: to be validated, or sent back."""
    if not user.is_authenticated:
        return 0
    waits = Q(recipient=user.pk, state=HandOverState.WAITING)
    back = Q(sender=user.pk, state=HandOverState.SENT_BACK)
    return _seen(shelves).filter(waits | back).count()


def _seen(shelves: Shelves) -> QuerySet[HandOver]:
    return HandOver.objects.filter(
        article__removed__isnull=True, article__collection__in=shelves.ids
    )


def waiting_for(user: User, shelves: Shelves) -> Waiting:
    """As far as the person still sees the texts; the newest first."""
    mine = Q(recipient=user, state=HandOverState.WAITING)
    asked = Q(sender=user, state__in=(HandOverState.WAITING, HandOverState.SENT_BACK))
    found = _seen(shelves).filter(mine | asked)
    rows = list(found.select_related("article", "sender", "recipient").order_by("-changed"))
    back = [row for row in rows if row.state == HandOverState.SENT_BACK]
    return Waiting(
        [row for row in rows if row.recipient_id == user.pk and row not in back][:MOST],
        back[:MOST],
        [row for row in rows if row.sender_id == user.pk and row not in back][:MOST],
    )
