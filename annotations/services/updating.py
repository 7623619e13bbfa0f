"""Bringing entities up to date with the records of files: what people added stays.

A record of the one source that an entity was made of may change its labels and descriptions; any
other source, and any after a person changed them, only fills what is empty and adds names, ids and
offices. What a person made, changed or retired of these stays so.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from annotations.models import Entity, EntityIdentifier, EntityName, NameKind, Office
from annotations.services.entity_parts import (
    PART_BY_HAND,
    by_hand,
    make_name,
    make_office,
    row_made,
)
from annotations.services.journal import own_values

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from django.db import models

    from annotations.services.journal import Row
    from annotations.text.records import EntityRecord, OfficeRecord

LABELS = ("label_fr", "label_en")
TEXTS = ("description_fr", "description_en")
# Among what an entity was made of: that it is no longer as it was made, by whatever source.
ADDED_TO = "added to"


@dataclass(frozen=True, slots=True)
class Update:
    """An entity, the record to bring it up to, as what it was loaded, and the ids it may bear."""

    entity: Entity
    record: EntityRecord
    as_loaded: str
    identifiers: frozenset[tuple[str, str]]


@dataclass(slots=True)
class _Parts:
    """The names, ids and offices of one entity: the live ones, and which a person retired.

    Those offices come last, and those names apart: what they say may become a label.
    """

    names: list[EntityName]
    identifiers: set[tuple[str, str]]
    offices: list[Office]
    unwanted: set[str]


@dataclass(slots=True)
class _New:
    """The parts that are made: stored all together, once what they belong to is known."""

    names: list[EntityName] = field(default_factory=list)
    identifiers: list[EntityIdentifier] = field(default_factory=list)
    offices: list[Office] = field(default_factory=list)

    def store(self) -> None:
        EntityName.objects.bulk_create(self.names)
        EntityIdentifier.objects.bulk_create(self.identifiers)
        Office.objects.bulk_create(self.offices)

    def rows(self) -> list[Row]:
        made: list[EntityName | EntityIdentifier | Office]
        made = [*self.names, *self.identifiers, *self.offices]
        return [row_made(part) for part in made]


def bring_up_to_date(updates: Sequence[Update]) -> list[tuple[bool, list[Row]]]:
    """Store the differences; for each update whether there were any, and what the log says."""
    parts = _parts_of({update.entity.pk: update.entity for update in updates})
    brought = [_bring(update, parts[update.entity.pk]) for update in updates]
    _New(
        [name for _rows, new in brought for name in new.names],
        [identifier for _rows, new in brought for identifier in new.identifiers],
        [office for _rows, new in brought for office in new.offices],
    ).store()
    found = [[*rows, *new.rows()] for rows, new in brought]
    return [(bool(rows), rows) for rows in found]


def _bring(update: Update, parts: _Parts) -> tuple[list[Row], _New]:
    """Change one entity; what the log says of it, and the parts to be made."""
    entity, record, new = update.entity, update.record, _New()
    before = own_values(entity)
    others = {key for key in entity.loaded if not key.startswith(PART_BY_HAND)}
    sole = others <= {update.as_loaded, ADDED_TO} and entity.origin != "local"
    aliases = [*_set_texts(entity, record, sole=sole), *record.aliases]
    rows = [
        *_new_names(entity, aliases, parts, new),
        *_new_offices(entity, record.offices, parts, new, sole=sole),
    ]
    _new_identifiers(update, parts, new)
    touched = bool(rows or new.names or new.identifiers or new.offices)
    touched = touched or own_values(entity) != before
    entity.loaded = {**entity.loaded, update.as_loaded: record.digest}
    if touched:
        entity.loaded[ADDED_TO] = ""
    entity.version += touched
    entity.save(update_fields=["kind", *LABELS, *TEXTS, "loaded", "version"])
    if touched:
        rows.insert(0, ("entity", entity.pk, before, own_values(entity)))
    return rows, new


def _set_texts(entity: Entity, record: EntityRecord, *, sole: bool) -> list[str]:
    """Set or fill kind, labels and descriptions; gives the labels that became mere aliases."""
    if sole:
        entity.kind = record.kind
    others = []
    for text in (*LABELS, *TEXTS):
        said, standing = getattr(record, text), getattr(entity, text)
        if said and (sole or not standing):
            setattr(entity, text, said)
        elif said and said != standing and text in LABELS:
            others.append(said)
    return others


def _new_names(entity: Entity, aliases: Iterable[str], parts: _Parts, new: _New) -> Iterator[Row]:
    """Labels follow the entity's, aliases are added; nothing that a person added goes."""
    labels = [name for name in (entity.label_fr, entity.label_en) if name]
    for standing in parts.names:
        is_label = standing.kind == NameKind.LABEL and not standing.retired
        if is_label and standing.name not in labels:
            standing.retired = True
            standing.save(update_fields=["retired"])
            yield "entity_name", standing.pk, {"retired": False}, {"retired": True}
    known = {name.name for name in parts.names if not name.retired}
    same = entity.label_fr == entity.label_en
    wanted = [
        (entity.label_fr, "" if same else "fr", NameKind.LABEL),
        (entity.label_en, "" if same else "en", NameKind.LABEL),
        *((name, "", NameKind.ALIAS) for name in aliases if name not in parts.unwanted),
    ]
    for name, language, kind in wanted:
        if name and name not in known:
            known.add(name)
            new.names.append(make_name(entity, name, language, kind))
    parts.names += new.names


def _new_identifiers(update: Update, parts: _Parts, new: _New) -> None:
    for authority, value in update.record.identifiers:
        pair = (authority, value)
        if pair in update.identifiers and pair not in parts.identifiers:
            parts.identifiers.add(pair)
            new.identifiers.append(
                EntityIdentifier(entity=update.entity, authority=authority, value=value)
            )


def _new_offices(
    entity: Entity, offices: Iterable[OfficeRecord], parts: _Parts, new: _New, *, sole: bool
) -> Iterator[Row]:
    """Add offices; one that began on the same day under another name is the same to a stranger.

    A standing office is one of the record's at most; first come those that end alike too.
    """
    free = list(parts.offices)
    left = [one for one in dict.fromkeys(offices) if not _take(free, one, sole=sole, ended=True)]
    for office in left:
        standing = _take(free, office, sole=sole)
        if standing is None:
            new.offices.append(make_office(entity.pk, office))
        elif sole and not standing.retired and not _is_claimed(entity, standing):
            before = own_values(standing)
            standing.end, standing.end_precision = office.end, office.end_precision
            standing.save(update_fields=["end", "end_precision"])
            yield "office", standing.pk, before, own_values(standing)
    parts.offices += new.offices


def _take(
    free: list[Office], office: OfficeRecord, *, sole: bool, ended: bool = False
) -> Office | None:
    """The first of these that is the office, which then is none of the others."""
    for place, one in enumerate(free):
        if _is_same(one, office, sole=sole) and (not ended or one.end == office.end):
            return free.pop(place)
    return None


def _is_same(one: Office, other: OfficeRecord, *, sole: bool) -> bool:
    if one.start != other.start:
        return False
    titles = (one.title_fr, one.title_en) == (other.title_fr, other.title_en)
    return titles or (not sole and not one.retired and one.start is not None)


def _parts_of(entities: dict[int, Entity]) -> dict[int, _Parts]:
    found = {pk: _Parts([], set(), [], set()) for pk in entities}

    def known(model: type[models.Model]) -> Iterable[Any]:
        rows: Any = model._default_manager.filter(entity__in=entities).order_by("retired", "pk")
        for row in rows if entities else ():
            if not row.retired or _is_claimed(entities[row.entity_id], row):
                yield row

    for name in known(EntityName):
        if name.retired:
            found[name.entity_id].unwanted.add(name.name)
        else:
            found[name.entity_id].names.append(name)
    for identifier in known(EntityIdentifier):
        found[identifier.entity_id].identifiers.add((identifier.authority, identifier.value))
    for office in known(Office):
        found[office.entity_id].offices.append(office)
    return found


def _is_claimed(entity: Entity, part: EntityName | EntityIdentifier | Office) -> bool:
    """Whether a person made, changed or retired it."""
    return by_hand(row_made(part)[0], part.pk) in entity.loaded
