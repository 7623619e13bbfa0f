"""History in a real browser: three texts by a key, a state brought back, an act undone in part."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from annotations.services.correcting import Why
from articles.models import Verb
from articles.services.log import Agent
from articles.services.operating import Act, Work, operate
from articles.text.edits import Edit
from articles.text.operations import Split, Text
from tests.annotations.browsing import open_article
from tests.annotations.history.acting import anybody, correct, do, texts_of
from tests.annotations.speaking import make_entity, say
from tests.browser import faults
from tests.conftest import MakeArticle

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from articles.models import Article
    from diplowatch.accounts.models import User

OpenBrowser = Callable[..., "Page"]
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def told(news: Article, editor: User) -> Article:
    """A text that people and a machine corrected, with something said of it."""
    say(
        news, (1, "Anthony Blingen"), motivation="identifying", link_status="verified",
        entity=make_entity("Antony Blinken", "person"), creator=editor,
    )  # fmt: skip
    say(news, (2, "Sahel"), motivation="commenting", creator=editor, body="Lequel ?")
    correct(news, "Anthony Blingen", "Antony Blinken", editor, Why("name", "au communiqué"))
    correct(news, "Qui de Arsay", "Quai d’Orsay", Agent(name="memory"))
    correct(news, " mardi", "", editor)
    do(news, editor, Split(2, texts_of(news)[1].index(" «"), " ", 0, "paragraph", None, None))
    return news


def sound(page: Page, name: str) -> None:
    """Expect no fault and nothing that stands out; keep a picture where one is asked for."""
    folder = os.environ.get("PICTURES")
    if folder:
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)
    assert faults(page) == [], page.url
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth"), page.url


def test_a_key_goes_from_text_to_text(
    open_browser: OpenBrowser, editor: User, told: Article
) -> None:
    page = open_browser(editor, language="en")
    open_article(page, told)
    first = page.locator("#p1 .words")
    expect(first).to_contain_text("Quai d’Orsay a reçu Antony Blinken")
    expect(page.locator("#p1 mark.m").first).to_have_text("Antony Blinken")
    page.keyboard.press("o")
    page.wait_for_url(f"**/articles/{told.pk}/?text=apparatus")
    expect(page.locator("#p1 del").first).to_have_text("Qui")
    change = page.locator(".change[data-revision='2']").first
    change.focus()
    expect(page.locator(".change-says")).to_contain_text("instead of “Anthony”")
    page.keyboard.press("Escape")
    expect(page.locator(".change-says")).to_have_count(0)
    change.hover()
    expect(page.locator(".change-says")).to_contain_text("au communiqué")
    page.mouse.move(5, 5)
    sound(page, "apparatus")
    page.keyboard.press("o")
    page.wait_for_url(f"**/articles/{told.pk}/?text=original")
    expect(first).to_contain_text("Qui de Arsay a reçu mardi Anthony Blingen")
    expect(page.locator("#p1 mark.m")).to_have_text("Anthony Blingen")
    page.keyboard.press("o")
    page.wait_for_url(f"**/articles/{told.pk}/")
    expect(first).to_contain_text("Quai d’Orsay a reçu Antony Blinken")
    page.get_by_role("link", name="Apparatus", exact=True).click()
    page.locator(".change[data-revision='2']").first.press("Enter")
    expect(page.locator(".revisions > li[data-here]")).to_contain_text("Anthony")


def test_in_the_original_nothing_can_be_selected(
    open_browser: OpenBrowser, editor: User, told: Article
) -> None:
    page = open_browser(editor, language="en")
    open_article(page, told, "?text=original")
    page.locator("#p1 .words").dblclick(position={"x": 300, "y": 10})
    expect(page.locator("#say [data-part=bar]")).to_be_hidden()
    page.locator("#p1 mark.m").click()
    expect(page.locator(".card[data-on]")).to_have_count(1)


def test_a_state_is_brought_back_and_that_undone(
    open_browser: OpenBrowser, editor: User, told: Article
) -> None:
    page = open_browser(editor, language="en")
    open_article(page, told)
    before = texts_of(told)
    page.locator(".tools").get_by_role("link", name="History").click()
    page.locator("#r1").get_by_role("link", name="Restore this state").click()
    sound(page, "restore")
    page.get_by_role("button", name="Restore").click()
    expect(page.locator("#p1 .words")).to_contain_text("Qui de Arsay a reçu mardi Anthony Blingen")
    assert len(texts_of(told)) == 3
    page.locator(".toast").get_by_role("button", name="Undo").click()
    expect(page.locator("#p1 .words")).to_contain_text("Quai d’Orsay a reçu Antony Blinken")
    assert texts_of(told) == before


def test_what_can_be_undone_of_an_act_is(
    open_browser: OpenBrowser, editor: User, news: Article, make_article: MakeArticle
) -> None:
    other = make_article("Un mot.\n\nLes deux ministres ont parlé.\n\nUne fin.", name="o.txt")
    works = [
        Work(one.pk, [Text(2, (Edit(texts_of(one)[1].index("ministres"), "ministres", "chefs"),))])
        for one in (news, other)
    ]
    activity = operate(works, Act(Agent(editor), Verb.CORRECT, anybody)).activity
    correct(news, "chefs", "consuls", editor)
    page = open_browser(editor, language="en")
    page.goto("/activity/")
    sound(page, "acts")
    page.locator(f"#act-{activity.pk}").get_by_role("button", name="Undo").click()
    expect(page.locator("#in-the-way")).to_contain_text("corrected")
    sound(page, "in-the-way")
    page.get_by_role("button", name="Undo what can be undone").click()
    expect(page.locator(".toast")).to_be_visible()
    assert "ministres" in texts_of(other)[1]
    assert "consuls" in texts_of(news)[1]


def test_the_pages_are_sound(
    open_browser: OpenBrowser, editor: User, told: Article, look: dict[str, Any]
) -> None:
    page = open_browser(editor, **look)
    for name, address in (
        ("text-original", "?text=original"), ("text-apparatus", "?text=apparatus"),
        ("text-at", "?at=2"), ("history", "history"), ("compared", "history?from=1&to=3"),
        ("passage", "passages/2/history"), ("restoring", "restore?to=2&passage=2"),
    ):  # fmt: skip
        page.goto(f"/articles/{told.pk}/{address}")
        sound(page, f"{name}-{look['width']}")
    page.goto(f"/activity/?article={told.pk}")
    sound(page, f"activity-{look['width']}")
    page.goto("/?q=Blingen")
    sound(page, f"search-{look['width']}")


def test_what_changed_is_walked_through_by_keys(
    open_browser: OpenBrowser, editor: User, told: Article
) -> None:
    page = open_browser(editor, language="en")
    page.goto(f"/articles/{told.pk}/history")
    steps = page.locator(".revisions > li")
    expect(steps.first).to_be_focused()
    page.keyboard.press("j")
    expect(steps.nth(1)).to_be_focused()
    page.keyboard.press("k")
    expect(steps.first).to_be_focused()
    page.keyboard.press("y")  # nothing is decided here
    expect(steps.first).to_be_focused()
    page.keyboard.press("j")
    expect(steps.nth(1)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".differing").first).to_be_visible()
