"""Editors ask an entity's authority again from its page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone
from lxml import html

from annotations.authorities.keeping import keep_entity
from annotations.models import Entity
from annotations.services.entities import change_entity, retire_entity
from articles.models import Activity
from articles.services.log import Agent
from tests.annotations.authorities import standin
from tests.annotations.speaking import make_entity

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from diplowatch.accounts.models import User
    from tests.annotations.authorities.standin import StandIn

    SignIn = Callable[[User | None], Client]

AGENT = Agent(name="test")
DOWN = (500, {}, "<html>down</html>")


@pytest.fixture
def le_drian(stand_in: StandIn) -> Entity:
    """Kept from Wikidata some time ago, when less was known."""
    entity = keep_entity(authority="wikidata", value="Q559040", agent=AGENT)
    entity.offices.all().delete()
    Entity.objects.filter(pk=entity.pk).update(
        description_fr="homme politique", fetched=timezone.now() - timezone.timedelta(days=90)
    )
    return entity


def refresh(client: Client, entity: Entity) -> html.HtmlElement:
    """Press the button; the page that follows."""
    said = client.post(
        f"/entities/{entity.pk}/refresh", follow=True, headers={"accept-language": "en"}
    )
    assert said.redirect_chain == [(f"/entities/{entity.pk}/", 302)]
    return html.fromstring(said.content.decode())


def test_what_is_new_is_filled_in_and_can_be_undone(
    sign_in: SignIn, editor: User, le_drian: Entity
) -> None:
    client = sign_in(editor)
    page = refresh(client, le_drian)
    assert le_drian.offices.filter(retired=False).count() == 1
    le_drian.refresh_from_db()
    assert le_drian.description_fr == "homme politique français"
    assert (timezone.now() - le_drian.fetched).days == 0
    assert "Brought up to date." in page.cssselect("#toasts")[0].text_content()
    undo = page.cssselect("#toasts form")[0].get("action")
    assert client.post(undo).status_code == 302
    le_drian.refresh_from_db()
    assert le_drian.description_fr == "homme politique"
    assert not le_drian.offices.filter(retired=False).exists()


def test_an_office_held_twice_is_filled_in_once(
    sign_in: SignIn, editor: User, le_drian: Entity, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One statement of it says no end: both began on the same day."""
    there: Any = standin.LE_DRIAN
    [held, unknown] = there["claims"]["P39"]
    begun = {**held, "qualifiers": {"P580": held["qualifiers"]["P580"]}}
    more = {**there, "claims": {**there["claims"], "P39": [held, begun, unknown]}}
    monkeypatch.setitem(standin.ENTITIES, "Q559040", more)
    for said in ("Brought up to date.", "There is nothing new."):
        assert said in refresh(sign_in(editor), le_drian).text_content()
        assert le_drian.offices.filter(retired=False).count() == 2


def test_the_page_says_when_it_was_fetched_and_only_editors_see_the_button(
    sign_in: SignIn, reader: User, annotator: User, editor: User, le_drian: Entity
) -> None:
    for somebody, buttons in ((reader, 0), (annotator, 0), (editor, 1)):
        page = html.fromstring(sign_in(somebody).get(f"/entities/{le_drian.pk}/").content.decode())
        assert len(page.cssselect(f'form[action="/entities/{le_drian.pk}/refresh"]')) == buttons
        assert "Récupéré le" in page.cssselect(".entity-facts")[0].text_content()


def test_what_people_wrote_stays(sign_in: SignIn, editor: User, le_drian: Entity) -> None:
    change_entity(entity_id=le_drian.pk, version=None, agent=AGENT, description_fr="ministre")
    refresh(sign_in(editor), le_drian)
    le_drian.refresh_from_db()
    assert le_drian.description_fr == "ministre"
    assert le_drian.offices.count() == 1


def test_an_authority_that_is_down_changes_nothing_and_is_said(
    sign_in: SignIn, editor: User, le_drian: Entity, stand_in: StandIn
) -> None:
    acts = Activity.objects.count()
    stand_in.instead.append(DOWN)
    page = refresh(sign_in(editor), le_drian)
    assert "Wikidata" in page.cssselect('#toasts [data-level="error"]')[0].text_content()
    assert Activity.objects.count() == acts
    assert not le_drian.offices.exists()


def test_nothing_new_is_no_act(sign_in: SignIn, editor: User, le_drian: Entity) -> None:
    client = sign_in(editor)
    refresh(client, le_drian)
    acts = Activity.objects.count()
    assert "There is nothing new." in refresh(client, le_drian).text_content()
    assert Activity.objects.count() == acts


def test_who_may_and_what_cannot_be(
    sign_in: SignIn, reader: User, annotator: User, editor: User, le_drian: Entity
) -> None:
    address = f"/entities/{le_drian.pk}/refresh"
    for somebody in (reader, annotator):
        assert sign_in(somebody).post(address).status_code == 403
    client = sign_in(editor)
    assert client.get(address).status_code == 405
    assert client.post("/entities/999999/refresh").status_code == 404
    local = make_entity("Ici seulement")
    page = refresh(client, local)
    assert page.cssselect('#toasts [data-level="error"]')
    assert not page.cssselect('form[action$="/refresh"]')
    retire_entity(entity_id=le_drian.pk, version=None, agent=AGENT)
    assert refresh(client, le_drian).cssselect('#toasts [data-level="error"]')
