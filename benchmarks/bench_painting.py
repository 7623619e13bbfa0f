"""When the first screen of a long text with much said of it stands, in a real browser.

The window is open before; one goes there from the list, as a person does. The floors: a page of a
few words is what the browser itself takes, the page as a file ours without any work behind it.
"""

from __future__ import annotations

import os
import shutil
from contextlib import ExitStack, contextmanager
from http.cookies import SimpleCookie
from statistics import median, quantiles
from typing import TYPE_CHECKING, Any, NamedTuple

from playwright.sync_api import sync_playwright

from benchmarks.bench_pages import ID_OF
from benchmarks.bench_reading import MANY, fill
from benchmarks.house import HOST, KEPT_PAGE, OURS
from benchmarks.timing import Result

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserContext, Page

    from benchmarks.house import Client, Database, House

MOST = 500.0  # milliseconds
LOADS = 20
# As the page tests start it (tests/browser.py): it paints by the processor.
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
NAMES = (
    "chromium", "chromium-headless-shell", "chromium-browser", "google-chrome",
    "google-chrome-stable", "chrome",
)  # fmt: skip
SETTLED, OPENED = 600, 2_500  # milliseconds: a page comes to rest, a new window does
WATCH = """
addEventListener("DOMContentLoaded", () => { window.parsed = performance.now(); });
for (const type of ["paint", "largest-contentful-paint"])
  new PerformanceObserver((list) => {
    for (const { name, startTime } of list.getEntries())
      if (name !== "first-paint") (window.painted ??= {})[type] = startTime;
  }).observe({ type, buffered: true });
"""
SEEN = """() => {
  const [{ responseStart, responseEnd }] = performance.getEntriesByType("navigation");
  return [responseStart, responseEnd, painted.paint, painted["largest-contentful-paint"], parsed];
}"""
# Frames while one scrolls through the text, a third of a screen each.
SCROLL = """() => new Promise((done) => {
  const taken = [];
  let last = performance.now();
  const step = (now) => {
    taken.push(now - last);
    last = now;
    if (taken.length > 120) return done(taken.slice(1));
    scrollBy({ top: innerHeight / 3, behavior: "instant" });
    return requestAnimationFrame(step);
  };
  requestAnimationFrame(step);
})"""


class Load(NamedTuple):
    """What one load took, in milliseconds from the click."""

    answer: float
    whole: float
    first: float
    screen: float  # the largest paragraph of the first screen is painted
    parsed: float


def measure(house: House, texts: Database, rounds: int) -> list[Result]:
    """Load the long text again and again, in turn with its floors; then with nothing kept."""
    chromium = find_chromium()
    if chromium is None:
        print("No Chromium was found: painting is left out.")
        return []
    database = house.database("painted").make(template=texts)
    article = database.execute(ID_OF, ["long.txt"])[0][0]
    fill(database, {article: MANY})
    with ExitStack() as stack:
        ours = stack.enter_context(database.serving(OURS))
        path = f"/articles/{article}/"
        (house.folder / "page.html").write_bytes(ours.get(path).body)
        kept = stack.enter_context(database.serving(KEPT_PAGE))
        pages = {
            "ours": (_address(ours, "/"), _address(ours, path)),
            "as a file": (_address(kept, "/"), _address(kept, "/page")),
            "a few words": (_address(kept, "/"), _address(kept, "/words")),
        }
        browser = stack.enter_context(browser_at(chromium))
        warm = _in_turn(browser, database.cookie, pages, rounds)
        cold = _cold(browser, database.cookie, pages["ours"][1], max(3, rounds // 4))
        frames = _scroll(browser, database.cookie, pages["ours"][1])
    return results(warm, cold, frames)


def find_chromium() -> str | None:
    """Where it is, if it is there."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


def results(
    warm: dict[str, list[Load]], cold: list[Load], frames: list[float]
) -> list[Result]:  # fmt: skip
    """The figures: the first screen, what it would be without our work, how smooth it scrolls."""
    made = [
        _figure("first screen of 300 KB with 2,000 annotations", warm["ours"], MOST),
        _figure("the same page as a file", warm["as a file"], None),
        _figure("a page of a few words", warm["a few words"], None),
        _figure("first screen, nothing kept in the browser", cold, None),
    ]
    parsed = median(load.parsed for load in warm["ours"])
    made.append(Result("whole text parsed, scripts run", parsed, None, unit="ms"))
    slow = quantiles(frames, n=20)[-1]
    detail = f"95 % within {slow:.0f} ms"
    return [
        *made,
        Result("a frame while scrolling", median(frames), None, unit="ms", detail=detail),
    ]


def _figure(name: str, loads: list[Load], most: float | None) -> Result:
    screens = sorted(load.screen for load in loads)
    detail = (
        f"{screens[0]:.0f} to {screens[-1]:.0f} ms, "
        f"answer begins {median(load.answer for load in loads):.0f} ms, "
        f"is whole {median(load.whole for load in loads):.0f} ms, "
        f"first paint {median(load.first for load in loads):.0f} ms, {len(loads)} loads"
    )
    return Result(name, median(screens), most, unit="ms", detail=detail)


def _address(client: Client, path: str) -> str:
    return f"http://{HOST}:{client.connection.port}{path}"


@contextmanager
def browser_at(path: str) -> Iterator[Browser]:
    """Chromium, closed afterwards."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()


def window_in(browser: Browser, cookie: str) -> BrowserContext:
    """A window of the editor's, with a page that has come to rest."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="fr-FR")
    for name, morsel in SimpleCookie(cookie).items():
        context.add_cookies(
            [{"name": name, "value": morsel.value, "domain": HOST, "path": "/"}]
        )  # fmt: skip
    context.add_init_script(WATCH)
    context.new_page().wait_for_timeout(OPENED)
    return context


def _load(page: Page, address: str) -> Load:
    page.goto(address)
    page.wait_for_timeout(SETTLED)
    seen: Any = page.evaluate(SEEN)
    return Load(*seen)


def _in_turn(
    browser: Browser, cookie: str, pages: dict[str, tuple[str, str]], rounds: int
) -> dict[str, list[Load]]:
    """Each page once a round from its list, the first round not counted."""
    taken: dict[str, list[Load]] = {name: [] for name in pages}
    context = window_in(browser, cookie)
    page = context.pages[0]
    for number in range(rounds + 1):
        for name, (start, address) in pages.items():
            page.goto(start)
            page.wait_for_timeout(SETTLED)
            load = _load(page, address)
            if number:
                taken[name].append(load)
    context.close()
    return taken


def _cold(browser: Browser, cookie: str, address: str, rounds: int) -> list[Load]:
    """Loads in windows that have nothing of ours in their cache."""
    taken = []
    for _ in range(rounds):
        context = window_in(browser, cookie)
        taken.append(_load(context.pages[0], address))
        context.close()
    return taken


def _scroll(browser: Browser, cookie: str, address: str) -> list[float]:
    context = window_in(browser, cookie)
    page = context.pages[0]
    _load(page, address)
    frames: list[float] = page.evaluate(SCROLL)
    context.close()
    return frames
