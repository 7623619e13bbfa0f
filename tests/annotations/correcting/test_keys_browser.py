"""Keys pressed before an answer is there: nothing of them is lost, however slow the server is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from annotations.models import Annotation, Motivation
from annotations.services.correcting import correct_text
from annotations.services.entities import create_entity
from articles.models import Activity, Passage, Verb
from articles.services.log import Agent
from tests.annotations.browsing import open_article, selected_words
from tests.annotations.saying import span_of
from tests.browser import intercept

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page, Route

    from articles.models import Article
    from diplowatch.accounts.models import User
    from tests.conftest import MakeArticle

    OpenBrowser = Callable[..., Page]

pytestmark = pytest.mark.django_db(transaction=True)

TEXT = """ date 2021-10 Le ministre Trianon et le secrétaire Blingen visent \
la confiance, selon Arsay.

Le ministère a annoncé que M. Blingen dirigera la délégation.
"""


class Held:
    """Requests to an address that go on only when they are let."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.routes: list[Route] = []
        intercept(page, address, lambda route: self.routes.append(route))

    def let(self) -> None:
        """Let the oldest go on."""
        for _wait in range(500):
            if self.routes:
                break
            self.page.wait_for_timeout(20)
        self.routes.pop(0).continue_()


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def words_of(page: Page, number: int) -> str:
    return str(page.locator(f"#p{number} .words").text_content())


def go_to(page: Page, word: str) -> None:
    """In the caret mode, on to a word."""
    for _step in range(40):
        if selected_words(page) == word:
            return
        press(page, "ArrowRight")
    pytest.fail(f"not reached: {word}, but {selected_words(page)}")


def begin(page: Page, article: Article, word: str) -> None:
    open_article(page, article)
    press(page, "s")
    go_to(page, word)


def replace(page: Page, new: str) -> None:
    press(page, "r")
    expect(page.locator("#say-replace")).to_be_focused()
    page.keyboard.type(new)
    press(page, "Enter")


def test_after_a_correction_one_goes_on_at_once_and_the_answer_moves_nothing(
    open_browser: OpenBrowser, editor: User, make_article: MakeArticle
) -> None:
    article = make_article(TEXT)
    page = open_browser(editor)
    begin(page, article, "Trianon")
    held = Held(page, "**/correct")
    replace(page, "Le Drian")
    assert selected_words(page) == "et"
    press(page, "ArrowRight", "ArrowRight", "Shift+ArrowRight")
    assert selected_words(page) == "secrétaire Blingen"
    held.let()
    expect(page.locator("#p1")).to_have_attribute("data-revision", "1")
    assert selected_words(page) == "secrétaire Blingen"
    press(page, "ArrowRight")
    assert selected_words(page) == "visent"
    press(page, "ArrowDown", "ArrowRight")
    assert selected_words(page) == "ministère"
    assert "Le Drian" in Passage.objects.get(article=article, number=1).text


def test_who_does_not_move_stands_behind_the_words_when_the_answer_comes(
    open_browser: OpenBrowser, editor: User, make_article: MakeArticle
) -> None:
    page = open_browser(editor)
    begin(page, make_article(TEXT), "Trianon")
    replace(page, "Le Drian")
    expect(page.locator("#p1")).to_have_attribute("data-revision", "1")
    assert selected_words(page) == "et"
    press(page, "ArrowRight")
    assert selected_words(page) == "le"


def test_corrections_are_made_one_after_the_other_while_the_first_is_on_its_way(
    open_browser: OpenBrowser, editor: User, make_article: MakeArticle
) -> None:
    article = make_article(TEXT)
    page = open_browser(editor)
    begin(page, article, "Trianon")
    held = Held(page, "**/correct")
    replace(page, "Le Drian")
    go_to(page, "Blingen")
    replace(page, "Blinken")
    go_to(page, "Arsay")
    press(page, "r")
    page.keyboard.type("Ors")
    clean = "Le ministre Le Drian et le secrétaire Blinken visent la confiance, selon Arsay."
    assert words_of(page, 1) == clean
    held.let()
    expect(page.locator("#p1")).to_have_attribute("data-revision", "1")
    assert words_of(page, 1) == clean
    expect(page.locator("#say-replace")).to_be_focused()
    page.keyboard.type("ay")
    held.let()
    expect(page.locator("#p1")).to_have_attribute("data-revision", "2")
    expect(page.locator("#say-replace")).to_have_value("Orsay")
    press(page, "Enter")
    held.let()
    expect(page.locator("#p1")).to_have_attribute("data-revision", "3")
    assert Passage.objects.get(article=article, number=1).text == clean.replace("Arsay", "Orsay")
    assert Activity.objects.filter(verb=Verb.CORRECT).count() == 3


def test_undo_waits_for_the_correction_that_is_on_its_way(
    open_browser: OpenBrowser, editor: User, make_article: MakeArticle
) -> None:
    article = make_article(TEXT)
    page = open_browser(editor)
    begin(page, article, "Trianon")
    replace(page, "Le Drian")
    expect(page.locator("#p1")).to_have_attribute("data-revision", "1")
    go_to(page, "Blingen")
    held = Held(page, "**/correct")
    replace(page, "Blinken")
    press(page, "Control+z")
    held.let()
    expect(page.locator("#p1")).to_have_attribute("data-revision", "3")
    assert "Le Drian et le secrétaire Blingen visent" in words_of(page, 1)


def test_a_correction_refused_after_one_has_gone_on_is_said_and_kept(
    open_browser: OpenBrowser, editor: User, admin: User, make_article: MakeArticle
) -> None:
    article = make_article(TEXT)
    page = open_browser(editor)
    begin(page, article, "Blingen")
    held = Held(page, "**/correct")
    replace(page, "Blinken")
    press(page, "ArrowDown", "ArrowRight")
    correct_text(
        article_id=article.pk, span=span_of(article, "Blingen"), replacement="Blinquène",
        agent=Agent(admin), allow=lambda _places: None,
    )  # fmt: skip
    held.let()
    expect(page.locator(".toast[data-level=error]")).to_be_visible()
    expect(page.locator("#say-waiting")).to_contain_text("Blingen")
    assert "le secrétaire Blinquène visent" in words_of(page, 1)
    assert selected_words(page) == "ministère"
    press(page, "ArrowRight")
    assert selected_words(page) == "a"


def test_a_highlight_and_a_link_go_on_at_once_too(
    open_browser: OpenBrowser, editor: User, make_article: MakeArticle
) -> None:
    create_entity(agent=Agent(name="tests"), kind="person", label_fr="Blingen", aliases=[])
    page = open_browser(editor)
    begin(page, make_article(TEXT), "Trianon")
    held = Held(page, "**/annotations/new")
    press(page, "h", "ArrowRight", "r")
    held.let()
    expect(page.locator("#p1 mark[data-m=highlighting]")).to_have_text("Trianon")
    expect(page.locator("#say-replace")).to_have_value("le")
    press(page, "Escape")
    go_to(page, "Blingen")
    press(page, "r")
    expect(page.locator("#say-replacing [data-entity]").first).to_be_visible()
    press(page, "ArrowDown", "Shift+Enter", "ArrowRight", "ArrowRight")
    assert selected_words(page) == "confiance"
    held.let()
    expect(page.locator("#p1 mark[data-m=identifying]")).to_have_text("Blingen")
    assert selected_words(page) == "confiance"
    assert Annotation.objects.filter(motivation=Motivation.IDENTIFYING).count() == 1


def test_a_proposal_leaves_the_field_at_once(
    open_browser: OpenBrowser, annotator: User, make_article: MakeArticle
) -> None:
    page = open_browser(annotator)
    begin(page, make_article(TEXT), "Trianon")
    held = Held(page, "**/correct")
    replace(page, "Le Drian")
    press(page, "ArrowRight")
    assert selected_words(page) == "le"
    held.let()
    expect(page.locator("#p1 mark[data-m=editing]")).to_have_text("Trianon")
    assert selected_words(page) == "le"


@pytest.mark.parametrize("who", ["annotator", "editor"])
def test_behind_the_last_words_of_a_passage_one_goes_on_in_the_next(
    open_browser: OpenBrowser, request: pytest.FixtureRequest, who: str, make_article: MakeArticle
) -> None:
    page = open_browser(request.getfixturevalue(who))
    begin(page, make_article(TEXT), "Arsay")
    replace(page, "Orsay")
    assert selected_words(page) == "Le"
    expect(page.locator("#toasts")).not_to_be_empty()
    press(page, "ArrowRight")
    assert selected_words(page) == "ministère"
    go_to(page, "délégation")
    replace(page, "mission")  # the very last ones: one stays
    expect(page.locator("#p2")).to_contain_text("délégation" if who == "annotator" else "mission")
    assert selected_words(page) == ("délégation" if who == "annotator" else "mission")


def test_undo_and_redo_bring_the_caret_to_the_words_that_they_change(
    open_browser: OpenBrowser, editor: User, make_article: MakeArticle
) -> None:
    page = open_browser(editor)
    begin(page, make_article(TEXT), "Blingen")
    replace(page, "Antony Blinken")
    assert selected_words(page) == "visent"
    press(page, "g")
    assert selected_words(page) == "Arsay"
    replace(page, "Orsay")
    assert selected_words(page) == "Le"
    expect(page.locator("#p1")).to_have_attribute("data-revision", "2")
    press(page, "Control+z")
    expect(page.locator("#p1")).to_have_attribute("data-revision", "3")
    assert selected_words(page) == "Arsay"
    press(page, "Control+z")
    expect(page.locator("#p1")).to_have_attribute("data-revision", "4")
    assert selected_words(page) == "Blingen"
    press(page, "Control+Shift+z")
    expect(page.locator("#p1")).to_have_attribute("data-revision", "5")
    assert selected_words(page) == "Antony Blinken"
    held = Held(page, "**/undo")
    press(page, "Control+z", "ArrowRight", "ArrowRight")
    held.let()
    expect(page.locator("#p1")).to_have_attribute("data-revision", "6")
    assert selected_words(page) == "la"  # who has gone on is left there


def test_undo_takes_back_the_last_correction_when_its_toast_has_gone_and_after_a_reload(
    open_browser: OpenBrowser, editor: User, make_article: MakeArticle
) -> None:
    page = open_browser(editor)
    article = make_article(TEXT)
    begin(page, article, "Trianon")
    for revision in ("1", "3"):
        if revision == "3":
            begin(page, article, "Trianon")
        replace(page, "Le Drian")
        expect(page.locator("#p1")).to_have_attribute("data-revision", revision)
        if revision == "1":
            page.locator("#toasts .toast-close").click()
        else:
            open_article(page, article)
        expect(page.locator("#toasts .toast")).to_have_count(0)
        press(page, "Control+z")
        expect(page.locator("#p1")).to_have_attribute("data-revision", str(int(revision) + 1))
        assert "Le ministre Trianon et" in words_of(page, 1)


def test_passages_are_marked_one_after_the_other_while_answers_are_on_their_way(
    open_browser: OpenBrowser, editor: User, make_article: MakeArticle
) -> None:
    article = make_article(TEXT)
    page = open_browser(editor)
    begin(page, article, "Trianon")
    held = Held(page, "**/correct")
    marks = Held(page, "**/status")
    replace(page, "Le Drian")
    press(page, "Shift+Enter", "Shift+Enter")
    held.let()
    marks.let()
    marks.let()
    for number in (1, 2):
        sign = page.locator(f"#p{number} .sign")
        expect(sign).to_have_attribute("data-status", "proofread")
    expect(page.locator("#rest")).to_be_focused()
    statuses = Passage.objects.filter(article=article).values_list("status", flat=True)
    assert set(statuses) == {"proofread"}


def test_who_chooses_before_the_list_is_there_gets_what_was_chosen(
    open_browser: OpenBrowser, editor: User, make_article: MakeArticle
) -> None:
    create_entity(agent=Agent(name="tests"), kind="person", label_fr="Antony Blinken", aliases=[])
    page = open_browser(editor)
    begin(page, make_article(TEXT), "Blingen")
    held = Held(page, "**/entities/pick?*")
    press(page, "r", "ArrowDown", "Enter")
    expect(page.locator("#say-replace")).to_have_value("Blingen")
    held.let()
    expect(page.locator("#p1 mark[data-m=identifying]")).to_have_text("Blinken")
    go_to(page, "Arsay")
    press(page, "r")
    expect(page.locator("#say-replacing")).to_have_attribute("aria-busy", "true")
    page.keyboard.type("Blinken")
    press(page, "ArrowDown", "Enter")
    held.let()  # of the old words
    held.let()
    expect(page.locator("#p1 mark[data-m=identifying]")).to_have_count(2)
    assert "selon Blinken." in words_of(page, 1)
