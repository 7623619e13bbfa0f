"""Edits of several passages taken as one text: which passages they join, into what these fall."""

from __future__ import annotations

from typing import TYPE_CHECKING

from articles.text.edits import Edit, apply, joined

if TYPE_CHECKING:
    from collections.abc import Sequence

    from articles.text.edits import Edits

BREAK = "\u2029"  # between passages, where several are compared as one text


def runs_of(
    texts: Sequence[str], whole: str, edits: Edits, *, is_one: bool
) -> list[tuple[int, Edits, list[str]]] | None:
    """Passages that the edits of them all join: how many, their edits, the parts they fall into.

    None where a passage would be empty.
    """
    if is_one:
        after = apply(whole, edits)
        return [(1, edits, [after])] if after.strip() else None
    if sum(text.count(BREAK) for text in texts):
        return None
    small = [one for edit in edits for one in _by_parts(edit)]
    gone = {one.start for one in small if one.removed == BREAK}
    runs = []
    at = start = 0
    length, own = 0, ""
    for text in texts:
        end = at + len(text)
        own, length = own + text, length + 1
        if end not in gone:
            inside = [e for e in small if start <= e.start <= end and e.removed != BREAK]
            joins = sorted(place for place in gone if start <= place < end)
            made = joined(_within(e, start, joins) for e in inside)
            parts = apply(own, made).split(BREAK)
            if not all(part.strip() for part in parts):
                return None
            runs.append((length, made, parts))
            own, length, start = "", 0, end + 1
        at = end + 1
    return runs


def _within(edit: Edit, start: int, joins: Sequence[int]) -> Edit:
    """An edit counted in passages that were joined, their breaks gone."""
    return edit._replace(start=edit.start - start - sum(place < edit.start for place in joins))


def _by_parts(edit: Edit) -> list[Edit]:
    """An edit of several passages as edits inside them, breaks that go, breaks that come."""
    removed, inserted = edit.removed.split(BREAK), edit.inserted.split(BREAK)
    kept = min(len(removed), len(inserted))
    made, at = [], edit.start
    for place, part in enumerate(removed):
        if place:
            if place >= kept:
                made.append(Edit(at, BREAK, ""))
            at += 1
        new = inserted[place] if place < kept else ""
        if place == kept - 1 and len(inserted) > kept:
            new = BREAK.join([new, *inserted[kept:]])
        if part != new:
            made.append(Edit(at, part, new))
        at += len(part)
    return made
