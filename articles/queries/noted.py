"""Which passages somebody said something of, as far as another app knows.

Annotations belong to an app that this one does not know: it says here how they are asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from articles.models import Passage, Status

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

READ_BY_SOMEBODY = (Status.PROOFREAD, Status.VALIDATED, Status.PROBLEMATIC)

_sources: list[Callable[[int], Iterable[int]]] = []


def register_notes(source: Callable[[int], Iterable[int]]) -> None:
    """Let passages be asked for of which something is said: their numbers, by an article's id."""
    _sources[:] = [source]


def noted_numbers(article_id: int) -> frozenset[int]:
    """The numbers of an article's passages that somebody worked on, beside changing the words."""
    worked = Passage.objects.live().filter(article=article_id, status__in=READ_BY_SOMEBODY)
    said = (number for source in _sources for number in source(article_id))
    return frozenset([*worked.values_list("number", flat=True), *said])
