"""Marks by their passages, and annotations by the tabs of the cards, in the order of the text."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from annotations.queries.filters import OUT_OF_PLACE
from annotations.queries.said import WAITING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from annotations.queries.said import Mark

TEXT, WHOLE, CHECK = "text", "article", "check"  # the tabs
TABS = (TEXT, WHOLE, CHECK)


@dataclass(slots=True)
class Arranged:
    """The marks of each passage (by primary key); the ids of each tab that the filters let through.

    `all` are the marks as they came.
    """

    marks: dict[int, list[Mark]] = field(default_factory=dict)
    tabs: dict[str, list[str]] = field(default_factory=dict)
    all: Sequence[Mark] = ()

    def tab_of(self, wanted: str) -> str:
        """The tab that holds an annotation, the first where none does."""
        return next((tab for tab in TABS if wanted in self.tabs[tab]), TEXT)


def arrange(marks: Sequence[Mark], passages: Sequence[int]) -> Arranged:
    """Put in order; `passages` are the primary keys of the live ones as they are read."""
    order = {pk: number for number, pk in enumerate(passages)}
    found = Arranged(all=marks)
    ranked: dict[str, dict[str, tuple[int, int, int, str]]] = {tab: {} for tab in TABS}
    for mark in marks:
        place = -1 if mark.passage is None else order.get(mark.passage, len(order))
        if mark.passage is not None and mark.state != "detached":
            found.marks.setdefault(mark.passage, []).append(mark)
        rank = (place, mark.start, -mark.end, mark.id)
        for tab in _tabs_of(mark):
            if mark.kept and rank < ranked[tab].get(mark.id, (place + 1, 0, 0, "")):
                ranked[tab][mark.id] = rank
    for tab in TABS:
        found.tabs[tab] = sorted(ranked[tab], key=ranked[tab].__getitem__)
    return found


def open_in(marks: Iterable[Mark]) -> int:
    """How many flags and proposals wait for somebody; `marks` are what nobody has decided on."""
    return len({mark.id for mark in marks if mark.motivation in WAITING})


def _tabs_of(mark: Mark) -> tuple[str, ...]:
    if mark.passage is None:
        return (WHOLE,)
    if mark.state == "detached":
        return (CHECK,)
    return (TEXT, CHECK) if mark.state in OUT_OF_PLACE else (TEXT,)
