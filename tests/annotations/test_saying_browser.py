"""Saying things about the text in a real browser: by mouse, by keyboard, on a phone."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from annotations.models import Annotation, Target
from articles.models import Article
from tests.annotations.browsing import drag_over, open_article
from tests.annotations.speaking import make_entity, make_tag, say
from tests.browser import faults
from tests.house import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from diplowatch.accounts.models import User

pytestmark = pytest.mark.django_db(transaction=True)
OpenBrowser = Callable[..., "Page"]


def test_one_key_highlights_whole_words_and_undo_takes_it_back(
    open_browser: OpenBrowser, editor: User, news: Article
) -> None:
    page = open_browser(editor)
    open_article(page, news)
    drag_over(page, 1, "Anthony Blingen")
    page.keyboard.press("h")
    mark = page.locator(".text mark[data-m=highlighting]")
    expect(mark).to_have_text("Anthony Blingen")
    expect(page.locator("#card-list .card blockquote")).to_have_text("Anthony Blingen")
    assert Target.objects.get().exact == "Anthony Blingen"
    page.keyboard.press("Control+z")
    expect(mark).to_have_count(0)
    expect(page.locator("#card-list .card")).to_have_count(0)
    page.keyboard.press("Control+Shift+z")
    expect(mark).to_have_text("Anthony Blingen")


def test_a_comment_is_written_at_the_selection_and_kept_as_a_draft(
    open_browser: OpenBrowser, editor: User, news: Article
) -> None:
    page = open_browser(editor)
    open_article(page, news)
    drag_over(page, 1, "OCDE")
    page.keyboard.press("c")
    expect(page.locator("#say-comment")).to_be_focused()
    page.keyboard.type("Où donc ?")
    page.reload()
    page.click("[data-waiting=go]")
    expect(page.locator("#say-comment")).to_have_value("Où donc ?")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".card .body")).to_have_text("Où donc ?")
    expect(page.locator("#say")).to_be_hidden()
    page.reload()
    expect(page.locator("#say-waiting")).to_be_hidden()


def test_a_lost_connection_keeps_what_was_typed(
    open_browser: OpenBrowser, editor: User, news: Article
) -> None:
    page = open_browser(editor)
    open_article(page, news)
    drag_over(page, 1, "OCDE")
    page.keyboard.press("c")
    page.fill("#say-comment", "Pas perdu.")
    page.context.set_offline(True)
    page.keyboard.press("Control+Enter")
    expect(page.locator("#say [data-part=comment] [data-fault]")).not_to_be_empty()
    expect(page.locator("#say-comment")).to_have_value("Pas perdu.")
    page.context.set_offline(False)
    page.keyboard.press("Control+Enter")
    expect(page.locator(".card .body")).to_have_text("Pas perdu.")
    assert Annotation.objects.count() == 1


def test_by_keyboard_alone_words_are_flagged(
    open_browser: OpenBrowser, editor: User, news: Article
) -> None:
    page = open_browser(editor)
    open_article(page, news)
    page.keyboard.press("s")
    for _step in range(1):
        page.keyboard.press("ArrowRight")
    for _step in range(2):
        page.keyboard.press("Shift+ArrowRight")
    expect(page.locator("#say-live")).to_contain_text("Qui de Arsay")
    page.keyboard.press("f")
    expect(page.locator("#say-flag")).to_be_focused()
    page.keyboard.press("Control+Enter")
    expect(page.locator(".text mark[data-m=questioning]")).to_have_text("Qui de Arsay")
    expect(page.locator("#p1 .words")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#say")).to_be_hidden()


def test_a_known_name_is_linked_by_the_picker(
    open_browser: OpenBrowser, editor: User, news: Article
) -> None:
    entity = make_entity("OCDE", kind="organisation")
    entity.names.create(name="OCDE", language="fr", kind="label", folded="ocde", sound="")
    page = open_browser(editor)
    open_article(page, news)
    drag_over(page, 1, "OCDE")
    page.keyboard.press("e")
    expect(page.locator("#say-entity")).to_have_value("OCDE")
    option = page.locator("#say-entities [data-entity]").first
    expect(option).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    mark = page.locator(".text mark[data-m=identifying]")
    expect(mark).to_have_text("OCDE")
    expect(mark).to_have_attribute("data-kind", "organisation")


def test_a_tag_is_chosen_from_the_list(
    open_browser: OpenBrowser, annotator: User, news: Article
) -> None:
    make_tag("énergie")
    page = open_browser(annotator)
    open_article(page, news)
    drag_over(page, 2, "Sahel")
    page.keyboard.press("t")
    page.keyboard.type("energie")
    page.keyboard.press("Enter")
    expect(page.locator(".text mark[data-m=tagging]")).to_have_text("Sahel")


def test_a_click_on_an_overlap_takes_the_smallest_then_the_next(
    open_browser: OpenBrowser, editor: User, news: Article
) -> None:
    long = say(news, (1, "Anthony Blingen pour des entretiens"), creator=editor)
    short = say(news, (1, "Blingen"), motivation="commenting", creator=editor)
    page = open_browser(editor)
    open_article(page, news)
    mark = page.locator(f"#a-{short.pk}")
    for wanted in (short, long, short):
        mark.click()
        expect(page.locator(f"#c-{wanted.pk}")).to_have_attribute("aria-current", "true")
    page.keyboard.press("Alt+ArrowDown")
    expect(page.locator(f"#c-{long.pk}")).to_have_attribute("aria-current", "true")


def test_layers_are_switched_off_and_stay_so(
    open_browser: OpenBrowser, editor: User, news: Article
) -> None:
    said = say(news, (1, "OCDE"), creator=editor)
    page = open_browser(editor)
    open_article(page, news)
    page.click("[popovertarget=layers]")
    page.uncheck("#layers [value=highlighting]")
    expect(page.locator(f"#c-{said.pk}")).to_be_hidden()
    page.reload()
    expect(page.locator(f"#c-{said.pk}")).to_be_hidden()
    expect(page.locator(".text")).to_have_attribute("data-off", "highlighting")


def test_axe_finds_nothing_while_something_is_said(
    open_browser: OpenBrowser, editor: User, news: Article, look: dict[str, Any]
) -> None:
    said = say(news, (1, "OCDE"), motivation="commenting", creator=editor)
    page = open_browser(editor, **look)
    open_article(page, news)
    page.click(f"#a-{said.pk}")
    assert faults(page) == []
    page.keyboard.press("s")
    assert faults(page) == []
    for key in "cfte":
        page.keyboard.press(key)
        assert faults(page) == [], key
        page.keyboard.press("Escape")


def test_the_pure_scripts_pass_their_own_tests() -> None:
    node = shutil.which("node")
    if node is None:
        pytest.skip("there is no node here")
    done = subprocess.run(
        [node, "--test", "tests/js"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


def test_by_keyboard_a_selection_goes_over_a_border_and_a_mark_gets_other_words(
    open_browser: OpenBrowser, editor: User, news: Article
) -> None:
    said = say(news, (3, "New"), creator=editor)
    page = open_browser(editor)
    open_article(page, news)
    page.click(f"#a-{said.pk}")
    expect(page.locator(f"#c-{said.pk}")).to_have_attribute("data-on", "")
    page.keyboard.press("b")
    expect(page.locator("#say [data-part=resize]")).to_be_visible()
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Enter")
    expect(page.locator(f"#a-{said.pk}")).to_have_text("New York")
    page.locator("#p1 .permalink").focus()
    page.keyboard.press("s")
    page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("h")
    expect(page.locator("#p2 mark")).to_have_text("Les")
    expect(page.locator("#said-count")).to_have_text("2")
    assert Annotation.objects.exclude(pk=said.pk).get().target_count == 2
