"""Toasts in a real browser: few at a time, errors last, and never over the words one works on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from annotations.models import Annotation
from annotations.services.proposing import propose_correction
from articles.services.log import Agent
from tests.annotations.browsing import open_article
from tests.annotations.saying import span_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from articles.models import Article
    from diplowatch.accounts.models import User
    from tests.conftest import MakeArticle

    OpenBrowser = Callable[..., Page]

pytestmark = pytest.mark.django_db(transaction=True)

SAY = """([text, level]) => document.body.dispatchEvent(
    new CustomEvent("toast", { detail: { text, level, undoUrl: "/x" } }))"""
COVERED = """() => {
    const words = getSelection().getRangeAt(0).getBoundingClientRect();
    return [...document.querySelectorAll("#toasts .toast")].some((toast) => {
        const { left, right, top, bottom } = toast.getBoundingClientRect();
        return left < words.right && right > words.left && top < words.bottom && bottom > words.top;
    });
}"""


def say(page: Page, *texts: str, level: str = "info") -> None:
    for text in texts:
        page.evaluate(SAY, [text, level])


def test_the_newest_two_stand_and_an_error_goes_for_another_error_only(
    open_browser: OpenBrowser, editor: User, news: Article
) -> None:
    page = open_browser(editor)
    open_article(page, news)
    shown = page.locator("#toasts .toast-text")
    say(page, "un", "deux", "trois")
    expect(shown).to_have_text(["deux", "trois"])
    say(page, "faux", level="error")
    expect(shown).to_have_text(["trois", "faux"])
    say(page, "quatre", "cinq")
    expect(shown).to_have_text(["faux", "cinq"])
    say(page, "pire", level="error")
    expect(shown).to_have_text(["faux", "pire"])
    say(page, "six", "sept")
    expect(shown).to_have_text(["faux", "pire", "sept"])
    say(page, "le comble", level="error")
    expect(shown).to_have_text(["pire", "le comble"])


@pytest.mark.parametrize("width", [1280, 900, 390])
def test_they_never_stand_over_the_words_where_the_caret_is(
    open_browser: OpenBrowser, editor: User, make_article: MakeArticle, width: int
) -> None:
    page = open_browser(editor, width=width)
    passage = "Le ministre a reçu hier à Paris les ambassadeurs de plusieurs pays amis. " * 3
    open_article(page, make_article(" date 2021-10 " + "\n\n".join([passage] * 8)))
    say(page, "Corrigé et lié.", "Corrigé et lié.")
    page.keyboard.press("s")
    for _step in range(60):
        page.keyboard.press("ArrowRight")
        assert not page.evaluate(COVERED)
    for _step in range(7):
        page.keyboard.press("ArrowDown")
        assert not page.evaluate(COVERED)


def test_where_proposals_are_walked_through_a_key_takes_back_the_last_decision_alone(
    open_browser: OpenBrowser, editor: User, annotator: User, news: Article
) -> None:
    for words, new in (("Anthony", "Antony"), ("OCDE", "OTAN")):
        propose_correction(
            article_id=news.pk, span=span_of(news, words), replacement=new, agent=Agent(annotator)
        )
    page = open_browser(editor, language="en")
    page.goto("/proposals/")
    rows = page.locator("[data-walk] > .row")
    for left in (1, 0):
        page.keyboard.press("y")
        expect(rows).to_have_count(left)
    page.keyboard.press("Control+z")
    expect(page.locator("#toasts")).to_contain_text("Undone.")
    expect(rows).to_have_count(1)
    states = Annotation.objects.filter(motivation="editing").values_list("state", flat=True)
    assert sorted(states) == ["accepted", "proposed"]
