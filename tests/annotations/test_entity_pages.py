"""The list of entities, the page of one, and what editors do to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml import html

from annotations.models import Entity
from annotations.services.entities import create_entity
from articles.models import Activity
from articles.services.log import Agent
from tests.annotations.speaking import say

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from articles.models import Article, Collection
    from diplowatch.accounts.models import User
    from tests.conftest import MakeArticle

    SignIn = Callable[[User | None], Client]


@pytest.fixture
def blinken(db: None) -> Entity:
    """A person with an alias and an id."""
    made, _activity = create_entity(
        agent=Agent(name="tests"), kind="person", label_fr="Antony Blinken",
        aliases=["Tony Blinken"], identifiers=[("wikidata", "Q7821917")],
    )  # fmt: skip
    return made


def link(article: Article, entity: Entity, words: str, user: User, **more: Any) -> None:
    say(
        article, (1, words), motivation="identifying", entity=entity, link_status="verified",
        creator=user, **more,
    )  # fmt: skip


def fields(entity: Entity, **changes: Any) -> dict[str, Any]:
    """What the form sends."""
    return {
        "version": entity.version, "kind": entity.kind, "label_fr": entity.label_fr,
        "aliases": "Tony Blinken", "id-TOTAL_FORMS": 1, "id-INITIAL_FORMS": 1,
        "id-0-authority": "wikidata", "id-0-value": "Q7821917",
        "office-TOTAL_FORMS": 0, "office-INITIAL_FORMS": 0,
    } | changes  # fmt: skip


def test_any_name_or_id_finds_it(sign_in: SignIn, reader: User, blinken: Entity) -> None:
    client = sign_in(reader)
    for words in ("BLINK", "tony", "Q7821917"):
        tree = html.fromstring(client.get("/entities/", {"q": words}).content)
        assert [a.text for a in tree.cssselect(".entity-rows a")] == ["Antony Blinken"]
    assert (
        b"No entity found"
        in client.get("/entities/", {"q": "100%"}, headers={"accept-language": "en"}).content
    )


def test_pages_of_the_list_hold_each_once(sign_in: SignIn, reader: User, blinken: Entity) -> None:
    Entity.objects.bulk_create(Entity(kind="place", label_fr=f"Lieu {n}") for n in range(70))
    for sort in ("mentions", "name"):
        client, address, seen = sign_in(reader), f"/entities/?sort={sort}", []
        while address:
            tree = html.fromstring(client.get(address).content)
            seen += [a.get("href") for a in tree.cssselect(".entity-rows a")]
            following = tree.cssselect("[rel=next]")
            address = f"/entities/{following[0].get('href')}" if following else ""
        assert len(seen) == len(set(seen)) == Entity.objects.count()


def test_only_what_one_may_see_is_shown_and_counted(
    sign_in: SignIn, reader: User, editor: User, admin: User, blinken: Entity, news: Article,
    make_article: MakeArticle, closed_shelf: Collection,
) -> None:  # fmt: skip
    link(news, blinken, "Anthony Blingen", editor)
    link(news, blinken, "mardi", editor, private=True)
    link(make_article(collection=closed_shelf), blinken, "OCDE", editor)
    for user, count in ((reader, 1), (editor, 2), (admin, 2)):
        tree = html.fromstring(sign_in(user).get(f"/entities/{blinken.pk}/").content)
        assert len(tree.cssselect(".of-text li")) == count
        assert len(tree.cssselect(".counted li")) == count
        listed = html.fromstring(sign_in(user).get("/entities/").content)
        assert listed.cssselect(".tally")[0].text_content().split()[0] == str(count)


def test_a_mention_that_is_to_be_checked_says_so_and_is_no_variant(
    sign_in: SignIn, editor: User, blinken: Entity, news: Article
) -> None:
    link(news, blinken, "Anthony Blingen", editor)
    link(news, blinken, "mardi", editor, state="needs_check")
    page = sign_in(editor).get(f"/entities/{blinken.pk}/", headers={"accept-language": "en"})
    tree = html.fromstring(page.content)
    states = [one.text_content() for one in tree.cssselect(".of-text .state")]
    assert states == ["Verified · To check", "Verified"]
    assert [one.text_content() for one in tree.cssselect(".counted span")] == ["Anthony Blingen"]


def test_a_page_costs_the_same_however_often_it_is_mentioned(
    sign_in: SignIn, editor: User, blinken: Entity, news: Article
) -> None:
    client, counts = sign_in(editor), []
    for number in range(3):
        for _ in range(number * 20):
            link(news, blinken, "Anthony Blingen", editor)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"/entities/{blinken.pk}/").status_code == 200
        counts.append(len(queries))
    assert counts[1] == counts[2] <= 16


def test_all_is_saved_as_one_act_and_undone_as_one(
    sign_in: SignIn, editor: User, blinken: Entity
) -> None:
    client, address = sign_in(editor), f"/entities/{blinken.pk}/edit"
    changed = {
        "label_fr": "Antony John Blinken", "aliases": "A. Blinken", "garblings": "Anthony Blingen",
        "office-TOTAL_FORMS": 1, "office-0-title_fr": "secrétaire d’État",
        "office-0-start": "2021-01", "office-0-end": "2025",
    }  # fmt: skip
    page = client.post(address, fields(blinken, **changed), follow=True)
    undo = html.fromstring(page.content).cssselect("#toasts form")[0].get("action")
    blinken.refresh_from_db()
    assert blinken.label_fr == "Antony John Blinken"
    names = blinken.names.filter(retired=False)
    assert {one.name for one in names} == {"Antony John Blinken", "A. Blinken", "Anthony Blingen"}
    assert blinken.offices.get().end_precision == "year"
    client.post(undo)
    blinken.refresh_from_db()
    assert blinken.label_fr == "Antony Blinken"
    assert {one.name for one in names.all()} == {"Antony Blinken", "Tony Blinken"}


def test_the_form_is_saved_as_the_page_sends_it(
    sign_in: SignIn, editor: User, blinken: Entity
) -> None:
    client = sign_in(editor)
    for address in ("/entities/new", f"/entities/{blinken.pk}/edit"):
        page = html.fromstring(client.get(address).content)
        [form] = [one for one in page.forms if "label_fr" in one.fields]
        sent = dict(form.form_values()) | {"label_fr": "Tout simple"}
        assert client.post(address, sent).status_code == 302
    assert Entity.objects.filter(label_fr="Tout simple").count() == 2
    blinken.refresh_from_db()
    assert blinken.identifiers.filter(retired=False).count() == 1


def test_a_stale_form_is_refused_and_kept(sign_in: SignIn, editor: User, blinken: Entity) -> None:
    client, address = sign_in(editor), f"/entities/{blinken.pk}/edit"
    stale = fields(blinken, label_fr="Blinken, A.")
    Entity.objects.filter(pk=blinken.pk).update(version=7, note="Somebody’s", label_en="Blinken")
    answer = client.post(address, stale)
    assert answer.status_code == 409
    said = html.fromstring(answer.content).cssselect("[role=alert]")[0]
    assert [one.text_content() for one in said.cssselect("li b")] == [
        "Antony Blinken", "Blinken", "Somebody’s",
    ]  # fmt: skip
    assert said.cssselect("a")[0].get("href") == f"/entities/{blinken.pk}/"
    tree = html.fromstring(answer.content)
    assert tree.cssselect("[name=label_fr]")[0].get("value") == "Blinken, A."
    assert tree.cssselect("[name=version]")[0].get("value") == "7"


@pytest.mark.parametrize(
    "wrong",
    [{"label_fr": ""}, {"kind": "ship"}, {"id-0-value": "nonsense"}, {"version": ""}],
)
def test_what_makes_no_sense_is_refused(
    sign_in: SignIn, editor: User, blinken: Entity, wrong: dict[str, str]
) -> None:
    answer = sign_in(editor).post(f"/entities/{blinken.pk}/edit", fields(blinken, **wrong))
    assert answer.status_code == 422


def test_a_new_one_with_all_its_names_is_one_act_and_undone_as_one(
    sign_in: SignIn, editor: User, blinken: Entity
) -> None:
    client, acts = sign_in(editor), Activity.objects.count()
    names = {"aliases": "Le Drian\nJYLD", "garblings": "Le Drillan\nLe Drillan\nJYLD\nDriant"}
    said = fields(blinken, label_fr="Jean-Yves Le Drian", **names, **{"id-0-value": ""})
    assert client.post("/entities/new", said).status_code == 302
    assert Activity.objects.count() == acts + 1
    made = Entity.objects.get(label_fr="Jean-Yves Le Drian")
    assert set(made.names.values_list("name", "kind")) == {
        ("Jean-Yves Le Drian", "label"), ("Le Drian", "alias"), ("JYLD", "alias"),
        ("Le Drillan", "garbling"), ("Driant", "garbling"),
    }  # fmt: skip
    client.post(f"/activity/{Activity.objects.latest('pk').pk}/undo")
    made.refresh_from_db()
    assert made.retired
    assert not made.names.filter(retired=False).exists()


def test_a_second_one_of_a_name_is_made_only_when_the_first_was_shown(
    sign_in: SignIn, editor: User, blinken: Entity
) -> None:
    client = sign_in(editor)
    said = fields(blinken, label_fr="TONY BLINKEN", **{"id-0-value": ""})
    asked = client.post("/entities/new", said)
    assert asked.status_code == 409
    tree = html.fromstring(asked.content)
    [known] = tree.cssselect("[role=alert] a")
    assert known.get("href") == f"/entities/{blinken.pk}/"
    assert tree.cssselect("[name=label_fr]")[0].get("value") == "TONY BLINKEN"
    [anyway] = tree.cssselect("[name=anyway]")
    assert client.post("/entities/new", said | {"anyway": anyway.get("value")}).status_code == 302
    assert client.post("/entities/new", said | {"kind": "place"}).status_code == 302
    assert Entity.objects.filter(label_fr="TONY BLINKEN").count() == 2


def test_made_merged_and_retired(
    sign_in: SignIn, editor: User, blinken: Entity, news: Article
) -> None:
    client = sign_in(editor)
    said = fields(blinken, label_fr="Blingen", **{"id-0-value": ""})
    assert client.post("/entities/new", said).status_code == 302
    other = Entity.objects.get(label_fr="Blingen")
    link(news, other, "Anthony Blingen", editor)
    taken = fields(blinken, label_fr="Un autre")
    assert client.post("/entities/new", taken).status_code == 422  # the id is taken
    page = client.get(f"/entities/{other.pk}/merge", {"into": blinken.pk})
    assert b"Blingen" in page.content
    act = {"version": other.version, "into": blinken.pk}
    assert client.post(f"/entities/{other.pk}/merge", act | {"version": 99}).status_code == 409
    assert client.post(f"/entities/{other.pk}/merge", act).status_code == 302
    assert client.get(f"/entities/{other.pk}/").url == f"/entities/{blinken.pk}/"
    blinken.refresh_from_db()
    assert client.post(f"/entities/{blinken.pk}/retire", {"version": 99}).status_code == 409
    retire = client.post(f"/entities/{blinken.pk}/retire", {"version": blinken.version})
    assert retire.status_code == 302
    assert client.get("/entities/999999/").status_code == 404
