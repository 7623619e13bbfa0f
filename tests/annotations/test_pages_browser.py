"""Pages around the texts in a real browser: axe finds nothing, none is wider than the window."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from annotations.models import Annotation
from annotations.services.speakers import identify_speaker
from articles.services.log import Agent
from tests.annotations.speaking import make_entity, make_tag, reply, say
from tests.browser import faults

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

    from annotations.models import Entity
    from articles.models import Article
    from diplowatch.accounts.models import User

    OpenPage = Callable[[], Page]

pytestmark = pytest.mark.django_db(transaction=True)
AGENT = Agent(name="tests")


@pytest.fixture
def page(look: dict[str, Any], open_browser: Callable[..., Page], editor: User) -> Page:
    """An editor's window: wide or a phone's."""
    return open_browser(editor, **look)


def expect_sound(page: Page) -> None:
    """Expect that axe finds nothing and that nothing stands out of the window."""
    assert faults(page) == [], page.url
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth"), page.url


@pytest.fixture
def blinken(interview: Article) -> Entity:
    """A person who speaks in the interview."""
    entity = make_entity("Antony Blinken", description_fr="homme politique américain")
    speaker = interview.speakers.get(name="Antony Blinken")
    identify_speaker(
        speaker_id=speaker.pk, entity_id=entity.pk, status="verified", seen="", agent=AGENT,
        allow=lambda *_said: None,
    )  # fmt: skip
    return entity


def test_the_pages_of_a_speaker_are_sound(page: Page, blinken: Entity, interview: Article) -> None:
    make_entity("Antoine Blinquen")
    page.goto(f"/entities/{blinken.pk}/answers")
    expect(page.locator(".answer")).to_have_count(2)
    expect_sound(page)
    for speaker in interview.speakers.all():
        page.goto(f"/articles/{interview.pk}/speakers/{speaker.pk}")
        expect_sound(page)


def test_the_pages_of_an_entity_are_sound(
    page: Page, blinken: Entity, news: Article, editor: User
) -> None:
    say(
        news, (1, "Anthony Blingen"), motivation="identifying", entity=blinken,
        link_status="unverified", creator=editor,
    )  # fmt: skip
    other = make_entity("Tony Blinken")
    for tail in ("", "edit", "merge", "merge?q=Blinken", f"merge?into={other.pk}", "annotations"):
        page.goto(f"/entities/{blinken.pk}/{tail}")
        expect_sound(page)


def test_the_lists_of_what_is_said_are_sound(page: Page, news: Article, editor: User) -> None:
    tag = make_tag("énergie")
    tag.description = "Gaz et pétrole"
    tag.save()
    make_tag("OTAN")
    say(news, (1, "OCDE"), motivation="tagging", tag=tag, creator=editor)
    said = say(news, (2, "Sahel"), motivation="commenting", creator=editor, private=True)
    say(news, (3, "New York"), creator=editor, state="detached")
    reply(said, "Tout le Sahel ?", creator=editor)
    for address in (
        "/annotations/", "/annotations/?q=rien", f"/articles/{news.pk}/annotations", "/tags/",
        f"/tags/{tag.pk}/", f"/a/{said.pk}/history", f"/a/{said.pk}/edit",
        f"/a/{said.pk}/reply-form", f"/articles/{news.pk}/passages/1/say", "/activity/",
        f"/a/{said.pk}/mentions", "/a/00000000-0000-7000-8000-000000000000",
    ):  # fmt: skip
        page.goto(address)
        expect_sound(page)


def test_the_page_of_a_refusal_is_sound(page: Page, news: Article, editor: User) -> None:
    said = say(news, (2, "Sahel"), motivation="commenting", creator=editor)
    page.goto(f"/a/{said.pk}/edit")
    Annotation.objects.filter(pk=said.pk).update(version=7)
    page.locator("form[action$=remove] button").click()
    expect(page.locator("main [role=alert]")).to_be_visible()
    expect_sound(page)


@pytest.mark.parametrize("width", [320, 1024])
def test_the_largest_letters_fit(
    open_browser: Callable[..., Page], live_server: LiveServer, editor: User, news: Article,
    width: int,
) -> None:  # fmt: skip
    page = open_browser(editor, width=width)
    look = {"name": "look", "value": "system-largest-wide", "url": live_server.url}
    page.context.add_cookies([look])  # type: ignore[list-item]  # as Playwright's typed dict
    for address in ("/", f"/articles/{news.pk}/", "/annotations/", "/entities/", "/progress/"):
        page.goto(address)
        expect(page.locator("html")).to_have_attribute("data-size", "largest")
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth"), page.url
