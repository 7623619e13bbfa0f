"""In the browser: after a link, the same words elsewhere are offered and linked in its card."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from annotations.models import Annotation
from tests.annotations.speaking import make_entity
from tests.conftest import MakeArticle

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from diplowatch.accounts.models import User

pytestmark = pytest.mark.django_db(transaction=True)
LINK = """async ([address, values]) => {
    const body = document.body;
    await htmx.ajax("POST", address, { source: body, target: body, swap: "none", values });
}"""


def test_the_other_mentions_are_offered_in_the_card_and_linked(
    open_browser: Callable[..., Page], editor: User, make_article: MakeArticle
) -> None:
    article = make_article(" date 2021-10 Blinken est à Paris.\n\nPuis Blinken repart ce soir.\n")
    entity = make_entity("Antony Blinken")
    page = open_browser(editor)
    page.goto(f"/articles/{article.pk}/")
    spans = '[{"passage": 1, "revision": 0, "start": 0, "end": 7, "exact": "Blinken"}]'
    values = {"motivation": "identifying", "entity": str(entity.pk), "spans": spans}
    page.wait_for_selector("html[data-js]", state="attached")
    page.evaluate(LINK, [f"/articles/{article.pk}/annotations/new", values])
    form = page.locator(".card form.mentions")
    form.wait_for()
    form.get_by_role("button").click()
    page.locator('#p2 mark[data-m="identifying"]').wait_for()
    assert Annotation.objects.filter(entity=entity).count() == 2
