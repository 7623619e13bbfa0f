"""The list in a real browser: keys, filters without a reload, selecting and moving."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from articles.models import Article, Collection
from articles.text.reading import Choices
from tests.browser import faults

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from diplowatch.accounts.models import User
    from tests.conftest import MakeArticle

    OpenBrowser = Callable[..., Page]

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def some(make_article: MakeArticle, interview: Article) -> list[Article]:
    """Three articles of three years, and the interview."""
    return [
        make_article(
            f" date 202{year}-05 Le ministre parle du Sahel, {year} fois.\n\nIl part demain.",
            name=f"{year}.txt",
            choices=Choices(source="Le Courrier" if year else ""),
        )
        for year in range(3)
    ]


def row_titles(page: Page) -> list[str]:
    """The titles shown."""
    return page.locator(".row-title").all_inner_texts()


def test_keys_walk_open_and_come_back(
    open_browser: OpenBrowser, reader: User, some: list[Article]
) -> None:
    page = open_browser(reader)
    page.goto("/")
    titles = row_titles(page)
    for key in "jjk":
        page.keyboard.press(key)
    assert page.evaluate("document.activeElement.textContent") == titles[0]
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/articles/**")
    assert titles[1] in page.inner_text("main")


@pytest.mark.parametrize("way", ["link", "back", "neighbour"])
def test_who_comes_back_to_the_list_stands_on_the_row(
    open_browser: OpenBrowser, reader: User, some: list[Article], way: str
) -> None:
    page = open_browser(reader)
    page.goto("/?sort=title&q=")
    for key in "jjj":
        page.keyboard.press(key)
    page.keyboard.press("Enter")
    page.wait_for_url("**/articles/**")
    if way == "neighbour":
        page.keyboard.press("k")
        page.wait_for_url(f"**/articles/{some[1].pk}/**")
    if way == "back":
        page.go_back()
    else:
        page.click("[data-back]")
    page.wait_for_url("**/?sort=title**")
    titles = page.locator(".row-title")
    here = 1 if way == "neighbour" else 2
    expect(titles.nth(here)).to_be_focused()
    page.keyboard.press("j")
    expect(titles.nth(here + 1)).to_be_focused()


def test_a_list_that_is_opened_anew_begins_at_its_top(
    open_browser: OpenBrowser, reader: User, some: list[Article]
) -> None:
    page = open_browser(reader)
    page.goto("/")
    for key in ("j", "j", "Enter"):
        page.keyboard.press(key)
    page.wait_for_url("**/articles/**")
    page.goto("/collections/")
    page.goto("/")
    page.wait_for_load_state()
    assert page.evaluate("document.activeElement === document.body")


def test_filters_swap_the_shelf_and_stay_in_the_address(
    open_browser: OpenBrowser, reader: User, some: list[Article]
) -> None:
    page = open_browser(reader, language="en")
    page.goto("/")
    page.evaluate("window.kept = true")
    page.click('[data-facet="kind"] a:has-text("Interview")')
    page.wait_for_url("**/?kind=interview")
    page.wait_for_selector('[data-facet="kind"] a[aria-current="true"]')
    assert len(row_titles(page)) == 1
    assert page.evaluate("window.kept") is True
    assert page.evaluate("document.activeElement.id") == "kind-interview"
    page.click(".chips .pill")
    page.wait_for_selector(".chips", state="detached")
    assert len(row_titles(page)) == 4
    page.go_back()
    page.wait_for_selector(".chips")
    assert len(row_titles(page)) == 1


def test_a_search_keeps_what_the_list_is_filtered_by(
    open_browser: OpenBrowser, reader: User, some: list[Article]
) -> None:
    page = open_browser(reader, language="en")
    page.goto("/")
    page.click('[data-facet="kind"] a:has-text("Interview")')
    page.wait_for_url("**/?kind=interview")
    page.wait_for_selector(".chips")
    page.keyboard.press("/")
    page.keyboard.type("France")
    page.keyboard.press("Enter")
    page.wait_for_url("**/?q=France&kind=interview")
    page.click(".chips .pill")
    page.wait_for_selector(".chips", state="detached")
    assert page.url.endswith("/?q=France")


def test_select_with_x_then_move_and_undo(
    open_browser: OpenBrowser, editor: User, some: list[Article]
) -> None:
    Collection.objects.create(name="Archives")
    page = open_browser(editor, language="en")
    page.goto("/?sort=newest")
    assert page.locator("#bulk").is_hidden()
    for key in "jxjx":
        page.keyboard.press(key)
    assert page.inner_text(".bulk-count") == "2 articles selected"
    page.select_option("#bulk-collection", label="Archives")
    page.click('#bulk button[value="move"]')
    page.wait_for_selector('[data-facet="collection"]')
    moved = Article.objects.filter(collection__name="Archives")
    assert moved.count() == 2
    page.click(".toast form button")
    expect(page.locator(".toast")).to_contain_text("Undone")
    assert not moved.exists()


def test_the_bar_of_acts_by_keyboard_alone(
    open_browser: OpenBrowser, editor: User, some: list[Article]
) -> None:
    page = open_browser(editor, language="en")
    page.goto("/?sort=newest")
    for key in "jxjx":
        page.keyboard.press(key)
    page.keyboard.press("b")
    expect(page.locator("#bulk-status")).to_be_focused()
    page.select_option("#bulk-status", "problematic")  # what Enter in another field leaves alone
    page.locator("#bulk-tags").press_sequentially("Sahel")
    page.keyboard.press("Enter")
    expect(page.locator(".toast")).to_contain_text("tag")
    expect(page.locator(".row .pill")).to_have_count(2)
    assert not Article.objects.filter(status="problematic").exists()
    expect(page.locator(".bulk-count")).to_have_text("2 articles selected")  # and go on
    page.keyboard.press("b")
    expect(page.locator("#bulk-status")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".row-title").first).to_be_focused()
    page.keyboard.press("Control+z")
    expect(page.locator(".toast")).to_contain_text("Undone")
    expect(page.locator(".row .pill")).to_have_count(0)
    expect(page.locator(".bulk-count")).to_have_text("2 articles selected")
    page.keyboard.press("Control+z")  # there is nothing more: it does not do it again
    page.keyboard.press("x")
    expect(page.locator(".bulk-count")).to_have_text("1 article selected")
    page.keyboard.press("Control+Shift+z")
    expect(page.locator(".row .pill")).to_have_count(2)
    expect(page.locator(".bulk-count")).to_have_text("1 article selected")
    page.keyboard.press("Escape")  # first the toast goes
    page.keyboard.press("Escape")
    expect(page.locator("#bulk")).to_be_hidden()


def test_a_refused_act_keeps_the_selection_and_what_was_typed(
    open_browser: OpenBrowser, editor: User, some: list[Article]
) -> None:
    page = open_browser(editor, language="en")
    page.goto("/?sort=newest")
    for key in "jxjxb":
        page.keyboard.press(key)
    tags = page.locator("#bulk-tags")
    tags.focus()
    page.keyboard.press("Enter")  # nothing typed yet: said on the spot
    expect(tags).to_be_focused()
    expect(page.locator(".bulk-count")).to_have_text("2 articles selected")
    page.select_option("#bulk-status", "problematic")
    tags.fill("x" * 61)
    page.keyboard.press("Enter")
    back = page.get_by_role("link", name="Back to the list")
    expect(back).to_be_focused()
    page.keyboard.press("Enter")
    expect(tags).to_be_focused()
    expect(tags).to_have_value("x" * 61)
    expect(page.locator("#bulk-status")).to_have_value("problematic")
    expect(page.locator(".bulk-count")).to_have_text("2 articles selected")
    tags.fill("Sahel")
    page.keyboard.press("Enter")
    expect(page.locator(".row .pill")).to_have_count(2)
    expect(tags).to_have_value("")


def test_everything_works_without_scripts(
    open_browser: OpenBrowser, editor: User, some: list[Article]
) -> None:
    page = open_browser(editor, javascript=False, language="en")
    page.goto("/")
    page.click('[data-facet="source"] a:has-text("Le Courrier")')
    expect(page.locator(".row-title")).to_have_count(2)
    page.check(".pick input >> nth=0")
    page.fill("#bulk-tags", "Sahel")
    page.press("#bulk-tags", "Enter")
    expect(page.locator(".row .pill")).to_have_text(["Sahel"])
    page.fill("#search", "Blinken")
    page.press("#search", "Enter")
    expect(page.locator(".row-title")).to_have_count(0)  # among those of Le Courrier
    page.click("text=Search without filters")
    expect(page.locator(".row-title")).to_have_count(1)


def test_facets_fold_on_a_phone(
    open_browser: OpenBrowser, reader: User, some: list[Article]
) -> None:
    page = open_browser(reader, width=390)
    page.goto("/")
    assert page.locator("#facets nav").is_hidden()
    page.click("#facets summary")
    page.click('[data-facet="date"] a >> nth=0')
    page.wait_for_selector(".chips")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_axe_finds_nothing(
    open_browser: OpenBrowser, admin: User, some: list[Article], shelf: Collection,
    look: dict[str, Any],
) -> None:  # fmt: skip
    Collection.objects.create(name="Archives")
    page = open_browser(admin, **look)
    addresses = ["/", "/?q=ministre&kind=article", "/?q=minsitre", "/?q=zzzzz&date=2021", "/?q=a"]
    addresses += ["/collections/", "/collections/new", f"/collections/{shelf.pk}/"]
    for address in addresses:
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 200, address
        assert faults(page) == [], address


def test_a_tag_is_large_enough_to_be_hit(
    open_browser: OpenBrowser, reader: User, news: Article
) -> None:
    news.tags = ["paix"]
    news.save()
    page = open_browser(reader)
    page.goto("/")
    box = page.locator("#rows .meta a.pill").bounding_box()
    assert box is not None
    assert min(box["height"], box["width"]) >= 24


@pytest.mark.parametrize("dark", [False, True])
def test_boxes_of_rows_look_like_those_of_the_facets(
    open_browser: OpenBrowser, editor: User, some: list[Article], dark: bool
) -> None:
    page = open_browser(editor, dark=dark)
    page.goto("/")
    looks = page.evaluate("""() => [".pick input", ".facet .box"].map((one) => {
        const style = getComputedStyle(document.querySelector(one));
        return [style.backgroundColor, style.borderTopColor, style.appearance];
    })""")
    assert looks[0] == looks[1]
    assert looks[0][2] == "none"
