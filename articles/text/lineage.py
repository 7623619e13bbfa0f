"""What of an article's passages and voices goes back to what, by the log between."""

from __future__ import annotations

from typing import TYPE_CHECKING

from articles.text.operations import Merge, Split, Voice

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from articles.text.operations import Operation


def descendants(
    numbers: Sequence[int | None], standing: Iterable[int], operations: Iterable[Operation]
) -> list[tuple[int, int]]:
    """Pairs of a place in `numbers` and the number of a standing passage that has its words."""
    parents: dict[int, int] = {}

    def root(number: int) -> int:
        while parents.get(number, number) != number:
            number = parents[number]
        return number

    for operation in operations:
        if isinstance(operation, (Split, Merge)):
            one, other = root(operation.passage), root(operation.number)
            parents[max(one, other)] = min(one, other)
    held: dict[int, list[int]] = {}
    for number in standing:
        held.setdefault(root(number), []).append(number)
    return [
        (place, number)
        for place, born in enumerate(numbers)
        if born is not None
        for number in held.get(root(born), ())
    ]


def names_at(
    speakers: Mapping[int, Mapping[str, str]], since: Iterable[Operation]
) -> dict[int, Mapping[str, str]]:
    """The voices that stood before some operations, by positions; `speakers` are all there are."""
    found: dict[int, Mapping[str, str] | None] = dict(speakers)
    seen: set[int] = set()
    for operation in since:
        if isinstance(operation, Voice) and operation.position not in seen:
            seen.add(operation.position)
            found[operation.position] = operation.before
    return {at: voice for at, voice in found.items() if voice is not None}
