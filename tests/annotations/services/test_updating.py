"""What a record brings to an entity that is there: what is new, once, and nobody's work is lost."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from annotations.models import Entity, Office
from annotations.services.loading import load_records
from annotations.text.records import record_of
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
