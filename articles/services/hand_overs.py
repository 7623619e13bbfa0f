"""The rows of texts handed over, and their log.

An activity's data hold `{"hand_overs": {"<article id>": {"before": {…} | null, "after": {…}}}}`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from articles.models import HandOver, HandOverState

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

FIELDS = ("sender_id", "recipient_id", "note", "state", "reason")
OPEN = (HandOverState.WAITING, HandOverState.SENT_BACK)

Values = dict[str, Any]
Logged = dict[str, dict[str, Values | None]]


class HandedOtherwise(Exception):
    """A text was handed over, sent back or withdrawn since."""

    def __init__(self, article_id: int) -> None:
        """Keep which article."""
        self.article_id = article_id
        super().__init__(f"article {article_id}")


def set_hand_over(article_id: int, values: Mapping[str, Any]) -> Logged:
    """Write what became of a text's handing over, and give it as an activity's `hand_overs`."""
    held = HandOver.objects.select_for_update().filter(article=article_id).first()
    row = held or HandOver(article_id=article_id)
    before = None if held is None else values_of(held)
    for name, value in values.items():
        setattr(row, name, value)
    row.full_clean(exclude=["article", "sender", "recipient"], validate_unique=False)
    row.save()
    return {str(article_id): {"before": before, "after": values_of(row)}}


def close_hand_overs(article_ids: Iterable[int]) -> Logged:
    """Texts that have come to be validated wait for nobody any more."""
    waiting = HandOver.objects.filter(article__in=list(article_ids), state__in=OPEN)
    closed: Logged = {}
    for article_id in waiting.order_by("article").values_list("article_id", flat=True):
        closed |= set_hand_over(article_id, {"state": HandOverState.VALIDATED.value})
    return closed


def put_back_hand_overs(logged: Mapping[str, Mapping[str, Values | None]]) -> Logged:
    """Set handings over back to what they were before an act; one that it made is withdrawn.

    Raises `HandedOtherwise` where one stands otherwise than the act left it.
    """
    back: Logged = {}
    for key, change in logged.items():
        row = HandOver.objects.select_for_update().filter(article=int(key)).first()
        if row is None or values_of(row) != change["after"]:
            raise HandedOtherwise(int(key))
        back |= set_hand_over(
            int(key), change["before"] or {"state": HandOverState.WITHDRAWN.value}
        )
    return back


def values_of(row: HandOver) -> Values:
    """A row's values as the log has them."""
    values = {name: getattr(row, name) for name in FIELDS}
    return values | {"state": str(row.state)}
