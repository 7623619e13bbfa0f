"""Two states of an article compared: passage by passage what gave way and what took its place."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from annotations.rendering.differences import difference
from annotations.rendering.revisions import say_attribute
from articles.text.operations import ATTRIBUTES, invert_operation
from articles.text.provenance import trace, untouched

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

    from articles.queries.moments import Past
    from articles.text.operations import ArticleState, Operation
    from articles.text.provenance import Runs

MOST = 100  # passages shown


class Differing(NamedTuple):
    """What is other in one passage; `gone` and `is_new` say that only one state has it."""

    number: int
    words: SafeString | str
    said: list[str]
    is_gone: bool
    is_new: bool


class Compared(NamedTuple):
    """The passages that differ between two revisions, and how many more do."""

    first: int
    last: int
    passages: list[Differing]
    more: int


def compare(past: Past, first: int, last: int, numbers: set[int] | None = None) -> Compared:
    """Compare the states after two revisions, in either order; of some passages if given."""
    before, after = past.at(first), past.at(last)
    runs = _runs(before, _between(past, first, last))
    order = list(after.order)
    order += [number for number in before.order if number not in after.order]
    found = [
        one
        for number in order
        if (numbers is None or number in numbers)
        and (one := _differing(number, before, after, runs)) is not None
    ]
    return Compared(first, last, found[:MOST], max(0, len(found) - MOST))


def _between(past: Past, first: int, last: int) -> list[Operation]:
    if first <= last:
        return past.since(first, last)
    return [invert_operation(one) for one in reversed(past.since(last, first))]


def _runs(before: ArticleState, operations: list[Operation]) -> dict[int, Runs]:
    texts = {number: state.text for number, state in before.passages.items()}
    return trace(texts, enumerate(operations, 1))


def _differing(
    number: int, before: ArticleState, after: ArticleState, runs: dict[int, Runs]
) -> Differing | None:
    old, new = before.passages.get(number), after.passages.get(number)
    is_new = number not in before.order
    is_gone = number not in after.order
    if is_gone:
        words = difference(untouched(old.text)) if old else ""
        return Differing(number, words, [], is_gone=True, is_new=False)
    if new is None:
        return None
    changed = any(run.is_changed for run in runs[number])
    said = []
    if old is not None and not is_new:
        voices = {**after.voices, **before.voices}
        said = [
            say_attribute(name, getattr(old, name), getattr(new, name), voices)
            for name in ATTRIBUTES
            if getattr(old, name) != getattr(new, name)
        ]
    if not (changed or said or is_new):
        return None
    words = difference(runs[number]) if changed or is_new else ""
    return Differing(number, words, said, is_gone=False, is_new=is_new)
