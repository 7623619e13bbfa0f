"""Names, authority ids and offices of entities: given and retired, each act logged and undoable."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from django.db import IntegrityError, transaction
from django.db.models import F

from annotations.models import Entity, EntityIdentifier, EntityName, NameKind, Office
from annotations.models.entity import LABEL_LENGTH, WIKIDATA
from annotations.services.annotating import Gone, Missing, TooLong
from annotations.services.journal import own_values, record_rows
from annotations.services.spans import Refused
from annotations.text.folding import fold
from annotations.text.identifiers import wikidata_id
from annotations.text.phonetic import sound
from articles.models import Verb

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from annotations.services.journal import Row
    from annotations.text.records import OfficeRecord
    from articles.models import Activity
    from articles.services.log import Agent

DESCRIPTION_LENGTH = 2_000  # code points; also of titles of offices
AUTHORITY_LENGTH = 50
LANGUAGES = ("", "fr", "en")
# Among what an entity was made of, with model and id: a part that is somebody's.
PART_BY_HAND: Final = "part by hand: "


class StaleEntity(Refused):
    """Somebody changed the entity since this person saw it."""

    code = "stale"

    def __init__(self, entity: Entity) -> None:
        """Keep the entity as it stands now."""
        self.entity = entity
        super().__init__(f"entity {entity.pk} stands at version {entity.version}")


class IdentifierTaken(Refused):
    """Another entity bears this authority id."""

    def __init__(self, entity: Entity | None) -> None:
        """Keep which, where it is still there."""
        self.entity = entity
        super().__init__(str(entity))


def add_name(
    *,
    entity_id: int,
    agent: Agent,
    name: str,
    language: str = "",
    kind: str = NameKind.ALIAS,
    version: int | None = None,
) -> tuple[EntityName, Activity | None]:
    """Give an entity one more alias or known garbling; no activity for a name that it has."""
    said = clean_line(name, LABEL_LENGTH, "name")
    if kind not in (NameKind.ALIAS, NameKind.GARBLING) or language not in LANGUAGES:
        raise Missing("kind")
    with transaction.atomic():
        entity = lock_entity(entity_id, version)
        standing = entity.names.filter(retired=False, name=said).first()
        if standing is not None:
            return standing, None
        made = make_name(entity, said, language, kind)
        made.save()
        return made, _log(entity, agent, [row_made(made)])


def remember_garbling(entity: Entity, words: str) -> list[Row]:
    """Make these words one more garbling of a locked entity, in another act; its rows."""
    said = clean_line(words, LABEL_LENGTH)
    if not said or entity.names.filter(retired=False, folded=fold(said)).exists():
        return []
    made = make_name(entity, said, "", NameKind.GARBLING)
    made.save()
    rows = claim_parts(entity, [row_made(made)])
    entity.version += 1
    entity.save(update_fields=["loaded", "version"])
    return rows


def retire_name(
    *, name_id: int, agent: Agent, version: int | None = None
) -> tuple[Entity, Activity]:
    """Take an alias or a garbling away; labels are changed with the entity."""
    found = EntityName.objects.exclude(kind=NameKind.LABEL).filter(pk=name_id)
    return _retire_part(found.first(), agent, version)


def add_identifier(
    *, entity_id: int, agent: Agent, authority: str, value: str, version: int | None = None
) -> tuple[EntityIdentifier, Activity | None]:
    """Give an entity an authority's id; raises `IdentifierTaken` where another one has it."""
    authority, value = clean_identifier(authority, value)
    with identifiers_once([(authority, value)]), transaction.atomic():
        entity = lock_entity(entity_id, version)
        standing = entity.identifiers.filter(
            retired=False, authority=authority, value=value
        ).first()
        if standing is not None:
            return standing, None
        made = EntityIdentifier(entity=entity, authority=authority, value=value)
        made.save()
        return made, _log(entity, agent, [row_made(made)])


def retire_identifier(
    *, identifier_id: int, agent: Agent, version: int | None = None
) -> tuple[Entity, Activity]:
    """Take an authority's id away from its entity."""
    return _retire_part(EntityIdentifier.objects.filter(pk=identifier_id).first(), agent, version)


def add_office(
    *, entity_id: int, agent: Agent, office: OfficeRecord, version: int | None = None
) -> tuple[Office, Activity]:
    """Say that an entity held an office, from when until when."""
    made = make_office(entity_id, office)
    with transaction.atomic():
        entity = lock_entity(entity_id, version)
        made.save()
        return made, _log(entity, agent, [row_made(made)])


def change_office(
    *, office_id: int, agent: Agent, office: OfficeRecord, version: int | None = None
) -> tuple[Office, Activity | None]:
    """Put an office right; no activity when that changes nothing."""
    standing = Office.objects.filter(pk=office_id, retired=False).first()
    if standing is None:
        raise Gone("entity")
    wanted = make_office(standing.entity_id, office)
    with transaction.atomic():
        entity = lock_entity(standing.entity_id, version)
        standing.refresh_from_db()
        if standing.retired:
            raise Gone("entity")
        before = own_values(standing)
        wanted.pk, wanted._state.adding = standing.pk, False
        if own_values(wanted) == before:
            return standing, None
        wanted.save()
        return wanted, _log(entity, agent, [("office", wanted.pk, before, own_values(wanted))])


def retire_office(
    *, office_id: int, agent: Agent, version: int | None = None
) -> tuple[Entity, Activity]:
    """Take an office away."""
    return _retire_part(Office.objects.filter(pk=office_id).first(), agent, version)


# -- what the other services of entities use ------------------------------------------------------


def lock_entity(entity_id: int, version: int | None = None) -> Entity:
    """A live entity, locked; raises `Gone`, or `StaleEntity` where it was changed since."""
    entity = Entity.objects.filter(pk=entity_id).select_for_update(of=("self",)).first()
    if entity is None or entity.retired:
        raise Gone("entity")
    if version is not None and entity.version != version:
        raise StaleEntity(entity)
    return entity


def raise_version(entity: Entity) -> None:
    """Make those who saw the entity before see that it has changed."""
    Entity.objects.filter(pk=entity.pk).update(version=F("version") + 1)
    entity.version += 1


def make_name(entity: Entity, name: str, language: str, kind: str) -> EntityName:
    """A name with what it is found by; not stored yet."""
    return EntityName(
        entity=entity, name=name, language=language, kind=kind,
        folded=fold(name), sound=sound(name),
    )  # fmt: skip


def make_office(entity_id: int, office: OfficeRecord) -> Office:
    """An office, checked; not stored yet."""
    title_fr = clean_line(office.title_fr, DESCRIPTION_LENGTH)
    title_en = clean_line(office.title_en, DESCRIPTION_LENGTH)
    if not title_fr and not title_en:
        raise Missing("title")
    if office.start and office.end and office.start > office.end:
        raise Missing("end")
    return Office(
        entity_id=entity_id, title_fr=title_fr, title_en=title_en,
        start=office.start, start_precision=office.start_precision,
        end=office.end, end_precision=office.end_precision,
    )  # fmt: skip


def row_made(row: EntityName | EntityIdentifier | Office) -> Row:
    """What the log says of a new part of an entity."""
    model = {EntityName: "entity_name", EntityIdentifier: "identifier", Office: "office"}
    return model[type(row)], row.pk, None, own_values(row)


def by_hand(model: str, pk: Any) -> str:
    """What an entity keeps of a part that is a person's: no file or authority touches that."""
    return f"{PART_BY_HAND}{model} {pk}"


def claim_parts(entity: Entity, rows: Sequence[Row]) -> list[Row]:
    """The rows of parts that a person made, changed or retired, and that of their entity."""
    before = own_values(entity)
    entity.loaded = entity.loaded | {by_hand(model, pk): "" for model, pk, *_values in rows}
    if own_values(entity) == before:
        return [*rows]
    return [*rows, ("entity", entity.pk, before, own_values(entity))]


def clean_line(said: str, longest: int, what: str = "") -> str:
    """One line without NUL and needless blanks; with `what` it must say something."""
    line = " ".join(said.replace("\0", " ").split())
    if any("\ud800" <= sign <= "\udfff" for sign in line):
        raise Missing(what or "text")
    if what and not line:
        raise Missing(what)
    if len(line) > longest:
        raise TooLong
    return line


def clean_identifier(authority: str, value: str) -> tuple[str, str]:
    """An authority and its id as they are kept; for Wikidata an address will do."""
    authority = clean_line(authority, AUTHORITY_LENGTH, "authority").lower()
    value = clean_line(value, LABEL_LENGTH, "id")
    if authority == WIKIDATA:
        value = wikidata_id(value)
        if not value:
            raise Missing("id")
    return authority, value


@contextmanager
def identifiers_once(pairs: Iterable[tuple[str, str]]) -> Iterator[None]:
    """Say which entity bears one of these ids already, also where it came in the same moment."""
    try:
        yield
    except IntegrityError as fault:
        if "one_entity_an_identifier" not in str(fault):
            raise
        raise IdentifierTaken(_bearing(pairs)) from fault


def _bearing(pairs: Iterable[tuple[str, str]]) -> Entity | None:
    for authority, value in pairs:
        found = EntityIdentifier.objects.filter(authority=authority, value=value, retired=False)
        standing = found.select_related("entity").first()
        if standing is not None:
            return standing.entity
    return None


def _retire_part(
    part: EntityName | EntityIdentifier | Office | None, agent: Agent, version: int | None
) -> tuple[Entity, Activity]:
    if part is None:
        raise Gone("entity")
    with transaction.atomic():
        entity = lock_entity(part.entity_id, version)
        changed = type(part)._default_manager.filter(pk=part.pk, entity=entity, retired=False)
        if not changed.update(retired=True):
            raise Gone("entity")
        model = row_made(part)[0]
        row: Row = (model, part.pk, {"retired": False}, {"retired": True})
        return entity, _log(entity, agent, [row])


def _log(entity: Entity, agent: Agent, rows: Sequence[Row]) -> Activity:
    rows = claim_parts(entity, rows)
    entity.version += 1
    entity.save(update_fields=["loaded", "version"])
    return record_rows(agent, Verb.ENTITY, rows, entity=entity.pk)
