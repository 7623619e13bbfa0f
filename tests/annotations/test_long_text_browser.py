"""A long text in a real browser: laid out where one looks, found and followed everywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.annotations.browsing import open_article
from tests.annotations.speaking import say

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from articles.models import Article
    from diplowatch.accounts.models import User
    from tests.browser import OpenBrowser
    from tests.conftest import MakeArticle

pytestmark = pytest.mark.django_db(transaction=True)
PASSAGES = 180
LAID_OUT = (
    "number => document.querySelector(`#p${number} .words`)"
    ".checkVisibility({contentVisibilityAuto: true})"
)
TOP = "id => Math.round(document.getElementById(id).getBoundingClientRect().top)"


@pytest.fixture
def long(make_article: MakeArticle) -> Article:
    """Passages of very different lengths."""
    paragraphs = (
        f"Phrase {n}. " + "Il parle du Sahel. " * (n % 23) for n in range(1, PASSAGES + 1)
    )
    return make_article(" date 2021-10 Sahel\n\n" + "\n\n".join(paragraphs) + "\n", name="long.txt")


def settle(page: Page) -> None:
    """Let the browser lay out what came near and keep its place."""
    page.wait_for_timeout(400)


def test_only_what_is_near_is_laid_out(
    open_browser: OpenBrowser, reader: User, long: Article
) -> None:
    page = open_browser(reader)
    open_article(page, long)
    assert page.evaluate(LAID_OUT, 2)
    assert not page.evaluate(LAID_OUT, 120)
    page.emulate_media(media="print")
    page.wait_for_function(LAID_OUT, arg=120)  # with the next frame


@pytest.mark.parametrize("width", [1280, 390])
def test_an_address_leads_to_its_passage_far_down(
    open_browser: OpenBrowser, reader: User, long: Article, width: int
) -> None:
    page = open_browser(reader, width=width)
    page.goto(f"/articles/{long.pk}/#p150")
    settle(page)
    top = page.evaluate(TOP, "p150")
    assert 0 <= top <= 140  # just below the bar, where there is room for one


def test_the_place_in_the_text_outlives_a_reload(
    open_browser: OpenBrowser, reader: User, long: Article
) -> None:
    page = open_browser(reader)
    page.goto(f"/articles/{long.pk}/#p150")
    settle(page)
    page.mouse.move(400, 400)
    page.mouse.wheel(0, -1200)
    settle(page)
    top = page.evaluate(TOP, "p150")
    page.reload()
    page.wait_for_timeout(1_300)
    assert abs(page.evaluate(TOP, "p150") - top) < 4


def test_an_annotation_far_down_is_on_the_screen_when_its_address_is_opened(
    open_browser: OpenBrowser, editor: User, long: Article
) -> None:
    annotation = say(long, (160, "Sahel"), creator=editor)
    page = open_browser(editor)
    page.goto(f"/articles/{long.pk}/?a={annotation.pk}#a-{annotation.pk}")
    settle(page)
    assert 0 <= page.evaluate(TOP, f"a-{annotation.pk}") <= 844
    assert page.locator(f"#c-{annotation.pk}").is_visible()


def test_words_far_down_are_found_and_copied(
    open_browser: OpenBrowser, reader: User, long: Article
) -> None:
    page = open_browser(reader)
    open_article(page, long)
    assert page.evaluate("window.find('Phrase 171.')")
    settle(page)
    assert 0 <= page.evaluate("getSelection().getRangeAt(0).getBoundingClientRect().top") <= 900
    page.evaluate("getSelection().selectAllChildren(document.querySelector('.text'))")
    copied = page.evaluate("getSelection().toString()")
    assert all(f"Phrase {n}." in copied for n in range(1, PASSAGES + 1))
