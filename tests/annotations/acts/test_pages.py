"""In the browser: after a link, the same words elsewhere are offered and linked in its card."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from annotations.models import Annotation, Tag
from tests.annotations.speaking import make_entity, reply, say
from tests.annotations.test_pages import faults, overflow
from tests.conftest import MakeArticle

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from articles.models import Article
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


@pytest.mark.parametrize(("width", "dark"), [(390, False), (1280, True)])
def test_axe_finds_nothing_and_nothing_overflows(
    open_browser: Callable[..., Page], editor: User, news: Article, width: int, dark: bool
) -> None:
    tag = Tag.objects.create(name="ONU", folded="onu", description="Nations unies")
    Tag.objects.create(name="OTAN", folded="otan")
    one = say(news, (1, "mardi"), motivation="commenting", creator=editor)
    say(news, (1, "Anthony Blingen"), motivation="tagging", tag=tag, creator=editor)
    reply(one, "Oui", creator=editor)
    page = open_browser(editor, width=width, dark=dark)
    for address in (
        "/annotations/", f"/articles/{news.pk}/annotations", "/tags/", f"/tags/{tag.pk}/",
        f"/articles/{news.pk}/passages/1/say", f"/a/{one.pk}/edit", f"/a/{one.pk}/reply-form",
        f"/a/{one.pk}/history", f"/a/{one.pk}/mentions", "/activity/",
        "/a/00000000-0000-7000-8000-000000000000",
    ):  # fmt: skip
        page.goto(address)
        assert faults(page) == [], address
        assert overflow(page) <= 0, address
