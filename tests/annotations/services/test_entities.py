"""Making, changing, merging and retiring entities: each act is logged and undone as a whole."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from annotations.models import Annotation, Entity, EntityName, SpeakerIdentity
from annotations.services.annotating import Gone, Missing, TooLong, create_annotation
from annotations.services.entities import (
    IdentifierTaken,
    StaleEntity,
    add_identifier,
    add_name,
    add_office,
    change_entity,
    change_office,
    create_entity,
    merge_entities,
    retire_entity,
    retire_identifier,
    retire_name,
    retire_office,
)
from annotations.services.journal import snapshot
from annotations.services.obstacles import StandsInTheWay
from annotations.services.spans import Span
from annotations.services.undoing import undo_act
from annotations.text.folding import fold
from annotations.text.phonetic import sound
from annotations.text.records import OfficeRecord
from articles.services.log import Agent

if TYPE_CHECKING:
    from articles.models import Activity, Article
    from diplowatch.accounts.models import User

SECRETARY = OfficeRecord("secrétaire d’État", "", datetime.date(2021, 1, 26), "day")


@pytest.fixture
def agent(editor: User) -> Agent:
    return Agent(editor)


@pytest.fixture
def blinken(agent: Agent) -> Entity:
    entity, _ = create_entity(
        agent=agent, kind="person", label_fr="Antony Blinken", label_en="Antony J. Blinken",
        description_fr="diplomate", aliases=["Blinken", "Antony Blinken", " Tony  Blinken "],
        identifiers=[("wikidata", "https://www.wikidata.org/wiki/Q7821917")], offices=[SECRETARY],
    )  # fmt: skip
    return entity


def undo(activity: Activity | None, agent: Agent) -> Activity:
    assert activity is not None
    return undo_act(activity=activity, agent=agent, allow=lambda places: None)


def names(entity: Entity) -> list[tuple[str, str, str]]:
    live = EntityName.objects.filter(entity=entity, retired=False)
    return sorted(live.values_list("name", "language", "kind"))


def everything() -> dict[str, object]:
    models = (Entity, EntityName, SpeakerIdentity, Annotation)
    rows = [row for model in models for row in model._default_manager.all()]
    for entity in Entity.objects.all():
        rows += [*entity.identifiers.all(), *entity.offices.all()]
    return {f"{type(row).__name__} {row.pk}": snapshot(row) for row in rows}


def test_an_entity_is_made_with_its_names_ids_and_offices(blinken: Entity) -> None:
    assert names(blinken) == [
        ("Antony Blinken", "fr", "label"),
        ("Antony J. Blinken", "en", "label"),
        ("Blinken", "", "alias"),
        ("Tony Blinken", "", "alias"),
    ]
    name = blinken.names.get(name="Tony Blinken")
    assert (name.folded, name.sound) == (fold("Tony Blinken"), sound("Tony Blinken"))
    assert blinken.identifiers.get().value == "Q7821917"
    assert blinken.offices.get().start == datetime.date(2021, 1, 26)


def test_undoing_the_making_retires_all_of_it_and_redoing_brings_it_back(agent: Agent) -> None:
    entity, made = create_entity(
        agent=agent, kind="place", label_fr="Paris", identifiers=[("wikidata", "Q90")]
    )
    before = everything()
    undone = undo(made, agent)
    entity.refresh_from_db()
    assert entity.retired
    assert not EntityName.objects.filter(retired=False).exists()
    create_entity(agent=agent, kind="place", label_fr="Paris", identifiers=[("wikidata", "Q90")])
    with pytest.raises(StandsInTheWay):
        undo(undone, agent)  # another entity bears the id by now
    retired = Entity.objects.get(retired=False)
    retired.identifiers.update(retired=True)
    undo(undone, agent)
    assert {key: everything()[key] for key in before} == before


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({"kind": "person"}, Missing),
        ({"kind": "ghost", "label_fr": "X"}, Missing),
        ({"kind": "person", "label_fr": " \u00a0"}, Missing),
        ({"kind": "person", "label_fr": "x" * 301}, TooLong),
        ({"kind": "person", "label_fr": "x", "description_fr": "y" * 2_001}, TooLong),
        ({"kind": "person", "label_fr": "x", "note": "y" * 20_001}, TooLong),
        ({"kind": "person", "label_fr": "x\ud800"}, Missing),
    ],
)
@pytest.mark.django_db
def test_what_is_no_entity_is_refused(
    agent: Agent, fields: dict[str, str], fault: type[Exception]
) -> None:
    with pytest.raises(fault):
        create_entity(agent=agent, **fields)
    assert not Entity.objects.exists()


def test_an_id_belongs_to_one_entity(blinken: Entity, agent: Agent) -> None:
    with pytest.raises(IdentifierTaken) as taken:
        create_entity(
            agent=agent, kind="person", label_fr="Un autre", identifiers=[("wikidata", "Q7821917")]
        )
    assert taken.value.entity == blinken
    assert Entity.objects.count() == 1
    with pytest.raises(Missing):
        add_identifier(entity_id=blinken.pk, agent=agent, authority="wikidata", value="Antony")


def test_a_changed_label_is_found_by_its_new_name_and_undone(blinken: Entity, agent: Agent) -> None:
    before = everything()
    changed, activity = change_entity(
        entity_id=blinken.pk, version=1, agent=agent, label_fr="A. Blinken", note="à voir"
    )
    assert changed.version == 2
    assert ("A. Blinken", "fr", "label") in names(blinken)
    assert ("Antony Blinken", "fr", "label") not in names(blinken)
    with pytest.raises(StaleEntity):
        change_entity(entity_id=blinken.pk, version=1, agent=agent, label_fr="B")
    assert change_entity(entity_id=blinken.pk, version=2, agent=agent, note="à voir")[1] is None
    undo(activity, agent)
    after = everything()
    assert {key: after[key] for key in before} == before


def test_names_ids_and_offices_are_given_and_taken(blinken: Entity, agent: Agent) -> None:
    name, activity = add_name(
        entity_id=blinken.pk, agent=agent, name="Anthony Blingen", kind="garbling", version=1
    )
    assert activity is not None
    assert add_name(entity_id=blinken.pk, agent=agent, name="Anthony  Blingen")[1] is None
    with pytest.raises(StaleEntity):
        retire_name(name_id=name.pk, agent=agent, version=1)
    _, retired = retire_name(name_id=name.pk, agent=agent, version=2)
    with pytest.raises(Gone):
        retire_name(name_id=name.pk, agent=agent)
    undo(retired, agent)
    assert ("Anthony Blingen", "", "garbling") in names(blinken)
    identifier, _ = add_identifier(
        entity_id=blinken.pk, agent=agent, authority=" VIAF ", value="123"
    )
    assert identifier.authority == "viaf"
    _, gone = retire_identifier(identifier_id=identifier.pk, agent=agent)
    undo(gone, agent)
    office, _ = add_office(entity_id=blinken.pk, agent=agent, office=OfficeRecord("conseiller", ""))
    changed, edited = change_office(
        office_id=office.pk, agent=agent, office=OfficeRecord("conseiller", "adviser")
    )
    assert changed.title_en == "adviser"
    undo(edited, agent)
    assert change_office(
        office_id=office.pk, agent=agent, office=OfficeRecord("conseiller", "")
    )[1] is None  # fmt: skip
    _, gone = retire_office(office_id=office.pk, agent=agent)
    undo(gone, agent)
    assert blinken.offices.filter(retired=False).count() == 2
    label = blinken.names.get(kind="label", language="fr")
    with pytest.raises(Gone):
        retire_name(name_id=label.pk, agent=agent)


def test_an_office_ends_after_it_starts(blinken: Entity, agent: Agent) -> None:
    office = OfficeRecord("x", "", datetime.date(2022, 1, 1), "day", datetime.date(2021, 1, 1))
    with pytest.raises(Missing):
        add_office(entity_id=blinken.pk, agent=agent, office=office)


def test_merging_moves_all_and_is_undone_as_a_whole(
    blinken: Entity, agent: Agent, news: Article, interview: Article
) -> None:
    twin, _ = create_entity(
        agent=agent, kind="person", label_fr="Anthony Blinken", aliases=["Blinken"],
        identifiers=[("viaf", "9")], offices=[SECRETARY, OfficeRecord("adjoint", "")],
    )  # fmt: skip
    earlier, _ = create_entity(agent=agent, kind="person", label_fr="Blinquen")
    merge_entities(entity_id=earlier.pk, version=1, into_id=twin.pk, agent=agent)
    passage = news.passages.order_by("position")[0]
    start = passage.text.index("Anthony")
    span = Span(passage.number, passage.revision, start, start + 15, "Anthony Blingen")
    link, _ = create_annotation(
        article_id=news.pk, agent=agent, motivation="identifying", spans=[span],
        entity_id=twin.pk, link_status="verified",
    )  # fmt: skip
    speaker = interview.speakers.order_by("pk")[0]
    SpeakerIdentity.objects.create(speaker=speaker, entity=twin, set_at=timezone.now())
    before = everything()
    news.refresh_from_db()
    interview.refresh_from_db()
    twin.refresh_from_db()

    winner, activity = merge_entities(
        entity_id=twin.pk, version=twin.version, into_id=blinken.pk, agent=agent
    )

    assert winner == blinken
    for one in (twin, earlier):
        one.refresh_from_db()
        assert one.retired
        assert one.merged_into == blinken
    assert ("Anthony Blinken", "fr", "alias") in names(blinken)
    assert ("Blinquen", "fr", "alias") in names(blinken)
    assert [name for name, _, _ in names(blinken)].count("Blinken") == 1
    assert blinken.identifiers.filter(authority="viaf").exists()
    assert sorted(blinken.offices.filter(retired=False).values_list("title_fr", flat=True)) == [
        "adjoint", "secrétaire d’État",
    ]  # fmt: skip
    link.refresh_from_db()
    assert link.entity == blinken
    assert SpeakerIdentity.objects.get().entity == blinken
    for article in (news, interview):
        version = article.version
        article.refresh_from_db()
        assert article.version == version + 1
    redone = undo(activity, agent)
    assert everything() == before
    undo(redone, agent)
    link.refresh_from_db()
    assert link.entity == blinken


def test_merging_into_itself_or_into_what_is_gone_is_refused(blinken: Entity, agent: Agent) -> None:
    other, _ = create_entity(agent=agent, kind="person", label_fr="Autre")
    with pytest.raises(Missing):
        merge_entities(entity_id=blinken.pk, version=1, into_id=blinken.pk, agent=agent)
    with pytest.raises(StaleEntity):
        merge_entities(entity_id=blinken.pk, version=7, into_id=other.pk, agent=agent)
    _, activity = retire_entity(entity_id=other.pk, version=1, agent=agent)
    with pytest.raises(Gone):
        merge_entities(entity_id=blinken.pk, version=1, into_id=other.pk, agent=agent)
    with pytest.raises(Gone):
        add_name(entity_id=other.pk, agent=agent, name="x")
    undo(activity, agent)
    other.refresh_from_db()
    assert not other.retired
