"""Asking Wikidata: its shapes, its faults, its etiquette."""

from __future__ import annotations

import datetime
import json
import threading
from typing import TYPE_CHECKING

import pytest
from django.core.cache import cache
from django.db import connection

from annotations.authorities import wikidata
from annotations.authorities.shapes import AuthorityFault, NotThere

if TYPE_CHECKING:
    from pytest_django.fixtures import SettingsWrapper

    from tests.annotations.authorities.standin import StandIn


def test_french_candidates_come_first_and_english_ones_fill_up(stand_in: StandIn) -> None:
    found = wikidata.search("Le Drian")

    assert [hit.value for hit in found] == ["Q559040", "Q7184"]
    assert found[0].label == "Jean-Yves Le Drian"
    assert found[0].description == "homme politique français"
    assert found[0].matched == "Le Drian"
    assert found[0].address == "http://www.wikidata.org/entity/Q559040"
    assert (found[1].label, found[1].label_language) == ("NATO", "en")
    assert [asked["language"] for asked in stand_in.asked] == ["fr", "en"]


def test_every_call_says_who_asks(stand_in: StandIn, settings: SettingsWrapper) -> None:
    settings.CONTACT = "desk@example.org"
    wikidata.search("Le Drian")

    assert stand_in.agents
    for agent in stand_in.agents:
        assert agent.startswith("DiploWatch/")
        assert "desk@example.org" in agent


def test_what_was_answered_is_not_asked_again(stand_in: StandIn) -> None:
    first = wikidata.search("Le Drian")
    calls = len(stand_in.asked)

    assert wikidata.search("Le Drian") == first
    assert len(stand_in.asked) == calls


def test_a_refresh_asks_again(stand_in: StandIn) -> None:
    wikidata.fetch("Q559040")
    calls = len(stand_in.asked)
    wikidata.fetch("Q559040", fresh=True)

    assert len(stand_in.asked) == 2 * calls


def test_a_person_comes_with_dated_offices(stand_in: StandIn) -> None:
    record = wikidata.fetch("Q559040").record

    assert record.kind == "person"
    assert record.label_fr == record.label_en == "Jean-Yves Le Drian"
    assert record.aliases == ("Le Drian",)
    (office,) = record.offices
    assert (office.title_fr, office.title_en) == ("", "Minister of Foreign Affairs")
    assert (office.start, office.start_precision) == (datetime.date(2017, 5, 17), "day")
    assert (office.end, office.end_precision) == (datetime.date(2022, 5, 31), "month")


def test_a_label_filled_in_from_another_language_is_none(stand_in: StandIn) -> None:
    record = wikidata.fetch("Q7184").record

    assert (record.label_fr, record.label_en) == ("", "NATO")
    assert record.kind == "organisation"
    assert record.description_fr == ""


def test_a_redirected_id_gives_the_new_one(stand_in: StandIn) -> None:
    assert wikidata.fetch("Q99").value == "Q559040"


def test_an_unknown_id_is_not_there(stand_in: StandIn) -> None:
    with pytest.raises(NotThere, match="Q123456"):
        wikidata.fetch("Q123456")


@pytest.mark.parametrize("status", [429, 503])
def test_a_busy_wikidata_is_left_alone_for_as_long_as_it_asks(
    stand_in: StandIn, status: int
) -> None:
    stand_in.instead.append((status, {"Retry-After": "120"}, "<html>slow down</html>"))
    with pytest.raises(AuthorityFault, match="wait 120"):
        wikidata.search("Le Drian")
    with pytest.raises(AuthorityFault, match="wait"):
        wikidata.search("Colonna")

    assert len(stand_in.asked) == 1


def test_it_is_asked_again_after_the_wait(stand_in: StandIn) -> None:
    stand_in.instead.append((429, {"Retry-After": "120"}, ""))
    with pytest.raises(AuthorityFault):
        wikidata.search("Le Drian")
    cache.delete(f"authority-wait:{stand_in.address.removeprefix('http://')}")

    assert wikidata.search("Le Drian")


def test_a_lagging_wikidata_says_so_with_status_200(stand_in: StandIn) -> None:
    said = json.dumps({"error": {"code": "maxlag", "info": "Waiting"}})
    stand_in.instead.append((200, {"MediaWiki-API-Error": "maxlag", "Retry-After": "5"}, said))
    with pytest.raises(AuthorityFault, match="wait 5"):
        wikidata.search("Le Drian")


@pytest.mark.parametrize(
    "reply",
    [
        (200, {}, "<html>not what you want</html>"),
        (500, {}, "<html>broken</html>"),
        (403, {}, "Please set a User-Agent"),
        (200, {}, json.dumps({"error": {"code": "badvalue", "info": "no"}})),
    ],
)
def test_what_cannot_be_read_is_a_fault_and_not_kept(
    stand_in: StandIn, reply: tuple[int, dict[str, str], str]
) -> None:
    stand_in.instead.append(reply)
    with pytest.raises(AuthorityFault, match="Wikidata"):
        wikidata.search("Le Drian")

    assert wikidata.search("Le Drian")


def test_nobody_there_is_a_fault(db: None, settings: SettingsWrapper) -> None:
    cache.clear()
    settings.WIKIDATA_API = "http://127.0.0.1:9/w/api.php"
    with pytest.raises(AuthorityFault, match="does not answer"):
        wikidata.search("Le Drian")


@pytest.mark.django_db(transaction=True)
def test_one_question_at_a_time(stand_in: StandIn) -> None:
    def search(words: str) -> None:
        wikidata.search(words)
        connection.close()

    threads = [threading.Thread(target=search, args=(f"nom {n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(stand_in.asked) == 8
    assert stand_in.most_at_once == 1
