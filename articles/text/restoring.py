"""The operations that bring an earlier state back: what was done since, inverted and shortened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from articles.text.crossing import shortened
from articles.text.operations import Attribute, Merge, Operation, Split, Voice, invert_operation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from articles.text.operations import ArticleState


def restoring(
    then: ArticleState, since: Sequence[Operation], now: ArticleState, passage: int | None = None
) -> list[Operation]:
    """What leads from `now` back to `then`, between which `since` was done; of a passage if given.

    Of a passage that was split or merged since, the passages that this touched are restored too,
    and voices that it needs and that are gone by now.
    """
    wanted = list(since)
    if passage is not None:
        numbers = together(since, passage)
        wanted = [one for one in since if _numbers(one) & numbers]
    back = shortened(invert_operation(one) for one in reversed(wanted))
    if passage is None:
        return back
    needed = {
        one.after
        for one in back
        if isinstance(one, Attribute) and one.name == "speaker" and one.after is not None
    } | {one.speaker for one in back if isinstance(one, Split) and one.speaker is not None}
    voices: list[Operation] = [
        Voice(position, None, then.voices[position])
        for position in sorted(needed)
        if position not in now.voices and position in then.voices
    ]
    return voices + back


def together(since: Sequence[Operation], passage: int) -> set[int]:
    """The numbers of a passage and of all that it was parted from or joined to."""
    numbers, count = {passage}, 0
    while count < len(numbers):
        count = len(numbers)
        for one in since:
            if isinstance(one, (Split, Merge)) and _numbers(one) & numbers:
                numbers |= _numbers(one)
    return numbers


def _numbers(operation: Operation) -> set[int]:
    match operation:
        case Voice():
            return set()
        case Split() | Merge():
            return {operation.passage, operation.number}
    return {operation.passage}
