"""A text worked through by keyboard alone, from the list to the permalink of what was said."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from annotations.models import Annotation
from annotations.services.entities import create_entity
from articles.services.log import Agent

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from diplowatch.accounts.models import User
    from tests.conftest import MakeArticle

pytestmark = pytest.mark.django_db(transaction=True)

TEXT = """ date 2021-10 Des pourparlers entre le ministre Jean-Yves Le Trianon et le secrétaire \
d’État américain Anthony Blingen visent à rétablir la confiance, selon le Qui de Arsay.

Le ministère a annoncé que l’OCDE se réunira à Paris. Anthony Blingen dirigera la délégation.

La délégation comprendra Catherine Toy, la représentante américaine pour le commerce.
"""


def press(page: Page, *keys: str) -> None:
    """Press keys one after the other."""
    for key in keys:
        page.keyboard.press(key)


def walk_to(page: Page, words: str) -> None:
    """In the caret mode, go on word by word until these are selected, the last ones with Shift."""
    live = page.locator("#say-live")
    first, *others = words.split()
    for _step in range(60):
        if page.evaluate("getSelection().toString()") == first:
            break
        press(page, "ArrowRight")
    press(page, *["Shift+ArrowRight"] * len(others))
    expect(live).to_contain_text(words)


def focus(page: Page, selector: str, *, by: str = "Tab") -> None:
    """Go on with Tab until the focus is on what the selector names."""
    for _step in range(60):
        if page.evaluate("(wanted) => document.activeElement.matches(wanted)", selector):
            return
        press(page, by)
    pytest.fail(f"Tab does not lead to {selector}")


def test_a_text_is_worked_through_by_keyboard_alone(
    open_browser: Callable[..., Page], editor: User, make_article: MakeArticle
) -> None:
    create_entity(
        agent=Agent(name="tests"), kind="person", label_fr="Antony Blinken",
        aliases=["Anthony Blingen"],
    )  # fmt: skip
    article = make_article(TEXT)
    page: Page = open_browser(editor)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/")
    press(page, "j", "Enter")
    page.wait_for_url(f"**/articles/{article.pk}/**")
    page.wait_for_function("document.querySelector('.text').dataset.colour")
    marks = page.locator(".text mark[id^='a-']")
    cards = page.locator("#card-list > .card")

    press(page, "s")  # a highlight
    walk_to(page, "Le Trianon")
    press(page, "h")
    expect(marks).to_have_text(["Le Trianon"])

    walk_to(page, "américain")  # a comment
    press(page, "c")
    expect(page.locator("#say-comment")).to_be_focused()
    page.keyboard.type("Depuis quand ?")
    press(page, "Control+Enter")
    expect(marks).to_have_text(["Le Trianon", "américain"])

    walk_to(page, "Anthony Blingen")  # a link, its other mention not linked
    press(page, "e")
    expect(page.locator("#say-entities [aria-selected=true]")).to_contain_text("Antony Blinken")
    press(page, "Enter")
    expect(marks).to_have_count(3)
    expect(page.locator(".mentions .check")).to_have_count(1)

    walk_to(page, "Qui de Arsay")  # a flag
    press(page, "f")
    expect(page.locator("#say-flag")).to_be_focused()
    press(page, "Control+Enter")
    expect(marks).to_have_count(4)
    press(page, "Escape")

    press(page, "Alt+ArrowUp")  # back to the flag's neighbour, and a reply
    link = Annotation.objects.get(motivation="identifying")
    expect(page.locator(f"#a-{link.pk}")).to_be_focused()
    press(page, "Enter")
    expect(page.locator(f"#c-{link.pk}")).to_be_focused()
    focus(page, f"#c-{link.pk} > footer [data-act=reply]")
    press(page, "Enter")
    field = page.locator(f"#c-{link.pk} textarea")
    expect(field).to_be_focused()
    page.keyboard.type("C’est bien lui.")
    press(page, "Control+Enter")
    expect(page.locator(f"#c-{link.pk} .reply .body")).to_have_text("C’est bien lui.")
    expect(page.locator(f"#c-{link.pk}")).to_be_focused()

    press(page, "Control+z")  # undone and done again
    expect(page.locator(f"#c-{link.pk} .reply")).to_have_count(0)
    press(page, "Control+Shift+z")
    expect(page.locator(f"#c-{link.pk} .reply")).to_have_count(1)

    press(page, "Alt+ArrowDown")
    flag = Annotation.objects.get(motivation="questioning")
    expect(page.locator(f"#a-{flag.pk}")).to_be_focused()
    press(page, "Enter")
    focus(page, f"#c-{flag.pk} [data-copy]")  # its permalink, copied and followed
    press(page, "Enter")
    expect(page.locator("#toasts .toast").last).to_contain_text("copiée")
    page.goto(page.evaluate("navigator.clipboard.readText()"))
    expect(page.locator(f"#a-{flag.pk}")).to_have_attribute("data-on", "")
    assert page.url.endswith(f"/articles/{article.pk}/#a-{flag.pk}")

    focus(page, ".card-filters summary")  # only the flags, then all again
    press(page, "Enter")
    focus(page, "#filter-motivation")
    page.keyboard.type("si")
    expect(cards).to_have_count(1)
    expect(cards.locator("header b")).to_have_text("Nom déformé")
    expect(page.locator("#filter-motivation")).to_be_focused()
    press(page, "Home")
    expect(cards).to_have_count(4)
    expect(page.locator("#filter-motivation")).to_be_focused()
