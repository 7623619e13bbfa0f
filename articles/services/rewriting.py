"""One passage written anew, stored as the least edits, so that all that is said of it stays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from articles.models import Verb
from articles.queries.structure import structure_of
from articles.services.operating import (
    Act,
    GoneText,
    StaleText,
    Work,
    WrongText,
    operate,
)
from articles.text.operations import PassageState
from articles.text.rewriting import pieces_of, rewritten, taken_away

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from articles.services.log import Agent
    from articles.services.operating import Done
    from articles.text.operations import Operation

LONGEST = 200_000  # code points of one passage as it is sent


class StalePassage(Exception):
    """Others changed the very same words; `now` is how the passage stands (None: gone)."""

    def __init__(self, now: PassageState | None, revision: int) -> None:
        """Keep how it stands."""
        self.now, self.revision = now, revision
        super().__init__("stale")


class OnlyPassage(Exception):
    """The only passage of an article cannot be taken away."""


@dataclass(frozen=True, slots=True)
class Rewriting:
    """What somebody made of a passage: what they saw, at which revision, and what they typed."""

    number: int
    revision: int
    stood: str
    typed: str
    reason: str = ""


def edit_passage(
    *, article_id: int, rewriting: Rewriting, agent: Agent, allow: Callable[[set[int]], None]
) -> Done | None:
    """Make a passage read what was typed; None where nothing is changed.

    Blank lines part it into several, nothing at all takes it away. What others changed elsewhere in
    it stays; where they changed the same words, raises `StalePassage`. Raises `GoneText` where the
    article or the passage never was, `OnlyPassage`, and what `allow` raises.
    """
    with transaction.atomic():
        operations, seen = _planned(article_id, rewriting)
        if not operations:
            return None
        data = {"reason": rewriting.reason} if rewriting.reason else {}
        act = Act(agent, Verb.CORRECT, allow, data=data)
        try:
            with transaction.atomic():
                return operate([Work(article_id, operations, seen)], act)
        except (StaleText, WrongText, GoneText) as fault:
            raise _stale(article_id, rewriting.number, fault) from fault


def _planned(article_id: int, rewriting: Rewriting) -> tuple[Sequence[Operation], dict[int, int]]:
    """The operations, counted in the text that the person saw, and the revisions they are on."""
    number, typed = rewriting.number, rewriting.typed
    structure = structure_of(article_id)
    place = structure.place_of(number)
    if place is None:
        if not structure.was_there(number):
            raise GoneText
        raise StalePassage(None, 0)
    held = structure.passages[place]
    if pieces_of(typed):
        seen = {number: min(rewriting.revision, held.revision)}
        return rewritten(number, held.state, rewriting.stood, typed), seen
    if rewriting.revision != held.revision:
        raise StalePassage(held.state, held.revision)  # nobody's words are thrown away unseen
    before, after = structure.around(place)
    operations = taken_away(number, held.state, before, after)
    if not operations:
        raise OnlyPassage
    return operations, {
        one.number: one.revision for one in structure.passages[max(place - 1, 0) : place + 2]
    }


def _stale(article_id: int, number: int, fault: Exception) -> Exception:
    structure = structure_of(article_id)
    place = structure.place_of(number)
    if place is None:
        return fault if not structure.was_there(number) else StalePassage(None, 0)
    held = structure.passages[place]
    return StalePassage(held.state, held.revision)
