"""The colours of marks in a real browser: they tell the kind, the tag or the person."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.annotations.browsing import drag_over, open_article
from tests.annotations.speaking import make_entity, make_tag, say

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from annotations.models import Annotation
    from articles.models import Article
    from diplowatch.accounts.models import User

    OpenBrowser = Callable[..., Page]

pytestmark = pytest.mark.django_db(transaction=True)
COLOUR = "(element) => getComputedStyle(element).getPropertyValue('--c').trim()"
SIGN = "(element) => getComputedStyle(element, '::after').content"


def colour_by(page: Page, what: str) -> None:
    """Choose what colours tell."""
    page.click("[popovertarget=layers]")
    page.locator(f"#layers [name=colour][value={what}]").check(force=True)  # its label is seen
    expect(page.locator(".text")).to_have_attribute("data-colour", what)
    page.keyboard.press("Escape")


def colour_of(page: Page, annotation: Annotation) -> str:
    """The colour of a mark, as its card has it too."""
    mark = page.locator(f"#a-{annotation.pk}").evaluate(COLOUR)
    assert page.locator(f"#c-{annotation.pk}").evaluate(COLOUR) == mark
    return str(mark)


def sign_of(page: Page, annotation: Annotation) -> str:
    """The sign behind a mark."""
    return str(page.locator(f"#a-{annotation.pk}").evaluate(SIGN))


def test_kinds_of_entities_have_a_colour_each(
    open_browser: OpenBrowser, editor: User, news: Article
) -> None:
    said = [
        say(
            news, (1, words), motivation="identifying", link_status="verified", creator=editor,
            entity=make_entity(words, kind),
        )
        for words, kind in (("Anthony Blingen", "person"), ("OCDE", "organisation"))
    ]  # fmt: skip
    page = open_browser(editor)
    open_article(page, news)
    assert len({colour_of(page, one) for one in said}) == 2
    assert [sign_of(page, one)[1] for one in said] == ["●", "■"]


def test_tags_have_a_colour_and_a_sign_each(
    open_browser: OpenBrowser, editor: User, news: Article
) -> None:
    first, second = make_tag("énergie"), make_tag("climat")
    said = [
        say(news, (1, words), motivation="tagging", tag=tag, creator=editor)
        for words, tag in (("mardi", first), ("Blingen", second), ("OCDE", first))
    ]
    page = open_browser(editor)
    open_article(page, news)
    colour_by(page, "tag")
    colours = [colour_of(page, one) for one in said]
    assert colours[0] == colours[2] != colours[1]
    signs = [sign_of(page, one) for one in said]
    assert signs[0] == signs[2] != signs[1]
    expect(page.locator("#layers [data-hues]")).to_contain_text("énergie")
    page.reload()
    expect(page.locator(".text")).to_have_attribute("data-colour", "tag")


def test_people_have_a_colour_each_also_who_comes_later(
    open_browser: OpenBrowser, editor: User, annotator: User, news: Article
) -> None:
    theirs = say(news, (1, "OCDE"), creator=annotator)
    page = open_browser(editor)
    open_article(page, news)
    colour_by(page, "by")
    drag_over(page, 3, "York")
    page.keyboard.press("h")
    mine = page.locator("#p3 mark")
    expect(mine).to_have_text("York")
    expect(page.locator("#layers [data-hues]")).to_contain_text("editor")
    assert mine.evaluate(COLOUR) != colour_of(page, theirs)
    assert mine.evaluate(SIGN) != sign_of(page, theirs)
