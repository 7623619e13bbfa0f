"""A text read again: from the passages that stand to those that a new reading gives.

The passages are printed as a text, with the labels that the reading took away; the new reading's
ranges (code points) in that text tell which borders go, which come and what is cut. So nothing is
compared or searched for, and all that is said of words that stay follows them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from articles.text.edits import Edit, joined
from articles.text.operations import (
    ATTRIBUTES,
    ArticleState,
    Attribute,
    Merge,
    Operation,
    Split,
    Text,
    Voice,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from articles.text.shapes import ParsedPassage, ParsedSpeaker

GAP: Final = "\n\n"
SPOKEN: Final = frozenset({"question", "answer", "statement"})


class NothingLeft(Exception):
    """The new reading finds no passage."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A passage in the printed text: its number, where its label and its words begin and end."""

    number: int
    label: int
    start: int
    end: int


@dataclass(slots=True)
class Block:
    """Passages that stand and become one, and the new ones that it is parted into."""

    places: list[Printed]
    wanted: list[ParsedPassage] = field(default_factory=list)

    @property
    def number(self) -> int:
        """The number of the passage that stays."""
        return self.places[0].number


def print_passages(state: ArticleState) -> tuple[str, list[Printed]]:
    """The text of an article with a speaker's name before each turn, and where passages are."""
    parts: list[str] = []
    places: list[Printed] = []
    at, voice = 0, None
    for number in state.order:
        held = state.passages[number]
        label = ""
        if held.role in SPOKEN:
            if held.speaker is not None and held.speaker != voice:
                label = f"{state.voices[held.speaker]['name']} : "
            voice = held.speaker
        elif held.role == "heading":
            voice = None
        start = at + len(label)
        end = start + len(held.text)
        places.append(Printed(number, at, start, end))
        parts.append(f"{label}{held.text}")
        at = end + len(GAP)
    return GAP.join(parts), places


def restructured(
    state: ArticleState, passages: Sequence[ParsedPassage], speakers: Sequence[ParsedSpeaker], *,
    last_number: int, free_position: int,
) -> list[Operation]:  # fmt: skip
    """The operations that give the passages of a new reading of the printed text.

    New passages take numbers after `last_number`, new speakers positions from `free_position` on.
    Raises `NothingLeft`.
    """
    text, places = print_passages(state)
    work = _Work(text, _copied(state), last_number)
    positions = work.take_voices(speakers, free_position)
    blocks = _blocks(places, passages)
    if not any(block.wanted for block in blocks):
        raise NothingLeft
    for block in _with_leading(blocks):
        if block.wanted:
            work.make(block, positions)
        else:
            work.take_away(block)
    work.let_go(set(positions.values()))
    return work.done


def _copied(state: ArticleState) -> ArticleState:
    return ArticleState({**state.passages}, {**state.voices}, [*state.order])


def _blocks(places: Sequence[Printed], passages: Sequence[ParsedPassage]) -> list[Block]:
    """The passages that stand, those together that a new one reaches over."""
    blocks: list[Block] = []
    for place in places:
        last = blocks[-1] if blocks else None
        if last is not None and any(
            one.start < last.places[-1].end and one.end > place.label for one in passages
        ):
            last.places.append(place)
        else:
            blocks.append(Block([place]))
    for block in blocks:
        start, end = block.places[0].label, block.places[-1].end
        block.wanted = [one for one in passages if one.start < end and one.end > start]
    return blocks


def _with_leading(blocks: list[Block]) -> list[Block]:
    """What goes from the head of a text goes into the first passage that stays."""
    first = next(at for at, block in enumerate(blocks) if block.wanted)
    if not first:
        return blocks
    head = [place for block in blocks[:first] for place in block.places]
    kept = blocks[first]
    return [Block([*head, *kept.places], kept.wanted), *blocks[first + 1 :]]


class _Work:
    """Operations, each made at once on a copy of the article, so that the next fits."""

    def __init__(self, text: str, state: ArticleState, last_number: int) -> None:
        self.text, self.state, self.last_number = text, state, last_number
        self.done: list[Operation] = []

    def do(self, operation: Operation) -> None:
        self.state.do(operation)
        self.done.append(operation)

    def take_voices(self, speakers: Sequence[ParsedSpeaker], free: int) -> dict[int, int]:
        """The position of each speaker of the reading: those of the same name stay."""
        known = {voice["name"].casefold(): at for at, voice in sorted(self.state.voices.items())}
        positions: dict[int, int] = {}
        for index, speaker in enumerate(speakers):
            values = {"name": speaker.name, "part": speaker.part}
            position = known.get(speaker.name.casefold())
            if position is None:
                position, free = free, free + 1
                known[speaker.name.casefold()] = position
            before = self.state.voices.get(position)
            if before != values:
                self.do(Voice(position, before, values))
            positions[index] = position
        return positions

    def let_go(self, kept: set[int]) -> None:
        """Speakers whom the reading does not have go."""
        for position in sorted(self.state.voices.keys() - kept):
            self.do(Voice(position, self.state.voices[position], None))

    def take_away(self, block: Block) -> None:
        """The words go, and their empty places to the passage before them."""
        for place in block.places:
            self._empty(place.number)
            before = self.state.order[self.state.order.index(place.number) - 1]
            self._merge(before, "", place.number)

    def make(self, block: Block, positions: Mapping[int, int]) -> None:
        """One passage of several, its words cut, and parted into those that are wanted."""
        number, wanted = block.number, block.wanted
        head = [place for place in block.places if place.end <= wanted[0].start]
        if len(head) == len(block.places):
            head = []
        own = block.places[len(head) :]
        for place in head:
            self._empty(place.number)
        self._join(number, head, own)
        base = own[0].start
        if wanted[0].start < base:
            base = wanted[0].start
            self._edit(number, [Edit(0, "", self.text[base : own[0].start])])
        self._cut(number, base, own[-1].end, wanted)
        self._part(number, wanted, positions)

    def _join(self, number: int, head: Sequence[Printed], own: Sequence[Printed]) -> None:
        for place in [*head[1:], *own[:1]] if head else []:
            self._merge(number, "", place.number)
        for last, place in pairwise(own):
            self._merge(number, self.text[last.end : place.start], place.number)

    def _cut(self, number: int, base: int, end: int, wanted: Sequence[ParsedPassage]) -> None:
        """Take away what is before the first passage and behind the last, and the holes."""
        ranges = [(base, wanted[0].start), (wanted[-1].end, end)]
        ranges += [hole for one in wanted for hole in one.holes]
        self._edit(number, [
            Edit(start - base, self.text[start:stop], "")
            for start, stop in sorted(ranges)
            if start < stop
        ])  # fmt: skip

    def _part(
        self, number: int, wanted: Sequence[ParsedPassage], positions: Mapping[int, int]
    ) -> None:
        lengths = [_length(one) for one in wanted]
        gaps = [self.text[one.end : other.start] for one, other in pairwise(wanted)]
        for at in range(len(wanted) - 1, 0, -1):
            end = sum(lengths[:at]) + sum(map(len, gaps[: at - 1]))
            self.last_number += 1
            own = _attributes(wanted[at], positions)
            self.do(Split(number, end, gaps[at - 1], self.last_number, *own))
        held = self.state.passages[number]
        for name, after in zip(ATTRIBUTES, _attributes(wanted[0], positions), strict=True):
            if getattr(held, name) != after:
                self.do(Attribute(number, name, getattr(held, name), after))

    def _empty(self, number: int) -> None:
        self._edit(number, [Edit(0, self.state.passages[number].text, "")])

    def _edit(self, number: int, edits: Sequence[Edit]) -> None:
        if made := joined(edits):
            self.do(Text(number, made))

    def _merge(self, into: int, gap: str, number: int) -> None:
        gone = self.state.passages[number]
        at = len(self.state.passages[into].text)
        self.do(Merge(into, at, gap, number, gone.role, gone.speaker, gone.exchange))


def _attributes(
    passage: ParsedPassage, positions: Mapping[int, int]
) -> tuple[str, int | None, int | None]:
    speaker: Any = passage.speaker
    return passage.role, None if speaker is None else positions[speaker], passage.exchange


def _length(passage: ParsedPassage) -> int:
    return passage.end - passage.start - sum(stop - start for start, stop in passage.holes)
