"""The structure of a text changed: passages split and joined, roles, voices and exchanges given.

Each is one act through the log, so that all that is said of the text follows, and one undoing takes
it back. What a person saw is stated: who meets another's change is told, nothing is overwritten.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import transaction

from articles.models import Verb
from articles.models.passage import Role
from articles.queries.structure import structure_of
from articles.services.operating import Act, GoneText, StaleText, Work, WrongText, operate
from articles.text.operations import Attribute, Merge, Voice
from articles.text.rewriting import renumbered, split_at
from articles.text.voicing import HERE, joined_voices, spoken_by, without_silent

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from articles.queries.structure import Standing, Structure
    from articles.services.log import Agent
    from articles.services.operating import Done
    from articles.signals import Operated
    from articles.text.operations import Operation

LONGEST_NAME = 200
MOST_SPEAKERS = 500
PARTS = ("", "interviewer", "interviewee", "moderator")
HIGHEST = 100_000  # exchange


class StaleStructure(Exception):
    """Somebody changed the structure here since this person saw it."""


class WrongStructure(Exception):
    """It cannot be done so; `reason` in a word."""

    def __init__(self, reason: str) -> None:
        """Keep why."""
        self.reason = reason
        super().__init__(reason)


@dataclass(frozen=True, slots=True)
class By:
    """Who does it on which article; `allow` gets its collection and raises what it wants."""

    article_id: int
    agent: Agent
    allow: Callable[[set[int]], None]


@dataclass(frozen=True, slots=True)
class At:
    """A passage as the person saw it: its number, its text's revision, and its attributes' mark."""

    number: int
    revision: int
    mark: str = ""


@dataclass(slots=True)
class Plan:
    """What is to be done, and the passages' revisions that it was made on."""

    operations: list[Operation]
    seen: dict[int, int] = field(default_factory=dict)
    changes: dict[str, Any] = field(default_factory=dict)
    then: Callable[[Sequence[Operated]], Sequence[Mapping[str, Any]]] | None = None


def mark_of(standing: Standing) -> str:
    """How a passage's attributes stand, in a word that a form sends back."""
    state = standing.state
    speaker = "" if state.speaker is None else state.speaker
    return f"{state.role}:{speaker}:{state.exchange or ''}"


def split_passage(by: By, at: At, place: int) -> Done | None:
    """Part a passage before the word at `place` (code points of the text that was seen)."""

    def plan(structure: Structure) -> Plan:
        held = _held(structure, at)
        if held.revision != at.revision:
            raise StaleStructure
        split = split_at(at.number, held.state, place)
        if split is None:
            raise WrongStructure("edge")
        return Plan([split], {at.number: held.revision})

    return _do(by, plan)


def merge_passage(by: By, at: At, following: int | None = None) -> Done | None:
    """Join a passage with the next, a blank between them; `following` is what was seen there."""

    def plan(structure: Structure) -> Plan:
        held = _held(structure, at)
        place = structure.place_of(at.number) or 0
        if place + 1 >= len(structure.passages):
            raise WrongStructure("last")
        other = structure.passages[place + 1]
        if following not in (None, other.number):
            raise StaleStructure
        gone = other.state
        merge = Merge(
            at.number, len(held.state.text), " ", other.number, gone.role, gone.speaker,
            gone.exchange,
        )  # fmt: skip
        return Plan([merge], {at.number: held.revision, other.number: other.revision})

    return _do(by, plan)


def set_role(by: By, at: At, role: str) -> Done | None:
    """Say what a passage does in its text; what nobody speaks has no speaker and no exchange."""

    def plan(structure: Structure) -> Plan:
        held = _held(structure, at)
        if role not in Role.values:
            raise WrongStructure("role")
        state = held.state
        wanted: dict[str, Any] = {"role": role}
        if role not in ("question", "answer", "statement"):
            wanted |= {"speaker": None, "exchange": None}
        elif role == "statement":
            wanted["exchange"] = None
        changes = _attributes(at.number, state, wanted)
        return Plan(without_silent(structure.state, changes))

    return _do(by, plan)


def set_exchange(by: By, at: At, exchange: int | None) -> Done | None:
    """Say to which exchange a question or an answer belongs; None for none."""

    def plan(structure: Structure) -> Plan:
        held = _held(structure, at)
        if exchange is not None and not 0 < exchange <= HIGHEST:
            raise WrongStructure("exchange")
        if exchange is not None and held.state.role not in ("question", "answer"):
            raise WrongStructure("unpaired")
        return Plan(_attributes(at.number, held.state, {"exchange": exchange}))

    return _do(by, plan)


def give_voice(
    by: By, at: At, *, position: int | None = None, name: str = "", reach: str = HERE
) -> Done | None:
    """Say who speaks a passage: a speaker, a new one by `name`, or nobody (neither).

    `reach` is "here", "onwards" (from here on, wherever this passage's speaker stands) or
    "everywhere". A speaker who speaks no more after that goes.
    """

    def plan(structure: Structure) -> Plan:
        _held(structure, at)
        state = structure.state
        operations: list[Operation] = []
        wanted = position
        if name:
            wanted, operations = _voice_named(structure, name)
        elif position is not None and position not in state.voices:
            raise StaleStructure
        found = spoken_by(state, at.number, reach)
        if found is None:
            raise WrongStructure("reach")
        if wanted is not None and any(
            state.passages[number].role not in ("question", "answer", "statement")
            for number in found
        ):
            raise WrongStructure("unspoken")
        for number in found:
            operations += _attributes(number, state.passages[number], {"speaker": wanted})
        return Plan(without_silent(structure.state, operations))

    return _do(by, plan)


def add_speaker(by: By, name: str, part: str = "") -> Done | None:
    """A speaker more, who may be given passages."""

    def plan(structure: Structure) -> Plan:
        cleaned = _name(name)
        if part not in PARTS:
            raise WrongStructure("part")
        if any(voice.name == cleaned for voice in structure.live_voices):
            raise WrongStructure("taken")
        return Plan([_new_voice(structure, cleaned, part)])

    return _do(by, plan)


def rename_speaker(
    by: By, position: int, seen: str, name: str, part: str = "", *, seen_part: str | None = None
) -> Done | None:
    """Call a speaker otherwise, everywhere in the article.

    `seen` is how they were called, `seen_part` what they were (None: whatever that was).
    """

    def plan(structure: Structure) -> Plan:
        before = structure.state.voices.get(position)
        if before is None or before["name"] != seen:
            raise StaleStructure
        if seen_part is not None and before["part"] != seen_part:
            raise StaleStructure
        cleaned = _name(name)
        if part not in PARTS:
            raise WrongStructure("part")
        others = [one for one in structure.live_voices if one.position != position]
        if any(voice.name == cleaned for voice in others):
            raise WrongStructure("taken")
        after = {"name": cleaned, "part": part}
        return Plan([Voice(position, before, after)] if after != before else [])

    return _do(by, plan)


def remove_speaker(by: By, position: int, seen: str) -> Done | None:
    """Take a speaker away who speaks nothing."""

    def plan(structure: Structure) -> Plan:
        before = structure.state.voices.get(position)
        if before is None or before["name"] != seen:
            raise StaleStructure
        if any(one.state.speaker == position for one in structure.passages):
            raise WrongStructure("speaks")
        return Plan([Voice(position, before, None)])

    return _do(by, plan)


def merge_speakers(
    by: By, position: int, into: int, seen: tuple[str, str], *,
    take_over: Callable[[int, int], Sequence[Mapping[str, Any]]] | None = None,
) -> Done | None:  # fmt: skip
    """All that one speaker says is said by another; the first goes.

    `take_over` gets both rows' ids, once the text stands, and gives the rows that it changed: who
    the one was is known of the other.
    """

    def plan(structure: Structure) -> Plan:
        voices = structure.state.voices
        if position == into:
            raise WrongStructure("same")
        if tuple(voices.get(one, {}).get("name") for one in (position, into)) != seen:
            raise StaleStructure
        ids = {voice.position: voice.pk for voice in structure.voices}
        then = None
        if take_over is not None:
            taking = take_over

            def then(_operated: Sequence[Operated]) -> Sequence[Mapping[str, Any]]:
                return taking(ids[position], ids[into])

        return Plan(joined_voices(structure.state, position, into), then=then)

    return _do(by, plan)


def renumber_exchanges(by: By) -> Done | None:
    """Count the exchanges anew, in the order of the text."""

    def plan(structure: Structure) -> Plan:
        return Plan(renumbered([(one.number, one.state) for one in structure.passages]))

    return _do(by, plan)


def do_planned(by: By, plan: Callable[[Structure], Plan]) -> Done | None:
    """Do what a plan makes of the structure as it stands, locked; None where it is nothing."""
    return _do(by, plan)


def _do(by: By, plan: Callable[[Structure], Plan]) -> Done | None:
    with transaction.atomic():
        structure = structure_of(by.article_id, is_locked=True)
        made = plan(structure)
        if not made.operations and not made.changes:
            return None
        act = Act(by.agent, Verb.STRUCTURE, by.allow, data=made.changes, then=made.then)
        try:
            return operate([Work(by.article_id, made.operations, made.seen)], act)
        except (StaleText, WrongText) as fault:
            raise StaleStructure from fault


def _held(structure: Structure, at: At) -> Standing:
    place = structure.place_of(at.number)
    if place is None:
        raise StaleStructure if structure.was_there(at.number) else GoneText
    held = structure.passages[place]
    if at.mark and at.mark != mark_of(held):
        raise StaleStructure
    return held


def _attributes(number: int, state: Any, wanted: Mapping[str, Any]) -> list[Operation]:
    return [
        Attribute(number, name, getattr(state, name), after)
        for name, after in wanted.items()
        if getattr(state, name) != after
    ]


def _voice_named(structure: Structure, name: str) -> tuple[int, list[Operation]]:
    """The speaker of that name, who may have to be made."""
    cleaned = _name(name)
    for voice in structure.live_voices:
        if voice.name == cleaned:
            return voice.position, []
    made = _new_voice(structure, cleaned, "")
    return made.position, [made]


def _new_voice(structure: Structure, name: str, part: str) -> Voice:
    if len(structure.voices) >= MOST_SPEAKERS:
        raise WrongStructure("many")
    return Voice(structure.free_position, None, {"name": name, "part": part})


def _name(typed: str) -> str:
    name = " ".join(typed.replace("\0", "").split())
    if not name or len(name) > LONGEST_NAME:
        raise WrongStructure("name")
    return name
