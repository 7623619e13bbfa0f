"""Real Chromium for the page tests: found, or fetched, or the run fails saying how to get it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Error, sync_playwright

from tests.leaving import Visits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright._impl._api_structures import SetCookieParam
    from playwright.sync_api import Browser, BrowserContext, Page, Playwright, Route
    from pytest_django.live_server_helper import LiveServer

    from diplowatch.accounts.models import User

FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
# The shell is the same browser without its own windows: a third quicker.
NAMES = (
    "chromium-headless-shell", "chromium", "chromium-browser", "google-chrome",
    "google-chrome-stable", "chrome",
)  # fmt: skip
HELP = (
    "No Chromium was found: run `apt-get install chromium` or "
    "`.venv/bin/playwright install chromium`, or leave the page tests out with "
    "`make test BROWSER=0`."
)
# All rules; but only the faults come back: the whole takes longer to send than to find.
# What stands outside the window is laid out too: until it is, its words have no true places.
# What moves or fades in is taken to its end: colours on the way there are not those one reads.
AXE_RUN = """() => {
    for (const one of document.getAnimations()) {
        if (one.effect.getComputedTiming().endTime !== Infinity) one.finish();
    }
    const skipped = [...document.querySelectorAll(".passage")];
    for (const one of skipped) one.style.contentVisibility = "visible";
    return axe.run({ resultTypes: ["violations"] }).then((found) => {
        for (const one of skipped) one.style.removeProperty("content-visibility");
        return found.violations.flatMap((fault) => fault.nodes.map((node) =>
            `${fault.id}: ${node.html.slice(0, 120)} – ${node.failureSummary}`));
    });
}"""


def wanted() -> bool:
    """False when the page tests are left out on purpose (BROWSER=0)."""
    return os.environ.get("BROWSER", "1") != "0"


def _launch(playwright: Playwright) -> Browser:
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if path:
        return playwright.chromium.launch(executable_path=path, args=FLAGS)
    try:
        return playwright.chromium.launch(args=FLAGS)
    except Error:
        command = [sys.executable, "-m", "playwright", "install", "chromium"]
        subprocess.run(command, check=False)
    try:
        return playwright.chromium.launch(args=FLAGS)
    except Error:
        pytest.fail(HELP, pytrace=False)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser a test process."""
    if not wanted():
        pytest.skip("BROWSER=0: the page tests are left out")
    with sync_playwright() as playwright:
        chromium = _launch(playwright)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def visits(live_server: LiveServer) -> Visits:
    """Who is on the live server."""
    return Visits(live_server.thread.httpd)


@pytest.fixture
def open_browser(
    browser: Browser, live_server: LiveServer, visits: Visits
) -> Iterator[Callable[..., Page]]:
    """Open a window of one's own: `open_browser(user, width=390, dark=True, language="en")`."""
    contexts: list[BrowserContext] = []

    def opened(
        user: User | None = None,
        *,
        width: int = 1280,
        dark: bool = False,
        language: str = "fr",
        javascript: bool = True,
        touch: bool = False,
    ) -> Page:
        context = browser.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": 900},
            color_scheme="dark" if dark else "light",
            locale={"fr": "fr-FR", "en": "en-GB"}[language],
            java_script_enabled=javascript,
            has_touch=touch,
        )
        contexts.append(context)
        if user is not None:
            context.add_cookies([_session(user, live_server.url)])
        page = context.new_page()
        page.set_default_timeout(10_000)
        return page

    yield opened
    for context in contexts:
        context.close()
    visits.wait_until_all_left()


@pytest.fixture(params=[(1280, False, "fr"), (390, True, "en")], ids=["wide", "phone"])
def look(request: pytest.FixtureRequest) -> dict[str, Any]:
    """Both widths, themes and languages in two windows: `open_browser(user, **look)`."""
    return dict(zip(("width", "dark", "language"), request.param, strict=True))


def faults(page: Page) -> list[str]:
    """What axe finds, in one line each."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found: list[str] = page.evaluate(AXE_RUN)
    return found


def overflow(page: Page) -> int:
    """How many pixels the page is wider than the window."""
    width: int = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return width


def intercept(page: Page, address: str, handle: Callable[[Route], None]) -> None:
    """Have requests to an address handled here, from the very next one on.

    `page.route` may come back before Chromium holds anything: on a busy machine, a request that
    follows at once goes on to the server. A request of no account is asked until it is held.
    """
    page.route(address, handle)
    page.route("**/healthz", lambda route: route.fulfill(body="held"))
    ask = "() => fetch('/healthz').then((answer) => answer.text())"
    for _again in range(500):
        if page.evaluate(ask) == "held":
            return
    pytest.fail(f"Chromium holds no request to {address}")


@pytest.fixture
def page(open_browser: Callable[..., Page]) -> Page:
    """An anonymous window, 1280 wide, light, French."""
    return open_browser()


def _session(user: User, url: str) -> SetCookieParam:
    from django.conf import settings
    from django.test import Client

    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    return {"name": settings.SESSION_COOKIE_NAME, "value": value, "url": url}
