"""An article at any moment: its log folded over the source text, from birth on.

Revision 1 is the import: its structure and the source text give the passages at birth. Voices at
birth are those of today with what the log did to them taken back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from articles.text.edits import Misfit
from articles.text.operations import ArticleState, PassageState, Voice, invert_operation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from articles.text.operations import Operation

Voices = dict[int, "Mapping[str, str]"]


def cut(source: str, start: int, end: int, holes: Sequence[Sequence[int]]) -> str:
    """The source text from `start` to `end` without the holes (code points, end exclusive)."""
    parts, at = [], start
    for hole_start, hole_end in holes:
        parts.append(source[at:hole_start])
        at = hole_end
    return "".join([*parts, source[at:end]])


def voices_at_birth(
    now: Mapping[int, Mapping[str, str]], operations: Sequence[Operation]
) -> Voices:
    """The voices before all of the operations; raises `Misfit` where they do not lead to `now`."""
    state = ArticleState({}, dict(now), [])
    for operation in reversed(operations):
        if isinstance(operation, Voice):
            state.do(invert_operation(operation))
    return dict(state.voices)


def birth(
    source: str, structure: Iterable[Sequence[Any]], voices: Mapping[int, Mapping[str, str]]
) -> ArticleState:
    """An article as its import made it; `structure` is what revision 1 keeps."""
    passages = {
        number: PassageState(cut(source, start, end, holes), role, speaker, exchange)
        for number, (role, speaker, exchange, start, end, holes) in enumerate(structure, 1)
    }
    return ArticleState(passages, dict(voices), list(passages))


def state_after(born: ArticleState, operations: Iterable[Operation]) -> ArticleState:
    """The article after operations; what was `born` stays as it is. Raises `Misfit`."""
    state = ArticleState(dict(born.passages), dict(born.voices), list(born.order))
    for operation in operations:
        state.do(operation)
    return state


def state_before(now: ArticleState, operations: Sequence[Operation]) -> ArticleState:
    """The article before operations that led to `now`; raises `Misfit` where they did not."""
    return state_after(now, [invert_operation(operation) for operation in reversed(operations)])


def walk(
    born: ArticleState, operations: Iterable[tuple[int, Operation]]
) -> Iterator[tuple[int, Operation, ArticleState]]:
    """Each numbered operation with the article before it; look at that before going on."""
    state = state_after(born, ())
    for number, operation in operations:
        yield number, operation, state
        state.do(operation)


def breaches(born: ArticleState, operations: Sequence[Operation], now: ArticleState) -> list[str]:
    """What of an article is not as its log says; empty where all is."""
    try:
        folded = state_after(born, operations)
    except Misfit:
        return ["the log does not fold"]
    found = [f"passage {number}" for number in _differing(folded, now)]
    if folded.order != now.order:
        found.append("the order of the passages")
    if folded.voices != now.voices:
        found.append("the voices")
    if found:
        return found
    try:
        back = state_before(now, operations)
    except Misfit:
        return ["the log cannot be undone"]
    standing = {number: back.passages[number] for number in back.order}
    same = (standing, back.voices, back.order) == (born.passages, born.voices, born.order)
    return [] if same else ["undone, it is not the import"]


def _differing(folded: ArticleState, now: ArticleState) -> list[int]:
    numbers = sorted(folded.passages.keys() | now.passages.keys())
    return [n for n in numbers if folded.passages.get(n) != now.passages.get(n)]
