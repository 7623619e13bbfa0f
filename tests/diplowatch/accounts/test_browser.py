"""Signing in as a person does it: by keyboard, with a second factor, in both languages."""

from __future__ import annotations

import base64
import hmac
import os
import struct
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.core.cache import cache
from playwright.sync_api import expect

from articles.jobs import read_batch
from diplowatch.accounts.models import User
from diplowatch.accounts.signin import make_signin_link
from tests.browser import faults as axe_faults
from tests.conftest import PASSWORD

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import ConsoleMessage, Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = pytest.mark.django_db(transaction=True)
# How much of a picture is dark: a code that can be read is about half.
INKED = """async (image) => {
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = 100;
    const context = canvas.getContext("2d");
    context.fillStyle = "white";
    context.fillRect(0, 0, 100, 100);
    context.drawImage(image, 0, 0, 100, 100);
    const dots = context.getImageData(0, 0, 100, 100).data;
    return dots.filter((value, place) => place % 4 === 0 && value < 128).length / 10000;
}"""
SHOTS = os.environ.get("DIPLOWATCH_SHOTS")  # a folder, to look at the pages with one's own eyes


@pytest.fixture(autouse=True)
def _no_attempts_counted(db: None) -> None:
    cache.clear()


@pytest.fixture
def faults() -> list[str]:
    """What the browser's console complained of, such as a blocked style."""
    return []


def blames(said: ConsoleMessage) -> bool:
    """Errors, save that a page without an icon (Django's admin) has none."""
    return said.type == "error" and not said.location["url"].endswith("/favicon.ico")


def complaint(said: ConsoleMessage) -> str:
    return f"{said.text} ({said.location['url']})"


@pytest.fixture
def window(open_browser: Callable[..., Page], faults: list[str]) -> Callable[..., Page]:
    """A window whose complaints are kept."""

    def opened(user: User | None = None, **options: object) -> Page:
        page = open_browser(user, **{"language": "en"} | options)
        page.on("console", lambda said: faults.append(complaint(said)) if blames(said) else None)
        page.on("pageerror", lambda error: faults.append(str(error)))
        return page

    return opened


def code_of(secret: str, moment: float | None = None) -> str:
    """The six digits that an authenticator app shows (RFC 6238)."""
    counter = int((time.time() if moment is None else moment) // 30)
    padded = secret + "=" * (-len(secret) % 8)
    digest = hmac.digest(base64.b32decode(padded), struct.pack(">Q", counter), "sha1")
    (number,) = struct.unpack_from(">I", digest, digest[-1] & 15)
    return f"{(number & 0x7FFFFFFF) % 1_000_000:06}"


def test_the_codes_are_those_of_the_standard() -> None:
    secret = base64.b32encode(b"12345678901234567890").decode()
    assert code_of(secret, 59) == "287082"
    assert code_of(secret, 1111111109) == "081804"


def sign_in_by_keyboard(page: Page, name: str, password: str) -> None:
    page.goto("/accounts/login/?next=/accounts/settings/")
    page.locator("#id_login").focus()
    page.keyboard.type(name)
    page.keyboard.press("Tab")
    page.keyboard.type(password)
    page.keyboard.press("Enter")


def look_at(page: Page, name: str) -> None:
    """Nothing for axe to find; a picture where pictures are wanted."""
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / f"{name}.png", full_page=True)
    assert axe_faults(page) == [], name


def test_signing_in_and_out_by_keyboard(
    window: Callable[..., Page], reader: User, faults: list[str]
) -> None:
    page = window()
    sign_in_by_keyboard(page, "reader", PASSWORD)
    expect(page).to_have_url("/accounts/settings/")
    page.get_by_role("button", name="Account of reader").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Sign out").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url("/accounts/login/")
    page.goto("/accounts/settings/")
    expect(page.locator("#id_login")).to_be_visible()
    assert faults == []


def test_a_wrong_password_is_said_where_a_screen_reader_hears_it(
    window: Callable[..., Page], reader: User
) -> None:
    page = window()
    sign_in_by_keyboard(page, "reader", "wrong")
    expect(page.get_by_role("alert")).to_contain_text("The name or the password is not right.")
    expect(page.locator("#id_login")).to_have_value("reader")
    look_at(page, "wrong-password")


def test_pages_are_signed_in_to_without_javascript(
    window: Callable[..., Page], reader: User
) -> None:
    page = window(javascript=False)
    sign_in_by_keyboard(page, "reader", PASSWORD)
    expect(page).to_have_url("/accounts/settings/")


def test_a_newcomer_follows_the_link_and_chooses_a_password(
    window: Callable[..., Page], reader: User, live_server: LiveServer, faults: list[str]
) -> None:
    page = window()
    page.goto(make_signin_link(reader, live_server.url))
    page.get_by_role("button", name="Sign in").click()
    page.locator("#id_password1").fill("Quai d’Orsay, 37")
    page.locator("#id_password2").fill("Quai d’Orsay, 37")
    page.get_by_role("button", name="Set the password").click()
    expect(page.locator("#toasts")).to_contain_text("Your password is set.")
    assert User.objects.get(pk=reader.pk).check_password("Quai d’Orsay, 37")
    assert faults == []


def test_a_second_factor_is_set_up_and_then_asked_for(
    window: Callable[..., Page], reader: User, faults: list[str]
) -> None:
    page = window()
    sign_in_by_keyboard(page, "reader", PASSWORD)
    expect(page).to_have_url("/accounts/settings/")
    page.goto("/accounts/2fa/")
    page.get_by_role("link", name="Set it up").click()
    confirm(page)
    picture = page.locator("img.qr")
    expect(picture).to_be_visible()
    assert 0.2 < picture.evaluate(INKED) < 0.6
    look_at(page, "factor-set-up")
    secret = page.locator("code.secret").inner_text()
    page.locator("#id_code").fill(code_of(secret))
    page.get_by_role("button", name="Switch it on").click()
    expect(page.locator(".codes li")).to_have_count(10)
    look_at(page, "recovery-codes")
    spare = page.locator(".codes li").first.inner_text()
    again = window()
    sign_in_by_keyboard(again, "reader", PASSWORD)
    expect(again).to_have_url("/accounts/2fa/authenticate/")
    look_at(again, "factor-asked")
    again.locator("#id_code").fill("000000")
    again.keyboard.press("Enter")
    expect(again.locator(".errorlist")).to_contain_text("This code is not right")
    again.locator("#id_code").fill(spare)
    again.keyboard.press("Enter")
    expect(again).to_have_url("/accounts/settings/")
    assert faults == []


def confirm(page: Page) -> None:
    """Give the password once more, if the last time is too long ago."""
    if "/reauthenticate/" in page.url:
        page.locator("#id_password").fill(PASSWORD)
        page.keyboard.press("Enter")


def test_the_language_of_the_menu_stays_after_signing_in_elsewhere(
    window: Callable[..., Page], reader: User
) -> None:
    page = window(reader, language="fr")
    page.goto("/accounts/settings/")
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    page.locator("[popovertarget=look-menu]").click()
    page.locator("#look-menu button[value=en]").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    elsewhere = window(language="fr")
    sign_in_by_keyboard(elsewhere, "reader", PASSWORD)
    expect(elsewhere.locator("html")).to_have_attribute("lang", "en")


def test_the_language_is_chosen_in_the_settings(window: Callable[..., Page], reader: User) -> None:
    page = window(reader)
    page.goto("/accounts/settings/")
    page.locator("#id_language").select_option("fr")
    page.locator(".account form button[type=submit]").click()
    expect(page.locator("html")).to_have_attribute("lang", "fr")


def test_an_admin_invites_somebody_and_copies_the_link(
    window: Callable[..., Page], admin: User, faults: list[str]
) -> None:
    page = window(admin)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/accounts/people/")
    page.get_by_role("link", name="Invite somebody").click()
    page.locator("#id_username").fill("claire")
    page.locator("#id_role").select_option("3")
    page.get_by_role("button", name="Make the account").click()
    look_at(page, "link-made")
    page.get_by_role("button", name="Copy").click()
    expect(page.locator("#toasts")).to_contain_text("Link copied.")
    link = page.locator("#link").input_value()
    assert page.evaluate("navigator.clipboard.readText()") == link
    assert faults == []


def test_djangos_admin_works_under_the_policy(
    window: Callable[..., Page], admin: User, faults: list[str]
) -> None:
    job = read_batch.defer(batch_id="none")
    page = window(admin)
    jobs = "/admin/procrastinate/procrastinatejob/"
    for path in ("/admin/", "/admin/articles/article/", jobs, f"{jobs}{job}/change/"):
        page.goto(path)
        expect(page.locator("#site-name")).to_be_visible()
    assert faults == []


PAGES = {
    "sign-in": ("/accounts/login/", None),
    "forgotten": ("/accounts/password/reset/", None),
    "settings": ("/accounts/settings/", "admin"),
    "password": ("/accounts/password/change/", "admin"),
    "factor": ("/accounts/2fa/", "admin"),
    "people": ("/accounts/people/", "admin"),
    "invite": ("/accounts/people/invite/", "admin"),
    "person": ("/accounts/people/{reader}/", "admin"),
    "link": ("/accounts/first/x/y/", None),
    "confirm": ("/accounts/reauthenticate/", "admin"),
}


def test_pages_are_accessible_and_fit(
    look: dict[str, Any], window: Callable[..., Page], admin: User, reader: User
) -> None:
    windows = {who: window(who, **look) for who in (None, admin)}
    for name, (path, who) in PAGES.items():
        page = windows[admin if who else None]
        page.goto(path.format(reader=reader.pk))
        look_at(page, f"{name}-{look['width']}")
        assert page.evaluate("document.documentElement.scrollWidth") <= look["width"], path
