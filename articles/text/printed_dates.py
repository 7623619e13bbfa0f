"""The day that a text bears: in a line over its words, beside a place, a paper or who wrote it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import takewhile

from articles.text.header import day_in
from articles.text.shapes import ParsedPassage

_OVER = 6  # passages over the words of a text, at most
_BESIDE = 60  # code points that may stand beside the day


def printed_day(text: str, passages: Sequence[ParsedPassage]) -> dt.date | None:
    """Give the day of the first note above all else that is little more than a day.

    `Paris, le 12 mars 2026`, `Publié le 2 mai 2026 à 10 h`, `The Daily Heron, 3 April 2026`.
    """
    above = takewhile(lambda one: one.role in ("heading", "note"), passages[:_OVER])
    for passage in above:
        line = text[passage.start : passage.end]
        if passage.role != "note" or len(line) > 2 * _BESIDE or line.lstrip()[:1] in "([":
            continue
        found = day_in(line)
        if found is not None and len(line) - (found[1] - found[0]) <= _BESIDE:
            return found[2]
    return None
