"""What stands around some words, cut between words and marked where it is cut."""

from __future__ import annotations

from typing import Final

from articles.text.regex import regex

CUT: Final = "…"
_HEAD = regex(r"\S*\s+")  # the rest of a word, and the space behind it
_TAIL = regex(r"\s+\S*\Z")


def before(text: str, end: int, length: int) -> str:
    """At most `length` code points of the text before `end`, from the beginning of a word on."""
    start = end - length
    if start <= 0:
        return text[:end]
    return CUT + _from_a_word(text[start - 1 : end])


def after(text: str, start: int, length: int) -> str:
    """At most `length` code points of the text from `start` on, to the end of a word."""
    end = start + length
    if end >= len(text):
        return text[start:]
    return _to_a_word(text[start : end + 1]) + CUT


def begun(words: str, length: int) -> str:
    """Words that were cut to their last `length` code points, without the word that was cut."""
    return CUT + _from_a_word(words) if len(words) >= length else words


def ended(words: str, length: int) -> str:
    """Words that were cut to their first `length` code points, without the word that was cut."""
    return _to_a_word(words) + CUT if len(words) >= length else words


def _from_a_word(words: str) -> str:
    """What a long word would leave nothing of is cut inside it."""
    found = _HEAD.match(words)
    rest = words[found.end() :] if found else ""
    return rest or words[1:]


def _to_a_word(words: str) -> str:
    found = _TAIL.search(words)
    rest = words[: found.start()] if found else ""
    return rest or words[:-1]
