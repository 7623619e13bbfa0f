"""Where somebody says something, as the browser states it, and what may be wrong with that."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from articles.models import Passage

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MOST_SPANS = 200
HIGHEST = (1 << 31) - 1  # of the database's integers
UNSEEN = frozenset({"Cc", "Cf", "Cs"})  # categories of characters that show nothing


class Refused(Exception):
    """What was said cannot be kept; `code` is for programs, the subclasses say the fault."""

    code = "wrong"


class SpanRefused(Refused):
    """It is the place that is wrong."""

    def __init__(self, passage: int, reason: str) -> None:
        """Keep the passage's number, and why in a word."""
        self.passage, self.reason = passage, reason
        super().__init__(f"passage {passage}: {reason}")


class StaleSpan(SpanRefused):
    """The passage's text was changed, or the passage went, since this person saw it."""

    code = "stale"


class WrongSpan(SpanRefused):
    """Out of range, another quote, nothing to see, a part of a character, twice, too many."""


class PassageElsewhere(SpanRefused):
    """The article has no such passage."""


@dataclass(frozen=True, slots=True)
class Span:
    """A range of a passage, by its number, in code points, as seen at a revision of the passage."""

    passage: int
    revision: int
    start: int
    end: int
    exact: str


def check_spans(spans: Sequence[Span]) -> None:
    """Refuse what no text could bear out; raises `WrongSpan`."""
    if len(spans) > MOST_SPANS:
        raise WrongSpan(spans[0].passage, "many")
    for span in spans:
        reason = _fault_in(span)
        if reason:
            raise WrongSpan(span.passage, reason)
    for one, other in pairwise(sorted(spans, key=lambda span: (span.passage, span.start))):
        if one.passage == other.passage and other.start < one.end:
            raise WrongSpan(one.passage, "twice")


def _fault_in(span: Span) -> str:
    numbers = (span.passage, span.revision, span.start, span.end)
    if min(numbers) < 0 or max(numbers) > HIGHEST or span.start >= span.end:
        return "range"
    if any("\ud800" <= sign <= "\udfff" for sign in span.exact):
        return "surrogate"
    if all(sign.isspace() or unicodedata.category(sign) in UNSEEN for sign in span.exact):
        return "blank"
    fits = len(span.exact) == span.end - span.start and "\0" not in span.exact
    return "" if fits else "quote"


def explain_spans(article_id: int, spans: Iterable[Span]) -> None:
    """Raise what is wrong with the first span that the article's text does not bear out."""
    spans = list(spans)
    found = Passage.objects.filter(article=article_id, number__in=[span.passage for span in spans])
    standing = {passage.number: passage for passage in found.defer("search", "holes")}
    for span in spans:
        passage = standing.get(span.passage)
        if passage is None:
            raise PassageElsewhere(span.passage, "elsewhere")
        if passage.retired or span.revision < passage.revision:
            raise StaleSpan(span.passage, "changed")
        if span.revision > passage.revision or span.end > len(passage.text):
            raise WrongSpan(span.passage, "range")
        if passage.text[span.start : span.end] != span.exact:
            raise WrongSpan(span.passage, "quote")
