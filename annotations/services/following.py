"""Targets follow the text: carried by the very operations that change it, in the same act."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from annotations.models import Annotation
from annotations.services.carrying import Standing, carry_logged, values_at
from annotations.services.journal import put_targets
from annotations.text.mapping import DETACHED, Mapper, Place
from articles.text.operations import Attribute, Voice
from diplowatch.lib.statements import fetch_planned

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from annotations.services.carrying import Values
    from articles.signals import Following, Operated

IN_PASSAGES: Final = """
SELECT t.id, t.annotation_id::text, t.position, t.passage_id, t.start, t."end", t.exact, t.prefix,
    t.suffix, t.state, t.revision
FROM annotations_target AS t WHERE t.passage_id = ANY(%s) ORDER BY t.id FOR NO KEY UPDATE
"""
OF_ANNOTATIONS: Final = """
SELECT t.id, t.annotation_id::text, t.position, t.passage_id, t.start, t."end", t.exact, t.prefix,
    t.suffix, t.state, t.revision
FROM annotations_target AS t WHERE t.annotation_id = ANY(%s::uuid[])
ORDER BY t.annotation_id, t.position
"""
HOLD: Final = """
SELECT a.id FROM annotations_annotation AS a WHERE a.id IN (
    SELECT t.annotation_id FROM annotations_target AS t
    JOIN articles_passage AS p ON p.id = t.passage_id
    WHERE (p.article_id, p.number) IN (SELECT * FROM unnest(%s::bigint[], %s::int[])))
ORDER BY a.id FOR NO KEY UPDATE
"""
UPDATE: Final = """
UPDATE annotations_target AS t SET passage_id = new.passage, start = new.start, "end" = new."end",
    exact = new.exact, prefix = new.prefix, suffix = new.suffix, state = new.state,
    revision = new.revision
FROM unnest(%s::bigint[], %s::bigint[], %s::int[], %s::int[], %s::text[], %s::text[], %s::text[],
    %s::text[], %s::int[])
    AS new (id, passage, start, "end", exact, prefix, suffix, state, revision)
WHERE t.id = new.id
"""
INSERT: Final = """
INSERT INTO annotations_target
    (annotation_id, position, passage_id, start, "end", exact, prefix, suffix, state, revision)
SELECT * FROM unnest(%s::uuid[], %s::int[], %s::bigint[], %s::int[], %s::int[], %s::text[],
    %s::text[], %s::text[], %s::text[], %s::int[])
"""
COUNT: Final = """
UPDATE annotations_annotation AS a SET target_count = new.count
FROM unnest(%s::uuid[], %s::int[]) AS new (id, count) WHERE a.id = new.id
"""
FIELDS: Final = ("passage", "start", "end", "exact", "prefix", "suffix", "state", "revision")


class Stored(NamedTuple):
    """A target as it is stored."""

    id: int
    annotation: str
    position: int
    passage: int
    start: int
    end: int
    exact: str
    prefix: str
    suffix: str
    state: str
    revision: int

    def values(self) -> Values:
        """As the log keeps it."""
        return {name: getattr(self, name) for name in FIELDS}


def hold_said(places: Sequence[tuple[int, int]], **_more: Any) -> None:
    """Lock the annotations in passages that may be parted: their targets may become more."""
    fetch_planned(HOLD, [[one for one, _ in places], [number for _, number in places]])


def follow_text(
    operated: Sequence[Operated], following: Following, **_more: Any
) -> list[dict[str, Any]]:
    """Carry all targets in the passages that were changed; gives rows for the log of the act.

    Logged are those whose words were touched, with all targets of their annotation before and
    after: the others can be carried back. Targets of what was deleted or rejected are carried too.
    """
    moving = [one for one in operated if one.keys]
    passages = [pk for one in moving for pk in one.keys.values()]
    if not passages:
        return []
    stored = [Stored(*row) for row in fetch_planned(IN_PASSAGES, [passages])]
    carried = _Carried(moving, following)
    for target in stored:
        carried.take(target)
    return carried.store()


class _Carried:
    """What becomes of targets."""

    def __init__(self, operated: Sequence[Operated], following: Following) -> None:
        self.following = following
        self.of_passage = {pk: one for one in operated for pk in one.keys.values()}
        self.numbers = {pk: number for one in operated for number, pk in one.keys.items()}
        self.mappers = {
            one.article_id: [
                Mapper(operation)
                for operation in one.operations
                if not isinstance(operation, (Attribute, Voice))
            ]
            for one in operated
        }
        self.operations = {one.article_id: one.operations for one in operated}
        self.now: dict[int, list[Values]] = {}  # by ids of targets: what each becomes
        self.stored: dict[int, Stored] = {}
        self.logged: set[str] = set()

    def take(self, target: Stored) -> None:
        """Carry one target."""
        if target.annotation in self.following.restored:
            self.logged.add(target.annotation)
            return
        operated = self.of_passage[target.passage]
        place = Place(self.numbers[target.passage], target.start, target.end, target.state)
        made_for = target.annotation in self.following.made_for
        places = [place]
        for mapper in self.mappers[operated.article_id]:
            places = [new for old in places for new in mapper.carry(old, made_for=made_for)]
        made = [self._values(operated, new, target) for new in places]
        self.stored[target.id] = target
        self.now[target.id] = made
        alike = len(made) == 1 and all(
            made[0][name] == getattr(target, name) for name in ("exact", "state")
        )
        if not alike:
            self.logged.add(target.annotation)

    def _values(self, operated: Operated, place: Place, target: Stored) -> Values:
        if place.state == DETACHED:
            # What it last said, and the revision that it was said of, stay.
            return target.values() | {"state": DETACHED}
        number = place.passage
        standing = Standing(
            operated.keys[number], operated.article_id, number, operated.now[number],
            operated.revisions[number],
        )  # fmt: skip
        return values_at(place, standing)

    def store(self) -> list[dict[str, Any]]:
        """Write all that changed; gives the rows for the log."""
        self.logged |= self.following.restored.keys()
        before = _targets_of(self.logged)
        rows = [
            (pk, *made[0].values())
            for pk, made in self.now.items()
            if made[0] != self.stored[pk].values()
        ]
        if rows:
            fetch_planned(UPDATE, [*map(list, zip(*rows, strict=True))])
        self._add_parts(before)
        self._restore(before)
        after = _targets_of(self.logged)
        return [
            {
                "model": "annotation",
                "id": key,
                "before": {"targets": [one.values() for one in before[key]]},
                "after": {"targets": [one.values() for one in after[key]]},
            }
            for key in sorted(before)
            if [one.values() for one in before[key]] != [one.values() for one in after[key]]
        ]

    def _add_parts(self, before: Mapping[str, Sequence[Stored]]) -> None:
        """Targets that were split go on as two of one annotation."""
        counts = {key: len(targets) for key, targets in before.items()}
        rows = []
        for pk, made in self.now.items():
            for part in made[1:]:
                key = self.stored[pk].annotation
                rows.append((key, counts[key], *part.values()))
                counts[key] += 1
        grown = [(key, count) for key, count in counts.items() if count > len(before[key])]
        if rows:
            fetch_planned(INSERT, [*map(list, zip(*rows, strict=True))])
            fetch_planned(COUNT, [*map(list, zip(*grown, strict=True))])

    def _restore(self, before: Mapping[str, Sequence[Stored]]) -> None:
        """Put targets back where they stood, in place of where the text would carry them."""
        if not self.following.restored:
            return
        put = carry_logged(self.following.restored, self.operations)
        # As many as stand: an act may be on thousands of texts.
        alike = [key for key, targets in put.items() if len(targets) == len(before[key])]
        rows = [
            (stored.id, *(values[name] for name in FIELDS))
            for key in alike
            for stored, values in zip(before[key], put[key], strict=True)
            # What stands in passages that this act does not hold, others may move meanwhile.
            if {stored.passage, values["passage"]} & self.of_passage.keys()
        ]
        if rows:
            fetch_planned(UPDATE, [*map(list, zip(*rows, strict=True))])
        for annotation in Annotation.objects.in_bulk(put.keys() - set(alike)).values():
            put_targets(annotation, put[str(annotation.pk)])


def _targets_of(annotations: Iterable[str]) -> dict[str, list[Stored]]:
    keys = sorted(annotations)
    found: dict[str, list[Stored]] = {key: [] for key in keys}
    if not keys:
        return found
    for row in fetch_planned(OF_ANNOTATIONS, [keys]):
        found[row[1]].append(Stored(*row))
    return found
