"""Loading many entities at once: new ones by COPY, known ones brought up to date.

A record is known again by its first authority id; without one, by what it was loaded as, or by its
kind and labels. Every entity keeps a digest of the records it was made of, so that the same file
changes nothing the second time, and what people have changed since stays.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from django.db import connection, transaction
from django.utils import timezone

from annotations.models import Entity, EntityName
from annotations.services.journal import record_rows
from annotations.services.unloading import ONE_AT_A_TIME, UNDONE
from annotations.services.updating import Update, bring_up_to_date
from annotations.text.folding import fold
from annotations.text.phonetic import sound
from articles.models import Verb

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from annotations.services.journal import Row
    from annotations.text.records import EntityRecord
    from articles.services.log import Agent

AT_ONCE = 2_000  # records
COLUMNS: Final = {
    "annotations_entity": "id, kind, label_fr, label_en, description_fr, description_en, note, "
    "origin, loaded, retired, version, created",
    "annotations_entityname": "entity_id, name, language, kind, folded, sound, retired",
    "annotations_entityidentifier": "entity_id, authority, value, retired",
    "annotations_office": "entity_id, title_fr, title_en, start, start_precision, "
    '"end", end_precision, retired',
}
OF_IDENTIFIERS: Final = """
SELECT identifier.authority || ':' || identifier.value, identifier.entity_id
FROM unnest(%s::text[], %s::text[]) AS asked (authority, value)
JOIN annotations_entityidentifier AS identifier
    ON identifier.authority = asked.authority AND identifier.value = asked.value
WHERE NOT identifier.retired
"""
# Not all columns of entities: those of their indexes by name take longest, and plan nothing.
ANALYZE: Final = "ANALYZE annotations_entity (id, kind, retired), annotations_entityname"
# GIN indexes put new names on a list first, and every look-up reads that list to its end.
SORT_IN: Final = """
SELECT gin_clean_pending_list(made.oid) FROM pg_index
JOIN pg_class AS made ON made.oid = indexrelid AND pg_has_role(made.relowner, 'USAGE')
JOIN pg_am ON pg_am.oid = made.relam AND amname = 'gin'
WHERE indrelid = 'annotations_entityname'::regclass AND indisvalid
"""


@dataclass(slots=True)
class Loaded:
    """What became of the records; `repeated` ones had the key of an earlier one."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    repeated: int = 0
    made: list[tuple[int, int]] = field(default_factory=list)  # ids, first and last of each chunk


def load_records(
    records: Iterable[EntityRecord],
    *,
    agent: Agent,
    source: str,
    origin: str = "file",
    step: Callable[[int], None] = lambda count: None,
) -> Loaded:
    """Load all of these records or none; `step` is told how many were dealt with."""
    done, rows = Loaded(), list[Any]()
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])
        for chunk in _chunks(records, done):
            rows += _Chunk(chunk, source, origin, done).load()
            step(len(chunk))
        if done.created or rows:
            counts = {"created": done.created, "updated": done.updated, "made": done.made}
            record_rows(agent, Verb.ENTITY, rows, source=source, loaded=counts)
    if done.created:
        with connection.cursor() as cursor:  # names shall be found quickly at once
            cursor.execute(SORT_IN)
            cursor.execute(ANALYZE)
    return done


def _chunks(records: Iterable[EntityRecord], done: Loaded) -> Iterator[list[EntityRecord]]:
    """The records in portions; of several with one key the first stands."""
    met: set[str] = set()

    def once() -> Iterator[EntityRecord]:
        for record in records:
            if record.key in met:
                done.repeated += 1
                continue
            met.add(record.key)
            yield record

    fresh = once()
    while chunk := list(islice(fresh, AT_ONCE)):
        yield chunk


class _Chunk:
    """A portion of records, and what the database knows of them."""

    def __init__(
        self, records: Sequence[EntityRecord], source: str, origin: str, done: Loaded
    ) -> None:
        self.records, self.source, self.origin, self.done = records, source, origin, done
        self.bearers = _bearers(records)
        self.by_label = _by_label([record for record in records if not record.identifiers])

    def load(self) -> list[Row]:
        """Store what is new, change what differs; gives the changes for the log."""
        fresh: list[EntityRecord] = []
        known: dict[int, list[EntityRecord]] = {}
        for record in self.records:
            entity_id = self._known(record)
            if entity_id is None:
                fresh.append(record)
            else:
                known.setdefault(entity_id, []).append(record)
        self._insert(fresh)
        return self._update(known)

    def _known(self, record: EntityRecord) -> int | None:
        if record.identifiers:
            return self.bearers.get(record.key)
        same, as_loaded = None, self._as_loaded(record)
        for pk, kind, label_fr, label_en, loaded in self.by_label.get(_label_of(record), ()):
            if as_loaded in loaded:
                return int(pk)
            if (kind, label_fr, label_en) == (record.kind, record.label_fr, record.label_en):
                same = pk
        return same

    def _insert(self, records: Sequence[EntityRecord]) -> None:
        if not records:
            return
        ids, now = _reserve(len(records)), timezone.now()
        rows: dict[str, list[tuple[Any, ...]]] = {table: [] for table in COLUMNS}
        for pk, record in zip(ids, records, strict=True):
            loaded = f'{{{json.dumps(self._as_loaded(record))}: "{record.digest}"}}'
            rows["annotations_entity"].append((
                pk, record.kind, record.label_fr, record.label_en, record.description_fr,
                record.description_en, "", self.origin, loaded, False, 1, now,
            ))  # fmt: skip
            rows["annotations_entityname"] += [
                (pk, name, language, kind, fold(name), sound(name), False)
                for name, language, kind in record.names()
            ]
            rows["annotations_entityidentifier"] += [
                (pk, *pair, False) for pair in record.identifiers if self._claim(pair, pk)
            ]
            rows["annotations_office"] += [
                (pk, o.title_fr, o.title_en, o.start, o.start_precision, o.end, o.end_precision,
                 False)
                for o in record.offices
            ]  # fmt: skip
        for table, columns in COLUMNS.items():
            _copy(table, columns, rows[table])
        self.done.created += len(records)
        self.done.made.append((ids[0], ids[-1]))

    def _claim(self, pair: tuple[str, str], entity_id: int) -> bool:
        """Whether an id is free for this entity: the second to come goes without."""
        return self.bearers.setdefault(":".join(pair), entity_id) == entity_id

    def _update(self, known: dict[int, list[EntityRecord]]) -> list[Row]:
        """Bring the entities up to date whose records are not those they were made of."""
        differing = self._differing(known)
        asked = Entity.objects.filter(pk__in=differing).order_by("pk").select_for_update()
        changed: list[Update] = []
        for entity in asked if differing else ():
            for record in differing[entity.pk]:
                if entity.retired:  # a moment ago
                    self.done.unchanged += 1
                    continue
                mine = {pair for pair in record.identifiers if self._claim(pair, entity.pk)}
                changed.append(Update(entity, record, self._as_loaded(record), frozenset(mine)))
        rows = []
        for touched, differences in bring_up_to_date(changed):
            self.done.updated += touched
            self.done.unchanged += not touched
            rows += differences
        return rows

    def _differing(self, known: dict[int, list[EntityRecord]]) -> dict[int, list[EntityRecord]]:
        """The records that those entities were not made of; what stays is not locked."""
        found: dict[int, list[EntityRecord]] = {}
        standing = Entity.objects.filter(pk__in=known).values_list("pk", "retired", "loaded")
        for pk, retired, loaded in standing if known else ():
            for record in known[pk]:
                if retired or loaded.get(self._as_loaded(record)) == record.digest:
                    self.done.unchanged += 1
                else:
                    found.setdefault(pk, []).append(record)
        return found

    def _as_loaded(self, record: EntityRecord) -> str:
        return f"{self.source}#{record.key}"


def _bearers(records: Sequence[EntityRecord]) -> dict[str, int]:
    """Which entities bear the ids of these records, by `authority:id`."""
    pairs = [pair for record in records for pair in record.identifiers]
    with connection.cursor() as cursor:
        cursor.execute(OF_IDENTIFIERS, [[a for a, _ in pairs], [value for _, value in pairs]])
        return dict(cursor.fetchall())


def _by_label(records: Sequence[EntityRecord]) -> dict[str, list[tuple[Any, ...]]]:
    """The entities that have a name like these records' labels, by the folded label."""
    if not records:
        return {}
    labels = sorted({_label_of(record) for record in records})
    found: dict[str, list[tuple[Any, ...]]] = {label: [] for label in labels}
    # What was loaded and undone comes anew.
    names = EntityName.objects.exclude(entity__origin=UNDONE)
    names = names.filter(folded__in=labels).order_by("entity")
    fields = ("entity", "kind", "label_fr", "label_en", "loaded")
    asked = names.values_list("folded", *(f if f == "entity" else f"entity__{f}" for f in fields))
    for label, *row in asked:
        found[label].append(tuple(row))
    return found


def _label_of(record: EntityRecord) -> str:
    return fold(record.label_fr or record.label_en)


def _reserve(count: int) -> list[int]:
    """The next ids of entities."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence('annotations_entity', 'id')) "
            "FROM generate_series(1, %s)",
            [count],
        )
        return [row[0] for row in cursor.fetchall()]


def _copy(table: str, columns: str, rows: Iterable[tuple[Any, ...]]) -> None:
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)
