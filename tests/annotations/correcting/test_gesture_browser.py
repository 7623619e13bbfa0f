"""The one gesture in a real browser, by keyboard alone: correct, link, remember, and all undone."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from annotations.models import Annotation, Entity, EntityName, Motivation, NameKind
from annotations.services.correcting import correct_text
from annotations.services.entities import create_entity
from annotations.services.proposing import propose_correction
from articles.models import Activity, Passage, Verb
from articles.services.log import Agent
from tests.annotations.browsing import drag_over, open_article
from tests.annotations.saying import span_of
from tests.annotations.speaking import say
from tests.browser import faults

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
    expect(page.locator("[data-will]")).to_contain_text("Antony Blinken")
    expect(page.locator("[name=remember]")).to_be_checked()
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


@pytest.mark.usefixtures("blinken")
def test_the_form_is_the_one_that_the_words_call_for_and_others_are_a_key_away(
    open_browser: OpenBrowser, editor: User, make_article: MakeArticle
) -> None:
    page = open_browser(editor)
    open_article(page, make_article(TEXT))
    walk_to(page, 2, "Blingen")
    press(page, "r")
    settled(page)
    press(page, "ArrowDown")
    field = page.locator("#say-replace")
    expect(field).to_have_value("Blinken")
    press(page, "Alt+ArrowDown")
    expect(field).to_have_value("Antony Blinken")
    press(page, "Alt+ArrowUp")
    expect(field).to_have_value("Blinken")
    press(page, "Home")
    press(page, "Shift+ArrowLeft")
    expect(page.locator("[data-change] del")).to_have_text("M. Blingen")
    page.keyboard.type("M. ")
    expect(page.locator("[data-change] .linked")).to_have_text("Blinken")
    expect(page.locator("[data-memory] span")).to_contain_text("Blingen")
    press(page, "Enter")
    expect(page.locator("#p2 mark")).to_have_text("Blinken")
    assert "à Paris. M. Blinken dirigera" in words_of(page, 2)
    assert EntityName.objects.get(kind=NameKind.GARBLING).name == "Blingen"


@pytest.mark.usefixtures("blinken")
def test_what_is_replaced_and_what_is_linked_are_two(
    open_browser: OpenBrowser, editor: User, make_article: MakeArticle
) -> None:
    page = open_browser(editor)
    open_article(page, make_article(TEXT))
    drag_over(page, 3, "En termes de prix")
    press(page, "r")
    page.keyboard.type("Selon Price")
    settled(page)
    press(page, "ArrowDown")
    field = page.locator("#say-replace")
    expect(field).to_have_value("Selon Price")
    expect(page.locator("[data-change] .linked")).to_have_text("Price")
    expect(page.locator("[data-memory]")).to_be_hidden()
    press(page, "Enter")
    expect(page.locator("#p3 mark")).to_have_text("Price")
    assert words_of(page, 3).startswith("Selon Price, la rencontre")
    assert not EntityName.objects.filter(kind=NameKind.GARBLING).exists()


@pytest.mark.usefixtures("blinken")
def test_a_full_name_in_the_place_of_one_word_is_linked_as_a_whole(
    open_browser: OpenBrowser, editor: User, make_article: MakeArticle
) -> None:
    page = open_browser(editor)
    open_article(page, make_article(TEXT))
    drag_over(page, 2, "Blingen")
    press(page, "r")
    page.keyboard.type("Ned Price")
    option = page.locator("#say-replacing [data-entity]").first
    expect(option).to_contain_text("Ned Price")
    press(page, "ArrowDown")
    expect(page.locator("[data-change] .linked")).to_have_text("Ned Price")
    press(page, "Enter")
    expect(page.locator("#p2 mark")).to_have_text("Ned Price")


@pytest.mark.usefixtures("blinken")
def test_keys_for_the_text_alone_and_for_the_link_alone(
    open_browser: OpenBrowser, editor: User, make_article: MakeArticle
) -> None:
    article = make_article(TEXT)
    page = open_browser(editor)
    open_article(page, article)
    drag_over(page, 1, "Anthony Blingen")
    press(page, "r")
    settled(page)
    press(page, "ArrowDown", "Shift+Enter")
    expect(page.locator("#p1 mark")).to_have_text("Anthony Blingen")
    assert Passage.objects.get(article=article, number=1).revision == 0
    drag_over(page, 2, "Blingen")
    press(page, "r")
    settled(page)
    press(page, "ArrowDown", "Control+Enter")
    expect(page.locator("#say")).to_be_hidden()
    expect(page.locator("#p2 .words")).to_contain_text("M. Blinken dirigera")
    expect(page.locator("#p2")).to_have_attribute("data-revision", "1")
    expect(page.locator("#p2 mark")).to_have_count(0)
    assert Annotation.objects.count() == 1


def test_at_a_bare_caret_words_are_put_in_and_nothing_typed_deletes(
    open_browser: OpenBrowser, editor: User, make_article: MakeArticle
) -> None:
    article = make_article(TEXT)
    page = open_browser(editor)
    open_article(page, article)
    spot = page.evaluate(
        """() => { const node = document.querySelector("#p3 .words").firstChild;
        getSelection().collapse(node, node.data.indexOf(" a été")); }"""
    )
    assert spot is None
    press(page, "r")
    expect(page.locator("#say-replace")).to_be_focused()
    expect(page.locator("#say-replace")).to_have_value("")
    page.keyboard.type(" de Paris")
    press(page, "Enter")
    expect(page.locator("#p3 .words")).to_contain_text("la rencontre de Paris a été franche.")
    expect(page.locator("#p3")).to_have_attribute("data-revision", "1")
    drag_over(page, 3, "de Paris")
    press(page, "r", "Delete")
    press(page, "Enter")
    expect(page.locator("#p3 .words")).to_contain_text("la rencontre a été franche.")
    expect(page.locator("#p3")).to_have_attribute("data-revision", "2")
    assert Passage.objects.get(article=article, number=3).text == words_of(page, 3)


def test_what_was_typed_stays_when_somebody_was_faster(
    open_browser: OpenBrowser, editor: User, admin: User, make_article: MakeArticle
) -> None:
    article = make_article(TEXT)
    page = open_browser(editor)
    open_article(page, article)
    drag_over(page, 1, "Anthony Blingen")
    press(page, "r")
    page.keyboard.type("Tony Blinken")
    correct_text(
        article_id=article.pk, span=span_of(article, "Anthony"), replacement="Antonin",
        agent=Agent(admin), allow=lambda _places: None,
    )  # fmt: skip
    press(page, "Enter")
    expect(page.locator("[data-part=replace] [data-fault]")).to_contain_text("Antonin Blingen")
    expect(page.locator("#say-replace")).to_have_value("Tony Blinken")
    assert "Antonin Blingen" in words_of(page, 1)
    press(page, "Enter")
    expect(page.locator("#say")).to_be_hidden()
    expect(page.locator("#p1 .words")).to_contain_text("américain Tony Blinken visent")
    expect(page.locator("#p1")).to_have_attribute("data-revision", "2")


@pytest.mark.usefixtures("blinken")
def test_an_annotators_proposal_is_accepted_by_an_editor_with_one_key(
    open_browser: OpenBrowser, editor: User, annotator: User, make_article: MakeArticle
) -> None:
    article = make_article(TEXT)
    page = open_browser(annotator)
    open_article(page, article)
    born = words_of(page, 1)
    marks = page.locator("#p1 mark[data-m=editing]")
    for made, words in enumerate(("Anthony Blingen", "Qui de Arsay"), start=1):
        drag_over(page, 1, words)
        press(page, "r")
        settled(page)
        press(page, "ArrowDown", "Enter")
        expect(page.locator("#say")).to_be_hidden()
        expect(marks).to_have_count(made)  # its sign moves the words behind it
    assert words_of(page, 1) == born
    desk = open_browser(editor)
    open_article(desk, article)
    press(desk, "Alt+ArrowDown")
    expect(desk.locator(".card[data-on] ins").first).to_have_text("Antony Blinken")
    assert faults(desk) == []
    press(desk, "y")
    expect(desk.locator("#p1 mark[data-m=identifying]")).to_have_text("Antony Blinken")
    expect(desk.locator(".card[data-on] ins").first).to_have_text("Quai d’Orsay")
    press(desk, "n")
    expect(desk.locator(".card [name=verdict]")).to_be_focused()
    desk.keyboard.type("Pas sûr")
    press(desk, "Enter")
    expect(desk.locator("#p1 mark[data-m=editing]")).to_have_count(0)
    assert words_of(desk, 1) == born.replace("Anthony Blingen", "Antony Blinken")
    assert Annotation.objects.get(state="rejected").verdict == "Pas sûr"


def test_proposals_and_what_is_to_be_checked_are_walked_through_by_key(
    open_browser: OpenBrowser, editor: User, annotator: User, make_article: MakeArticle
) -> None:
    article = make_article(TEXT)
    for words, new in (("Anthony", "Antony"), ("Le Trianon", "Le Drian"), ("Qui", "Quai")):
        propose_correction(
            article_id=article.pk, span=span_of(article, words), replacement=new,
            agent=Agent(annotator),
        )  # fmt: skip
    page = open_browser(editor)
    page.goto("/proposals/")
    rows = page.locator("[data-walk] > .row")
    expect(rows).to_have_count(3)
    expect(rows.first).to_be_focused()
    press(page, "j", "k", "y")
    expect(rows).to_have_count(2)
    elsewhere = page.locator("#toasts [data-elsewhere]")
    expect(elsewhere).to_have_attribute("href", re.compile("q=Le.Trianon&"))
    expect(page.locator("#toasts")).not_to_be_empty()
    expect(rows.first).to_be_focused()
    press(page, "n")
    expect(page.locator("[name=verdict]")).to_be_focused()
    press(page, "Enter")
    expect(rows).to_have_count(1)
    assert faults(page) == []
    press(page, "y")
    expect(page.locator("[data-all-done]")).to_be_focused()
    text = Passage.objects.get(article=article, number=1).text
    assert ("Le Drian" in text, "Anthony" in text, "Quai" in text) == (True, True, True)
    for words in ("Le Drian et", "Jean-Yves Le Drian"):
        say(article, (1, words), creator=editor)
    correct_text(
        article_id=article.pk, span=span_of(article, "Drian"), replacement="Driant",
        agent=Agent(editor), allow=lambda _places: None,
    )  # fmt: skip
    page.goto("/to-check/")
    rows = page.locator("[data-walk] > .row")
    expect(rows).to_have_count(2)
    expect(rows.first.locator(".before, .change").first).to_be_visible()
    press(page, "v")
    expect(rows).to_have_count(1)


def test_who_may_not_accept_a_proposal_is_told_why(
    open_browser: OpenBrowser, editor: User, make_article: MakeArticle
) -> None:
    propose_correction(
        article_id=(article := make_article(TEXT)).pk, span=span_of(article, "Anthony"),
        replacement="Antony", agent=Agent(editor),
    )  # fmt: skip
    page = open_browser(editor, language="en")
    page.goto("/proposals/")
    why = "Somebody else has to accept what you proposed."
    expect(page.locator("[data-walk] > .row")).to_contain_text(why)
    press(page, "y")
    expect(page.locator("#toasts")).to_contain_text(why)
    expect(page.locator("[data-walk] > .row")).to_have_count(1)


@pytest.mark.usefixtures("blinken")
def test_a_key_goes_from_name_to_name_that_nobody_has_linked(
    open_browser: OpenBrowser, editor: User, make_article: MakeArticle
) -> None:
    article = make_article(TEXT)
    [drian] = Entity.objects.filter(label_fr="Jean-Yves Le Drian")
    say(article, (1, "Jean-Yves Le Trianon"), creator=editor, entity=drian,
        motivation=Motivation.IDENTIFYING, link_status="verified")  # fmt: skip
    page = open_browser(editor)
    open_article(page, article)
    page.locator("#p1 .permalink").focus()
    seen = []
    for _name in range(6):
        press(page, "g")
        seen.append(page.evaluate("getSelection().toString()"))
    assert seen == ["État", "Anthony Blingen", "Qui de Arsay", "OCDE", "Paris", "Blingen"]
    press(page, "g")
    expect(page.locator("#toasts")).to_contain_text("Plus aucun nom")
    press(page, "G", "G")
    assert page.evaluate("getSelection().toString()") == "OCDE"
    press(page, "Shift+ArrowRight")  # goes on as ever: the words can be widened
    assert page.evaluate("getSelection().toString()") == "OCDE se"
    press(page, "r")
    expect(page.locator("#say-replace")).to_have_value("OCDE se")


@pytest.mark.usefixtures("blinken")
def test_another_choice_takes_the_place_of_the_one_before(
    open_browser: OpenBrowser, editor: User, make_article: MakeArticle
) -> None:
    create_entity(agent=Agent(name="tests"), kind="person", label_fr="Antony Albanese")
    page = open_browser(editor)
    open_article(page, make_article(TEXT))
    walk_to(page, 1, "Anthony Blingen")
    press(page, "r")
    settled(page)
    field = page.locator("#say-replace")
    seen = []
    for _choice in range(3):
        press(page, "ArrowDown")
        marked = page.locator("#say-replacing [aria-selected=true] b").text_content()
        seen.append((marked, field.input_value()))
    assert {("Antony Blinken", "Antony Blinken"), ("Antony Albanese", "Antony Albanese")} <= {*seen}
    assert all(marked == value for marked, value in seen)
