"""What a record brings to an entity that is there: what is new, once, and nobody's work is lost."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from annotations.models import Entity, Office
from annotations.services.entities import (
    add_name,
    add_office,
    change_entity,
    change_office,
    create_entity,
    merge_entities,
    retire_name,
    retire_office,
)
from annotations.services.loading import load_records
from annotations.services.revising import Revised, revise_entity
from annotations.services.undoing import undo_act
from annotations.text.records import OfficeRecord, record_of
from articles.models import Activity
from articles.services.log import Agent

pytestmark = pytest.mark.django_db
AGENT = Agent(name="tests")
LAVROV: dict[str, Any] = {"kind": "person", "wikidata": "Q58217", "label_fr": "Sergueï Lavrov"}


def load(*offices: tuple[str, str, str], source: str = "one", **fields: Any) -> Activity | None:
    """Load Lavrov with these offices and fields; the act, None where nothing was new."""
    last = Activity.objects.order_by("-pk").first()
    said = [{"title_fr": title, "from": start, "until": end} for title, start, end in offices]
    records = [record_of(LAVROV | {"offices": said} | fields)]
    load_records(records, agent=AGENT, source=source)
    made = Activity.objects.order_by("-pk").first()
    return None if made == last else made


def undo(activity: Activity | None) -> Activity:
    """Undo an act, as somebody who may."""
    assert activity is not None
    return undo_act(activity=activity, agent=AGENT, allow=lambda _places: None)


def lavrov() -> Entity:
    """Lavrov as he stands."""
    return Entity.objects.get(identifiers__value="Q58217")


def ends() -> list[tuple[str, str]]:
    """The offices that stand, with the year of their end."""
    found = Office.objects.filter(retired=False).order_by("title_fr", "end", "pk")
    return [(one.title_fr, str(one.end.year) if one.end else "") for one in found]


TWICE = (("ministre", "2004", "2008"), ("ministre", "2004", "2012"))


def test_an_office_held_twice_from_the_same_day_is_two() -> None:
    load()
    made = load(*TWICE)
    assert ends() == [("ministre", "2008"), ("ministre", "2012")]
    assert made is not None
    assert [row["after"]["end"] for row in made.data["rows"][1:]] == ["2008-12-31", "2012-12-31"]


@pytest.mark.parametrize("source", ["one", "two"])
def test_what_is_said_again_in_another_order_changes_no_office(source: str) -> None:
    load(*TWICE)
    stand = list(Office.objects.order_by("pk").values())
    load(*reversed(TWICE), *TWICE, source=source, aliases=["Lavrov"])
    assert list(Office.objects.order_by("pk").values()) == stand


def test_a_known_end_is_given_to_the_office_that_had_another() -> None:
    load(("ministre", "2004", "2008"), ("ministre", "2004", ""))
    load(("ministre", "2004", "2012"), ("ministre", "2004", "2008"))
    assert ends() == [("ministre", "2008"), ("ministre", "2012")]
    assert Office.objects.get(end=datetime.date(2012, 12, 31)).pk == Office.objects.latest("pk").pk
    assert Entity.objects.get().offices.count() == 2


def test_a_load_that_brings_nothing_new_stands_in_nobodys_way() -> None:
    load()
    first = load(label_fr="Sergueï Viktorovitch Lavrov")
    _entity, renamed = change_entity(
        entity_id=lavrov().pk, version=None, agent=AGENT, label_fr="S. Lavrov"
    )
    assert load(source="two", label_fr="Sergueï Lavrov", aliases=["S. Lavrov"]) is not None
    assert load(source="three", label_fr="S. Lavrov") is None
    undo(renamed)
    assert lavrov().label_fr == "Sergueï Viktorovitch Lavrov"
    undo(first)
    assert lavrov().label_fr == "Sergueï Lavrov"
    assert {key.partition("#")[0] for key in lavrov().loaded} == {"one", "two", "three"}


def test_what_is_undone_is_loaded_anew() -> None:
    load()
    undo(load(label_fr="S. Lavrov"))
    load(label_fr="S. Lavrov")
    assert lavrov().label_fr == "S. Lavrov"


def test_the_making_of_an_entity_is_undone_after_a_load_that_met_it() -> None:
    entity, made = create_entity(
        agent=AGENT, kind="person", label_fr="Sergueï Lavrov", identifiers=[("wikidata", "Q58217")]
    )
    assert load() is None
    undo(made)
    entity.refresh_from_db()
    assert entity.retired


def test_a_load_with_two_records_of_one_entity_is_undone_and_redone() -> None:
    load()
    twin, _made = create_entity(
        agent=AGENT, kind="person", label_fr="Lavrov", identifiers=[("wikidata", "Q1")]
    )
    merge_entities(entity_id=twin.pk, version=None, into_id=lavrov().pk, agent=AGENT)
    before = lavrov().loaded
    both = [
        record_of(LAVROV | {"label_fr": "S. Lavrov", "description_fr": "ministre"}),
        record_of(LAVROV | {"wikidata": "Q1", "label_en": "Sergey Lavrov"}),
    ]
    load_records(both, agent=AGENT, source="one")
    after = lavrov()
    undone = undo(Activity.objects.latest("pk"))
    assert (lavrov().label_fr, lavrov().label_en) == ("Sergueï Lavrov", "")
    assert lavrov().loaded == before
    undo(undone)
    assert (lavrov().label_fr, lavrov().label_en) == ("S. Lavrov", "Sergey Lavrov")
    assert lavrov().loaded == after.loaded


def test_what_one_wrote_stays_though_another_undoes_what_came_before() -> None:
    load()
    _entity, first = change_entity(
        entity_id=lavrov().pk, version=None, agent=AGENT, label_fr="S. Lavrov"
    )
    change_entity(entity_id=lavrov().pk, version=None, agent=AGENT, description_fr="diplomate")
    undo(first)
    load(label_fr="Lavrov", description_fr="ministre")
    assert lavrov().description_fr == "diplomate"
    assert lavrov().label_fr == "Sergueï Lavrov"


def test_what_is_written_after_a_merge_stays_when_that_is_undone() -> None:
    load()
    twin, _made = create_entity(agent=AGENT, kind="person", label_fr="Lavrov")
    change_entity(entity_id=twin.pk, version=None, agent=AGENT, label_fr="Lavroff")
    _winner, merging = merge_entities(
        entity_id=twin.pk, version=None, into_id=lavrov().pk, agent=AGENT
    )
    change_entity(entity_id=lavrov().pk, version=None, agent=AGENT, label_fr="S. Lavrov")
    undo(merging)
    load(label_fr="Lavrov")
    assert lavrov().label_fr == "S. Lavrov"


MINISTER = ("ministre", "2004", "2008")
UNTIL_2010 = OfficeRecord(
    "ministre", "", datetime.date(2004, 1, 1), "year", datetime.date(2010, 12, 31), "year"
)


def names() -> set[str]:
    """The names that stand."""
    return set(lavrov().names.filter(retired=False).values_list("name", flat=True))


@pytest.mark.parametrize("source", ["one", "two"])
def test_what_an_editor_retired_does_not_come_back(source: str) -> None:
    load(MINISTER, aliases=["Lavrof"])
    retire_name(name_id=lavrov().names.get(kind="alias").pk, agent=AGENT)
    retire_office(office_id=Office.objects.get().pk, agent=AGENT)
    load(MINISTER, ("député", "1999", ""), aliases=["Lavrof", "Lavroff"], source=source)
    assert names() == {"Sergueï Lavrov", "Lavroff"}
    assert ends() == [("député", "")]
    load(("ministre", "2004", "2012"), aliases=["Lavrof"], source=source)
    assert ends() == [("député", "")]


def test_what_was_undone_comes_with_a_better_file() -> None:
    load()
    undo(load(MINISTER, aliases=["Lavroff"]))
    load(MINISTER, aliases=["Lavroff", "S. Lavrov"])
    assert names() == {"Sergueï Lavrov", "Lavroff", "S. Lavrov"}
    assert ends() == [("ministre", "2008")]


def test_a_retired_alias_may_become_the_label() -> None:
    load(aliases=["S. Lavrov"])
    retire_name(name_id=lavrov().names.get(kind="alias").pk, agent=AGENT)
    load(label_fr="S. Lavrov")
    assert names() == {"S. Lavrov"}


@pytest.mark.parametrize("how", ["change", "revise"])
def test_an_end_that_an_editor_put_right_stays(how: str) -> None:
    load(MINISTER)
    if how == "change":
        change_office(office_id=Office.objects.get().pk, agent=AGENT, office=UNTIL_2010)
    else:
        revise_entity(
            entity_id=lavrov().pk, version=lavrov().version, agent=AGENT,
            revised=Revised(
                {"kind": "person", "label_fr": "Sergueï Lavrov"}, offices=(UNTIL_2010,),
                identifiers=(("wikidata", "Q58217"),),
            ),
        )  # fmt: skip
    load(MINISTER, label_en="Sergey Lavrov")
    assert ends() == [("ministre", "2010")]
    load(("ministre", "2004", "2012"), label_en="Sergei Lavrov")
    assert ends() == [("ministre", "2010")]
    assert lavrov().label_en == "Sergei Lavrov"


def test_an_office_that_an_editor_gave_keeps_its_end() -> None:
    load()
    add_office(entity_id=lavrov().pk, agent=AGENT, office=UNTIL_2010)
    load(MINISTER)
    assert ends() == [("ministre", "2010")]


def test_an_end_is_the_files_again_once_the_change_is_undone() -> None:
    load(MINISTER)
    add_name(entity_id=lavrov().pk, agent=AGENT, name="Lavroff")
    _office, changed = change_office(
        office_id=Office.objects.get().pk, agent=AGENT, office=UNTIL_2010
    )
    undo(changed)
    load(("ministre", "2004", "2012"))
    assert ends() == [("ministre", "2012")]
