"""From the key to the corrected text, in a real browser: a long text with much said of it.

The words stand corrected before the server answers; measured is the frame after that in which they
are painted, and the one in which the server's own passage has taken their place.
"""

from __future__ import annotations

from statistics import median, quantiles
from typing import TYPE_CHECKING, Any, NamedTuple

from benchmarks.bench_pages import ID_OF
from benchmarks.bench_painting import SETTLED, browser_at, find_chromium, window_in
from benchmarks.bench_reading import MANY, fill
from benchmarks.house import HOST, OURS
from benchmarks.timing import Result

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from benchmarks.house import Database, House

MOST = 120.0  # milliseconds
TIMES = 30
PASSAGES = """
SELECT number FROM articles_passage
WHERE article_id = %s AND NOT retired AND role = 'paragraph' AND length(text) > 60
ORDER BY position
"""
# The time of the key is the event's own; a frame is painted once the task after it runs.
WATCH = """([number, word]) => {
  const passage = () => document.getElementById(`p${number}`);
  const { revision } = passage().dataset;
  window.taken = new Promise((done) => {
    const times = [];
    const painted = (then) => setTimeout(() => then(performance.now()));
    addEventListener("keydown", ({ timeStamp }) => {
      const look = () => {
        const isShown = passage().querySelector(".words").textContent.includes(word);
        if (isShown && !times.length) painted((now) => times.push(now - timeStamp));
        if (isShown && passage().dataset.revision !== revision)
          return painted((now) => done([times[0], now - timeStamp]));
        return requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
    }, { capture: true, once: true });
  });
}"""


class Taken(NamedTuple):
    """Milliseconds from the key until the words are painted, and the server's passage is."""

    shown: float
    answered: float


def measure(house: House, texts: Database, times: int = TIMES) -> list[Result]:
    """Correct a word in one passage after another, all over the text, by keyboard."""
    chromium = find_chromium()
    if chromium is None:
        print("No Chromium was found: typing is left out.")
        return []
    database = house.database("typed").make(template=texts)
    article = database.execute(ID_OF, ["long.txt"])[0][0]
    fill(database, {article: MANY})
    numbers = [number for (number,) in database.execute(PASSAGES, [article])]
    chosen = numbers[:: max(1, len(numbers) // (times + 1))][: times + 1]
    with database.serving(OURS) as ours, browser_at(chromium) as browser:
        context = window_in(browser, database.cookie)
        page = context.pages[0]
        page.goto(f"http://{HOST}:{ours.connection.port}/articles/{article}/")
        page.wait_for_timeout(3 * SETTLED)
        taken = [_correct(page, number) for number in chosen][1:]
        context.close()
    return [
        _figure("key to corrected words", [one.shown for one in taken], MOST),
        _figure("key to the server's passage", [one.answered for one in taken], None),
    ]


def _correct(page: Page, number: int) -> Taken:
    """One word of a passage corrected by keyboard alone."""
    word = f"Corrigé{number}"
    page.locator(f"#p{number} .permalink").focus()
    page.keyboard.press("s")
    page.keyboard.press("r")
    page.locator("#say-replace:focus").wait_for()
    page.keyboard.type(word)
    page.evaluate(f"(asked) => {{ ({WATCH})(asked); }}", [number, word])
    page.keyboard.press("Control+Enter")
    found: Any = page.evaluate("taken")
    page.wait_for_timeout(SETTLED)
    page.keyboard.press("Escape")
    return Taken(*found)


def _figure(name: str, times: list[float], most: float | None) -> Result:
    slow = quantiles(times, n=20)[-1]
    detail = f"{min(times):.0f} to {max(times):.0f} ms, 95 % within {slow:.0f} ms"
    name = f"{name}, 300 KB with 2,000 annotations"
    return Result(name, median(times), most, unit="ms", detail=detail)
