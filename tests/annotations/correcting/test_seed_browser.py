"""The first of the texts the house was built for, made clean by keyboard alone, then all undone.

It walks wherever the text lies beside the project, without waiting for any answer of the server but
the names to choose from. `EFFORT=FILE` says where the counts go that docs/effort.md tells.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from django.conf import settings
from playwright.sync_api import expect

from annotations.models import Motivation, Target
from annotations.queries.integrity import check_logs, check_rules
from annotations.services.starter import load_starter
from articles.models import Activity, Passage, Verb
from articles.services.log import Agent
from tests.annotations.browsing import open_article

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from articles.models import Article
    from diplowatch.accounts.models import User
    from tests.conftest import MakeArticle

SEEDS = Path(settings.BASE_DIR).parent / "shared" / "seeds"
FIRST = SEEDS / "000_08e63b2ccf39c7e0.txt"
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not FIRST.exists(), reason="the text does not lie beside the project"),
]


class Garbled(NamedTuple):
    """What stands in a passage, what is to stand there, what is typed for it and what is linked."""

    passage: int
    words: str
    becomes: str
    typed: str = ""  # nothing, where the list gives the name
    part: str = ""  # all of it
    is_name: bool = True

    @property
    def linked(self) -> str:
        """The words that lead to the entity."""
        return self.part or self.becomes


GARBLED = [
    Garbled(1, "Jean-Yves Le Trianon", "Jean-Yves Le Drian"),
    Garbled(1, "Anthony Blingen", "Antony Blinken"),
    Garbled(1, "Qui de Arsay", "Quai d’Orsay"),
    Garbled(2, "Anthony Blingen", "Antony Blinken"),
    Garbled(4, "Catherine Toy", "Katherine Tai"),
    Garbled(5, "Blingen", "Blinken"),
    Garbled(5, "Netflix", "Ned Price", "Ned Price"),
    Garbled(6, "En termes de prix", "Selon Price", "Selon Price", "Price", is_name=False),
    Garbled(6, "Govt-19", "Covid-19", "Covid-19"),
    Garbled(8, "Edin", "Étienne", "Étienne"),
]


class Keys:
    """A keyboard that counts: a chord is one key, every letter that is typed is one."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.count = 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.count += 1

    def type(self, words: str) -> None:
        self.page.keyboard.type(words)
        self.count += len(words)


def selected(page: Page) -> str:
    return str(page.evaluate("getSelection().toString()"))


def standing(page: Page) -> int:
    """The passage that the caret stands in."""
    asked = "() => document.activeElement.closest('[id^=p]')?.id.slice(1) ?? '0'"
    return int(page.evaluate(asked))


def select(keys: Keys, garbled: Garbled) -> None:
    """From where the caret stands, go on to the words: from name to name, or word by word."""
    page = keys.page
    if garbled.is_name:
        for _step in range(40):
            keys.press("g")
            if (standing(page), selected(page)) == (garbled.passage, garbled.words):
                return
        pytest.fail(f"not reached: {garbled.words}, but {selected(page)}")
    for _step in range(10):
        if standing(page) >= garbled.passage:
            break
        keys.press("ArrowDown")
    for _step in range(80):
        said = selected(page)
        if said and garbled.words.startswith(said):
            break
        keys.press("ArrowRight")
    for _step in range(8):
        if selected(page) == garbled.words:
            return
        keys.press("Shift+ArrowRight")
    pytest.fail(f"not reached: {garbled.words}, but {selected(page)}")


def correct(keys: Keys, garbled: Garbled) -> None:
    """Open the field, choose whom the words mean, and do what the field shows."""
    page = keys.page
    keys.press("r")
    field = page.locator("#say-replace")
    expect(field).to_be_focused()
    if garbled.typed:
        keys.type(garbled.typed)
    expect(page.locator("#say-replacing:not([aria-busy]) [data-entity]").first).to_be_visible()
    if page.locator("#say-replacing [aria-selected=true]").count() == 0:
        keys.press("ArrowDown")  # none stands out
    for _form in range(6):
        if field.input_value() == garbled.becomes:
            break
        keys.press("Alt+ArrowDown")
    assert field.input_value() == garbled.becomes
    expect(page.locator("[data-change] .linked")).to_have_text(garbled.linked)
    keys.press("Enter")


def texts_of(article: Article) -> list[str]:
    standing = Passage.objects.filter(article=article).order_by("number")
    return list(standing.values_list("text", flat=True))


def linked_words() -> list[str]:
    """The words of all links, in the order of the text."""
    targets = Target.objects.filter(annotation__motivation=Motivation.IDENTIFYING)
    return list(targets.order_by("passage__number", "start").values_list("exact", flat=True))


def is_sound() -> bool:
    return not any(outcome.broken for outcome in [*check_rules(), check_logs()])


def test_a_text_is_made_clean_by_keyboard_alone_and_undone_to_the_letter(
    open_browser: Callable[..., Page], editor: User, make_article: MakeArticle
) -> None:
    load_starter(Agent(name="tests"))
    article = make_article(FIRST.read_bytes().decode(), name=FIRST.name)
    born = texts_of(article)
    page = open_browser(editor)
    open_article(page, article)
    keys = Keys(page)
    told = []
    keys.press("s")
    for garbled in GARBLED:
        before = keys.count
        select(keys, garbled)
        walked = keys.count - before
        correct(keys, garbled)
        told.append((garbled.passage, garbled.becomes, walked, keys.count - before - walked))
    made = keys.count
    clean = list(born)
    for garbled in GARBLED:
        at = garbled.passage - 1
        clean[at] = clean[at].replace(garbled.words, garbled.becomes, 1)
    expect(page.locator(".text mark[data-m=identifying]")).to_have_count(len(GARBLED))
    assert texts_of(article) == clean
    assert linked_words() == [garbled.linked for garbled in GARBLED]
    assert Activity.objects.filter(verb=Verb.CORRECT).count() == len(GARBLED)
    assert is_sound()
    if where := os.environ.get("EFFORT"):
        page.screenshot(path=f"{where}-clean.png")
    keys.press("Escape", "Escape")
    for left in reversed(range(len(GARBLED))):
        keys.press("Control+z")
        expect(page.locator(".text mark[data-m=identifying]")).to_have_count(left)
    assert texts_of(article) == born
    assert is_sound()
    if where:
        lines = [*map(str, told), f"clean: {made}", f"undone: {keys.count - made}"]
        Path(f"{where}.txt").write_text("\n".join(lines))
