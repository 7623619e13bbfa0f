"""What comes back after an act takes its place in the page without a fault."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from annotations.models import Annotation
from annotations.services.correcting import correct_text
from articles.services.log import Agent
from tests.annotations.saying import span_of
from tests.annotations.speaking import say
from tests.annotations.test_saying_browser import drag_over

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from articles.models import Article
    from diplowatch.accounts.models import User

    OpenBrowser = Callable[..., Page]

pytestmark = pytest.mark.django_db(transaction=True)


def opened(page: Page, article: Article, asked: str = "") -> list[str]:
    """Open the reader page; what the console and the script complain of from then on."""
    faults: list[str] = []
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    page.goto(f"/articles/{article.pk}/{asked}")
    page.wait_for_function("document.querySelector('.text').dataset.colour")
    return faults


@pytest.mark.parametrize("width", [1280, 390])
def test_new_cards_and_those_that_go_and_come_back_are_no_fault(
    open_browser: OpenBrowser, editor: User, news: Article, width: int
) -> None:
    say(news, (3, "New York"), creator=editor)
    page = open_browser(editor, width=width)
    faults = opened(page, news)
    drag_over(page, 1, "Anthony Blingen")
    page.keyboard.press("h")
    expect(page.locator(".card[data-a]")).to_have_count(2)
    expect(page.locator("#said-count")).to_have_text("2")
    if width == 1280:
        expect(page.locator("#card-list > .card").first).to_contain_text("Anthony Blingen")
    page.keyboard.press("Control+z")
    expect(page.locator(".card[data-a]")).to_have_count(1)
    expect(page.locator("#said-count")).to_have_text("1")
    page.keyboard.press("Control+Shift+z")
    expect(page.locator(".card[data-a]")).to_have_count(2)
    expect(page.locator("#said-count")).to_have_text("2")
    assert faults == []


def test_a_card_that_was_never_fetched_goes_without_a_fault(
    open_browser: OpenBrowser, editor: User, news: Article
) -> None:
    page = open_browser(editor)
    faults = opened(page, news)
    drag_over(page, 1, "Anthony Blingen")
    page.keyboard.press("h")
    expect(page.locator(".card[data-a]")).to_have_count(1)
    page.evaluate("document.querySelector('.card[data-a]').remove()")
    page.keyboard.press("Control+z")
    expect(page.locator("#p1 mark.m")).to_have_count(0)
    expect(page.locator("#card-list > article:not(.card)")).to_have_count(0)
    assert faults == []


CHOOSE_NEXT = """
document.body.addEventListener("htmx:afterSwap", () => setTimeout(() => {
    const field = document.getElementById("filter-motivation");
    field.value = "";
    field.dispatchEvent(new Event("change", { bubbles: true }));
}), { once: true })
"""


def test_what_is_chosen_as_soon_as_an_answer_stands_counts(
    open_browser: OpenBrowser, editor: User, news: Article
) -> None:
    say(news, (1, "Anthony Blingen"), motivation="commenting", creator=editor)
    say(news, (3, "New York"), creator=editor)
    page = open_browser(editor)
    faults = opened(page, news)
    page.evaluate(CHOOSE_NEXT)
    with page.expect_response("**motivation=commenting**"):
        page.evaluate("document.querySelector('.card-filters').open = true")
        page.select_option("#filter-motivation", "commenting")
    expect(page.locator("#filter-motivation")).to_have_value("")
    expect(page.locator("#card-list > .card")).to_have_count(2)
    assert faults == []


def test_the_counts_of_the_tabs_follow_what_an_act_did_elsewhere(
    open_browser: OpenBrowser, editor: User, news: Article
) -> None:
    say(news, (1, "Anthony Blingen"), motivation="commenting", creator=editor)
    page = open_browser(editor)
    faults = opened(page, news)
    expect(page.locator("#check-count")).to_have_text("0")
    drag_over(page, 1, "Anthony Blingen")
    page.keyboard.press("r")
    page.locator("#say-replace").fill("Antony Blinken")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#p1")).to_contain_text("Antony Blinken")
    expect(page.locator("#check-count")).to_have_text("1")
    expect(page.locator("h1")).to_contain_text("Antony Blinken")  # taken from the text
    expect(page.locator("#open-count")).to_be_hidden()
    expect(page.locator("#standing")).to_contain_text("En cours")
    page.keyboard.press("Control+z")
    expect(page.locator("#check-count")).to_have_text("0")
    drag_over(page, 1, "Qui de Arsay")
    page.keyboard.press("f")
    expect(page.locator("#say-flag")).to_be_focused()
    page.keyboard.press("Control+Enter")
    expect(page.locator("#open-count")).to_have_text("1")
    expect(page.locator("#open-count")).to_be_visible()
    page.locator("#rest form button").first.click()
    expect(page.locator("#standing")).to_contain_text("Relu")
    assert faults == []


@pytest.mark.parametrize("who", ["annotator", "editor"])
def test_words_that_changed_meanwhile_are_shown_without_a_fault(
    open_browser: OpenBrowser, request: pytest.FixtureRequest, who: str, admin: User, news: Article
) -> None:
    page = open_browser(request.getfixturevalue(who), language="en")
    faults = opened(page, news)
    drag_over(page, 2, "Sahel")
    page.keyboard.press("r")
    page.locator("#say-replace").fill("Sahara")
    correct_text(
        article_id=news.pk, span=span_of(news, "Sahel", 2), replacement="Saheel",
        agent=Agent(admin), allow=lambda _places: None,
    )  # fmt: skip
    page.locator("#say-replace").press("Control+Enter")
    expect(page.locator("[data-part=replace] [data-fault]")).to_contain_text("Saheel")
    expect(page.locator("#p2 .words")).to_contain_text("Saheel")
    assert [said for said in faults if "409" not in said] == []  # the browser tells of each 409


def test_hits_keep_their_numbers_and_the_place_stepped_to(
    open_browser: OpenBrowser, editor: User, make_article: Callable[..., Article]
) -> None:
    article = make_article("Le Sahel d'abord.\n\nAu Sahel, un ministre du Sahel.\n\nSahel encore.")
    page = open_browser(editor)
    faults = opened(page, article, "?q=Sahel")
    before = [hit.get_attribute("id") for hit in page.locator(".hit").all()]
    assert before == ["hit-1", "hit-2", "hit-3", "hit-4"]
    for _ in range(3):
        page.keyboard.press("n")
    here = page.locator(".hit[data-here]").get_attribute("id")
    drag_over(page, 2, "ministre")
    page.keyboard.press("h")
    expect(page.locator("#p2 mark.m")).to_have_count(1)
    hits = page.locator(".hit[id]")
    assert [hit.get_attribute("id") for hit in hits.all()] == before
    assert page.locator(".hit[data-here]").get_attribute("id") == here
    assert Annotation.objects.count() == 1
    assert faults == []


def test_the_button_of_a_card_says_what_it_does_in_french(
    open_browser: OpenBrowser, editor: User, news: Article
) -> None:
    note = say(news, (1, "Anthony Blingen"), motivation="commenting", creator=editor)
    page = open_browser(editor)
    opened(page, news)
    button = page.locator(f"#c-{note.pk} [data-act=reply]")
    page.click(f"#c-{note.pk} .body")
    expect(button).to_have_text("Répondre")
    button.click()
    expect(page.locator(f"#f-{note.pk} button[type=submit]")).to_have_text("Répondre")
