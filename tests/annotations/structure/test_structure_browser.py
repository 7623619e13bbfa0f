"""The structure changed where the text is read, by keyboard and by the one menu."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.annotations.browsing import drag_over, open_article
from tests.annotations.correcting.test_correcting import texts
from tests.browser import faults

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from articles.models import Article
    from diplowatch.accounts.models import User

pytestmark = pytest.mark.django_db(transaction=True)

OpenBrowser = Callable[..., "Page"]
NUMBERS = "all => all.map((one) => one.dataset.number).join(' ')"


def numbers(page: Page) -> str:
    """The passages that the page shows, in order."""
    return str(page.locator(".passage").evaluate_all(NUMBERS))


def test_the_menu_begins_where_a_second_key_does_no_harm(
    open_browser: OpenBrowser, editor: User, news: Article
) -> None:
    page = open_browser(editor)
    open_article(page, news)
    page.locator("#p1 .permalink").focus()
    page.keyboard.press("m")
    expect(page.locator("#structure-menu select[name=role]")).to_be_focused()


def test_a_passage_is_split_and_joined_again_by_keyboard_alone(
    interview: Article, editor: User, open_browser: OpenBrowser
) -> None:
    page = open_browser(editor, language="en")
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    open_article(page, interview)
    before = texts(interview)
    page.keyboard.press("s")
    page.keyboard.press("ArrowDown")
    for _word in range(4):
        page.keyboard.press("ArrowRight")
    words = page.evaluate("getSelection().toString()")
    page.keyboard.press("Shift+S")
    expect(page.locator(".passage")).to_have_count(5)
    assert numbers(page) == "1 2 5 3 4"
    assert page.locator("#p5 .words").inner_text().startswith(words)
    expect(page.locator("#p2 .words")).to_be_focused()
    page.keyboard.press("Shift+J")
    expect(page.locator(".passage")).to_have_count(4)
    assert texts(interview) == before
    page.keyboard.press("Control+z")
    expect(page.locator(".passage")).to_have_count(5)
    drag_over(page, 2, "bien compris")
    page.keyboard.press("m")
    expect(page.get_by_label("Split before these words")).to_have_value("bien compris")
    page.get_by_label("Split before these words").press("Enter")
    expect(page.locator(".passage")).to_have_count(6)
    page.keyboard.press("Control+z")
    expect(page.locator(".passage")).to_have_count(5)
    page.keyboard.press("Control+z")
    expect(page.locator(".passage")).to_have_count(4)
    assert texts(interview) == before
    assert complaints == []


def test_who_speaks_is_changed_in_the_menu_and_the_outline_follows(
    interview: Article, editor: User, open_browser: OpenBrowser
) -> None:
    page = open_browser(editor, language="en", width=1600)
    open_article(page, interview)
    page.locator("#p2 .words").hover()
    page.keyboard.press("m")
    menu = page.locator("#structure-menu")
    expect(menu).to_contain_text("Structure at passage 2")
    assert faults(page) == []
    menu.get_by_label("or somebody new").fill("Zoé")
    menu.get_by_label("everywhere this speaker stands").check()
    menu.get_by_label("or somebody new").press("Enter")
    expect(menu).to_be_hidden()
    expect(page.locator("#p2 .speaker").last).to_have_text("Zoé")
    expect(page.locator("#outline .voices")).to_contain_text("Zoé")
    expect(page.locator("#outline .voices")).not_to_contain_text("Antony Blinken")
    page.locator("#p2 .words").hover()
    page.keyboard.press("m")
    menu.get_by_label("Split before these words").fill("nowhere")
    menu.get_by_role("button", name="Split", exact=True).click()
    expect(menu.get_by_role("alert")).to_contain_text("do not stand")
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()


def test_all_of_it_works_without_a_script(
    interview: Article, editor: User, open_browser: OpenBrowser
) -> None:
    page = open_browser(editor, language="en", javascript=False)
    page.goto(f"/articles/{interview.pk}/")
    page.locator("#p2 [data-way=structure]").click()
    page.get_by_label("Split before these words").fill("On aurait")
    page.get_by_role("button", name="Split", exact=True).click()
    expect(page.locator("#p5 .words")).to_contain_text("On aurait")
    page.locator("#p5 [data-way=edit]").click()
    page.get_by_label("Words of the passage").fill("On aurait pu.")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#p5 .words")).to_have_text("On aurait pu.")
