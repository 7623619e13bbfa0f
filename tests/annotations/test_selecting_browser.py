"""Ways to choose words in a real browser: clicks, a finger, exact ends, the grips of a mark."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from annotations.models import Target
from tests.annotations.browsing import drag, drag_over, open_article, place_of, selected_words
from tests.annotations.speaking import say
from tests.conftest import NEWS

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from annotations.models import Annotation
    from articles.models import Article
    from diplowatch.accounts.models import User
    from tests.conftest import MakeArticle

    OpenBrowser = Callable[..., Page]

pytestmark = pytest.mark.django_db(transaction=True)
BAR = "#say [data-part=bar]"

FRAMES = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"

# What the handles of a selection do on a telephone: the finger moves them, no event tells of it.
HANDLES = """([number, start, stop]) => {
    const node = document.querySelector(`#p${number} .words`).firstChild;
    getSelection().setBaseAndExtent(node, start, node, stop);
}"""


@pytest.fixture
def page(open_browser: OpenBrowser, editor: User, news: Article) -> Page:
    """The news on an editor's screen."""
    page = open_browser(editor)
    open_article(page, news)
    return page


def drag_grip(page: Page, side: str, place: tuple[float, float]) -> None:
    """Pull an end of what stands out to a point of the window."""
    grip = page.locator(f".grip[data-side={side}]").bounding_box()
    assert grip is not None
    drag(page, (grip["x"] + grip["width"] / 2, grip["y"] + grip["height"] / 2), place)


def pan(page: Page, start: tuple[int, int], down: int) -> None:
    """Put a finger down and draw it over the window."""
    finger = page.context.new_cdp_session(page)
    x, y = start
    finger.send(
        "Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]}
    )
    for step in range(1, 6):
        points = [{"x": x, "y": y + down * step / 5}]
        finger.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": points})
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


@pytest.mark.parametrize(
    ("clicks", "chosen"),
    [(2, "OCDE"), (3, "La réunion de New York avait échoué en septembre.")],
)
def test_two_clicks_take_the_word_three_the_passage(page: Page, clicks: int, chosen: str) -> None:
    number, words = (1, "OCDE") if clicks == 2 else (3, "York")
    place = place_of(page, number, words)
    page.mouse.click(place.left + 6, place.middle, click_count=clicks)
    expect(page.locator(BAR)).to_be_visible()
    page.keyboard.press("h")
    expect(page.locator(".text mark")).to_have_text(chosen)


def test_with_alt_the_selection_stays_as_it_is(page: Page) -> None:
    place = place_of(page, 1, "Blingen")
    inside = place_of(page, 1, "linge")
    page.keyboard.down("Alt")
    drag(page, (inside.left, place.middle), (inside.right, place.middle))
    page.keyboard.up("Alt")
    expect(page.locator(BAR)).to_be_visible()
    assert selected_words(page) == "linge"


def test_whole_words_can_be_switched_off(page: Page) -> None:
    drag_over(page, 1, "Blingen")
    assert selected_words(page) == "Blingen"
    page.uncheck("#say [data-snap]")
    page.reload()
    inside = place_of(page, 1, "linge")
    drag(page, (inside.left, inside.middle), (inside.right, inside.middle))
    expect(page.locator(BAR)).to_be_visible()
    assert selected_words(page) == "linge"


def test_a_finger_chooses_words_by_the_handles_of_the_browser(
    open_browser: OpenBrowser, editor: User, news: Article
) -> None:
    page = open_browser(editor, width=390, touch=True)
    open_article(page, news)
    place = place_of(page, 3, "York")
    page.touchscreen.tap(place.left + 6, place.middle)
    expect(page.locator(BAR)).to_be_hidden()
    page.evaluate(HANDLES, [3, 15, 19])
    bar = page.locator(BAR)
    expect(bar).to_be_visible()
    box = page.locator("#say").bounding_box()
    assert box is not None
    assert box["y"] + box["height"] == pytest.approx(900), "it stands at the foot of the window"
    page.evaluate(HANDLES, [3, 11, 18])  # the words that the handles let go of are widened
    page.tap("#say [data-say=comment]")
    expect(page.locator("#say [data-part=comment] [data-quote]")).to_have_text("New York")
    page.fill("#say-comment", "Du doigt.")
    page.tap("#say [data-part=comment] .primary")
    expect(page.locator(".text mark")).to_have_text("New York")
    expect(page.locator(".text .card .body")).to_have_text("Du doigt.")


@pytest.fixture
def marked(news: Article, editor: User) -> Annotation:
    """A highlight of one word of the news."""
    return say(news, (3, "York"), creator=editor)


def test_a_grip_gives_a_mark_other_words(marked: Annotation, page: Page) -> None:
    page.click(f"#a-{marked.pk}")
    place = place_of(page, 3, "réunion")
    drag_grip(page, "start", (place.left + 12, place.middle))
    mark = page.locator(f"#a-{marked.pk}")
    expect(mark).to_have_text("réunion de New York")
    expect(page.locator(f"#c-{marked.pk} blockquote")).to_have_text("réunion de New York")
    expect(page.locator(BAR)).to_be_hidden()
    assert selected_words(page) == ""
    place = place_of(page, 3, " avait échoué en")
    drag_grip(page, "end", (place.right - 6, place.middle))
    expect(mark).to_have_text("réunion de New York avait échoué en")
    page.keyboard.press("Control+z")
    expect(mark).to_have_text("réunion de New York")
    assert Target.objects.get().exact == "réunion de New York"


def test_others_marks_have_no_grips(
    open_browser: OpenBrowser, annotator: User, marked: Annotation, news: Article
) -> None:
    page = open_browser(annotator)
    open_article(page, news)
    page.click(f"#a-{marked.pk}")
    expect(page.locator(f"#c-{marked.pk}")).to_have_attribute("aria-current", "true")
    page.evaluate(FRAMES)  # grips are put in place with a frame
    expect(page.locator(".grip[data-side=start]")).to_be_hidden()


@pytest.fixture
def half_written(open_browser: OpenBrowser, editor: User, make_article: MakeArticle) -> Page:
    """A phone with a comment begun on the first word of a long text."""
    page = open_browser(editor, width=390, touch=True)
    open_article(page, make_article(NEWS * 5))
    place = place_of(page, 1, "mardi")
    page.touchscreen.tap(place.left + 6, place.middle)
    page.evaluate(HANDLES, [1, 0, 2])
    expect(page.locator(BAR)).to_be_visible()
    page.tap("#say [data-say=comment]")
    page.fill("#say-comment", "À moitié écrit")
    return page


def test_a_finger_that_scrolls_leaves_a_form_open(half_written: Page) -> None:
    page = half_written
    before = page.evaluate("scrollY")
    pan(page, (195, 400), -200)
    page.wait_for_function("(before) => scrollY > before", arg=before)
    expect(page.locator("#say-comment")).to_be_visible()
    expect(page.locator("#say-comment")).to_have_value("À moitié écrit")


def test_a_finger_that_taps_beside_a_form_closes_it_and_nothing_is_lost(half_written: Page) -> None:
    page = half_written
    page.tap("h1")
    expect(page.locator("#say")).to_be_hidden()
    page.tap("[data-waiting=go]")
    expect(page.locator("#say-comment")).to_have_value("À moitié écrit")


def test_a_drag_that_begins_in_the_middle_of_a_letter_selects_its_words(
    open_browser: OpenBrowser, editor: User, interview: Article
) -> None:
    page = open_browser(editor)
    open_article(page, interview)
    left, right, middle = place_of(page, 4, "fait mieux")
    for part in range(1, 25):  # in steps of less than a pixel over the first letter
        drag(page, (left + part / 4, middle), (right - 4, middle))
        expect(page.locator(BAR)).to_be_visible()
        assert selected_words(page) == "fait mieux", part
        page.keyboard.press("Escape")
