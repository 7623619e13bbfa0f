"""Other places in a text where the same words stand by themselves."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# What keyboards and machines write in two ways; each is one sign, so that offsets hold.
_ALIKE = {"'": "['’]", "’": "['’]", "-": "[-‑]", "‑": "[-‑]", " ": "[ \u00a0\u202f]"}


class Place(NamedTuple):
    """Where the words stand (code points, end exclusive)."""

    start: int
    end: int


def places_of(text: str, words: str, taken: Iterable[tuple[int, int]] = ()) -> Sequence[Place]:
    """Where the words stand in a text as whole words, but for what overlaps the taken ranges."""
    said = words.strip()
    if not said:
        return []
    pattern = "".join(_ALIKE.get(sign, re.escape(sign)) for sign in said)
    before = r"(?<!\w)" if _is_word(said[0]) else ""
    after = r"(?!\w)" if _is_word(said[-1]) else ""
    held = sorted(taken)
    found = (Place(*match.span()) for match in re.finditer(before + pattern + after, text))
    return [
        place
        for place in found
        if not any(start < place.end and place.start < end for start, end in held)
    ]


def _is_word(sign: str) -> bool:
    return sign.isalnum() or sign == "_"
