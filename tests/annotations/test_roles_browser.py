"""What those see who may say little: readers have private notes, visitors only read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from annotations.models import Annotation
from tests.annotations.browsing import drag, drag_over, open_article, place_of, selected_words
from tests.annotations.speaking import say

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page
    from pytest_django.fixtures import SettingsWrapper

    from articles.models import Article
    from diplowatch.accounts.models import User

    OpenBrowser = Callable[..., Page]

pytestmark = pytest.mark.django_db(transaction=True)


def test_what_a_reader_says_is_private(
    open_browser: OpenBrowser, reader: User, editor: User, news: Article
) -> None:
    page = open_browser(reader)
    open_article(page, news)
    drag_over(page, 3, "York")
    private = page.locator("#say [data-private]")
    expect(private).to_be_checked()
    expect(private).to_be_disabled()
    page.keyboard.press("c")
    private = page.locator("#say [data-part=comment] [name=private]")
    expect(private).to_be_checked()
    expect(private).to_be_disabled()
    page.fill("#say-comment", "Pour moi.")
    page.keyboard.press("Control+Enter")
    card = page.locator("#card-list .card")
    expect(card).to_have_attribute("data-private", "")
    expect(card.locator(".private")).to_have_text("Privée")
    drag_over(page, 1, "OCDE")
    page.keyboard.press("h")
    expect(page.locator(".text mark")).to_have_count(2)
    assert all(Annotation.objects.values_list("private", flat=True))
    other = open_browser(editor)
    open_article(other, news)
    expect(other.locator(".text mark")).to_have_count(0)


def test_a_reader_has_no_acts_on_what_others_say(
    open_browser: OpenBrowser, reader: User, editor: User, news: Article
) -> None:
    said = say(news, (1, "OCDE"), motivation="commenting", creator=editor)
    page = open_browser(reader)
    open_article(page, news)
    page.click(f"#a-{said.pk}")
    footer = page.locator(f"#c-{said.pk} footer")
    expect(footer.locator("[data-copy]")).to_be_visible()
    expect(footer.locator("[data-act]")).to_have_count(0)


def test_a_visitor_of_a_public_collection_reads_and_is_asked_nothing(
    open_browser: OpenBrowser, editor: User, news: Article, settings: SettingsWrapper
) -> None:
    settings.PUBLIC_READING = True
    said = say(news, (1, "OCDE"), motivation="commenting", creator=editor, body="À Paris.")
    page = open_browser()
    open_article(page, news)
    place = place_of(page, 3, "York")
    drag(page, (place.left + 2, place.middle), (place.right - 2, place.middle))
    assert selected_words(page) != ""
    expect(page.locator("#say")).to_be_hidden()
    for key in "sch":
        page.keyboard.press(key)
    expect(page.locator("#say")).to_be_hidden()
    expect(page.locator("main form[method=post], #say form, .text .say")).to_have_count(0)
    page.evaluate("getSelection().removeAllRanges()")
    page.click(f"#a-{said.pk}")
    card = page.locator(f"#c-{said.pk}")
    expect(card).to_have_attribute("aria-current", "true")
    expect(card.locator(".body")).to_have_text("À Paris.")
    expect(card.locator("[data-act]")).to_have_count(0)
