"""The pages of entities in a real browser: nothing that axe finds, at both widths and themes."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe

from annotations.services.entities import create_entity
from articles.services.log import Agent
from tests.annotations.speaking import make_entity, say

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from articles.models import Article
    from diplowatch.accounts.models import User


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("width", "dark"), [(1280, False), (390, True)])
def test_axe_finds_nothing_and_no_page_is_wider_than_the_window(
    open_browser: Callable[..., Page], editor: User, news: Article, width: int, dark: bool
) -> None:
    made, _activity = create_entity(
        agent=Agent(name="tests"), kind="person", label_fr="Antony Blinken",
        description_fr="homme politique américain", aliases=["Tony Blinken"],
        identifiers=[("wikidata", "Q7821917")],
    )  # fmt: skip
    for entity, words in ((made, "Anthony Blingen"), (make_entity("OCDE", "organisation"), "OCDE")):
        say(
            news, (1, words), motivation="identifying", entity=entity, link_status="verified",
            creator=editor,
        )  # fmt: skip
    page = open_browser(editor, width=width, dark=dark, language="en" if dark else "fr")
    for address in ("", f"{made.pk}/", f"{made.pk}/edit", f"{made.pk}/merge?q=OCDE", "new"):
        page.goto(f"/entities/{address}")
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
        wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
        assert not wide, address
        if folder := os.environ.get("SHOTS"):
            name = address.partition("?")[0].replace("/", "-") or "list"
            page.screenshot(path=f"{folder}/{name}-{width}.png", full_page=True)
