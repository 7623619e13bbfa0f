"""What is chosen from an authority stays, whether it answers or not."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

import pytest

from annotations.authorities import asking
from annotations.authorities.keeping import keep_entity, refresh_entity
from annotations.authorities.shapes import AuthorityFault
from annotations.models import Entity, EntityIdentifier
from annotations.services.entities import change_entity, merge_entities
from annotations.services.undoing import undo_act
from articles.models import Activity
from articles.services.log import Agent

if TYPE_CHECKING:
    from pytest_django.fixtures import SettingsWrapper

    from tests.annotations.authorities.standin import StandIn

AGENT = Agent(name="test")
DOWN = (500, {}, "<html>down</html>")


def test_a_chosen_entity_is_kept_with_all_that_is_known(stand_in: StandIn) -> None:
    entity = keep_entity(authority="wikidata", value="Q559040", agent=AGENT)

    assert (entity.kind, entity.label_fr, entity.origin) == (
        "person",
        "Jean-Yves Le Drian",
        "wikidata",
    )
    assert entity.fetched is not None
    assert {name.name for name in entity.names.all()} == {"Jean-Yves Le Drian", "Le Drian"}
    (office,) = entity.offices.all()
    assert office.end == datetime.date(2022, 5, 31)
    assert Activity.objects.filter(verb="entity").count() == 1


def test_it_is_kept_once(stand_in: StandIn) -> None:
    first = keep_entity(authority="wikidata", value="Q559040", agent=AGENT)
    calls = len(stand_in.asked)

    assert keep_entity(authority="wikidata", value="Q559040", agent=AGENT) == first
    assert len(stand_in.asked) == calls


def test_a_redirected_id_is_the_same_entity(stand_in: StandIn) -> None:
    first = keep_entity(authority="wikidata", value="Q559040", agent=AGENT)

    assert keep_entity(authority="wikidata", value="Q99", agent=AGENT) == first


def test_linking_goes_on_while_the_authority_is_down(stand_in: StandIn) -> None:
    asking.search("wikidata", "NATO")
    stand_in.instead.append(DOWN)
    entity = keep_entity(authority="wikidata", value="Q7184", agent=AGENT)

    assert (entity.label_fr, entity.label_en) == ("", "NATO")
    assert entity.fetched is None
    assert EntityIdentifier.objects.get(entity=entity).value == "Q7184"


def test_an_id_nobody_knows_is_a_fault(stand_in: StandIn) -> None:
    stand_in.instead.append(DOWN)
    with pytest.raises(AuthorityFault, match="Wikidata"):
        keep_entity(authority="wikidata", value="Q7184", agent=AGENT)
    assert not Entity.objects.exists()


def test_candidates_of_a_service_are_kept(stand_in: StandIn) -> None:
    asking.search("people", "Le Drian")
    entity = keep_entity(authority="people", value="p1", agent=AGENT)

    assert entity.label_fr == "Jean-Yves Le Drian"
    assert entity.identifiers.get().authority == "people"


def test_what_was_merged_leads_to_what_it_went_into(stand_in: StandIn) -> None:
    kept = keep_entity(authority="wikidata", value="Q559040", agent=AGENT)
    other = keep_entity(authority="wikidata", value="Q7184", agent=AGENT)
    merge_entities(entity_id=kept.pk, version=None, into_id=other.pk, agent=AGENT)

    assert keep_entity(authority="wikidata", value="Q559040", agent=AGENT) == other


def test_a_refresh_fills_in_and_keeps_what_people_wrote(stand_in: StandIn) -> None:
    entity = keep_entity(authority="wikidata", value="Q559040", agent=AGENT)
    change_entity(entity_id=entity.pk, version=None, agent=AGENT, note="Ancien ministre")
    refreshed, _activity = refresh_entity(entity_id=entity.pk, agent=AGENT)

    assert refreshed.note == "Ancien ministre"
    assert refreshed.fetched is not None
    assert refreshed.offices.count() == 1


def test_a_refresh_of_what_has_no_authority_says_so(db: None, settings: SettingsWrapper) -> None:
    settings.WIKIDATA_API = ""
    entity = Entity.objects.create(kind="person", label_fr="Ici seulement")
    with pytest.raises(AuthorityFault):
        refresh_entity(entity_id=entity.pk, agent=AGENT)


def test_keeping_is_undone_after_a_refresh_that_found_nothing_new(stand_in: StandIn) -> None:
    entity = keep_entity(authority="wikidata", value="Q559040", agent=AGENT)
    kept = Activity.objects.latest("pk")
    assert refresh_entity(entity_id=entity.pk, agent=AGENT)[1] is None
    undo_act(activity=kept, agent=AGENT, allow=lambda _places: None)
    entity.refresh_from_db()
    assert entity.retired
