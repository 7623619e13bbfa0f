"""What an undoing takes back of an act, with all that it is about locked before it is looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models, transaction

from annotations.models import Target
from annotations.services.carrying import carry_logged
from annotations.services.journal import TARGETS, snapshot
from articles.services.reversing import TextInTheWay, reversal_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from annotations.services.journal import Change, Values
    from articles.models import Activity
    from articles.services.reversing import Reversal

    Found = dict[tuple[str, str], models.Model]  # rows by model and id

MOST_TRIES = 5  # at places that others keep parting and joining


def hold(
    activity: Activity, changes: Sequence[Change], *, is_partly: bool
) -> tuple[Reversal, Carried]:
    """What takes the act back, and the targets it logged where they stand by now.

    All passages that either is about are locked, in their one order: nobody moves the targets while
    they are put back. The annotations are locked before.
    """
    beside: frozenset[int] = _standing_in(changes)
    for _ in range(MOST_TRIES):
        kept = transaction.savepoint()
        reversal = reversal_of(activity.pk, beside)
        if reversal.refused and not (is_partly and reversal.works):
            raise reversal.refused[0]
        carried = Carried(_but_for_what_stays(changes, reversal))
        if carried.passages() <= beside:
            transaction.savepoint_commit(kept)
            return reversal, carried
        transaction.savepoint_rollback(kept)  # and lets go of what it held
        beside |= carried.passages()
    raise TextInTheWay(activity.article_id or 0, None)


def _standing_in(changes: Sequence[Change]) -> frozenset[int]:
    """The passages in which the annotations stand whose targets are to be put back."""
    moved = [change.pk for change in changes if TARGETS in (change.before or {})]
    found = Target.objects.filter(annotation_id__in=moved).values_list("passage", flat=True)
    return frozenset(found) if moved else frozenset()


def _but_for_what_stays(changes: Sequence[Change], reversal: Reversal) -> list[Change]:
    """Without what the act did to annotations on words that stay as it made them."""
    if not reversal.stays:
        return list(changes)
    rows = Target.objects.filter(
        annotation__in=[change.pk for change in changes if change.model == "annotation"],
        passage__article__in={article for article, _number in reversal.stays},
    ).values_list("annotation", "passage__article", "passage__number")
    kept = {str(pk) for pk, *place in rows if tuple(place) in reversal.stays}
    return [change for change in changes if change.model != "annotation" or change.pk not in kept]


class Carried:
    """The targets that an act logged, brought to the texts as they stand."""

    def __init__(self, changes: Sequence[Change]) -> None:
        self.changes = changes
        logged = [
            (f"{what}{change.pk}", values[TARGETS])
            for change in changes
            if change.before is not None
            for what, values in (("<", change.before), (">", change.after))
            if TARGETS in values
        ]
        self.values = carry_logged(dict(logged)) if logged else {}

    def passages(self) -> frozenset[int]:
        """The passages in which they stand."""
        return frozenset(one["passage"] for targets in self.values.values() for one in targets)

    def before(self, pk: str) -> list[Values]:
        """Where the targets stood before the act, in the text of today."""
        return self.values[f"<{pk}"]

    def after(self, pk: str) -> list[Values]:
        """Where the act put them, in the text of today."""
        return self.values[f">{pk}"]

    def followed(self, found: Found) -> dict[str, list[Values] | None]:
        """What only followed the text: where it stood before, None if somebody moved it since."""
        made: dict[str, list[Values] | None] = {}
        moved = [found[one.model, one.pk] for one in self.changes if is_following(one)]
        models.prefetch_related_objects(moved, "targets")
        for change in self.changes:
            if is_following(change):
                standing = snapshot(found[change.model, change.pk])[TARGETS]
                same = places(standing) == places(self.after(change.pk))
                before = change.before or {}
                made[change.pk] = before[TARGETS] if same else None
        return made


def is_following(change: Change) -> bool:
    """Whether a row only followed the text, or was moved, with nothing else changed."""
    return change.before is not None and change.after.keys() == {TARGETS}


def places(targets: Iterable[Values]) -> list[tuple[Any, ...]]:
    """Where targets stand, in no order that counts."""
    return sorted((one["passage"], one["start"], one["end"]) for one in targets)
