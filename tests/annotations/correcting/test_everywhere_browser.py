"""The page that finds words in all texts, by the keyboard; what a correction says of elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests.annotations.browsing import drag_over, open_article
from tests.annotations.correcting.test_correcting import texts
from tests.annotations.correcting.test_everywhere import ONE, TWO
from tests.browser import faults, overflow
from tests.conftest import MakeArticle

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from diplowatch.accounts.models import User

pytestmark = pytest.mark.django_db(transaction=True)
OpenBrowser = Callable[..., "Page"]
ADDRESS = "/find/?q=Anthony+Blingen&replace=Antony+Blinken"


def test_places_are_walked_and_ticked_by_keys_and_corrected(
    open_browser: OpenBrowser, editor: User, make_article: MakeArticle
) -> None:
    one, two = make_article(ONE, name="one.txt"), make_article(TWO, name="two.txt")
    page = open_browser(editor, language="en")
    page.goto(ADDRESS)
    expect(page.locator(".found-count")).to_have_text("3 places ticked")
    expect(page.locator(".found-place .go").first).to_be_focused()
    for press in ("x", "j", "j", "x", "k"):
        page.keyboard.press(press)
    expect(page.locator(".found-count")).to_have_text("3 places ticked")
    page.get_by_role("button", name="Correct", exact=True).click()
    expect(page.locator("#toasts")).to_contain_text("3 places corrected in 1 article.")
    assert "Antony Blinken a vu Blinken. Antony Blinken part." in texts(one)[0]
    page.locator("#toasts").get_by_role("button", name="Undo").click()
    expect(page.locator("#toasts")).to_contain_text("Undone.")
    assert "Anthony Blingen a vu Blingen." in texts(one)[0]
    page.get_by_role("button", name="None", exact=True).click()
    expect(page.get_by_role("button", name="Propose", exact=True)).to_be_disabled()
    page.get_by_role("button", name="All “Blingen”").click()
    expect(page.locator(".found-count")).to_have_text("2 places ticked")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/articles/{two.pk}/#p1")


def test_what_is_looked_for_anew_corrects_nothing_by_key(
    open_browser: OpenBrowser, editor: User, make_article: MakeArticle
) -> None:
    one = make_article(ONE, name="one.txt")
    page = open_browser(editor, language="en")
    page.goto(ADDRESS)
    page.locator("[name=replace]").first.fill("Tony Blinken")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**replace=Tony+Blinken**")
    expect(page.locator(".found-place").first).to_contain_text("Tony")
    assert "Anthony Blingen a vu Blingen." in texts(one)[0]


def test_after_a_correction_it_is_said_where_else_the_words_stand(
    open_browser: OpenBrowser, editor: User, make_article: MakeArticle
) -> None:
    make_article(ONE, name="one.txt")
    two = make_article(TWO, name="two.txt")
    page = open_browser(editor, language="en")
    open_article(page, two)
    drag_over(page, 1, "Anthony Blingen")
    page.keyboard.press("r")
    field = page.locator("#say-replace")
    expect(field).to_be_focused()
    field.fill("Antony Blinken")
    page.keyboard.press("Control+Enter")
    link = page.locator("#toasts [data-elsewhere]")
    expect(link).to_have_text(
        "The same words, and parts of them, stand 5 times in 1 article. a", timeout=10_000
    )
    page.keyboard.press("a")
    page.wait_for_url("**/find/?**")
    expect(page.locator(".found-place")).to_have_count(5)
    expect(page.locator(".found-place .go").first).to_be_focused()
    expect(page.locator(".found-count")).to_have_text("2 places ticked")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#toasts")).to_contain_text("2 places corrected in 1 article.")
    page.wait_for_load_state()  # the toast came with the page, the keys come with its scripts
    page.keyboard.press("Control+z")
    expect(page.locator("#toasts")).to_contain_text("Undone.")
    page.locator(".way-back a").click()
    page.wait_for_url(f"**/articles/{two.pk}/")


def test_axe_finds_nothing_and_nothing_overflows(
    open_browser: OpenBrowser, editor: User, make_article: MakeArticle, look: dict[str, Any]
) -> None:
    make_article(ONE)
    page = open_browser(editor, **look)
    page.goto(ADDRESS)
    expect(page.locator(".found-place").first).to_be_visible()
    assert faults(page) == []
    assert overflow(page) <= 0
