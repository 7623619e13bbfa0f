"""One file of any format read: which converter its name asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from articles.text.decode import decode_bytes
from articles.text.reading import Choices, ReadFile, read_decoded

if TYPE_CHECKING:
    from articles.text.shapes import DecodedText

NO_CHOICES = Choices()


def decode_file(name: str, data: bytes, encoding: str | None = None) -> DecodedText:
    """The source text of a file, by the ending of its name; raises a `TextError`."""
    ending = name.rsplit(".", 1)[-1].lower()
    if ending in {"html", "htm", "xhtml"}:
        from articles.formats.html import decode_html

        return decode_html(data, encoding)
    if ending in {"md", "markdown"}:
        from articles.formats.markdown import decode_markdown

        return decode_markdown(data, encoding)
    return decode_bytes(data, encoding)


def read_any(name: str, data: bytes, choices: Choices = NO_CHOICES) -> ReadFile:
    """Read a file of any format we know; raises a `TextError` that says why it cannot be."""
    return read_decoded(name, data, decode_file(name, data, choices.encoding), choices)
