"""Finding a quote that a person typed or pasted: where it stands in a passage's text."""

from __future__ import annotations

from hashlib import blake2s
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

# Each sign stands for one sign, so that offsets hold: what keyboards and pages write differently.
_ALIKE = str.maketrans({
    "’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'", "“": '"', "”": '"', "«": '"', "»": '"',
    "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\t": " ", "\n": " ", "‑": "-", "–": "-",
    "—": "-",
})  # fmt: skip
_MOST = 300


def find_quote(text: str, quote: str, occurrence: int = 1) -> tuple[int, int] | None:
    """Where the quote stands for the n-th time (code points, end exclusive); None: not so often.

    It is looked for as it is, then with apostrophes, quotation marks, dashes and blanks alike.
    Occurrences do not overlap.
    """
    if not quote:
        return None
    return _find(text, quote, occurrence) or _find(
        text.translate(_ALIKE), quote.translate(_ALIKE), occurrence
    )


def _find(text: str, quote: str, occurrence: int) -> tuple[int, int] | None:
    at = -len(quote)
    for _ in range(occurrence):
        at = text.find(quote, at + len(quote))
        if at < 0:
            return None
    return at, at + len(quote)


def whole_quotes(text: str, quote: str) -> list[int]:
    """Where the quote stands in a text and begins with a word, not within one (code points).

    Of places within words no more than `_MOST` are passed over.
    """
    places = []
    for occurrence in range(1, _MOST):
        found = find_quote(text, quote, occurrence)
        if found is None:
            break
        start = found[0]
        if not (start and text[start - 1].isalnum() and text[start].isalnum()):
            places.append(start)
    return places


def words_mark(quotes: Iterable[str]) -> str:
    """A short mark of some quotes in order: whether they are still those that a person saw."""
    return blake2s("\0".join(quotes).encode(), digest_size=8).hexdigest()
