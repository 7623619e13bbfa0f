"""Words that people type into a text: kept as a text keeps them."""

from __future__ import annotations

import unicodedata

from articles.text.regex import regex

_UNSHOWN = regex("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_LINES = regex(r"\s*\n\s*")


def clean_words(words: str) -> str:
    """Words for one passage: composed letters, nothing unseen, lines parted by one line feed.

    NFC is not closed under edits: what is inserted is composed, the text around it stays.
    """
    words = words.replace("\r\n", "\n").replace("\r", "\n")
    words = unicodedata.normalize("NFC", _UNSHOWN.sub("", words))
    return _LINES.sub("\n", words)
