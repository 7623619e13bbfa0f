"""The one gesture in a real browser, by keyboard alone: correct, link, remember, and all undone."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from annotations.models import Annotation, EntityName, Motivation, NameKind
from annotations.services.entities import create_entity
from articles.models import Activity, Passage, Verb
from articles.services.log import Agent
from tests.annotations.browsing import open_article

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from diplowatch.accounts.models import User
    from tests.conftest import MakeArticle

OpenBrowser = Callable[..., "Page"]
pytestmark = pytest.mark.django_db(transaction=True)

TEXT = """ date 2021-10 Des pourparlers entre le ministre Jean-Yves Le Trianon et le secrétaire \
d’État américain Anthony Blingen visent à rétablir la confiance, selon le Qui de Arsay.

Le ministère a annoncé que l’OCDE se réunira à Paris. M. Blingen dirigera la délégation.

En termes de prix, la rencontre a été franche.
"""


@pytest.fixture
def blinken(db: None) -> None:
    """Those who are spoken of."""
    for kind, label, aliases in (
        ("person", "Antony Blinken", ["Blinken"]), ("person", "Jean-Yves Le Drian", []),
        ("person", "Ned Price", []), ("organisation", "Quai d’Orsay", []),
    ):  # fmt: skip
        create_entity(agent=Agent(name="tests"), kind=kind, label_fr=label, aliases=aliases)


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def words_of(page: Page, number: int) -> str:
    return str(page.locator(f"#p{number} .words").text_content())


def walk_to(page: Page, number: int, words: str) -> None:
    """In the caret mode of a passage, go on until these words are selected."""
    page.locator(f"#p{number} .permalink").focus()
    press(page, "s")
    first, *others = words.split()
    for _step in range(60):
        if page.evaluate("getSelection().toString()") == first:
            break
        press(page, "ArrowRight")
    press(page, *["Shift+ArrowRight"] * len(others))
    expect(page.locator("#say-live")).to_contain_text(words)


def settled(page: Page) -> None:
    """The answers are there."""
    expect(page.locator("#say-replacing [data-entity]").first).to_be_visible()


@pytest.mark.usefixtures("blinken")
def test_one_gesture_by_keyboard_alone_and_one_undo(
    open_browser: OpenBrowser, editor: User, make_article: MakeArticle
) -> None:
    article = make_article(TEXT)
    page = open_browser(editor)
    open_article(page, article)
    before = words_of(page, 1)
    walk_to(page, 1, "Anthony Blingen")
    press(page, "r")
    field = page.locator("#say-replace")
    expect(field).to_be_focused()
    expect(field).to_have_value("Anthony Blingen")
    settled(page)
    press(page, "ArrowDown")
    expect(field).to_have_value("Antony Blinken")
    expect(page.locator("[data-will]")).to_have_text(
        "Enter corrects to “Antony Blinken” and links “Antony Blinken” with Antony Blinken."
    )
    expect(page.locator("[name=remember]")).to_be_checked()
    page.screenshot(path="var/tests/gesture.png")
    press(page, "Enter")
    mark = page.locator(".text mark[data-m=identifying]")
    expect(mark).to_have_text("Antony Blinken")
    assert words_of(page, 1) == before.replace("Anthony Blingen", "Antony Blinken")
    assert EntityName.objects.get(kind=NameKind.GARBLING).name == "Anthony Blingen"
    assert Activity.objects.filter(verb=Verb.CORRECT).count() == 1
    assert Annotation.objects.get().motivation == Motivation.IDENTIFYING
    press(page, "Escape", "Escape")
    press(page, "Control+z")
    expect(mark).to_have_count(0)
    assert words_of(page, 1) == before
    assert EntityName.objects.get(kind=NameKind.GARBLING).retired
    assert Passage.objects.get(article=article, number=1).text == before
