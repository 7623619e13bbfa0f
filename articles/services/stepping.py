"""What acts on texts do to the marks of passages when they are undone, or join passages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from articles.models import Passage, Revision, Status
from articles.services.statuses import (
    Mark,
    Move,
    Place,
    StandsOtherwise,
    places_held,
    places_of,
    put,
    put_back,
    step_back,
)
from articles.text.operations import Merge

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from articles.models import Activity
    from articles.services.stage import Stage

    Statuses = dict[str, list[list[Any]]]


def step_forth(
    undone: Activity, stages: Sequence[Stage], changed: frozenset[tuple[int, int]], *,
    person: int | None,
) -> Statuses:  # fmt: skip
    """Give passages back the marks that they had before an act that is undone; for the log.

    Only where they read as they did then: those in `changed` (by article and number) do not. What
    is validated and reads otherwise than it did then steps back, as by a correction.
    """
    places = places_held(pk for stage in stages for pk in stage.live_keys())
    settled = [place for place in places if _name(place) not in changed]
    made = put_back(undone.data.get("statuses") or {}, settled, strict=False)
    moved = {
        (int(pk), number) for pk, groups in made.items() for some, *_ in groups for number in some
    }
    # Those that come again bear the mark that they went with.
    again = {
        (stage.article_id, number)
        for stage in stages
        for number, state in stage.before.items()
        if state.retired
    }
    kept = moved | (again - changed)
    others = [place for place in places if _name(place) not in kept]
    left = [place.pk for place in others if place.mark.status == Status.VALIDATED]
    return together(made, step_back(left, person=person).statuses) if left else made


def unread(stages: Sequence[Stage]) -> Statuses:
    """Passages that have words which nobody here has read yet are in progress; for the log."""
    places = places_held(pk for stage in stages for pk in stage.live_keys())
    read = (Status.PROOFREAD, Status.VALIDATED)
    going = [place for place in places if place.mark.status in read]
    return put([Move(place, Mark(Status.IN_PROGRESS.value)) for place in going])


def _name(place: Place) -> tuple[int, int]:
    return place.article_id, place.number


def refuse_rewritten(activity: Activity, places: Sequence[Place]) -> None:
    """Raise `StandsOtherwise` where passages would be validated again and read otherwise by now."""
    again = {
        (int(article), number)
        for article, groups in (activity.data.get("statuses") or {}).items()
        for numbers, before, _after in groups
        for number in numbers
        if before.get("status") == Status.VALIDATED
    }
    ids = {article for article, _number in again}
    later = Revision.objects.filter(
        article__in=ids, activity__gt=activity.pk, operation__in=("text", "split", "merge")
    )
    changed = {
        (article, data[name])
        for article, data in (later.values_list("article_id", "data") if ids else ())
        for name in ("passage", "number")
        if name in data
    }
    for place in places:
        if _name(place) in again & changed:
            raise StandsOtherwise(place.article_id)


def sink(stages: Sequence[Stage], made: Statuses) -> Statuses:
    """Passages that others were put into are only as far as these were.

    `made` is what the act did to marks before; the answer has both.
    """
    joined = [
        (stage.held[one.passage].pk, stage.held[one.number].pk)
        for stage in stages
        for one in stage.operations
        if isinstance(one, Merge)
    ]
    if not joined:
        return made
    found = Passage.objects.filter(pk__in={pk for pair in joined for pk in pair})
    places = {place.pk: place for place in places_of(found)}
    marks: dict[int | None, Mark] = {pk: place.mark for pk, place in places.items()}
    for into, gone in joined:
        marks[into] = _lower(marks[into], marks[gone])
    moves = [Move(one, marks[pk]) for pk, one in places.items() if marks[pk] != one.mark]
    return together(made, put(moves))


def _lower(one: Mark, other: Mark) -> Mark:
    if Status.PROBLEMATIC in (one.status, other.status):
        return one if one.status == Status.PROBLEMATIC else other
    if other.rung >= one.rung:
        return one
    if other.status == Status.PROOFREAD:
        return Mark(Status.PROOFREAD.value, "", other.proofread_by)
    return Mark(Status.IN_PROGRESS.value)


def together(first: Statuses, then: Statuses) -> Statuses:
    """What two steps did to marks, one after the other, as one."""
    if not (first and then):
        return first or then
    made: dict[tuple[str, int], tuple[Mapping[str, Any], Mapping[str, Any]]] = {}
    for statuses in (first, then):
        for article, groups in statuses.items():
            for numbers, before, after in groups:
                for number in numbers:
                    made[article, number] = made.get((article, number), (before, after))[0], after
    joined: Statuses = {}
    for (article, number), (before, after) in made.items():
        if before != after:
            groups = joined.setdefault(article, [])
            for group in groups:
                if group[1:] == [before, after]:
                    group[0].append(number)
                    break
            else:
                groups.append([[number], before, after])
    return joined
