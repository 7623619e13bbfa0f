"""Logged targets brought to the text as it stands: carried through all that was done since."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from django.db import connection

from annotations.models.annotation import CONTEXT_LENGTH
from annotations.text.mapping import DETACHED, Mapper, Place
from articles.queries.log import operations_since, standing_numbers
from articles.text.crossing import shortened

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from articles.text.operations import Operation

    Values = dict[str, Any]

BY_KEY: Final = """
SELECT id, article_id, number, text, revision FROM articles_passage WHERE id = ANY(%s)
"""
BY_NUMBER: Final = """
SELECT id, article_id, number, text, revision FROM articles_passage
WHERE (article_id, number) IN (SELECT * FROM unnest(%s::bigint[], %s::int[]))
"""


class Standing(NamedTuple):
    """A passage as it stands."""

    pk: int
    article: int
    number: int
    text: str
    revision: int


def values_at(place: Place, passage: Standing) -> Values:
    """A target's values, its quote and context cut from the passage's text."""
    text = passage.text
    return {
        "passage": passage.pk,
        "start": place.start,
        "end": place.end,
        "exact": text[place.start : place.end],
        "prefix": text[max(0, place.start - CONTEXT_LENGTH) : place.start],
        "suffix": text[place.end : place.end + CONTEXT_LENGTH],
        "state": place.state,
        "revision": passage.revision,
    }


def carry_logged(
    logged: Mapping[str, Sequence[Values]], extra: Mapping[int, Sequence[Operation]] | None = None
) -> dict[str, list[Values]]:
    """The targets of each key where they stand by now, with quotes and context of today.

    `extra` are operations by articles that are done but not yet in the log. A target that was
    parted and stands in one piece again is one again.
    """
    extra = extra or {}
    passages = {one.pk: one for one in _fetch(BY_KEY, [_keys(logged.values())])}
    if not extra and all(
        passages[target["passage"]].revision == target["revision"]
        for targets in logged.values()
        for target in targets
    ):
        return {key: [dict(target) for target in targets] for key, targets in logged.items()}
    asked = [
        (passages[target["passage"]].article, passages[target["passage"]].number,
         target["revision"])
        for targets in logged.values()
        for target in targets
    ]  # fmt: skip
    stood = standing_numbers(asked)
    numbers = iter(stood)
    articles = (article for article, _number, _revision in asked)
    since = _Since(zip(articles, stood, strict=True), extra)
    places: dict[str, list[tuple[Values, int, tuple[Place, ...]]]] = {}
    for key, targets in logged.items():
        for target in targets:
            passage = passages[target["passage"]]
            place = Place(passage.number, target["start"], target["end"], target["state"])
            carried = since.carry(passage.article, next(numbers), place)
            places.setdefault(key, []).append((target, passage.article, carried))
    return _valued(places)


class _Since:
    """What was done to some articles, and carries places through the end of it."""

    def __init__(
        self, stood: Iterable[tuple[int, int]], extra: Mapping[int, Sequence[Operation]]
    ) -> None:
        """`stood`: articles, and numbers of their logs up to which something stood."""
        self.extra = extra
        firsts: dict[int, int] = {}
        for article, number in stood:
            firsts[article] = min(number, firsts.get(article, number))
        self.log: dict[int, list[tuple[int, Operation]]] = {article: [] for article in firsts}
        for one in operations_since(firsts):
            self.log[one.article_id].append((one.number, one.operation))
        self.mappers: dict[tuple[int, int], list[Mapper]] = {}

    def carry(self, article: int, number: int, place: Place) -> tuple[Place, ...]:
        """A place of an article that stood up to `number` in its log."""
        key = (article, number)
        if key not in self.mappers:
            done = [operation for at, operation in self.log[article] if at > number]
            done += self.extra.get(article, ())
            self.mappers[key] = [Mapper(operation) for operation in shortened(done)]
        places: tuple[Place, ...] = (place,)
        for mapper in self.mappers[key]:
            places = tuple(new for old in places for new in mapper.carry(old))
        return places


def _valued(
    places: Mapping[str, Sequence[tuple[Values, int, tuple[Place, ...]]]],
) -> dict[str, list[Values]]:
    wanted = {
        (article, place.passage)
        for found in places.values()
        for _target, article, carried in found
        for place in carried
    }
    rows = _fetch(BY_NUMBER, [[one for one, _ in wanted], [number for _, number in wanted]])
    standing = {(one.article, one.number): one for one in rows}
    made: dict[str, list[Values]] = {}
    for key, found in places.items():
        made[key] = []
        for target, article, carried in found:
            for place in _healed(carried, standing, article):
                values = values_at(place, standing[article, place.passage])
                made[key].append(
                    target | {"state": DETACHED} if place.state == DETACHED else values
                )
    return made


def _healed(
    places: Sequence[Place], standing: Mapping[tuple[int, int], Standing], article: int
) -> list[Place]:
    """Parts of one target that only blanks part, as one."""
    made: list[Place] = []
    for place in sorted(places, key=lambda one: (one.passage, one.start)):
        last = made[-1] if made else None
        if last is not None and last.passage == place.passage:
            between = standing[article, place.passage].text[last.end : place.start]
            if not between.strip():
                made[-1] = Place(place.passage, last.start, place.end, last.state)
                continue
        made.append(place)
    return made


def _keys(targets: Iterable[Sequence[Values]]) -> list[int]:
    return sorted({target["passage"] for some in targets for target in some})


def _fetch(sql: str, values: Sequence[Any]) -> list[Standing]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [Standing(*row) for row in cursor.fetchall()]
