"""Linking words with an entity in a real browser: other mentions, new entities, nobody known."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from annotations.models import Annotation, Entity, LinkStatus
from annotations.services.entities import create_entity
from articles.services.log import Agent
from tests.annotations.browsing import drag_over, open_article

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from diplowatch.accounts.models import User
    from tests.conftest import MakeArticle

    OpenBrowser = Callable[..., Page]

pytestmark = pytest.mark.django_db(transaction=True)

TEXT = """ date 2021-10 Anthony Blingen est attendu mardi à Paris.

Le communiqué dit que Anthony Blingen verra le ministre.

Après Paris, Anthony Blingen part pour le Mexique.
"""


def open_picker(page: Page, words: str) -> None:
    """Select these words of the first passage and ask who or what they are."""
    drag_over(page, 1, words)
    page.keyboard.press("e")
    expect(page.locator("#say-entity")).to_have_value(words)
    expect(page.locator("#say [data-part=entity]")).not_to_have_attribute("aria-busy", "true")


def test_other_mentions_are_shown_and_chosen_before_they_are_linked(
    open_browser: OpenBrowser, editor: User, make_article: MakeArticle
) -> None:
    create_entity(
        agent=Agent(name="tests"), kind="person", label_fr="Antony Blinken",
        aliases=["Anthony Blingen"],
    )  # fmt: skip
    page = open_browser(editor)
    open_article(page, make_article(TEXT))
    open_picker(page, "Anthony Blingen")
    page.locator("#say-entities [data-entity]").first.click()
    offered = page.locator(".card .mentions")
    expect(offered.locator(".check")).to_have_count(2)
    expect(offered).to_contain_text("Le communiqué dit que Anthony Blingen verra")
    assert Annotation.objects.count() == 1, "nothing is linked before it was chosen"
    offered.locator("[name=mention]").nth(0).uncheck()
    offered.locator(".primary").click()
    expect(page.locator(".text mark")).to_have_count(2)
    expect(page.locator("#p3 mark")).to_have_text("Anthony Blingen")
    expect(page.locator(".mentions")).to_have_count(0)
    page.keyboard.press("Control+z")
    expect(page.locator(".text mark")).to_have_count(1)


def test_an_editor_makes_an_entity_that_was_not_there(
    open_browser: OpenBrowser, editor: User, make_article: MakeArticle
) -> None:
    page = open_browser(editor)
    open_article(page, make_article(TEXT))
    open_picker(page, "Blingen")
    expect(page.locator("#say [data-part=entity] [data-none]")).to_be_visible()
    page.click("[data-new-open]")
    name = page.locator("#say [name=label]")
    expect(name).to_be_focused()
    expect(name).to_have_value("Blingen")
    name.fill("Antony Blinken")
    page.click("#say .choice:has([value=person])")
    page.click("[data-new-make]")
    expect(page.locator(".text mark")).to_have_attribute("data-kind", "person")
    expect(page.locator("#card-list .card header b")).to_have_text("Antony Blinken")
    assert str(Entity.objects.get()) == "Antony Blinken"


def test_an_annotator_is_not_offered_to_make_entities(
    open_browser: OpenBrowser, annotator: User, make_article: MakeArticle
) -> None:
    page = open_browser(annotator)
    open_article(page, make_article(TEXT))
    open_picker(page, "Blingen")
    expect(page.locator("[data-new-open]")).to_have_count(0)


def test_a_person_nobody_can_name_is_not_identifiable(
    open_browser: OpenBrowser, annotator: User, make_article: MakeArticle
) -> None:
    page = open_browser(annotator)
    open_article(page, make_article(TEXT))
    open_picker(page, "Blingen")
    page.click("[data-nobody]")
    mark = page.locator(".text mark")
    expect(mark).to_have_text("Blingen")
    expect(mark).to_have_attribute("data-status", "not_identifiable")
    expect(page.locator("#card-list .card header b")).to_have_text("Non identifiable")
    made = Annotation.objects.get()
    assert (made.link_status, made.entity) == (LinkStatus.NOT_IDENTIFIABLE, None)
