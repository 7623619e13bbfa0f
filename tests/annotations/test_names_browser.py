"""The page of names in a real browser: walked by keys, open to everybody."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from annotations.models import KnownWord
from annotations.services.entities import create_entity
from articles.models import Article
from articles.services.log import Agent
from tests.annotations.test_names import TEXT
from tests.browser import faults
from tests.conftest import MakeArticle

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from diplowatch.accounts.models import User

Open = Callable[..., "Page"]
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def text(make_article: MakeArticle) -> Article:
    """A text with garbled names."""
    return make_article(TEXT)


def test_the_list_is_walked_and_a_form_opened_by_keys(
    open_browser: Open, editor: User, text: Article
) -> None:
    page = open_browser(editor)
    page.goto("/names/")
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.textContent") == "Lavrof"
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    page.wait_for_url("**/names/form?text=Macrom")


def test_a_word_is_known_by_one_click_and_asked_about_again_by_undo(
    open_browser: Open, editor: User, text: Article
) -> None:
    page = open_browser(editor, language="en")
    page.goto("/names/")
    page.get_by_role("button", name="Known good – Quiève").click()
    page.get_by_role("button", name="Undo").click()
    page.wait_for_function("document.querySelectorAll('#rows > .row').length === 3")
    assert not KnownWord.objects.live().exists()


@pytest.mark.parametrize("view", ["unlinked", "garblings", "checks"])
def test_everybody_can_use_the_page(
    open_browser: Open, editor: User, text: Article, view: str
) -> None:
    create_entity(agent=Agent(name="tests"), kind="person", label_fr="Emmanuel Macron",
                  garblings=["Macrom"])  # fmt: skip
    page = open_browser(editor, width=390)
    page.goto(f"/names/?view={view}")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert faults(page) == []
