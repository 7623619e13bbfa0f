"""The reader page and the frame around it in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from articles.models import Article
from tests.browser import faults, overflow
from tests.conftest import MakeArticle

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from diplowatch.accounts.models import User

pytestmark = pytest.mark.django_db(transaction=True)
OpenBrowser = Callable[..., "Page"]

LONG = " date 2021-10 Entretien\n\n" + "\n\n".join(
    f"Radio Neuf : Question numéro {n}, que dites-vous ?\n\n"
    f"Mme Anne-Charlotte de Montferrand-Duplessis : Réponse numéro {n}. " + "Des mots. " * 60
    for n in range(1, 9)
)


def test_axe_finds_nothing(
    open_browser: OpenBrowser,
    editor: User,
    make_article: MakeArticle,
    news: Article,
    look: dict[str, Any],
) -> None:
    long = make_article(LONG, name="long.txt")
    page = open_browser(editor, **look)
    for address in (
        f"/articles/{long.pk}/?q=mots&in=kind%3Dinterview",
        f"/articles/{long.pk}/exchanges?open=all",
        f"/articles/{news.pk}/",
        f"/articles/{news.pk}/details",
        "/nothing-here",
    ):
        page.goto(address)
        assert faults(page) == [], address
        assert overflow(page) <= 0, address


def test_axe_finds_nothing_in_what_opens(
    open_browser: OpenBrowser, editor: User, news: Article
) -> None:
    page = open_browser(editor)
    page.goto(f"/articles/{news.pk}/")
    page.click("[popovertarget=look-menu]")
    assert faults(page) == []
    page.keyboard.press("Escape")
    page.click("[popovertarget=account-menu]")
    assert faults(page) == []
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    expect(page.locator("#help")).to_be_visible()
    assert faults(page) == []


def test_a_click_copies_the_address_of_a_passage(
    open_browser: OpenBrowser, reader: User, news: Article
) -> None:
    page = open_browser(reader)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"/articles/{news.pk}/?q=ocde")
    page.click("#p2 .permalink")
    expect(page.locator(".toast")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.endswith(f"/articles/{news.pk}/#p2")
    assert page.url.endswith("?q=ocde#p2")


def test_without_javascript_a_permalink_is_a_link(
    open_browser: OpenBrowser, reader: User, interview: Article
) -> None:
    page = open_browser(reader, javascript=False)
    page.goto(f"/articles/{interview.pk}/")
    page.click("#p2 .permalink")
    assert page.url.endswith(f"/articles/{interview.pk}/#p2")
    expect(page.locator("#p2 p")).to_be_visible()
    page.goto(f"/articles/{interview.pk}/exchanges")
    page.click("#e1 summary")
    expect(page.locator("#e1 .answered")).to_be_visible()


def test_keys_search_help_and_close(open_browser: OpenBrowser, reader: User, news: Article) -> None:
    page = open_browser(reader)
    page.goto(f"/articles/{news.pk}/")
    page.keyboard.press("/")
    expect(page.locator("#search")).to_be_focused()
    page.keyboard.type("a/?j")  # keys in a field are words
    expect(page.locator("#search")).to_have_value("a/?j")
    expect(page.locator("#help")).to_be_hidden()
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    expect(page.locator("#help")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#help")).to_be_hidden()


def test_j_and_k_walk_along_the_list(
    open_browser: OpenBrowser, reader: User, make_article: MakeArticle
) -> None:
    newer = make_article(" date 2021-11 Le sommet de novembre.\n")
    older = make_article(" date 2021-10 Le sommet d’octobre.\n")
    page = open_browser(reader)
    page.goto(f"/articles/{newer.pk}/?in=kind%3Darticle")
    page.keyboard.press("j")
    page.wait_for_url(f"**/articles/{older.pk}/?in=kind%3Darticle")
    page.keyboard.press("Control+k")  # the browser's own
    page.keyboard.press("k")
    page.wait_for_url(f"**/articles/{newer.pk}/?in=kind%3Darticle")


def test_a_key_can_be_changed_and_all_switched_off(
    open_browser: OpenBrowser, reader: User, make_article: MakeArticle
) -> None:
    newer = make_article(" date 2021-11 Le sommet de novembre.\n")
    older = make_article(" date 2021-10 Le sommet d’octobre.\n")
    page = open_browser(reader)
    page.goto(f"/articles/{newer.pk}/")
    page.keyboard.press("?")
    box = page.locator("#help input[name=next]").first
    box.fill("k")
    box.press("Tab")
    expect(page.locator("#help [data-wrong]")).not_to_be_empty()
    expect(box).to_have_value("j")
    box.fill("m")
    box.press("Tab")
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    page.keyboard.press("m")
    page.wait_for_url(f"**/articles/{older.pk}/")
    page.keyboard.press("?")
    page.uncheck("#help input[name=letters]")
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    page.keyboard.press("k")
    page.keyboard.press("/")
    expect(page.locator("#help")).to_be_hidden()
    expect(page.locator("#search")).not_to_be_focused()
    assert page.url.endswith(f"/articles/{older.pk}/")
    page.click("[data-opens=help]")
    page.click("#help button[type=reset]")
    page.keyboard.press("Escape")
    page.keyboard.press("k")
    page.wait_for_url(f"**/articles/{newer.pk}/")


def test_the_key_back_leads_to_the_list_also_from_a_text_opened_by_its_address(
    open_browser: OpenBrowser, reader: User, news: Article
) -> None:
    page = open_browser(reader)
    page.goto(f"/articles/{news.pk}/")
    page.keyboard.press("u")
    page.wait_for_url("**/")
    expect(page.locator("#rows .row-title").first).to_be_visible()


def test_hits_are_walked_through(
    open_browser: OpenBrowser, reader: User, make_article: MakeArticle
) -> None:
    long = make_article(LONG, name="long.txt")
    page = open_browser(reader)
    page.goto(f"/articles/{long.pk}/?q=numéro")
    page.keyboard.press("n")
    expect(page.locator("#hit-1")).to_have_attribute("data-here", "")
    page.keyboard.press("n")
    expect(page.locator("#hit-2")).to_have_attribute("data-here", "")
    page.keyboard.press("p")
    expect(page.locator("#hit-1")).to_have_attribute("data-here", "")
    page.keyboard.press("p")
    expect(page.locator(".hit").last).to_be_in_viewport()


def test_the_outline_leads_to_the_next_turn_of_a_speaker(
    open_browser: OpenBrowser, reader: User, make_article: MakeArticle
) -> None:
    long = make_article(LONG, name="long.txt")
    page = open_browser(reader, width=1600)
    page.goto(f"/articles/{long.pk}/")
    turns = page.locator(".passage[data-speaker]")
    speaker = page.locator(".voices a").last
    for place in (1, 3):
        speaker.click()
        turn = turns.nth(place)
        page.wait_for_function(
            "(id) => { const top = document.getElementById(id).getBoundingClientRect().top;"
            " return top > 50 && top < 120; }",
            arg=turn.get_attribute("id"),
        )


def test_on_a_phone_the_outline_and_the_navigation_open(
    open_browser: OpenBrowser, reader: User, make_article: MakeArticle
) -> None:
    long = make_article(LONG, name="long.txt")
    page = open_browser(reader, width=390, javascript=False)
    page.goto(f"/articles/{long.pk}/")
    expect(page.locator("#outline")).to_be_hidden()
    page.click(".outline-open")
    expect(page.locator("#outline")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#outline")).to_be_hidden()
    page.click(".bar-menu")
    expect(page.locator("#nav a").first).to_be_visible()


def test_the_theme_is_kept_and_the_server_knows_it(
    open_browser: OpenBrowser, reader: User, news: Article
) -> None:
    page = open_browser(reader)
    page.goto(f"/articles/{news.pk}/")
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.click("[popovertarget=look-menu]")
    page.click("text=Sombre")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert dark != light
    markup = page.request.get(f"/articles/{news.pk}/").text()
    assert 'data-theme="dark"' in markup  # painted dark from the first
    page.reload()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == dark
    page.context.clear_cookies(name="look")
    page.reload()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == dark


def test_text_size_and_width_are_kept(
    open_browser: OpenBrowser, reader: User, news: Article
) -> None:
    page = open_browser(reader)
    page.goto(f"/articles/{news.pk}/")
    before = page.locator("#p1 p").bounding_box()
    page.click("[popovertarget=look-menu]")
    page.click("label:has([name=size][value=largest])")
    page.click("label:has([name=width][value=narrow])")
    page.reload()
    size = page.evaluate("getComputedStyle(document.querySelector('#p1 p')).fontSize")
    after = page.locator("#p1 p").bounding_box()
    assert float(size.removesuffix("px")) > 23
    assert before is not None
    assert after is not None
    assert after["width"] / 1.35 < before["width"] - 50
    assert overflow(page) <= 0


def test_the_language_is_chosen(open_browser: OpenBrowser, reader: User, news: Article) -> None:
    page = open_browser(reader, javascript=False)
    page.goto(f"/articles/{news.pk}/")
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    page.click("[popovertarget=look-menu]")
    page.click("button[name=language][value=en]")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert page.url.endswith(f"/articles/{news.pk}/")


def test_details_are_edited_in_place_and_undone(
    open_browser: OpenBrowser, editor: User, news: Article
) -> None:
    page = open_browser(editor)
    page.goto(f"/articles/{news.pk}/")
    page.click("a[hx-get*=details]")
    page.fill("#details [name=title]", "Visite à Paris")
    page.fill("#details [name=date]", "jeudi")
    page.click("#details button[type=submit]")
    expect(page.locator("#details .errorlist")).to_be_visible()
    page.fill("#details [name=date]", "2021-10-07")
    page.click("#details button[type=submit]")
    expect(page.locator("h1")).to_have_text("Visite à Paris")
    page.click(".toast form button")
    expect(page.locator("h1")).to_have_text(news.title)


def test_stale_details_are_shown_in_place(
    open_browser: OpenBrowser, editor: User, news: Article
) -> None:
    page = open_browser(editor)
    page.goto(f"/articles/{news.pk}/")
    page.click("a[hx-get*=details]")
    page.fill("#details [name=source]", "Le Courrier")
    Article.objects.filter(pk=news.pk).update(version=2, source="La Gazette")
    page.click("#details button[type=submit]")
    expect(page.locator("#details .notice")).to_contain_text("La Gazette")
    expect(page.locator("#details [name=source]")).to_have_value("Le Courrier")


def test_the_skip_link_and_focus_below_the_bar(
    open_browser: OpenBrowser, reader: User, make_article: MakeArticle
) -> None:
    long = make_article(LONG, name="long.txt")
    page = open_browser(reader)
    page.goto(f"/articles/{long.pk}/")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    page.locator("#p9 .permalink").focus()
    page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    page.locator("#p6 .permalink").focus()
    page.wait_for_function(
        "() => { const top = document.activeElement.getBoundingClientRect().top;"
        " return top >= document.querySelector('.bar').offsetHeight && top < innerHeight; }"
    )


def test_paper_has_the_text_alone(
    open_browser: OpenBrowser, reader: User, make_article: MakeArticle
) -> None:
    long = make_article(LONG, name="long.txt")
    page = open_browser(reader, dark=True)
    page.goto(f"/articles/{long.pk}/")
    page.emulate_media(media="print")
    for hidden in (".bar", ".tools", ".outline", ".neighbours", ".foot", ".progress"):
        expect(page.locator(hidden).first).to_be_hidden()
    expect(page.locator("#p2 p")).to_be_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"


def test_nothing_breaks_the_content_policy(
    open_browser: OpenBrowser, editor: User, news: Article
) -> None:
    page = open_browser(editor)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(f"/articles/{news.pk}/")
    page.click("a[hx-get*=details]")
    page.wait_for_selector("#details form")
    assert said == []
