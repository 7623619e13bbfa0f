"""Who speaks which passages: what changes when a voice is given, joined, or falls silent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from articles.text.operations import Attribute, Voice

if TYPE_CHECKING:
    from collections.abc import Sequence

    from articles.text.operations import ArticleState, Operation

HERE, ONWARDS, EVERYWHERE = "here", "onwards", "everywhere"
REACHES: Final = (HERE, ONWARDS, EVERYWHERE)


def spoken_by(state: ArticleState, number: int, reach: str) -> list[int] | None:
    """The passages that have the voice of one: that one, those from it on, or all of them.

    Of nobody's voice, those of the same role; None for a reach that there is not.
    """
    if reach == HERE:
        return [number]
    if reach not in REACHES:
        return None
    held = state.passages[number]
    start = state.order.index(number) if reach == ONWARDS else 0
    return [
        one
        for one in state.order[start:]
        if state.passages[one].speaker == held.speaker
        and (held.speaker is not None or state.passages[one].role == held.role)
    ]


def joined_voices(state: ArticleState, position: int, into: int) -> list[Operation]:
    """All that one voice says becomes another's; the one goes."""
    moves: list[Operation] = [
        Attribute(number, "speaker", position, into)
        for number in state.order
        if state.passages[number].speaker == position
    ]
    return [*moves, Voice(position, state.voices[position], None)]


def without_silent(state: ArticleState, operations: Sequence[Operation]) -> list[Operation]:
    """Operations, and behind them the going of voices that they leave without a word."""
    left = {
        one.before
        for one in operations
        if isinstance(one, Attribute) and one.name == "speaker" and one.before is not None
    }
    spoken = {number: state.passages[number].speaker for number in state.order}
    for one in operations:
        if isinstance(one, Attribute) and one.name == "speaker":
            spoken[one.passage] = one.after
    silent = sorted(left - {*spoken.values()})
    return [*operations, *(Voice(one, state.voices[one], None) for one in silent)]
