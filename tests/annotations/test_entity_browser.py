"""The pages of entities in a real browser: nothing that axe finds, at both widths and themes."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone

from annotations.models import SpeakerIdentity
from annotations.services.entities import create_entity
from articles.services.log import Agent
from tests.annotations.speaking import make_entity, say

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page
    from pytest_django.fixtures import SettingsWrapper

    from articles.models import Article
    from diplowatch.accounts.models import User


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("width", "dark"), [(1280, False), (390, True)])
def test_axe_finds_nothing_and_no_page_is_wider_than_the_window(
    open_browser: Callable[..., Page], editor: User, news: Article, interview: Article, width: int,
    dark: bool, settings: SettingsWrapper,
) -> None:  # fmt: skip
    settings.WIKIDATA_API = "http://127.0.0.1:9/"  # so that its button is there
    made, _activity = create_entity(
        agent=Agent(name="tests"), kind="person", label_fr="Antony Blinken",
        description_fr="homme politique américain", aliases=["Tony Blinken"],
        identifiers=[("wikidata", "Q7821917")], fetched=timezone.now(),
    )  # fmt: skip
    speaker = interview.speakers.get(name="Antony Blinken")
    SpeakerIdentity.objects.create(speaker=speaker, entity=made, set_at=timezone.now())
    for entity, words in ((made, "Anthony Blingen"), (make_entity("OCDE", "organisation"), "OCDE")):
        say(
            news, (1, words), motivation="identifying", entity=entity, link_status="verified",
            creator=editor,
        )  # fmt: skip
    page = open_browser(editor, width=width, dark=dark, language="en" if dark else "fr")
    own = ("", f"{made.pk}/", f"{made.pk}/edit", f"{made.pk}/merge?q=OCDE", "new")
    others = (
        f"/?entity={made.pk}", f"/articles/{interview.pk}/", "/activity/",
        f"/articles/{interview.pk}/speakers/{speaker.pk}", f"/entities/{made.pk}/answers",
    )  # fmt: skip
    for address in (*(f"/entities/{one}" for one in own), *others):
        page.goto(address)
        if page.locator(".outline-open").is_visible():
            page.click(".outline-open")
        if page.locator("#facets:not([open]) > summary").is_visible():
            page.click("#facets > summary")
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
        wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
        assert not wide, address
        if folder := os.environ.get("SHOTS"):
            name = address.partition("?")[0].strip("/").replace("/", "-") or "list"
            page.screenshot(path=f"{folder}/{name}-{width}.png", full_page=True)
