"""The margin of a text without any script, in a real browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from articles.models import Article
    from diplowatch.accounts.models import User

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("width", [1280, 390])
def test_names_stand_on_the_line_of_their_passage_whatever_else_stands_there(
    open_browser: Callable[..., Page], editor: User, interview: Article, width: int
) -> None:
    page = open_browser(editor, width=width, javascript=False)
    page.goto(f"/articles/{interview.pk}/")
    for label in page.locator(".passage .label").all():
        number, name = label.locator(".permalink").bounding_box(), label.locator("b").bounding_box()
        assert number is not None
        assert name is not None
        middles = [box["y"] + box["height"] / 2 for box in (number, name)]
        assert abs(middles[0] - middles[1]) < 9
        assert label.locator(".say").first.is_visible()
