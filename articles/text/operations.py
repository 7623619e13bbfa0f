"""The operations of an article's log: each with its inverse, each carried over later ones.

An operation is on the article as the one before it left it. Folding the log over the article at
birth gives the article as it stands. Passages are named by their numbers, voices by their
positions, so nothing here knows the database.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from articles.text.edits import Carrier, Edit, Edits, Misfit, Overlap, apply, invert, rebase

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import TypeAlias

ATTRIBUTES: Final = ("role", "speaker", "exchange")


@dataclass(frozen=True, slots=True)
class Text:
    """Edits of one passage's text."""

    passage: int
    edits: Edits


@dataclass(frozen=True, slots=True)
class Split:
    """A passage ends at `at`; after `gap`, which goes, the rest is passage `number`.

    The rest stands right behind it, with the role, speaker and exchange given.
    """

    passage: int
    at: int
    gap: str
    number: int
    role: str
    speaker: int | None
    exchange: int | None


@dataclass(frozen=True, slots=True)
class Merge:
    """The inverse of a split: passage `number` is put behind `gap` at `at`, the passage's end.

    It must stand right behind it.
    """

    passage: int
    at: int
    gap: str
    number: int
    role: str
    speaker: int | None
    exchange: int | None


@dataclass(frozen=True, slots=True)
class Attribute:
    """One of a passage's `ATTRIBUTES` changes from `before` to `after`."""

    passage: int
    name: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Voice:
    """A speaker at a position comes (`before` None), goes (`after` None) or is named otherwise.

    Values are `{"name": …, "part": …}`.
    """

    position: int
    before: Mapping[str, str] | None
    after: Mapping[str, str] | None


Operation: TypeAlias = "Text | Split | Merge | Attribute | Voice"
NAMES: Final[dict[str, type[Any]]] = {
    "text": Text,
    "split": Split,
    "merge": Merge,
    "attribute": Attribute,
    "voice": Voice,
}


class InTheWay(Exception):
    """Operations touch the same thing: the one cannot be made over the other."""

    def __init__(self, ours: Operation, theirs: Operation) -> None:
        """Keep both."""
        self.ours, self.theirs = ours, theirs
        super().__init__(f"{ours} and {theirs}")


@dataclass(frozen=True, slots=True)
class PassageState:
    """A passage at one moment of the log."""

    text: str
    role: str
    speaker: int | None
    exchange: int | None
    retired: bool = False


@dataclass(slots=True)
class ArticleState:
    """An article at one moment of its log: passages by number, voices by position.

    `order` has the numbers of the passages that stand, in reading order; a part of an article, with
    passages that are not in it, will do where order plays no part.
    """

    passages: dict[int, PassageState]
    voices: dict[int, Mapping[str, str]]
    order: list[int]

    def do(self, operation: Operation) -> None:
        """Make one operation; raises `Misfit` where the article is not as it says."""
        match operation:
            case Text(number, edits):
                held = self._held(number, operation)
                self.passages[number] = replace(held, text=apply(held.text, edits))
            case Split():
                self._split(operation)
            case Merge():
                self._merge(operation)
            case Attribute(number, name, before, after):
                held = self._held(number, operation)
                if name not in ATTRIBUTES or getattr(held, name) != before:
                    raise Misfit(operation)
                self.passages[number] = replace(held, **{name: after})
            case Voice(position, before, after):
                if self.voices.get(position) != before:
                    raise Misfit(operation)
                if after is None:
                    del self.voices[position]
                else:
                    self.voices[position] = after

    def _held(self, number: int, operation: Operation) -> PassageState:
        held = self.passages.get(number)
        if held is None or held.retired:
            raise Misfit(operation)
        return held

    def _split(self, split: Split) -> None:
        held = self._held(split.passage, split)
        standing = self.passages.get(split.number)
        rest = split.at + len(split.gap)
        taken = standing is not None and not standing.retired
        if taken or held.text[split.at : rest] != split.gap or not 0 <= split.at <= len(held.text):
            raise Misfit(split)
        self.passages[split.passage] = replace(held, text=held.text[: split.at])
        self.passages[split.number] = PassageState(
            held.text[rest:], split.role, split.speaker, split.exchange
        )
        if split.passage in self.order:
            self.order.insert(self.order.index(split.passage) + 1, split.number)

    def _merge(self, merge: Merge) -> None:
        held, other = self._held(merge.passage, merge), self._held(merge.number, merge)
        if len(held.text) != merge.at or any(
            getattr(other, name) != getattr(merge, name) for name in ATTRIBUTES
        ):
            raise Misfit(merge)
        if merge.passage in self.order:
            place = self.order.index(merge.passage) + 1
            if self.order[place : place + 1] != [merge.number]:
                raise Misfit(merge)
            del self.order[place]
        self.passages[merge.passage] = replace(held, text=held.text + merge.gap + other.text)
        self.passages[merge.number] = replace(other, text="", retired=True)


def invert_operation(operation: Operation) -> Operation:
    """What takes an operation back."""
    match operation:
        case Text(number, edits):
            return Text(number, invert(edits))
        case Split():
            return Merge(*_values(operation))
        case Merge():
            return Split(*_values(operation))
        case Attribute(number, name, before, after):
            return Attribute(number, name, after, before)
        case Voice(position, before, after):
            return Voice(position, after, before)


def rebase_operation(
    operation: Operation, over: Operation, *, after: bool = True
) -> tuple[Operation, ...]:
    """An operation as it is to be made once `over` was made; both are on the same article.

    It may fall into several, or be done already (none). Of two insertions at one place ours comes
    `after` theirs, or before. Raises `InTheWay`.
    """
    if operation == over:
        return ()
    try:
        match operation:
            case Text():
                return _rebase_text(operation, over, after=after)
            case Split() | Merge():
                return _rebase_structure(operation, over)
            case Attribute(number, name):
                if isinstance(over, Attribute) and (over.passage, over.name) == (number, name):
                    if over.after == operation.after:
                        return ()
                    raise InTheWay(operation, over)
                if isinstance(over, Merge) and over.number == number:
                    raise InTheWay(operation, over)
            case Voice(position):
                if isinstance(over, Voice) and over.position == position:
                    if over.after == operation.after:
                        return ()
                    raise InTheWay(operation, over)
    except Overlap as overlap:
        raise InTheWay(operation, over) from overlap
    return (operation,)


def _rebase_text(text: Text, over: Operation, *, after: bool) -> tuple[Operation, ...]:
    match over:
        case Text(text.passage, edits):
            return _text(text.passage, rebase(text.edits, edits, after=after))
        case Split(text.passage, at, gap, number):
            rest = at + len(gap)
            if any(edit.start < rest and edit.end > at for edit in text.edits):
                raise InTheWay(text, over)
            # What is inserted where nothing goes comes behind the split.
            stays = tuple(one for one in text.edits if one.start < at or (gap and one.end <= at))
            goes = text.edits[len(stays) :]
            return _text(text.passage, stays) + _text(number, _moved(goes, -rest))
        case Merge(number, at, gap, text.passage):
            return _text(number, _moved(text.edits, at + len(gap)))
    return (text,)


def _rebase_structure(one: Split | Merge, over: Operation) -> tuple[Operation, ...]:
    match over:
        case Text(one.passage, edits):
            if isinstance(one, Merge):
                return (replace(one, at=one.at + sum(edit.delta for edit in edits)),)
            at = _carried(one, Carrier(edits))
            if at is None:
                raise InTheWay(one, over)
            return (replace(one, at=at),)
        case Split(number=one.number) | Merge(passage=one.passage):
            raise InTheWay(one, over)
        case Split(one.passage, at, gap, number) if isinstance(one, Split):
            if one.at > at + len(gap):
                return (replace(one, passage=number, at=one.at - at - len(gap)),)
            if one.at + len(one.gap) >= at:
                raise InTheWay(one, over)
        case Split(one.passage):
            raise InTheWay(one, over)
        case Merge(number=one.passage) | Merge(number=one.number) | Split(passage=one.number):
            raise InTheWay(one, over)
        case Attribute(one.number, name, _before, after) if isinstance(one, Merge):
            return (replace(one, **{name: after}),)
    return (one,)


def _carried(split: Split, carrier: Carrier) -> int | None:
    """Where a split is to be after edits; None where they changed what it parts."""
    if not split.gap:
        return carrier.place(split.at)
    gap = carrier.range(split.at, split.at + len(split.gap))
    return None if gap is None or gap.touched else gap.start


def _text(number: int, edits: Edits) -> tuple[Operation, ...]:
    return (Text(number, edits),) if edits else ()


def _moved(edits: Edits, by: int) -> Edits:
    return tuple(edit._replace(start=edit.start + by) for edit in edits)


def _values(operation: Split | Merge) -> tuple[Any, ...]:
    return tuple(getattr(operation, name) for name in operation.__slots__)


def to_json(operation: Operation) -> tuple[str, dict[str, Any]]:
    """An operation's name and its values as JSON."""
    name = next(name for name, kind in NAMES.items() if type(operation) is kind)
    values = {slot: getattr(operation, slot) for slot in operation.__slots__}
    if isinstance(operation, Text):
        values["edits"] = [list(edit) for edit in operation.edits]
    return name, values


def from_json(name: str, values: Mapping[str, Any]) -> Operation:
    """An operation as the log keeps it; keys that are none of its own are left."""
    kind = NAMES[name]
    own = {slot: values[slot] for slot in kind.__slots__}
    if kind is Text:
        own["edits"] = tuple(Edit(*edit) for edit in values["edits"])
    made: Operation = kind(**own)
    return made
