"""Runs of operations: each made over the other, and put together as short as they can be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from articles.text.edits import compose
from articles.text.operations import (
    ATTRIBUTES,
    Attribute,
    Merge,
    Operation,
    Split,
    Text,
    Voice,
    invert_operation,
    rebase_operation,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def crossed(
    ours: list[Operation], theirs: list[Operation]
) -> tuple[list[Operation], list[Operation]]:
    """Two runs of operations on one article, each as it is to be made once the other was.

    Of two insertions at one place ours comes after theirs. Raises `InTheWay` where they touch the
    same thing.
    """
    made: list[Operation] = []
    for operation in ours:
        over, left = [operation], []
        for other in theirs:
            over, rest = _cross_one(over, [other])
            left += rest
        made += over
        theirs = left
    return made, theirs


def _cross_one(
    ours: list[Operation], theirs: list[Operation]
) -> tuple[list[Operation], list[Operation]]:
    """As `crossed`, of few operations that each came of one."""
    if not ours or not theirs:
        return ours, theirs
    if len(ours) == len(theirs) == 1:
        return (
            list(rebase_operation(ours[0], theirs[0])),
            list(rebase_operation(theirs[0], ours[0], after=False)),
        )
    if len(ours) > 1:
        first, rest = _cross_one(ours[:1], theirs)
        others, theirs = _cross_one(ours[1:], rest)
        return first + others, theirs
    ours, first = _cross_one(ours, theirs[:1])
    ours, others = _cross_one(ours, theirs[1:])
    return ours, first + others


def shortened(operations: Iterable[Operation]) -> list[Operation]:
    """A run of operations without what it takes back itself; edits of one passage put together."""
    made: list[Operation] = []
    for operation in operations:
        if isinstance(operation, Text) and not operation.edits:
            continue
        place = _last_touching(made, operation)
        if place is None:
            made.append(operation)
            continue
        last = made[place]
        if isinstance(last, Text) and isinstance(operation, Text):
            edits = compose(last.edits, operation.edits)
            made[place : place + 1] = [Text(operation.passage, edits)] if edits else []
        elif last == invert_operation(operation):
            del made[place]
        else:
            made.append(operation)
    return made


def _last_touching(made: Sequence[Operation], operation: Operation) -> int | None:
    subjects = _subjects(operation)
    for place in range(len(made) - 1, -1, -1):
        if subjects & _subjects(made[place]):
            return place
    return None


def _subjects(operation: Operation) -> set[tuple[str, int]]:
    """What an operation is on: two operations whose order matters have one of these in common."""
    match operation:
        case Voice(position):
            return {("voice", position)}
        case Attribute(passage, name):
            return {(name, passage)}
        case Split(passage) | Merge(passage):
            whole = {(name, operation.number) for name in ("text", *ATTRIBUTES)}
            return {("text", passage)} | whole
    return {("text", operation.passage)}
