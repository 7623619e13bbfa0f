"""The pages of entities in a real browser: nothing that axe finds, at both widths and themes."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from annotations.models import SpeakerIdentity
from annotations.services.entities import create_entity
from articles.services.log import Agent
from tests.annotations.speaking import make_entity, say
from tests.browser import faults, overflow

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page
    from pytest_django.fixtures import SettingsWrapper

    from articles.models import Article
    from diplowatch.accounts.models import User


@pytest.mark.django_db(transaction=True)
def test_axe_finds_nothing_and_no_page_is_wider_than_the_window(
    open_browser: Callable[..., Page], editor: User, news: Article, interview: Article,
    look: dict[str, Any], settings: SettingsWrapper,
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
    page = open_browser(editor, **look)
    own = ("", f"{made.pk}/", f"{made.pk}/edit", "new")
    others = (f"/?entity={made.pk}", f"/articles/{interview.pk}/")
    for address in (*(f"/entities/{one}" for one in own), *others):
        page.goto(address)
        if page.locator(".outline-open").is_visible():
            page.click(".outline-open")
        if page.locator("#facets:not([open]) > summary").is_visible():
            page.click("#facets > summary")
        assert faults(page) == [], address
        assert overflow(page) <= 0, address
        if folder := os.environ.get("SHOTS"):
            name = address.partition("?")[0].strip("/").replace("/", "-") or "list"
            page.screenshot(path=f"{folder}/{name}-{look['width']}.png", full_page=True)
