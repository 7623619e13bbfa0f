"""Speakers of interviews are identified, and all that they answered is on one page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from lxml import html

from annotations.models import Entity, SpeakerIdentity
from annotations.services.entities import create_entity
from articles.models import Activity
from articles.services.log import Agent
from tests.annotations.speaking import make_entity

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client
    from pytest_django import DjangoAssertNumQueries
    from pytest_django.fixtures import SettingsWrapper

    from articles.models import Article, Speaker
    from diplowatch.accounts.models import User

    SignIn = Callable[[User | None], Client]


def test_a_speaker_is_identified_and_undone_and_a_stale_form_refused(
    sign_in: SignIn, editor: User, reader: User, interview: Article
) -> None:
    speaker = interview.speakers.get(name="Antony Blinken")
    entity, client = make_entity("Antony Blinken"), sign_in(editor)
    address = f"/articles/{interview.pk}/speakers/{speaker.pk}"
    assert address in client.get(f"/articles/{interview.pk}/").content.decode()
    act = {"entity": entity.pk, "status": "verified", "seen": ""}
    page = client.post(address, act, follow=True)
    undo = html.fromstring(page.content).cssselect("#toasts form")[0].get("action")
    assert SpeakerIdentity.objects.get(pk=speaker.pk).entity == entity
    other = make_entity("Tony Blinken")
    stale = client.post(address, act | {"entity": other.pk})
    assert stale.status_code == 409
    said_then = html.fromstring(stale.content)
    assert "Tony Blinken" in said_then.cssselect("[role=alert] b")[0].text_content()
    assert "Antony Blinken" in said_then.cssselect(".said-so-far")[0].text_content()
    mine = {one.get("name"): one.get("value") for one in said_then.cssselect("[role=alert] input")}
    assert mine["entity"] == str(other.pk)
    assert mine["seen"] == f"{entity.pk}:verified"
    assert client.post(address, {"seen": f"{entity.pk}:verified", "entity": "9999999",
                                 "status": "verified"}).status_code == 409  # fmt: skip
    wrong = {"seen": f"{entity.pk}:verified", "status": "sure", "entity": entity.pk}
    assert client.post(address, wrong).status_code == 422
    assert client.get(f"/articles/{interview.pk}/speakers/999999").status_code == 404
    answers = sign_in(reader).get(f"/entities/{entity.pk}/answers")
    tree = html.fromstring(answers.content)
    assert len(tree.cssselect(".answer")) == len(tree.cssselect(".asked")) == 2
    found = sign_in(reader).get(f"/entities/{entity.pk}/answers", {"q": "communiquer"})
    assert len(html.fromstring(found.content).cssselect(".answer")) == 1
    client.post(undo)
    assert b'answer"' not in sign_in(reader).get(f"/entities/{entity.pk}/answers").content


@pytest.fixture
def blinken(db: None) -> Entity:
    """Whom the speaker is said to be."""
    made, _activity = create_entity(
        agent=Agent(name="tests"), kind="person", label_fr="Antony J. Blinken",
        aliases=["Antony Blinken"],
    )  # fmt: skip
    return made


@pytest.fixture
def speaker(interview: Article) -> Speaker:
    """Who answers in the interview."""
    return interview.speakers.get(name="Antony Blinken")


def page_of(client: Client, address: str) -> html.HtmlElement:
    """A page, parsed."""
    return html.fromstring(client.get(address).content.decode())


def identity(speaker: Speaker) -> tuple[int | None, str, str]:
    """Who the speaker is said to be, how sure that is, and who said so."""
    found = SpeakerIdentity.objects.get(pk=speaker.pk)
    return found.entity_id, found.status, str(found.set_by)


def say_who(client: Client, speaker: Speaker, status: str, entity: Entity | None = None,
            seen: str = "") -> int:  # fmt: skip
    """Say who a speaker is; the status that comes back."""
    sent = {"status": status, "seen": seen, "entity": entity.pk if entity else ""}
    return client.post(f"/articles/{speaker.article_id}/speakers/{speaker.pk}", sent).status_code


def test_everybody_sees_who_a_speaker_is(
    sign_in: SignIn, reader: User, editor: User, speaker: Speaker, blinken: Entity,
    settings: SettingsWrapper,
) -> None:  # fmt: skip
    address = f"/articles/{speaker.article_id}/"
    assert not page_of(sign_in(reader), address).cssselect(".voices .identity[data-status]")
    say_who(sign_in(editor), speaker, "unverified", blinken)
    settings.PUBLIC_READING = True
    for somebody in (None, reader, editor):
        [who] = page_of(sign_in(somebody), address).cssselect(".voices .identity[data-status]")
        assert who.cssselect("a")[0].get("href") == f"/entities/{blinken.pk}/"
        assert who.cssselect("a")[0].text == "Antony J. Blinken"
        assert who.get("data-status") == "unverified"
        assert who.cssselect("span")[0].text in ("Non vérifié", "Non vérifiée")
    say_who(sign_in(editor), speaker, "verified", blinken, f"{blinken.pk}:unverified")
    [who] = page_of(sign_in(reader), address).cssselect(".voices .identity[data-status]")
    assert not who.cssselect("span")
    say_who(sign_in(editor), speaker, "not_identifiable", None, f"{blinken.pk}:verified")
    [who] = page_of(sign_in(reader), address).cssselect(".voices .identity[data-status]")
    assert not who.cssselect("a")
    assert who.text_content() == "Non identifiable"


def test_annotators_propose_and_editors_verify(
    sign_in: SignIn, reader: User, annotator: User, editor: User, speaker: Speaker,
    blinken: Entity,
) -> None:  # fmt: skip
    address = f"/articles/{speaker.article_id}/speakers/{speaker.pk}"
    assert not page_of(sign_in(reader), f"/articles/{speaker.article_id}/").cssselect(".identify")
    client = sign_in(annotator)
    assert page_of(client, f"/articles/{speaker.article_id}/").cssselect(".identify")
    buttons = page_of(client, address).cssselect(".entity-rows button")
    assert {one.get("value") for one in buttons} == {"unverified"}
    assert say_who(client, speaker, "verified", blinken) == 403
    assert say_who(client, speaker, "unverified", blinken) == 302
    assert identity(speaker) == (blinken.pk, "unverified", "annotator")
    answers = f"/entities/{blinken.pk}/answers"
    assert len(page_of(sign_in(reader), answers).cssselect(".answer .pill")) == 1
    [verify] = page_of(sign_in(editor), address).cssselect("button.primary[value=verified]")
    sent = dict(verify.getparent().form_values()) | {"status": "verified"}
    assert sign_in(editor).post(address, sent).status_code == 302
    assert identity(speaker) == (blinken.pk, "verified", "editor")
    assert not page_of(sign_in(reader), answers).cssselect(".answer .pill")


def test_annotators_change_and_take_back_their_own_proposals_only(
    sign_in: SignIn, annotator: User, editor: User, speaker: Speaker, blinken: Entity
) -> None:
    client, other = sign_in(annotator), make_entity("Un autre")
    say_who(client, speaker, "unverified", blinken)
    assert say_who(client, speaker, "unverified", other, f"{blinken.pk}:unverified") == 302
    assert say_who(client, speaker, "", None, f"{other.pk}:unverified") == 302
    assert say_who(client, speaker, "not_identifiable") == 302
    say_who(sign_in(editor), speaker, "unverified", blinken, ":not_identifiable")
    assert say_who(client, speaker, "unverified", other, f"{blinken.pk}:unverified") == 403
    assert say_who(client, speaker, "", None, f"{blinken.pk}:unverified") == 403
    page = page_of(client, f"/articles/{speaker.article_id}/speakers/{speaker.pk}")
    assert not page.cssselect("main button[name=status]")
    assert identity(speaker) == (blinken.pk, "unverified", "editor")


def test_annotators_undo_their_proposal_until_somebody_verifies_it(
    sign_in: SignIn, annotator: User, editor: User, speaker: Speaker, blinken: Entity
) -> None:
    client = sign_in(annotator)
    say_who(client, speaker, "unverified", blinken)
    first = Activity.objects.latest("pk")
    assert client.post(f"/activity/{first.pk}/undo").status_code == 302
    assert identity(speaker)[0] is None
    say_who(client, speaker, "unverified", blinken)
    second = Activity.objects.latest("pk")
    say_who(sign_in(editor), speaker, "verified", blinken, f"{blinken.pk}:unverified")
    assert client.post(f"/activity/{second.pk}/undo").status_code == 409


def test_a_text_asks_once_for_all_its_speakers(
    sign_in: SignIn, reader: User, interview: Article, blinken: Entity,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    client, address = sign_in(reader), f"/articles/{interview.pk}/"
    client.get(address)
    with CaptureQueriesContext(connection) as before:
        client.get(address)
    for one in interview.speakers.all():
        SpeakerIdentity.objects.create(speaker=one, entity=blinken, set_at=timezone.now())
    with django_assert_num_queries(len(before)):
        assert "Antony J. Blinken" in client.get(address).content.decode()
