"""All that is known of an entity, set at once from one form: one act, undone as a whole."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import transaction

from annotations.models import EntityIdentifier, EntityName, NameKind, Office
from annotations.models.entity import LABEL_LENGTH
from annotations.services.entities import FIELDS, claim_texts, renamed, set_fields
from annotations.services.entity_parts import (
    claim_parts,
    clean_identifier,
    clean_line,
    identifiers_once,
    lock_entity,
    make_name,
    make_office,
    row_made,
)
from annotations.services.journal import own_values, record_rows
from articles.models import Verb

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from annotations.models import Entity
    from annotations.services.journal import Row
    from annotations.text.records import OfficeRecord
    from articles.models import Activity
    from articles.services.log import Agent

    Part = EntityName | EntityIdentifier | Office


@dataclass(frozen=True, slots=True)
class Revised:
    """What an entity is to be: its own fields, and all its names, ids and offices."""

    fields: dict[str, str]
    aliases: tuple[str, ...] = ()
    garblings: tuple[str, ...] = ()
    identifiers: tuple[tuple[str, str], ...] = ()
    offices: tuple[OfficeRecord, ...] = field(default=())


def revise_entity(
    *, entity_id: int, version: int, agent: Agent, revised: Revised
) -> tuple[Entity, Activity | None]:
    """Make an entity what a form says it is; no activity when that changes nothing.

    Raises `StaleEntity` where somebody changed it since `version`.
    """
    pairs = list(dict.fromkeys(clean_identifier(*pair) for pair in revised.identifiers))
    with identifiers_once(pairs), transaction.atomic():
        entity = lock_entity(entity_id, version)
        before = own_values(entity)
        set_fields(entity, {name: revised.fields.get(name, "") for name in FIELDS})
        rows: list[Row] = []
        if own_values(entity) != before:
            claim_texts(entity, before)
            rows.append(("entity", entity.pk, before, own_values(entity)))
            entity.save()
            rows += renamed(entity)
        parts = [
            *_names(entity, NameKind.ALIAS, revised.aliases),
            *_names(entity, NameKind.GARBLING, revised.garblings),
            *_identifiers(entity, pairs),
            *_offices(entity, revised.offices),
        ]
        rows += claim_parts(entity, parts)
        if not rows:
            return entity, None
        entity.version += 1
        entity.save(update_fields=["loaded", "version"])
        return entity, record_rows(agent, Verb.ENTITY, rows, entity=entity.pk)


def _names(entity: Entity, kind: NameKind, wanted: Iterable[str]) -> Iterator[Row]:
    """Names of one kind: a standing one keeps its language, one that is a label is no other."""
    said = dict.fromkeys(clean_line(name, LABEL_LENGTH) for name in wanted)
    labels = {entity.label_fr, entity.label_en}
    names = [name for name in said if name and name not in labels]
    standing: dict[str, Part] = {}
    for one in entity.names.filter(retired=False, kind=kind).order_by("pk"):
        if one.name in names and one.name not in standing:
            standing[one.name] = one
        else:
            yield _retire(one)
    for name in names:
        if name not in standing:
            yield _make(make_name(entity, name, "", kind))


def _identifiers(entity: Entity, wanted: list[tuple[str, str]]) -> Iterator[Row]:
    standing = {(one.authority, one.value): one for one in entity.identifiers.filter(retired=False)}
    for pair, one in standing.items():
        if pair not in wanted:
            yield _retire(one)
    for authority, value in wanted:
        if (authority, value) not in standing:
            yield _make(EntityIdentifier(entity=entity, authority=authority, value=value))


def _offices(entity: Entity, wanted: Iterable[OfficeRecord]) -> Iterator[Row]:
    """Offices are what they say: one that is said otherwise is another."""
    made = [make_office(entity.pk, office) for office in wanted]
    values = [own_values(office) for office in made]
    for one in entity.offices.filter(retired=False):
        if own_values(one) in values:
            place = values.index(own_values(one))
            del values[place], made[place]
        else:
            yield _retire(one)
    for office in made:
        yield _make(office)


def _make(part: Part) -> Row:
    part.save()
    return row_made(part)


def _retire(part: Part) -> Row:
    type(part)._default_manager.filter(pk=part.pk).update(retired=True)
    return row_made(part)[0], part.pk, {"retired": False}, {"retired": True}
