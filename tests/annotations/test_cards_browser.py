"""Cards in a real browser: copied addresses, undo from toasts, and nothing typed is ever lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from annotations.models import Annotation
from tests.annotations.browsing import drag_over, open_article
from tests.annotations.speaking import say
from tests.conftest import PASSWORD

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Locator, Page

    from articles.models import Article
    from diplowatch.accounts.models import User

    OpenBrowser = Callable[..., Page]

pytestmark = pytest.mark.django_db(transaction=True)
DRAFTS = "Object.keys(localStorage).filter((name) => name.startsWith('draft:'))"


@pytest.fixture
def comment(news: Article, annotator: User) -> Annotation:
    """What an annotator says of one word."""
    return say(news, (1, "OCDE"), motivation="commenting", creator=annotator, body="Où donc ?")


@pytest.fixture
def page(open_browser: OpenBrowser, editor: User, news: Article, comment: Annotation) -> Page:
    """The news and the comment on an editor's screen."""
    page = open_browser(editor)
    open_article(page, news)
    return page


def open_form(page: Page, comment: Annotation, act: str) -> Locator:
    """Let the card stand out and open a form in it; its field."""
    page.click(f"#a-{comment.pk}")
    card = page.locator(f"#c-{comment.pk}")
    card.locator(f":scope > footer [data-act={act}]").click()
    return card.locator("textarea")


def crowd(news: Article, editor: User) -> list[Annotation]:
    """More comments on one passage than have room beside it."""
    return [
        say(news, (1, words), motivation="commenting", creator=editor)
        for words in ("Qui de Arsay", "mardi", "Anthony", "Blingen", "entretiens", "OCDE")
    ]


def send(page: Page) -> None:
    """Send the form of a card."""
    page.click(".card .card-say .primary")


def toast(page: Page) -> Locator:
    """The last toast."""
    return page.locator("#toasts .toast").last


def test_the_address_of_a_card_is_copied_and_a_toast_says_so(
    page: Page, comment: Annotation
) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.click(f"#a-{comment.pk}")
    page.click(f"#c-{comment.pk} [data-copy]")
    expect(toast(page)).to_contain_text("Adresse de l’annotation copiée")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.endswith(f"/a/{comment.pk}")
    page.goto(copied)
    expect(page.locator(f"#a-{comment.pk}")).to_have_attribute("data-on", "")


def test_a_toast_undoes_what_it_tells_of_and_brings_it_back(
    page: Page, comment: Annotation
) -> None:
    page.click(f"#a-{comment.pk}")
    page.click(f"#c-{comment.pk} [data-act=remove]")
    mark = page.locator(f"#a-{comment.pk}")
    expect(mark).to_have_count(0)
    toast(page).get_by_role("button", name="Annuler").click()
    expect(mark).to_have_text("OCDE")
    expect(page.locator(f"#c-{comment.pk} .body")).to_have_text("Où donc ?")
    expect(toast(page)).to_contain_text("Annulé")
    toast(page).get_by_role("button", name="Rétablir").click()
    expect(mark).to_have_count(0)


@pytest.mark.parametrize("act", ["reply", "edit"])
def test_a_draft_in_a_card_outlives_a_reload_until_it_is_sent(
    page: Page, comment: Annotation, act: str
) -> None:
    open_form(page, comment, act).fill("À l’OCDE, à Paris.")
    assert len(page.evaluate(DRAFTS)) == 1
    page.reload()
    field = open_form(page, comment, act)
    expect(field).to_have_value("À l’OCDE, à Paris.")
    send(page)
    expect(field).to_have_count(0)
    expect(page.locator(f"#c-{comment.pk} .body").last).to_have_text("À l’OCDE, à Paris.")
    assert page.evaluate(DRAFTS) == []


def test_a_draft_that_was_left_on_purpose_is_gone(page: Page, comment: Annotation) -> None:
    open_form(page, comment, "reply").fill("Oublié.")
    page.click(".card [data-cancel]")
    assert page.evaluate(DRAFTS) == []


@pytest.mark.parametrize("act", ["reply", "edit"])
def test_a_lost_connection_keeps_what_was_typed_in_a_card(
    page: Page, comment: Annotation, act: str
) -> None:
    field = open_form(page, comment, act)
    field.fill("Pas perdu.")
    page.context.set_offline(True)
    send(page)
    expect(toast(page)).to_have_attribute("data-level", "error")
    expect(field).to_have_value("Pas perdu.")
    page.context.set_offline(False)
    send(page)
    expect(page.locator(f"#c-{comment.pk} .body").last).to_have_text("Pas perdu.")


def test_a_lost_connection_keeps_the_selection_that_was_to_be_highlighted(page: Page) -> None:
    drag_over(page, 3, "York")
    page.context.set_offline(True)
    page.keyboard.press("h")
    expect(toast(page)).to_have_attribute("data-level", "error")
    expect(page.locator("#toasts .toast")).to_have_count(1)
    page.context.set_offline(False)
    page.keyboard.press("h")
    expect(page.locator("#p3 mark")).to_have_text("York")


def test_who_was_signed_out_meanwhile_loses_nothing(
    page: Page, comment: Annotation, news: Article
) -> None:
    field = open_form(page, comment, "reply")
    field.fill("Pas perdu.")
    page.context.clear_cookies(name="sessionid")
    send(page)
    expect(toast(page)).to_contain_text("plus connecté")
    expect(field).to_have_value("Pas perdu.")
    drag_over(page, 3, "York")
    page.keyboard.press("c")
    page.fill("#say-comment", "Pas perdu non plus.")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#say [data-part=comment] [data-fault]")).to_contain_text("plus connecté")
    assert Annotation.objects.count() == 1
    page.reload()
    page.fill("[name=login]", "editor")
    page.fill("[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/articles/{news.pk}/*")
    expect(open_form(page, comment, "reply")).to_have_value("Pas perdu.")
    page.click("[data-waiting=go]")
    expect(page.locator("#say-comment")).to_have_value("Pas perdu non plus.")


def test_two_who_change_one_comment_see_both_and_lose_nothing(
    page: Page, open_browser: OpenBrowser, annotator: User, news: Article, comment: Annotation
) -> None:
    field = open_form(page, comment, "edit")
    other = open_browser(annotator)
    open_article(other, news)
    open_form(other, comment, "edit").fill("À Paris, je crois.")
    send(other)
    expect(other.locator(f"#c-{comment.pk} .body")).to_have_text("À Paris, je crois.")
    field.fill("Au château de la Muette.")
    send(page)
    notice = page.locator(".card .notice")
    expect(notice.locator("blockquote")).to_have_text("À Paris, je crois.")
    expect(field).to_have_value("Au château de la Muette.")
    page.reload()
    field = open_form(page, comment, "edit")
    expect(field).to_have_value("Au château de la Muette.")
    send(page)
    expect(page.locator(f"#c-{comment.pk} .body")).to_have_text("Au château de la Muette.")


def test_a_comment_that_a_click_beside_it_closes_is_offered_again(page: Page) -> None:
    drag_over(page, 3, "York")
    page.keyboard.press("c")
    page.fill("#say-comment", "À moitié écrit")
    page.click("h1")
    expect(page.locator("#say")).to_be_hidden()
    page.click("[data-waiting=go]")
    expect(page.locator("#say-comment")).to_have_value("À moitié écrit")
    expect(page.locator("#say-waiting")).to_be_hidden()
    page.keyboard.press("Control+Enter")
    expect(page.locator("#p3 mark")).to_have_text("York")
    expect(page.locator("#say-waiting")).to_be_hidden()


def test_a_draft_does_not_overwrite_unseen_what_was_changed_since(
    page: Page, comment: Annotation
) -> None:
    open_form(page, comment, "edit").fill("Au château de la Muette.")
    Annotation.objects.filter(pk=comment.pk).update(body="À Paris.", version=2)
    page.reload()
    field = open_form(page, comment, "edit")
    expect(field).to_have_value("Au château de la Muette.")
    send(page)
    expect(page.locator(".card .notice blockquote")).to_have_text("À Paris.")
    expect(field).to_have_value("Au château de la Muette.")
    send(page)
    expect(page.locator(f"#c-{comment.pk} .body")).to_have_text("Au château de la Muette.")


def test_cards_without_room_above_what_stands_out_cover_nothing(
    open_browser: OpenBrowser, editor: User, news: Article
) -> None:
    said = crowd(news, editor)
    page = open_browser(editor)
    open_article(page, news)
    page.click(f"#a-{said[-1].pk}")
    expect(page.locator(f"#c-{said[0].pk}")).to_be_hidden()
    expect(page.locator(f"#c-{said[-1].pk}")).to_be_visible()
    top = page.locator("#card-list").bounding_box()
    assert top is not None
    for card in page.locator("#card-list > .card:visible").all():
        box = card.bounding_box()
        assert box is not None
        assert box["y"] >= top["y"] - 1
    page.keyboard.press("Escape")
    expect(page.locator(f"#c-{said[0].pk}")).to_be_visible()


@pytest.mark.parametrize("is_fetched", [True, False])
def test_a_card_is_entered_by_key_before_it_has_its_place(
    open_browser: OpenBrowser, editor: User, news: Article, *, is_fetched: bool
) -> None:
    said = crowd(news, editor)
    page = open_browser(editor)
    open_article(page, news)
    page.click(f"#a-{said[-1].pk}")
    first = page.locator(f"#c-{said[0].pk}")
    expect(first).to_be_hidden()
    if not is_fetched:
        first.evaluate("(card) => card.remove()")
    page.evaluate(
        """(keys) => {
          for (const { key, altKey } of keys) {
            const told = { key, altKey, bubbles: true, cancelable: true };
            document.activeElement.dispatchEvent(new KeyboardEvent("keydown", told));
          }
        }""",
        [{"key": "ArrowDown", "altKey": True}, {"key": "Enter", "altKey": False}],
    )
    expect(first).to_be_focused()


def test_what_the_keys_undid_no_toast_offers_to_undo(page: Page) -> None:
    drag_over(page, 3, "York")
    page.keyboard.press("h")
    expect(toast(page)).to_contain_text("Surligné")
    page.keyboard.press("Control+z")
    expect(toast(page)).to_contain_text("Annulé")
    expect(page.locator("#toasts .toast")).to_have_count(1)


def test_a_toast_does_not_cover_the_reminder_of_a_draft(page: Page, comment: Annotation) -> None:
    drag_over(page, 3, "York")
    page.keyboard.press("c")
    page.fill("#say-comment", "À moitié écrit")
    page.click("h1")
    page.click(f"#a-{comment.pk}")
    page.click(f"#c-{comment.pk} [data-act=remove]")
    expect(toast(page)).to_be_visible()
    above, reminder = toast(page).bounding_box(), page.locator("#say-waiting").bounding_box()
    assert above is not None
    assert reminder is not None
    assert above["y"] + above["height"] <= reminder["y"]
