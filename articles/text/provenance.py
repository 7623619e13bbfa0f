"""Who wrote what: a text as runs, each with what stood in its place before and who put it there.

Runs are carried through the operations of the log, so nothing is ever compared: a run knows what it
replaced because the edit says so. The runs of an article, one passage after the other, give its
text; their originals give the text that it was traced from.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from articles.text.edits import Edit
from articles.text.operations import Merge, Split, Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import TypeAlias

    from articles.text.operations import Operation


class Piece(NamedTuple):
    """Words that a revision put in the place of `was`; None: they were there from the start."""

    text: str
    revision: int | None
    was: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text: as it was from the start, or what stands for its `original`.

    Where words were taken away, or put in between, one of the two is empty.
    """

    original: str
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """The words that stand."""
        return "".join([piece.text for piece in self.pieces])

    @property
    def is_changed(self) -> bool:
        """Whether a revision wrote any of it, or took it away."""
        return any(piece.revision is not None for piece in self.pieces)


Runs: TypeAlias = "tuple[Run, ...]"


def untouched(text: str) -> Runs:
    """A text as it was from the start."""
    return (Run(text, (Piece(text, None),)),) if text else ()


@dataclass(slots=True)
class Traced:
    """The runs of passages, by their numbers, while operations are made on them."""

    passages: dict[int, Runs] = field(default_factory=dict)

    def do(self, operation: Operation, revision: int) -> None:
        """Carry the runs through an operation that revision `revision` made."""
        match operation:
            case Text(number, edits):
                runs = self.passages[number]
                for edit in reversed(edits):  # those before still count as they do
                    runs = _replaced(runs, edit, revision)
                self.passages[number] = _healed(runs)
            case Split(number, at, gap, other):
                runs = self.passages[number]
                if gap:
                    runs = _replaced(runs, Edit(at, gap, ""), revision)
                head, rest = _parted(runs, at)
                self.passages[number], self.passages[other] = _healed(head), _healed(rest)
            case Merge(number, _at, gap, other):
                between = (Run("", (Piece(gap, revision),)),) if gap else ()
                joined = (*self.passages[number], *between, *self.passages[other])
                self.passages[number], self.passages[other] = _healed(joined), ()


def trace(texts: Mapping[int, str], operations: Iterable[tuple[int, Operation]]) -> dict[int, Runs]:
    """The runs of passages after numbered operations on them; `texts` are those before."""
    traced = Traced({number: untouched(text) for number, text in texts.items()})
    for revision, operation in operations:
        traced.do(operation, revision)
    return traced.passages


def text_of(runs: Iterable[Run]) -> str:
    """The words that stand."""
    return "".join([run.text for run in runs])


def original_of(runs: Iterable[Run]) -> str:
    """The words that they were traced from."""
    return "".join([run.original for run in runs])


def to_values(runs: Iterable[Run]) -> list[Any]:
    """Runs without who made them, as JSON: lengths of what was there, `[original, length]`."""
    return [[run.original, len(run.text)] if run.is_changed else len(run.original) for run in runs]


def from_values(text: str, values: Iterable[Any]) -> Runs:
    """Runs of a text as `to_values` kept them; whoever changed it is revision 0."""
    made, at = [], 0
    for value in values:
        original, length = (None, value) if isinstance(value, int) else value
        words = text[at : at + length]
        at += length
        made.append(
            Run(words, (Piece(words, None),))
            if original is None
            else Run(original, (Piece(words, 0, original),))
        )
    return tuple(made)


def _replaced(runs: Runs, edit: Edit, revision: int) -> Runs:
    """The runs after one edit of their text; what was changed before is never cut in two."""
    before: list[Run] = []
    held: list[Run] = []
    after: list[Run] = []
    at = begins = 0
    for run in runs:
        start, at = at, at + len(run.text)
        if at <= edit.start:
            before.append(run)
        elif start >= edit.end:
            after.append(run)
        else:
            begins = begins if held else start
            held.append(run)
    head, rest = _cut(held, edit.start - begins) if held else ([], [])
    middle, tail = _cut(rest, len(edit.removed))
    pieces = [Piece(edit.inserted, revision, edit.removed)]
    original = original_of(middle)
    if head and head[-1].is_changed:
        original = head[-1].original + original
        pieces = [*head.pop().pieces, *pieces]
    if tail and tail[0].is_changed:
        original += tail[0].original
        pieces += tail.pop(0).pieces
    return (*before, *head, Run(original, tuple(pieces)), *tail, *after)


def _cut(runs: Iterable[Run], at: int) -> tuple[list[Run], list[Run]]:
    """Runs in two; the first part of a changed one keeps all of its original."""
    before: list[Run] = []
    after: list[Run] = []
    begins = 0
    for run in runs:
        ends = begins + len(run.text)
        if ends <= at:
            before.append(run)
        elif begins >= at:
            after.append(run)
        elif not run.is_changed:
            before += untouched(run.original[: at - begins])
            after += untouched(run.original[at - begins :])
        else:
            first, second = _cut_pieces(run.pieces, at - begins)
            before.append(Run(run.original, first))
            after.append(Run("", second))
        begins = ends
    return before, after


def _cut_pieces(pieces: Sequence[Piece], at: int) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    first, second = [], []
    begins = 0
    for piece in pieces:
        inside = min(max(at - begins, 0), len(piece.text))
        if inside or begins + len(piece.text) <= at:
            first.append(piece._replace(text=piece.text[:inside]))
        if inside < len(piece.text):
            second.append(piece._replace(text=piece.text[inside:]))
        begins += len(piece.text)
    return tuple(first), tuple(second)


def _parted(runs: Runs, at: int) -> tuple[Runs, Runs]:
    before, after = _cut(runs, at)
    return tuple(before), tuple(after)


def _healed(runs: Iterable[Run]) -> Runs:
    """Runs with what says again what was there from the start as that; none that say nothing."""
    made: list[Run] = []
    group: list[Run] = []
    for run in runs:
        if run.is_changed:
            group.append(run)
            continue
        made += _healed_group(group)
        group = []
        made.append(run)
    made += _healed_group(group)
    return tuple(_together(made))


def _healed_group(group: Sequence[Run]) -> Runs:
    """Changed runs that stand side by side."""
    if group and text_of(group) == original_of(group):
        return untouched(text_of(group))
    return tuple(
        Run(run.original, (Piece(run.original, None),)) if run.text == run.original else run
        for run in group
        if run.text or run.original
    )


def _together(runs: Iterable[Run]) -> list[Run]:
    """Neighbours that were there from the start as one."""
    made: list[Run] = []
    for run in runs:
        if made and not run.is_changed and not made[-1].is_changed:
            made[-1] = untouched(made[-1].original + run.original)[0]
        elif run.text or run.original:
            made.append(run)
    return made
