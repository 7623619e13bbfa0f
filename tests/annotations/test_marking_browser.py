"""Marking passages, handing a text over and copying words, by keyboard and by mouse."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from articles.models import HandOver
from diplowatch.lib.roles import Role
from tests.annotations.browsing import drag_over, open_article
from tests.articles.marks import mark, standing
from tests.browser import faults
from tests.conftest import make_user

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from articles.models import Article
    from diplowatch.accounts.models import User

pytestmark = pytest.mark.django_db(transaction=True)


def press(page: Page, *keys: str) -> None:
    """Press keys one after the other."""
    for key in keys:
        page.keyboard.press(key)


def tab_to(page: Page, selector: str, *, by: str = "Tab") -> None:
    """Go on with Tab until the focus is on what the selector names."""
    for _step in range(60):
        if page.evaluate("(wanted) => document.activeElement.matches(wanted)", selector):
            return
        press(page, by)
    pytest.fail(f"Tab does not lead to {selector}")


def focused(page: Page) -> str:
    """The passage that has the focus."""
    return str(page.evaluate("document.activeElement.closest('.passage')?.id ?? ''"))


def sign(page: Page, number: int, status: str) -> None:
    """Wait for a passage to bear the sign of a status."""
    expect(page.locator(f"#p{number} a.sign[data-status={status}]")).to_be_visible()


def test_a_text_is_proofread_handed_over_and_validated_by_keyboard(
    open_browser: Callable[..., Page], editor: User, news: Article
) -> None:
    second = make_user("second", Role.EDITOR)
    page = open_browser(editor)
    open_article(page, news)
    press(page, "Shift+Enter")
    sign(page, 1, "proofread")
    expect(page.locator("#p2 .words")).to_be_focused()
    expect(page.locator("#standing")).to_contain_text("1 ")
    press(page, "Control+z")
    sign(page, 1, "raw")
    press(page, "Control+Shift+z")
    sign(page, 1, "proofread")
    page.locator("#p2 .words").evaluate("(words) => words.focus()")
    press(page, "Shift+Enter")
    sign(page, 2, "proofread")
    expect(page.locator("#p3 .words")).to_be_focused()
    assert page.locator("#toasts .toast").count() <= 2  # those of undoing alone
    press(page, "Shift+Enter")
    sign(page, 3, "proofread")
    expect(page.locator("#rest")).to_be_focused()
    assert standing(news) == ["proofread"] * 4

    tab_to(page, "#rest a")
    press(page, "Enter")
    expect(page.locator("#hand-dialog select")).to_be_focused()
    assert faults(page) == []
    page.keyboard.type("second")
    press(page, "Tab")
    page.keyboard.type("Deux noms à vérifier")
    press(page, "Tab", "Enter")
    expect(page.locator("#handing")).to_contain_text("Deux noms à vérifier")
    assert HandOver.objects.get().recipient == second

    other = open_browser(second)
    other.goto("/waiting")
    tab_to(other, "main h3 a")
    press(other, "Enter")
    expect(other.locator(".text[data-colour]")).to_be_visible()
    expect(other.locator("#handing")).to_be_visible()
    for number in (1, 2, 3):
        press(other, "Shift+Enter")
        sign(other, number, "validated")
    expect(other.locator("#rest")).to_be_focused()
    assert standing(news) == ["validated"] * 4
    assert HandOver.objects.get().state == "validated"


def test_the_caret_goes_on_to_the_next_passage(
    open_browser: Callable[..., Page], editor: User, news: Article
) -> None:
    mark(news, 2, "proofread", editor)
    page = open_browser(editor)
    open_article(page, news)
    press(page, "s", "ArrowRight", "Shift+Enter")
    sign(page, 1, "proofread")
    page.wait_for_function("getSelection().toString() === 'La'")
    assert focused(page) == "p3"  # the second is done
    expect(page.locator("#say [data-part=bar]")).to_be_visible()


def test_the_menu_of_a_passage(
    open_browser: Callable[..., Page], editor: User, news: Article
) -> None:
    page = open_browser(editor)
    open_article(page, news)
    menu = page.locator("#mark-menu")
    page.locator("#p2 a.sign").click()
    expect(menu).to_be_visible()
    assert faults(page) == []
    menu.locator("[data-mark=proofread]").click()
    sign(page, 2, "proofread")
    expect(menu).to_be_hidden()
    expect(page.locator("#p2 a.sign")).to_be_focused()
    press(page, "Enter")
    expect(menu).to_be_visible()
    menu.locator("[data-mark=validated]").click()  # one's own
    expect(menu.locator("[data-fault]")).not_to_be_empty()
    menu.locator("input").fill("Illisible")
    press(page, "Enter")
    sign(page, 2, "problematic")
    expect(page.locator("#p2 .problem")).to_have_text("Illisible")
    assert standing(news)[2] == "problematic"
    page.locator("#p3 a.sign").click()
    press(page, "Escape")
    expect(menu).to_be_hidden()


def test_words_are_copied_with_their_citation(
    open_browser: Callable[..., Page], editor: User, news: Article
) -> None:
    page = open_browser(editor, language="en")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    open_article(page, news)

    def copied() -> str:
        expect(page.locator("#toasts .toast")).to_have_count(1)
        expect(page.locator("#toasts .toast").last).to_contain_text("Copied with its citation")
        page.locator("#toasts .toast-close").last.click()
        return str(page.evaluate("navigator.clipboard.readText()"))

    first, second, _third = news.passages.order_by("position").values_list("text", flat=True)
    drag_over(page, 2, "parlé du Sahel")
    press(page, "q")
    said = copied()
    assert said.startswith("parlé du Sahel\n\n— ")
    assert news.title in said
    assert "October 2021" in said
    assert said.rstrip().endswith(f"/articles/{news.pk}/?at=1#p2")
    press(page, "Escape")
    page.locator("#p2 a.sign").click()
    page.locator("#mark-menu [data-mark=proofread]").click()
    sign(page, 2, "proofread")
    page.locator("#toasts .toast-close").last.click()
    page.locator("#p1 a.sign").click()
    page.locator("#mark-menu [data-copy=passage]").click()
    said = copied()
    assert said.startswith(f"{first}\n\n— ")
    assert said.rstrip().endswith("?at=2#p1")
    page.locator(".after [data-copy=article]").click()
    assert copied().startswith(f"{first}\n\n{second}\n\n")


def test_the_pages_have_no_faults(
    open_browser: Callable[..., Page],
    admin: User,
    editor: User,
    news: Article,
    look: dict[str, Any],
) -> None:
    mark(news, 1, "proofread", editor)
    mark(news, 2, "problematic", editor, problem="Illisible")
    page = open_browser(admin, **look)
    for address in (
        f"/articles/{news.pk}/", f"/articles/{news.pk}/passages/2/status",
        f"/articles/{news.pk}/hand-over", f"/articles/{news.pk}/send-back", "/waiting",
        "/settings/house",
    ):  # fmt: skip
        page.goto(address)
        assert faults(page) == [], address


def test_an_interview_is_copied_with_the_names_of_who_speaks(
    open_browser: Callable[..., Page], editor: User, interview: Article
) -> None:
    page = open_browser(editor)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    open_article(page, interview)
    page.locator("[data-copy=article]").click()
    expect(page.locator("#toasts .toast")).to_be_visible()
    turns = str(page.evaluate("navigator.clipboard.readText()")).split("\n\n")
    first, second, third, *_ = interview.passages.order_by("position").values_list(
        "text", flat=True
    )
    assert turns[0] == f"France 2\u00a0: {first}"
    assert turns[1] == f"Antony Blinken\u00a0: {second}"
    assert turns[2] == f"France 2\u00a0: {third}"
