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
        text = operation if isinstance(operation, Text) else None
        self.edited = text.passage if text else None
        self.carrier = Carrier(text.edits if text else ())

    def carry(self, place: Place, *, made_for: bool = False) -> tuple[Place, ...]:
        """Where a place is afterwards: in two passages when it is split.

        `made_for` says that the edit was made for this very target: what it changed need not be
        checked, and what it inserted at the borders belongs to it. What is detached keeps its last
        place.
        """
        if place.state == DETACHED:
            return (place,)
        if place.passage == self.edited:
            return (self._through_edits(place, made_for=made_for),)
        match operation := self.operation:
            case Split(place.passage):
                return _through_split(place, operation)
            case Merge(number=place.passage):
                by = operation.at + len(operation.gap)
                moved = replace(place, start=place.start + by, end=place.end + by)
                return (replace(moved, passage=operation.passage),)
        return (place,)

    def _through_edits(self, place: Place, *, made_for: bool) -> Place:
        carried = self.carrier.range(place.start, place.end, borders=made_for)
        if carried is None:
            return replace(place, state=DETACHED)
        start, end, touched = carried
        state = (ANCHORED if made_for else NEEDS_CHECK) if touched else place.state
        return Place(place.passage, start, end, state)  # ten thousand times: `replace` is slower


def _through_split(place: Place, split: Split) -> tuple[Place, ...]:
    rest = split.at + len(split.gap)
    stays = replace(place, end=min(place.end, split.at))
    start, end = max(place.start, rest) - rest, place.end - rest
    goes = replace(place, passage=split.number, start=start, end=end)
    parts = tuple(part for part in (stays, goes) if part.start < part.end)
    return parts or (replace(place, state=DETACHED),)
