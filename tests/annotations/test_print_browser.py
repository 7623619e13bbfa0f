"""A text on paper, in a real browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from articles.models import Article
    from diplowatch.accounts.models import User

pytestmark = pytest.mark.django_db(transaction=True)
EDGES = """() => {
    const boxes = (selector) => [...document.querySelectorAll(selector)]
        .map((element) => element.getBoundingClientRect()).filter((box) => box.width);
    const sides = (selector) => boxes(selector)
        .map((box) => [Math.round(box.left), Math.round(box.right)]);
    return {
        numbers: sides(".permalink"),
        words: sides(".words, .head .notice"),
        signs: boxes(".passage .sign, .passage .say").length,
        tops: boxes(".permalink").map((box) => box.top),
        heads: boxes(".passage").map((box) => box.top),
    };
}"""


def test_on_paper_numbers_stand_in_the_margin_and_all_is_as_wide_as_the_text(
    open_browser: Callable[..., Page], editor: User, interview: Article
) -> None:
    page = open_browser(editor, width=690)
    page.emulate_media(media="print")
    page.goto(f"/articles/{interview.pk}/")
    edges = page.evaluate(EDGES)
    [(left, right)] = {tuple(one) for one in edges["words"]}
    [(begin, end)] = {tuple(one) for one in edges["numbers"]}
    assert 0 <= begin < end < left < right <= 690
    assert edges["signs"] == 0
    gaps = [top - head for top, head in zip(edges["tops"], edges["heads"], strict=True)]
    assert max(gaps) < 20
