"""On a phone what is said of a mark that was tapped can be read at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from annotations.models import Motivation
from tests.annotations.browsing import open_article
from tests.annotations.speaking import say

if TYPE_CHECKING:
    from articles.models import Article
    from diplowatch.accounts.models import User
    from tests.browser import OpenBrowser

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_card_of_a_tapped_mark_opens_below_its_passage(
    open_browser: OpenBrowser, editor: User, news: Article
) -> None:
    first = say(
        news, (2, "Sahel"), creator=editor, motivation=Motivation.COMMENTING, body="Lequel ?"
    )
    page = open_browser(editor, width=390, touch=True)
    open_article(page, news)
    page.tap(f"#a-{first.pk}")
    card = page.locator(f".text #c-{first.pk}")
    expect(card).to_be_in_viewport()
    expect(card.locator(".body")).to_have_text("Lequel ?")
    page.keyboard.press("Escape")
    expect(card).to_have_count(0)
    page.tap(f"#a-{first.pk}")
    expect(card).to_be_in_viewport()
