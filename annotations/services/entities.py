"""Entities: made, changed, merged and retired; each act logged and undone as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from annotations.models import (
    Annotation,
    Entity,
    EntityIdentifier,
    EntityKind,
    EntityName,
    NameKind,
    Office,
    SpeakerIdentity,
)
from annotations.models.entity import LABEL_LENGTH
from annotations.services.annotating import Gone, Missing, clean_body
from annotations.services.entity_parts import (
    DESCRIPTION_LENGTH,
    IdentifierTaken,
    StaleEntity,
    add_identifier,
    add_name,
    add_office,
    change_office,
    clean_identifier,
    clean_line,
    identifiers_once,
    lock_entity,
    make_name,
    make_office,
    raise_version,
    retire_identifier,
    retire_name,
    retire_office,
    row_made,
)
from annotations.services.journal import own_values, record_rows, touch_articles
from annotations.text.folding import fold
from articles.models import Verb

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable, Iterator, Sequence

    from annotations.services.journal import Row
    from annotations.text.records import OfficeRecord
    from articles.models import Activity
    from articles.services.log import Agent

__all__ = [
    "IdentifierTaken",
    "StaleEntity",
    "add_identifier",
    "add_name",
    "add_office",
    "change_entity",
    "change_office",
    "create_entity",
    "merge_entities",
    "retire_entity",
    "retire_identifier",
    "retire_name",
    "retire_office",
]

FIELDS: Final = ("kind", "label_fr", "label_en", "description_fr", "description_en", "note")
# Among what an entity was made of, with the name of the field: beside it files only add.
BY_HAND: Final = "by hand: "
LANGUAGES: Final = {"fr": "label_fr", "en": "label_en"}


def create_entity(
    *,
    agent: Agent,
    kind: str,
    label_fr: str = "",
    label_en: str = "",
    description_fr: str = "",
    description_en: str = "",
    note: str = "",
    aliases: Iterable[str] = (),
    garblings: Iterable[str] = (),
    identifiers: Iterable[tuple[str, str]] = (),
    offices: Iterable[OfficeRecord] = (),
    origin: str = "local",
    fetched: datetime.datetime | None = None,
) -> tuple[Entity, Activity]:
    """Make an entity with all that is known of it; raises `IdentifierTaken` for a known id."""
    entity = Entity(origin=origin, fetched=fetched)
    given = {
        "kind": kind, "label_fr": label_fr, "label_en": label_en, "note": note,
        "description_fr": description_fr, "description_en": description_en,
    }  # fmt: skip
    set_fields(entity, given)
    pairs = list(dict.fromkeys(clean_identifier(*pair) for pair in identifiers))
    names = _others(entity, aliases, garblings)
    with identifiers_once(pairs), transaction.atomic():
        entity.save()
        made: list[EntityName | EntityIdentifier | Office] = [
            make_name(entity, name, language, NameKind.LABEL) for name, language in _labels(entity)
        ]
        made += [make_name(entity, name, "", kind_of_name) for name, kind_of_name in names]
        made += [EntityIdentifier(entity=entity, authority=a, value=value) for a, value in pairs]
        made += [make_office(entity.pk, office) for office in offices]
        for part in made:
            part.save()
        rows: list[Row] = [("entity", entity.pk, None, own_values(entity))]
        rows += [row_made(part) for part in made]
        return entity, record_rows(agent, Verb.ENTITY, rows, entity=entity.pk)


def change_entity(
    *, entity_id: int, version: int | None, agent: Agent, **fields: str
) -> tuple[Entity, Activity | None]:
    """Change what is said of an entity; no activity when that changes nothing."""
    with transaction.atomic():
        entity = lock_entity(entity_id, version)
        before = own_values(entity)
        set_fields(entity, fields)
        if own_values(entity) == before:
            return entity, None
        claim_texts(entity, before)
        entity.version += 1
        entity.save()
        rows: list[Row] = [("entity", entity.pk, before, own_values(entity))]
        rows += renamed(entity)
        return entity, record_rows(agent, Verb.ENTITY, rows, entity=entity.pk)


def retire_entity(*, entity_id: int, version: int | None, agent: Agent) -> tuple[Entity, Activity]:
    """Take an entity off the list: nobody links it any more, what is linked stays so.

    Its ids stay its own, so that loading a file again does not bring it back under another number.
    """
    with transaction.atomic():
        entity = lock_entity(entity_id, version)
        entity.retired = True
        entity.version += 1
        entity.save(update_fields=["retired", "version"])
        rows: list[Row] = [("entity", entity.pk, {"retired": False}, {"retired": True})]
        return entity, record_rows(agent, Verb.ENTITY, rows, entity=entity.pk)


def merge_entities(
    *, entity_id: int, version: int | None, into_id: int, agent: Agent
) -> tuple[Entity, Activity]:
    """Put one entity in the place of another: names, ids, offices, links and speakers move.

    The losing labels become aliases. Gives the entity that stays.
    """
    if entity_id == into_id:
        raise Missing("entity")
    with transaction.atomic():
        pair = Entity.objects.filter(pk__in=(entity_id, into_id)).order_by("pk")
        found = {entity.pk: entity for entity in pair.select_for_update(of=("self",))}
        winner = found.get(into_id)
        if winner is None or winner.retired:
            raise Gone("entity")
        loser = lock_entity(entity_id, version)
        rows = [*_retire_into(loser, winner), *_move_parts(loser, winner)]
        moved, articles = _move_links(loser, winner)
        activity = record_rows(
            agent, Verb.MERGE, [*rows, *moved], entity=winner.pk, merged=loser.pk
        )
        touch_articles(articles)
        return winner, activity


def set_fields(entity: Entity, fields: dict[str, str]) -> None:
    for name, said in fields.items():
        if name not in FIELDS:
            raise Missing(name)
        if name == "note":
            said = clean_body(said)
        elif name != "kind":
            said = clean_line(said, LABEL_LENGTH if "label" in name else DESCRIPTION_LENGTH)
        setattr(entity, name, said)
    if entity.kind not in EntityKind.values:
        raise Missing("kind")
    if not fold(entity.label_fr or entity.label_en):
        raise Missing("label")


def _others(
    entity: Entity, aliases: Iterable[str], garblings: Iterable[str]
) -> list[tuple[str, NameKind]]:
    """Aliases and known garblings, each name once; what is a label is no other."""
    found = {"": NameKind.LABEL, entity.label_fr: NameKind.LABEL, entity.label_en: NameKind.LABEL}
    for kind, names in ((NameKind.ALIAS, aliases), (NameKind.GARBLING, garblings)):
        for name in names:
            found.setdefault(clean_line(name, LABEL_LENGTH), kind)
    return [(name, kind) for name, kind in found.items() if kind != NameKind.LABEL]


def claim_texts(entity: Entity, before: dict[str, Any]) -> None:
    """What a person says of an entity is that person's: no file or authority puts another there."""
    said = [name for name in FIELDS if name != "note" and getattr(entity, name) != before[name]]
    entity.loaded = {**entity.loaded, **{f"{BY_HAND}{name}": "" for name in said}}


def _labels(entity: Entity) -> list[tuple[str, str]]:
    """The labels with their languages; a label of both languages is one name of any."""
    if entity.label_fr == entity.label_en:
        return [(entity.label_fr, "")]
    pairs = [(getattr(entity, field), language) for language, field in LANGUAGES.items()]
    return [(name, language) for name, language in pairs if name]


def renamed(entity: Entity) -> Iterator[Row]:
    """Make the names that are labels say what the labels say; an alias that became one stays."""
    wanted = _labels(entity)
    for standing in entity.names.filter(retired=False, kind=NameKind.LABEL):
        if (standing.name, standing.language) in wanted:
            wanted.remove((standing.name, standing.language))
            continue
        EntityName.objects.filter(pk=standing.pk).update(retired=True)
        yield "entity_name", standing.pk, {"retired": False}, {"retired": True}
    for name, language in wanted:
        made = make_name(entity, name, language, NameKind.LABEL)
        made.save()
        yield row_made(made)


def _retire_into(loser: Entity, winner: Entity) -> list[Row]:
    """The loser goes, and so that no trail goes cold, what went into it before follows."""
    rows: list[Row] = []
    for earlier in loser.merged.order_by("pk").select_for_update(of=("self",)):
        Entity.objects.filter(pk=earlier.pk).update(merged_into=winner)
        rows.append(
            ("entity", earlier.pk, {"merged_into_id": loser.pk}, {"merged_into_id": winner.pk})
        )
    # The loser's texts become names at most: whoever wrote them has not written the winner's.
    theirs = {key: digest for key, digest in loser.loaded.items() if not key.startswith(BY_HAND)}
    before, loaded = own_values(winner), {**theirs, **winner.loaded}
    Entity.objects.filter(pk=winner.pk).update(loaded=loaded)
    winner.loaded = loaded
    if loaded != before["loaded"]:
        rows.append(("entity", winner.pk, before, own_values(winner)))
    raise_version(winner)
    gone = {"retired": True, "merged_into_id": winner.pk}
    Entity.objects.filter(pk=loser.pk).update(**gone, version=F("version") + 1)
    return [*rows, ("entity", loser.pk, {"retired": False, "merged_into_id": None}, gone)]


def _move_parts(loser: Entity, winner: Entity) -> Iterator[Row]:
    """Names, ids and offices go to the winner; what it has already is retired."""
    known = set(winner.names.filter(retired=False).values_list("name", flat=True))
    for name in loser.names.filter(retired=False):
        values: dict[str, Any] = {"entity_id": winner.pk}
        if name.kind == NameKind.LABEL:
            values["kind"] = NameKind.ALIAS.value
        yield _moved("entity_name", name, {"retired": True} if name.name in known else values)
        known.add(name.name)
    for identifier in loser.identifiers.filter(retired=False):
        yield _moved("identifier", identifier, {"entity_id": winner.pk})
    held = {_held(office) for office in winner.offices.filter(retired=False)}
    for office in loser.offices.filter(retired=False):
        same = _held(office) in held
        yield _moved("office", office, {"retired": True} if same else {"entity_id": winner.pk})


def _held(office: Office) -> tuple[Any, ...]:
    return office.title_fr, office.title_en, office.start, office.end


def _moved(model: str, row: EntityName | EntityIdentifier | Office, values: dict[str, Any]) -> Row:
    before = {name: getattr(row, name) for name in values}
    type(row)._default_manager.filter(pk=row.pk).update(**values)
    return model, row.pk, before, values


def _move_links(loser: Entity, winner: Entity) -> tuple[Sequence[Row], set[int]]:
    """Links (deleted ones too: they may be brought back) and speakers name the winner."""
    back, to = {"entity_id": loser.pk}, {"entity_id": winner.pk}
    links = Annotation.objects.filter(entity=loser).order_by("pk").select_for_update(of=("self",))
    linked = list(links.values_list("pk", "article_id"))
    Annotation.objects.filter(pk__in=[pk for pk, _ in linked]).update(
        entity=winner, version=F("version") + 1, modified=timezone.now()
    )
    speaking = SpeakerIdentity.objects.filter(entity=loser).order_by("pk")
    speakers = list(
        speaking.select_for_update(of=("self",)).values_list("pk", "speaker__article_id")
    )
    SpeakerIdentity.objects.filter(pk__in=[pk for pk, _ in speakers]).update(entity=winner)
    rows: list[Row] = [("annotation", pk, back, to) for pk, _ in linked]
    rows += [("speaker_identity", pk, back, to) for pk, _ in speakers]
    return rows, {article for _, article in [*linked, *speakers]}
