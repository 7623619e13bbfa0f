"""What one works on stays in sight: the words under a form, the name of who speaks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.annotations.browsing import open_article

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from articles.models import Article
    from diplowatch.accounts.models import User
    from tests.browser import OpenBrowser
    from tests.conftest import MakeArticle

pytestmark = pytest.mark.django_db(transaction=True)
TEXT = "Le ministre numéro {} a parlé du Sahel."
LONG = " date 2021-10 " + "\n\n".join(TEXT.format(n) for n in range(40))
# Whether the middle of a passage's first word can be seen, not something above it.
SEEN = """(number) => {
    const words = document.querySelector(`#p${number} .words`);
    const range = document.createRange();
    range.setStart(words.firstChild, 0);
    range.setEnd(words.firstChild, 2);
    const { left, right, top, bottom } = range.getBoundingClientRect();
    const there = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
    return words.contains(there);
}"""


def correct_first_word(page: Page, number: int) -> None:
    page.locator(f"#p{number} .permalink").focus()
    page.keyboard.press("s")
    page.keyboard.press("r")
    expect(page.locator("#say-replace")).to_be_focused()


@pytest.mark.parametrize(("width", "height"), [(1280, 900), (1280, 620), (390, 800)])
def test_the_words_stay_in_sight_while_they_are_corrected(
    open_browser: OpenBrowser, editor: User, make_article: MakeArticle, width: int, height: int
) -> None:
    article = make_article(LONG)
    page = open_browser(editor, width=width)
    page.set_viewport_size({"width": width, "height": height})
    open_article(page, article)
    for number in (1, 4, 7, 20):
        correct_first_word(page, number)
        assert page.evaluate(SEEN, number), number
        page.keyboard.press("Escape")
        page.keyboard.press("Escape")


def test_the_name_of_who_speaks_is_not_covered_by_what_can_be_done(
    open_browser: OpenBrowser, editor: User, interview: Article
) -> None:
    page = open_browser(editor)
    open_article(page, interview)
    page.hover("#p2 .words")
    name, ways = (page.locator(f"#p2 .label .{one}") for one in ("speaker", "ways"))
    expect(ways).to_have_css("opacity", "1")
    first, second = name.bounding_box(), ways.bounding_box()
    assert first is not None
    assert second is not None
    assert second["y"] >= first["y"] + first["height"] - 1
