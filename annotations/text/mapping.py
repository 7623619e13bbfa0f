"""Targets carried through the operations of the log: never found again by searching."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from articles.text.edits import Carrier
from articles.text.operations import Merge, Split, Text

if TYPE_CHECKING:
    from articles.text.operations import Operation

ANCHORED, NEEDS_CHECK, DETACHED = "anchored", "needs_check", "detached"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a target stands: a passage by its number, code points, end exclusive, and its state."""

    passage: int
    start: int
    end: int
    state: str = ANCHORED


class Mapper:
    """Carries places through one operation; those of other passages stay as they are."""

    def __init__(self, operation: Operation) -> None:
        """Prepare for many places."""
        self.operation = operation
        self.carrier = Carrier(operation.edits if isinstance(operation, Text) else ())

    def carry(self, place: Place, *, made_for: bool = False) -> tuple[Place, ...]:
        """Where a place is afterwards: in two passages when it is split.

        `made_for` says that the edit was made for this very target: what it changed need not be
        checked. What is detached keeps its last place.
        """
        operation = self.operation
        if place.state == DETACHED:
            return (place,)
        match operation:
            case Text(place.passage):
                return (self._through_edits(place, made_for=made_for),)
            case Split(place.passage):
                return _through_split(place, operation)
            case Merge(number=place.passage):
                by = operation.at + len(operation.gap)
                moved = replace(place, start=place.start + by, end=place.end + by)
                return (replace(moved, passage=operation.passage),)
        return (place,)

    def _through_edits(self, place: Place, *, made_for: bool) -> Place:
        carried = self.carrier.range(place.start, place.end)
        if carried is None:
            return replace(place, state=DETACHED)
        state = place.state
        if carried.touched:
            state = ANCHORED if made_for else NEEDS_CHECK
        return replace(place, start=carried.start, end=carried.end, state=state)


def _through_split(place: Place, split: Split) -> tuple[Place, ...]:
    rest = split.at + len(split.gap)
    stays = replace(place, end=min(place.end, split.at))
    start, end = max(place.start, rest) - rest, place.end - rest
    goes = replace(place, passage=split.number, start=start, end=end)
    parts = tuple(part for part in (stays, goes) if part.start < part.end)
    return parts or (replace(place, state=DETACHED),)
