"""Which passages of an old source, of the article and of the new source belong together."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING, NamedTuple

from articles.text.carry import align

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_APART = "\n\n"
_SHARED = 0.4  # share of the shorter passage's signs that both have, from which they are one
_LONG = 400  # signs; what longer stretches that were replaced have in common is only estimated
_BASE, _OURS, _THEIRS = range(3)

Link = tuple[int, int]


class Unit(NamedTuple):
    """Places of passages that are one another's, of each of the three texts, in order."""

    base: tuple[int, ...]
    ours: tuple[int, ...]
    theirs: tuple[int, ...]


def alike(old: Sequence[str], new: Sequence[str]) -> list[Link]:
    """Pairs of passages (by their places) that have much in common; in order, none crossing."""
    head, tail, most = 0, 0, min(len(old), len(new))
    while head < most and old[head] == new[head]:
        head += 1
    while tail < most - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    links = [(place, place) for place in range(head)]
    inner_old, inner_new = old[head : len(old) - tail], new[head : len(new) - tail]
    links += [(head + one, head + other) for one, other in _aligned(inner_old, inner_new)]
    return links + [(len(old) - n, len(new) - n) for n in range(tail, 0, -1)]


def _aligned(old: Sequence[str], new: Sequence[str]) -> Iterator[Link]:
    if not old or not new:
        return
    shared: dict[Link, float] = {}
    before, after = _APART.join(old), _APART.join(new)
    old_ranges, new_ranges = _ranges(old), _ranges(new)
    at, new_at = 0, 0
    end = (len(before), len(before), len(after), len(after))
    for start, until, new_start, new_until in (*align(before, after).changes, end):
        for one, other, length in _common(old_ranges, new_ranges, at, start, new_at - at):
            shared[one, other] = shared.get((one, other), 0) + length
        pair = _within(old_ranges, start, until), _within(new_ranges, new_start, new_until)
        if pair[0] is not None and pair[1] is not None:
            worth = _worth(before[start:until], after[new_start:new_until])
            key = (pair[0], pair[1])
            shared[key] = shared.get(key, 0) + worth
        at, new_at = until, new_until
    last = (0, 0)
    for (one, other), weight in sorted(shared.items()):
        enough = weight and weight >= _SHARED * min(len(old[one]), len(new[other]))
        if enough and other >= last[1]:
            last = (one, other)
            yield last


def _ranges(texts: Sequence[str]) -> list[tuple[int, int]]:
    ranges, at = [], 0
    for text in texts:
        ranges.append((at, at + len(text)))
        at += len(text) + len(_APART)
    return ranges


def _common(
    old: Sequence[tuple[int, int]], new: Sequence[tuple[int, int]], start: int, end: int, shift: int
) -> Iterator[tuple[int, int, int]]:
    """The passages that a stretch which both texts have lies in, with how long it does."""
    one = _first(old, start)
    other = _first(new, start + shift)
    while one < len(old) and other < len(new) and start < end:
        low = max(start, old[one][0], new[other][0] - shift)
        high = min(end, old[one][1], new[other][1] - shift)
        if low < high:
            yield one, other, high - low
        if max(old[one][0], new[other][0] - shift) >= end:
            return
        if old[one][1] <= new[other][1] - shift:
            one += 1
        else:
            other += 1


def _first(ranges: Sequence[tuple[int, int]], at: int) -> int:
    """The first range that ends behind a place."""
    low, high = 0, len(ranges)
    while low < high:
        middle = (low + high) // 2
        if ranges[middle][1] <= at:
            low = middle + 1
        else:
            high = middle
    return low


def _within(ranges: Sequence[tuple[int, int]], start: int, end: int) -> int | None:
    place = _first(ranges, start)
    held = place < len(ranges) and ranges[place][0] <= start < end <= ranges[place][1]
    return place if held else None


def _worth(one: str, other: str) -> float:
    """How many signs two stretches have in common, about."""
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    is_long = max(len(one), len(other)) > _LONG
    ratio = matcher.quick_ratio() * 0.5 if is_long else matcher.ratio()
    return ratio * min(len(one), len(other))


def units(
    base: int, ours: int, theirs: int, mine: Iterable[Link], new: Iterable[Link]
) -> list[Unit]:
    """All passages in groups that belong together, in order; each passage is in one group.

    The first three say how many passages there are; `mine` links those of the old source with those
    of the article, `new` with those of the new source.
    """
    groups = _Groups((base, ours, theirs))
    for one, other in mine:
        groups.unite((_BASE, one), (_OURS, other))
    for one, other in new:
        groups.unite((_BASE, one), (_THEIRS, other))
    groups.fill()
    return groups.in_order()


Node = tuple[int, int]


class _Groups:
    def __init__(self, sizes: tuple[int, int, int]) -> None:
        self.sizes = sizes
        self.parents: dict[Node, Node] = {
            (kind, place): (kind, place) for kind in range(3) for place in range(sizes[kind])
        }

    def find(self, node: Node) -> Node:
        while self.parents[node] != node:
            self.parents[node] = self.parents[self.parents[node]]
            node = self.parents[node]
        return node

    def unite(self, one: Node, other: Node) -> bool:
        first, second = sorted((self.find(one), self.find(other)))
        self.parents[second] = first
        return first != second

    def members(self) -> dict[Node, tuple[list[int], list[int], list[int]]]:
        found: dict[Node, tuple[list[int], list[int], list[int]]] = {}
        for kind, place in self.parents:
            found.setdefault(self.find((kind, place)), ([], [], []))[kind].append(place)
        return found

    def fill(self) -> None:
        """What lies between passages of a group belongs to it."""
        changed = True
        while changed:
            changed = False
            for root, kinds in self.members().items():
                for kind, places in enumerate(kinds):
                    for place in range(min(places), max(places)) if len(places) > 1 else ():
                        changed |= self.unite(root, (kind, place))

    def in_order(self) -> list[Unit]:
        """Group by group; where it is free to choose: ours, then what is gone, then what is new."""
        waiting = {root: tuple(map(sorted, kinds)) for root, kinds in self.members().items()}
        at = [0, 0, 0]
        made = []
        while waiting:
            ready = [
                root
                for kind in (_OURS, _BASE, _THEIRS)
                if at[kind] < self.sizes[kind]
                for root in [self.find((kind, at[kind]))]
                if all(not own or own[0] == at[n] for n, own in enumerate(waiting[root]))
            ]
            if not ready:  # groups that cross: they are one
                kinds = [kind for kind in range(3) if at[kind] < self.sizes[kind]]
                for kind in kinds[1:]:
                    self.unite((kinds[0], at[kinds[0]]), (kind, at[kind]))
                self.fill()
                done = {(kind, place) for kind in range(3) for place in range(at[kind])}
                left = {self.find(node) for node in self.parents if node not in done}
                all_of = self.members()
                waiting = {root: tuple(map(sorted, all_of[root])) for root in left}
                continue
            root = min(ready, key=lambda one: self._rank(waiting[one]))
            own = waiting.pop(root)
            for kind in range(3):
                at[kind] += len(own[kind])
            made.append(Unit(*map(tuple, own)))
        return made

    @staticmethod
    def _rank(own: Sequence[Sequence[int]]) -> int:
        base, ours, theirs = map(bool, own)
        if not theirs:
            return 0 if not base else 1
        return 2 if not base and not ours else 3
