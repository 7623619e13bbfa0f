"""What the browser tests of the reader page do: open a text, select words."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from articles.models import Article

SELECT = """([number, words]) => {
    const root = document.querySelector(`#p${number} .words`);
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const at = node.data.indexOf(words);
        if (at < 0) continue;
        const range = document.createRange();
        range.setStart(node, at);
        range.setEnd(node, at + words.length);
        const rect = range.getBoundingClientRect();
        return [rect.left, rect.right, rect.top + rect.height / 2];
    }
}"""


class Place(NamedTuple):
    """Where words stand in the window: their ends and the middle of their line, in pixels."""

    left: float
    right: float
    middle: float


def place_of(page: Page, number: int, words: str) -> Place:
    """Where these words of a passage stand; in one line and not across a mark's edge."""
    return Place(*page.evaluate(SELECT, [number, words]))


def drag(page: Page, start: tuple[float, float], stop: tuple[float, float]) -> None:
    """Press at one point, let go at the other."""
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(*stop, steps=4)
    page.mouse.up()


def drag_over(page: Page, number: int, words: str) -> None:
    """Select words with the mouse, a little short of both ends: the selection snaps."""
    place = place_of(page, number, words)
    drag(page, (place.left + 4, place.middle), (place.right - 4, place.middle))
    expect(page.locator("#say [data-part=bar]")).to_be_visible()


def open_article(page: Page, article: Article, asked: str = "") -> None:
    """Open the reader page, its script begun."""
    page.goto(f"/articles/{article.pk}/{asked}")
    page.wait_for_function("document.querySelector('.text').dataset.colour")


def selected_words(page: Page) -> str:
    """What the browser has selected."""
    return str(page.evaluate("getSelection().toString()"))
