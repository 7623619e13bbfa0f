"""The form of the details in a real browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from articles.forms.details import DetailsForm, details_as_typed
from articles.models import Article
from articles.services.details import change_details, mark_of
from articles.services.log import Agent
from tests.browser import faults

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from articles.models import Collection
    from diplowatch.accounts.models import User

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_title_that_is_typed_follows_the_text_no_longer(
    open_browser: Callable[..., Page], editor: User, news: Article
) -> None:
    page = open_browser(editor)
    page.goto(f"/articles/{news.pk}/")
    page.locator("a[hx-get*='details']").click()
    title, follows = page.locator("[name=title]"), page.locator("[name=follow_text]")
    expect(follows).to_be_checked()
    title.fill("Le sommet")
    expect(follows).not_to_be_checked()
    follows.check()
    expect(title).to_have_value(news.title)
    title.fill("Le sommet")
    page.locator("#details-form .primary").click()
    expect(page.locator("h1")).to_have_text("Le sommet")
    news.refresh_from_db()
    assert not news.title_derived


def test_the_form_takes_the_focus_and_gives_it_to_what_is_wrong(
    open_browser: Callable[..., Page], editor: User, news: Article
) -> None:
    page = open_browser(editor)
    page.goto(f"/articles/{news.pk}/")
    page.locator("a[hx-get*='details']").press("Enter")
    expect(page.locator("[name=title]")).to_be_focused()
    page.locator("#details-form [name=date]").fill("hier")
    page.locator("#details-form [name=date]").press("Enter")
    expect(page.locator("#details-form [name=date]")).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#details-form [name=date]")).to_be_focused()


@pytest.mark.parametrize("way", ["key", "toast"])
def test_undoing_keeps_the_list_one_came_from(
    open_browser: Callable[..., Page], editor: User, news: Article, way: str
) -> None:
    page = open_browser(editor)
    address = f"/articles/{news.pk}/?in=q%3Dministre%26sort%3Dnewest&q=ministre"
    page.goto(address)
    page.locator("a[hx-get*='details']").click()
    page.locator("[name=title]").fill("Le sommet")
    page.locator("#details-form .primary").click()
    expect(page.locator("h1")).to_have_text("Le sommet")
    if way == "key":
        page.keyboard.press("Control+z")
    else:
        page.locator("#toasts form button").click()
    expect(page.locator("h1")).to_have_text(news.title)
    assert page.url.endswith(address)
    expect(page.locator("[data-back]")).to_have_attribute("href", "/?q=ministre&sort=newest")


def test_the_button_that_opened_the_form_has_the_focus_once_it_is_saved(
    open_browser: Callable[..., Page], editor: User, news: Article
) -> None:
    page = open_browser(editor)
    page.goto(f"/articles/{news.pk}/")
    page.locator("a[hx-get*='details']").press("Enter")
    page.locator("[name=title]").fill("Le sommet")
    page.locator("[name=source]").press("Enter")
    expect(page.locator("h1")).to_have_text("Le sommet")
    expect(page.locator("a[hx-get*='details']")).to_be_focused()


def test_what_is_saved_of_a_collection_gives_its_button_the_focus(
    open_browser: Callable[..., Page], admin: User, shelf: Collection
) -> None:
    page = open_browser(admin, language="en")
    page.goto(f"/collections/{shelf.pk}/")
    page.locator("[name=name]").fill("Archives")
    page.locator("[name=name]").press("Enter")
    expect(page.locator("h1")).to_have_text("Archives")
    expect(page.get_by_role("button", name="Save the name")).to_be_focused()
    page.locator("[name=name]").fill("")
    page.evaluate("document.querySelector('[name=name]').required = false")
    page.locator("[name=name]").press("Enter")
    expect(page.locator("[name=name]")).to_be_focused()
    page.goto(f"/collections/{shelf.pk}/")
    page.get_by_role("button", name="Delete").press("Enter")
    expect(page.locator("#toasts .toast")).to_be_focused()


def test_details_that_were_typed_and_not_saved_are_kept(
    open_browser: Callable[..., Page], editor: User, news: Article
) -> None:
    page, here = open_browser(editor, language="en"), f"/articles/{news.pk}/"
    opener, source = page.locator("a[hx-get*='details']"), page.locator("[name=source]")
    waiting, kept = (
        page.locator("[data-details-waiting]"),
        page.locator("#details-form [data-kept]"),
    )
    page.goto(here)
    expect(waiting).to_be_hidden()
    opener.click()
    expect(page.locator("[name=title]")).to_be_focused()
    expect(kept).to_be_hidden()
    source.fill("Le Courrier")
    page.goto("/collections/")
    page.goto(here)
    expect(waiting).to_be_visible()
    assert faults(page) == []
    waiting.get_by_role("button", name="Go on").click()
    expect(source).to_have_value("Le Courrier")
    expect(kept).to_be_visible()
    expect(waiting).to_be_hidden()
    page.reload()
    waiting.get_by_role("button", name="Go on").click()
    page.locator("#details-form .primary").click()
    expect(page.locator(".meta").first).to_contain_text("Le Courrier")
    expect(waiting).to_be_hidden()
    opener.click()
    expect(page.locator("[name=title]")).to_be_focused()
    expect(kept).to_be_hidden()
    source.fill("La Dépêche")
    page.locator("#details-form a[data-leaves]").click()
    expect(opener).to_be_visible()
    expect(waiting).to_be_hidden()


def test_kept_details_are_thrown_away_and_never_overwrite_others_unseen(
    open_browser: Callable[..., Page], editor: User, news: Article
) -> None:
    page, here = open_browser(editor, language="en"), f"/articles/{news.pk}/"
    source, kept = page.locator("[name=source]"), page.locator("#details-form [data-kept]")
    page.goto(here)
    page.locator("a[hx-get*='details']").click()
    expect(page.locator("[name=title]")).to_be_focused()
    source.fill("Le Courrier")
    page.reload()
    page.locator("a[hx-get*='details']").click()
    kept.get_by_role("button").click()
    expect(source).to_have_value("")
    expect(page.locator("[name=title]")).to_be_focused()
    expect(kept).to_be_hidden()
    source.fill("Le Courrier")
    seen = details_as_typed(Article.objects.get(pk=news.pk)) | {"source": "La Dépêche"}
    form = DetailsForm(news, {**seen, "seen": mark_of(news)})
    assert form.is_valid(), form.errors
    change_details(
        article_id=news.pk, seen=mark_of(news), details=form.details(), agent=Agent(editor),
        allow=lambda _places: None,
    )  # fmt: skip
    page.reload()
    page.locator("a[hx-get*='details']").click()
    expect(source).to_have_value("Le Courrier")
    page.locator("#details-form .primary").click()
    expect(page.locator("#details-form [role=alert]")).to_contain_text("La Dépêche")
    expect(source).to_have_value("Le Courrier")
