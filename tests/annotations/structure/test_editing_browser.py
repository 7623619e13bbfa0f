"""Whole passages typed anew in the browser: by keyboard, with drafts, and where two people meet."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from articles.models import Activity, Passage
from articles.services.log import Agent
from articles.services.rewriting import Rewriting, edit_passage
from tests.annotations.browsing import open_article
from tests.annotations.correcting.test_correcting import texts
from tests.annotations.speaking import say
from tests.browser import faults

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from articles.models import Article
    from diplowatch.accounts.models import User

pytestmark = pytest.mark.django_db(transaction=True)

OpenBrowser = Callable[..., "Page"]
AREA = ".text form[data-edit] textarea"


def begin(page: Page, number: int) -> None:
    """Open a passage by key, the mouse over it."""
    page.locator(f"#p{number} .words").hover()
    page.keyboard.press("i")
    expect(page.locator(f"#p{number} form[data-edit] textarea")).to_be_focused()


def type_instead(page: Page, old: str, new: str) -> None:
    """Put words in the place of others in the open passage, and see the difference.

    It comes a moment later and moves the buttons: a click at that very moment would miss them.
    """
    area = page.locator(AREA)
    area.fill(area.input_value().replace(old, new))
    if page.locator("[data-difference]").count():  # two people's words are shown otherwise
        expect(page.locator("[data-difference]")).to_be_visible()


def test_cards_keep_their_order_while_a_passage_is_typed_anew(
    news: Article, editor: User, open_browser: OpenBrowser
) -> None:
    notes = [
        say(news, (number, words), motivation="commenting", creator=editor)
        for number, words in (
            (1, "Anthony Blingen"),
            (2, "Sahel"),
            (2, "ministre."),
            (3, "New York"),
        )
    ]
    page = open_browser(editor, language="en")
    open_article(page, news)
    begin(page, 2)
    order = "ids => ids.map((id) => document.getElementById(`c-${id}`).getBoundingClientRect().top)"
    page.wait_for_timeout(300)  # two frames, and what they ask for
    tops = page.evaluate(order, [str(one.pk) for one in notes])
    assert tops == sorted(tops)


def test_passages_are_typed_anew_one_after_the_other_by_keyboard(
    news: Article, editor: User, open_browser: OpenBrowser
) -> None:
    page = open_browser(editor, language="en")
    open_article(page, news)
    begin(page, 1)
    type_instead(page, "Anthony Blingen", "Antony Blinken")
    shown = page.locator("#p1 [data-difference]")
    expect(shown.locator("del")).to_have_text("Anthony Blingen")
    expect(shown.locator("ins")).to_have_text("Antony Blinken")
    assert faults(page) == []
    page.keyboard.press("Control+Enter")
    expect(page.locator("#p2 form[data-edit] textarea")).to_be_focused()
    expect(page.locator("#p1 .words")).to_contain_text("mardi Antony Blinken pour")
    page.keyboard.press("Control+Enter")  # nothing was changed: on to the next
    expect(page.locator("#p3 form[data-edit] textarea")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(AREA)).to_have_count(0)
    page.keyboard.press("Control+z")
    expect(page.locator("#p1 .words")).to_contain_text("Anthony Blingen")
    assert "Anthony Blingen" in texts(news)[0]


def test_a_blank_line_parts_a_passage_and_the_page_follows(
    news: Article, editor: User, open_browser: OpenBrowser
) -> None:
    page = open_browser(editor, language="en")
    open_article(page, news)
    begin(page, 2)
    type_instead(page, "Sahel. ", "Sahel.\n\n")
    expect(page.locator("#p2 [data-offer]")).to_contain_text("makes 2 of it")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#p4 .words")).to_contain_text("« Nous avons avancé »")
    numbers = page.locator(".passage").evaluate_all("all => all.map((one) => one.dataset.number)")
    assert numbers == ["1", "2", "4", "3"]
    page.keyboard.press("Control+z")
    expect(page.locator("#p4")).to_have_count(0)
    expect(page.locator("#p2 .words")).to_contain_text("du Sahel. « Nous")


def test_what_was_typed_outlives_a_reload_and_says_if_the_text_changed(
    news: Article, editor: User, open_browser: OpenBrowser
) -> None:
    page, other = open_browser(editor, language="en"), open_browser(editor, language="en")
    open_article(page, news)
    begin(page, 1)
    type_instead(page, "Qui de Arsay", "Quai d’Orsay")
    page.keyboard.press("Escape")
    expect(page.locator("#toasts")).to_contain_text("is kept in this browser")
    open_article(other, news)
    begin(other, 1)
    type_instead(other, "Blingen", "Blinken")
    other.get_by_role("button", name="Save", exact=True).click()
    expect(other.locator("#p1 .words")).to_contain_text("Blinken")
    open_article(page, news)
    expect(page.locator("#edit-waiting")).to_contain_text("passage 1")
    page.locator("[data-edit-waiting=go]").click()
    expect(page.locator("#p1 [data-note]")).to_contain_text("was changed since you began")
    assert "Quai d’Orsay" in page.locator(AREA).input_value()
    page.keyboard.press("Control+Enter")
    expect(page.locator("#p1 .words")).to_contain_text(
        "Le Quai d’Orsay a reçu mardi Anthony Blinken"
    )
    expect(page.locator("#edit-waiting")).to_be_hidden()
    assert "Quai d’Orsay a reçu mardi Anthony Blinken" in texts(news)[0]


def meet(page: Page, article: Article, admin: User, words: str = "Antony Blinken") -> None:
    """Two people change the same words; the second one is shown both."""
    open_article(page, article)
    begin(page, 1)
    type_instead(page, "Anthony Blingen", "A. Blinken")
    type_instead(page, "Qui de Arsay", "Quai d’Orsay")
    seen = Passage.objects.get(article=article, number=1)
    typed = seen.text.replace("Anthony Blingen", words)
    edit_passage(
        article_id=article.pk, rewriting=Rewriting(1, seen.revision, seen.text, typed),
        agent=Agent(admin), allow=lambda _places: None,
    )  # fmt: skip
    page.keyboard.press("Control+Enter")
    expect(page.locator("#p1 form.stale")).to_be_visible()


MIX = "Le Quai d’Orsay a reçu mardi Antony Blinken"
CHOICES = {
    "Keep mine": "Le Quai d’Orsay a reçu mardi A. Blinken",
    "Keep theirs": "Le Qui de Arsay a reçu mardi Antony Blinken",
    "Save the mix": MIX,
}


@pytest.mark.parametrize("choice", CHOICES)
def test_who_changes_the_same_words_chooses_what_is_to_stand(
    choice: str, news: Article, editor: User, admin: User, open_browser: OpenBrowser
) -> None:
    page = open_browser(editor, language="en")
    meet(page, news, admin)
    expect(page.locator("#p1 [role=alert]")).to_contain_text(f"changed by {admin}, in the same")
    assert faults(page) == []
    page.get_by_role("button", name=choice).click()
    expect(page.locator("#p1 form")).to_have_count(0)
    expect(page.locator("#p1 .words")).to_contain_text(CHOICES[choice])
    expect(page.locator("#p1 .words")).to_be_focused()
    assert CHOICES[choice] in texts(news)[0]
    page.reload()
    expect(page.locator("#p1 .words")).to_contain_text(CHOICES[choice])
    expect(page.locator("#edit-waiting")).to_be_visible(visible=choice == "Keep theirs")


@pytest.mark.parametrize("width", [1280, 390])
def test_where_two_meet_the_mix_has_the_focus_and_is_saved_by_key(
    width: int, news: Article, editor: User, admin: User, open_browser: OpenBrowser
) -> None:
    page = open_browser(editor, language="en", width=width)
    console: list[str] = []
    page.on("console", lambda said: console.append(said.text) if said.type == "error" else None)
    meet(page, news, admin)
    area = page.locator(AREA)
    expect(area).to_be_focused()
    expect(area).to_be_in_viewport(ratio=1)
    expect(page.locator("#p1 [role=alert]")).to_be_in_viewport(ratio=1)
    assert MIX in area.input_value()
    page.keyboard.press("Control+Enter")
    expect(page.locator("#p1 form")).to_have_count(0)
    expect(page.locator("#p1 .words")).to_contain_text(MIX)
    assert MIX in texts(news)[0]
    assert not [said for said in console if "409" not in said]


def test_who_keeps_theirs_sees_it_and_finds_again_what_was_typed(
    news: Article, editor: User, admin: User, open_browser: OpenBrowser
) -> None:
    page = open_browser(editor, language="en", width=390)
    meet(page, news, admin, words="Antony Blinken\n\net d’autres")
    page.get_by_role("button", name="Keep theirs").click()
    expect(page.locator("#p1 .words")).to_have_text("Le Qui de Arsay a reçu mardi Antony Blinken")
    expect(page.locator("#p4 .words")).to_have_text("et d’autres pour des entretiens sur l’OCDE.")
    expect(page.locator("#p1 .words")).to_be_in_viewport(ratio=1)
    expect(page.locator("#toasts")).to_contain_text("is kept in this browser")
    page.locator("[data-edit-waiting=go]").click()
    assert "Le Quai d’Orsay a reçu mardi A. Blinken" in page.locator(AREA).input_value()


def test_a_mix_that_was_worked_on_and_left_is_kept(
    news: Article, editor: User, admin: User, open_browser: OpenBrowser
) -> None:
    page = open_browser(editor, language="en")
    meet(page, news, admin)
    type_instead(page, "mardi", "lundi")
    page.keyboard.press("Escape")
    expect(page.locator("#p1 .words")).to_contain_text("Antony Blinken")
    page.locator("[data-edit-waiting=go]").click()
    expect(page.locator("#p1 [data-note]")).to_be_hidden()
    page.keyboard.press("Control+Enter")
    expect(page.locator("#p2 textarea")).to_be_focused()
    assert "Le Quai d’Orsay a reçu lundi Antony Blinken" in texts(news)[0]


def test_an_emptied_passage_goes_and_the_next_is_opened(
    news: Article, editor: User, open_browser: OpenBrowser
) -> None:
    page = open_browser(editor, language="en")
    open_article(page, news)
    begin(page, 2)
    page.locator(AREA).fill("")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#p2 [data-fault]")).to_contain_text("Nothing is left")
    page.locator("#p2 [data-empty] input").check()
    page.locator(AREA).press("Control+Enter")
    expect(page.locator("#p2")).to_have_count(0)
    expect(page.locator("#p3 textarea")).to_be_focused()


def test_annotators_are_told_what_they_can_do(
    news: Article, annotator: User, open_browser: OpenBrowser
) -> None:
    page = open_browser(annotator, language="en")
    open_article(page, news)
    page.keyboard.press("i")
    expect(page.locator("#toasts")).to_contain_text("propose")
    expect(page.locator("[data-way=edit]")).to_have_count(0)
    assert not Activity.objects.filter(actor=annotator).exists()
