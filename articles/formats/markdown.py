"""Markdown to source text: marks inside a line go, headings and bold lines stay marked."""

from __future__ import annotations

from lxml import html
from markdown_it import MarkdownIt

from articles.formats.html import Writer, converted, write
from articles.text.decode import decode_bytes
from articles.text.header import read_header
from articles.text.shapes import DecodedText

# `breaks`: transcripts put one turn a line, which Markdown alone would run together.
_MARKDOWN = MarkdownIt("commonmark", {"breaks": True, "html": True}).enable("table")


def decode_markdown(data: bytes, encoding: str | None = None) -> DecodedText:
    """The text of a Markdown file; raises a `TextError` where nothing can be read."""
    decoded = decode_bytes(data, encoding)
    return converted(from_markdown(decoded.text), decoded)


def from_markdown(text: str) -> str:
    """Markdown to source text; a header at its head stays as it is."""
    end = read_header(text).end
    body = text[end:].lstrip(" \t\u00a0\u202f")
    head = text[: len(text) - len(body)]
    page = _MARKDOWN.render(body)
    if not page.strip():
        return head
    writer = Writer()
    write(html.fragment_fromstring(page, create_parent="div"), writer)
    return head + "\n\n".join(writer.blocks) + "\n"
