"""Ranges over one text, however they overlap, as pieces that nest properly.

Offsets are code points, end exclusive. A range is cut only where it crosses another that began
before it. Of n ranges over m code points it takes O((n + m) log m): the boundaries are sorted, and
at each no more than `LIMIT` pieces are touched.
"""

from __future__ import annotations

from heapq import heappop, heappush
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Range = tuple[int, int]

LIMIT = 24  # pieces inside each other; whatever begins below them waits until there is room


class Piece(NamedTuple):
    """A stretch of one range: `which` says of which, `depth` counts from 1, the outermost."""

    which: int
    start: int
    end: int
    depth: int
    first: bool
    last: bool


class Nested(NamedTuple):
    """Pieces in the order of the text, outer before inner; and the ranges that got none."""

    pieces: list[Piece]
    hidden: list[int]


def nest(ranges: Sequence[Range], length: int, limit: int = LIMIT) -> Nested:
    """Cut ranges over a text of `length` into pieces of which any two are nested or apart.

    What stands outside of the text is cut off. Where ranges begin together the longer is outside.
    Ranges stay hidden where nothing of them is in the text, or where more than `limit` lie upon
    each other all along them.
    """
    kept = [
        (max(start, 0), min(end, length), index)
        for index, (start, end) in enumerate(ranges)
        if max(start, 0) < min(end, length)
    ]
    kept.sort(key=_longest_first)
    nesting = _Nesting(limit)
    at = 0
    for place in sorted({edge for start, end, _index in kept for edge in (start, end)}):
        fresh = []
        while at < len(kept) and kept[at][0] == place:
            fresh.append((-kept[at][1], kept[at][2]))
            at += 1
        nesting.step(place, fresh)
    seen = nesting.seen
    return Nested(nesting.pieces, [index for index in range(len(ranges)) if index not in seen])


def _longest_first(one: tuple[int, int, int]) -> tuple[int, int, int]:
    start, end, index = one
    return start, -end, index


class _Nesting:
    """The open pieces while the text is walked; a range is `(-end, index)`: sorted, longest first.

    The ends of the open pieces never grow from the outermost to the innermost.
    """

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.pieces: list[Piece] = []
        self.seen: set[int] = set()
        self.open: list[tuple[int, int, int]] = []  # the piece's end, -end and index of its range
        self.waiting: list[tuple[int, int]] = []

    def step(self, place: int, fresh: list[tuple[int, int]]) -> None:
        """Close what ends here, begin again what was cut by that, and begin what is new."""
        coming = fresh
        while self.open and self.open[-1][0] == place:
            _stop, minus_end, index = self.open.pop()
            if -minus_end > place:
                coming.append((minus_end, index))
        room = self.limit - len(self.open)
        while self.waiting and len(coming) < room:
            if -self.waiting[0][0] > place:
                coming.append(self.waiting[0])
            heappop(self.waiting)
        coming.sort()
        for one in coming[room:]:
            heappush(self.waiting, one)
        for one in coming[:room]:
            self._begin(place, *one)

    def _begin(self, place: int, minus_end: int, index: int) -> None:
        stop = -minus_end
        if self.open:
            stop = min(stop, self.open[-1][0])
        self.open.append((stop, minus_end, index))
        first = index not in self.seen
        self.seen.add(index)
        self.pieces.append(Piece(index, place, stop, len(self.open), first, stop == -minus_end))


def weave(
    text: str, pieces: Sequence[Piece], *, begin: Callable[[Piece], str], end: str,
    plain: Callable[[str], str],
) -> str:  # fmt: skip
    """The text with `begin(piece)` and `end` around each piece; `plain` makes the text between."""
    parts: list[str] = []
    stops: list[int] = []
    at = 0
    for piece in pieces:
        while stops and stops[-1] <= piece.start:
            parts += (plain(text[at : stops[-1]]), end)
            at = stops.pop()
        parts += (plain(text[at : piece.start]), begin(piece))
        at = piece.start
        stops.append(piece.end)
    while stops:
        parts += (plain(text[at : stops[-1]]), end)
        at = stops.pop()
    parts.append(plain(text[at:]))
    return "".join(parts)
