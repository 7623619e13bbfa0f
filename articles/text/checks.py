"""Cheap checks of a text: doubled words, guillemets without their fellow, blanks amiss.

French rules: a blank before ; : ? ! and inside guillemets may be there or not, of whatever kind.
Places are ranges of code points, end exclusive.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from articles.text.regex import regex

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

DOUBLED: Final = "doubled"
UNCLOSED: Final = "unclosed"
UNOPENED: Final = "unopened"
NO_BLANK: Final = "no_blank"
TWO_BLANKS: Final = "two_blanks"
BLANK_BEFORE: Final = "blank_before"
KINDS: Final = (DOUBLED, UNCLOSED, UNOPENED, NO_BLANK, TWO_BLANKS, BLANK_BEFORE)

# Words that may stand twice: "nous nous voyons", "en en parlant", "très très", "that that".
_TWICE: Final = """
nous vous en très trop bien non oui si là bla ha ah hé ho hi oh hum bah tut cher vite petit tout
that had very no yes bye so long please
"""
RIGHT_TWICE: Final = frozenset(_TWICE.split())
_DOUBLED: Final = regex(r"(?<![\w'’‑-])([^\W\d_]+)[ \u00a0\u202f]+(\1)(?![\w'’‑-])", re.IGNORECASE)
_BLANK = r"[ \u00a0\u202f\t]"
_TWO_BLANKS: Final = regex(rf"(?<=\S){_BLANK}{{2,}}(?=\S)")
_BLANK_BEFORE: Final = regex(rf"(?<=\w){_BLANK}+(?=[,.](?:\s|$))")
_NO_BLANK: Final = regex(
    r"(?<=[^\W\d_])[,;:!?](?=[^\W\d_])"  # a,b
    r"|(?<=[a-zà-öø-ÿœ]{2})\.(?=[A-ZÀ-ÖØ-ÞŒ][a-zà-öø-ÿœ’'])"  # end.Begin
    r"|(?<=[^\W_])«|»(?=[^\W_])"
)
_ADDRESS: Final = regex(r"\S*(?:://|www\.|@)\S*")
_MARKS: Final = regex(r"[«»“”„]")
_PAIRS: Final = {"«": "»", "“": "”"}
_OPENED_BY: Final = {end: begin for begin, end in _PAIRS.items()}


class Finding(NamedTuple):
    """What may be wrong, and where."""

    kind: str
    start: int
    end: int


def check_text(text: str) -> list[Finding]:
    """What one passage shows by itself: doubled words and blanks amiss, in order."""
    found = [*_doubled(text), *_blanks(text)]
    return sorted(found, key=lambda one: (one.start, one.end))


def check_marks(texts: Sequence[str]) -> list[list[Finding]]:
    """For each of the passages of one article its quotation marks that lack their fellow.

    A quotation may run over passages: it is closed in a later one, or opened anew in each.
    """
    found: list[list[Finding]] = [[] for _ in texts]
    waiting: dict[str, tuple[int, int]] = {}  # left open: by its mark, passage and place
    for index, text in enumerate(texts):
        if "„" in text:  # German ones, closed by “
            waiting.clear()
            continue
        begun = text.lstrip()[:1]
        resumed = waiting.pop(begun, None) is not None
        opened: dict[str, list[int]] = {mark: [] for mark in _PAIRS}
        for match in _MARKS.finditer(text):
            mark, at = match[0], match.start()
            if mark in _PAIRS:
                opened[mark].append(at)
            elif opened[_OPENED_BY[mark]]:
                opened[_OPENED_BY[mark]].pop()
            elif waiting.pop(_OPENED_BY[mark], None) is None:
                found[index].append(Finding(UNOPENED, at, at + 1))
        _leave(found, waiting)
        for mark, places in opened.items():
            for at in places[1:] if places and resumed and mark == begun else places[:-1]:
                found[index].append(Finding(UNCLOSED, at, at + 1))
            if places:
                waiting[mark] = index, places[-1]
    _leave(found, waiting)
    return found


def _leave(found: list[list[Finding]], waiting: dict[str, tuple[int, int]]) -> None:
    """Whatever no passage has closed or gone on with lacks its fellow."""
    for index, at in waiting.values():
        found[index].append(Finding(UNCLOSED, at, at + 1))
    waiting.clear()


def _doubled(text: str) -> Iterator[Finding]:
    for match in _DOUBLED.finditer(text):
        first, second = match[1], match[2]
        if first.lower() in RIGHT_TWICE or (first[0].isupper() and second[0].isupper()):
            continue  # "Bora Bora" is right, too
        yield Finding(DOUBLED, match.start(), match.end())


def _blanks(text: str) -> Iterator[Finding]:
    addresses = [match.span() for match in _ADDRESS.finditer(text)]
    for match in _NO_BLANK.finditer(text):
        if not any(start <= match.start() < end for start, end in addresses):
            yield Finding(NO_BLANK, match.start(), match.end())
    for match in _TWO_BLANKS.finditer(text):
        yield Finding(TWO_BLANKS, match.start(), match.end())
    for match in _BLANK_BEFORE.finditer(text):
        yield Finding(BLANK_BEFORE, match.start(), match.end())
