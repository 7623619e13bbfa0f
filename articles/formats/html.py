"""Web pages to source text: a header in fences, headings with `#`, bold lines in `**`, bare words.

The marks are those that Markdown files use, so that reading a page and reading a text by its
conventions (a bold line asks, a plain one answers) is one and the same. The bytes are kept apart.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lxml import etree, html

from articles.formats.faults import FileFault
from articles.text.decode import decode_bytes
from articles.text.shapes import DecodedText, EmptyFile, TextError

if TYPE_CHECKING:
    from collections.abc import Iterator

SKIPPED = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "nav",
        "footer",
        "aside",
        "form",
        "button",
        "select",
        "textarea",
        "svg",
        "math",
        "iframe",
        "object",
        "audio",
        "video",
        "canvas",
        "head",
        "title",
        "meta",
        "link",
        "img",
        "picture",
        "source",
        "dialog",
        "menu",
    ]
)
BLOCKS = frozenset(
    [
        "address",
        "article",
        "blockquote",
        "body",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "header",
        "hgroup",
        "hr",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "li",
        "main",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
        "html",
    ]
)
BOLD = frozenset({"b", "strong"})
ITALIC = frozenset({"i", "em"})
HEADING = re.compile(r"h[1-6]$")
BLANKS = re.compile(r"[ \t\r\n\f]+")
CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.I)
DAY = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")
BREAK = "\x01"
DEPTH = 2000
CONTENT_SHARE = 0.4  # of the page's words that its main part holds
DATES = (
    "//meta[@property='article:published_time']/@content",
    "//meta[@itemprop='datePublished']/@content",
    "//meta[translate(@name,'DC.','dc.')='dc.date']/@content",
    "//meta[@name='date']/@content",
    "//*[@itemprop='datePublished']/@datetime",
    "//article//time/@datetime",
    "//time/@datetime",
)


def decode_html(data: bytes, encoding: str | None = None) -> DecodedText:
    """The text of a web page, in the encoding asked for, said by the page, or guessed.

    Raises a `TextError` where nothing can be read.
    """
    decoded = _decode(data, encoding)
    return converted(from_html(decoded.text), decoded)


def converted(text: str, decoded: DecodedText) -> DecodedText:
    """A converted text, cleaned as every source text is, with the encoding it came in."""
    clean = decode_bytes(text.encode("utf-8", "surrogatepass"), "utf-8")
    return DecodedText(clean.text, decoded.encoding, decoded.notices + clean.notices)


def _decode(data: bytes, encoding: str | None) -> DecodedText:
    said = CHARSET.search(data[:4096])
    if encoding is None and said is not None and not data.isascii():
        try:
            data.decode("utf-8")
        except UnicodeDecodeError:
            try:
                return decode_bytes(data, said[1].decode("ascii"))
            except TextError:
                pass  # the page says it wrongly: it is guessed below, with a warning
    return decode_bytes(data, encoding)


def from_html(page: str) -> str:
    """Web page to source text, its details in a fenced header at its head."""
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True)
    try:
        root = html.document_fromstring(page.encode("utf-8", "replace"), parser=parser)
    except etree.ParserError as error:
        raise EmptyFile from error
    if any("depth" in entry.message.lower() for entry in parser.error_log):
        raise FileFault("html_too_deep")
    part = _main_part(root)
    writer = Writer()
    write(part, writer)
    body = "\n\n".join(writer.blocks)
    if not body:
        raise EmptyFile
    return _header(root, part) + body + "\n"


@dataclass(slots=True)
class Writer:
    """Blocks of text as they grow."""

    blocks: list[str] = field(default_factory=list)
    pieces: list[tuple[str, str]] = field(default_factory=list)  # words and their emphasis
    lead: str = ""
    emphases: list[str] = field(default_factory=list)
    as_is: int = 0
    counts: list[int | None] = field(default_factory=list)

    def add(self, words: str | None) -> None:
        """Add words as they stand in the page."""
        if not words:
            return
        shown = words.replace("\n", BREAK) if self.as_is else BLANKS.sub(" ", words)
        self.pieces.append((shown, self.emphases[-1] if self.emphases else ""))

    def flush(self) -> None:
        """End the block."""
        lines = _lines(self.pieces)
        self.pieces = []
        if not any(lines):
            return
        if self.lead.startswith("#"):
            self.blocks.append(self.lead + " ".join(line.strip("*_ ") for line in lines if line))
        else:
            lines[0] = self.lead + lines[0]
            self.blocks += [block for block in _apart(lines) if block]
        self.lead = ""


def _lines(pieces: list[tuple[str, str]]) -> list[str]:
    """Lines of a block; one that is emphasised as a whole is marked so."""
    lines: list[list[tuple[str, str]]] = [[]]
    for words, emphasis in pieces:
        first, *rest = words.split(BREAK)
        lines[-1].append((first, emphasis))
        lines += [[(more, emphasis)] for more in rest]
    return [_line(line) for line in lines]


def _line(pieces: list[tuple[str, str]]) -> str:
    words = BLANKS.sub(" ", "".join(piece for piece, _ in pieces)).strip(" ")
    signs = {sign for piece, sign in pieces if piece.strip()}
    sign = signs.pop() if len(signs) == 1 else ""
    return f"{sign}{words}{sign}" if words and sign and sign not in words else words


def _apart(lines: list[str]) -> list[str]:
    """Lines to blocks: an empty line parts them, and so does a change of emphasis."""
    mixed = len({line[:2] == "**" for line in lines if line}) > 1
    if mixed:
        return lines
    return [block.strip("\n") for block in re.split(r"\n{2,}", "\n".join(lines))]


def write(root: html.HtmlElement, writer: Writer) -> None:
    """Walk through an element, without recursion: pages may be nested deeply."""
    for element, begins in _events(root):
        tag = element.tag if isinstance(element.tag, str) else ""
        if begins:
            _begin(tag, element, writer)
        else:
            _end(tag, writer)
            if element is not root:
                writer.add(element.tail)
    writer.flush()


def _events(root: html.HtmlElement) -> Iterator[tuple[html.HtmlElement, bool]]:
    waiting = [(root, True)]
    while waiting:
        element, begins = waiting.pop()
        if begins and _is_skipped(element) and element is not root:
            waiting.append((element, False))
            continue
        yield element, begins
        if begins:
            waiting.append((element, False))
            waiting += [(child, True) for child in reversed(element)]


def _is_skipped(element: html.HtmlElement) -> bool:
    if not isinstance(element.tag, str) or element.tag in SKIPPED:
        return True
    style = element.get("style", "").replace(" ", "").lower()
    hidden = element.get("hidden") is not None or element.get("aria-hidden") == "true"
    return hidden or "display:none" in style


def _begin(tag: str, element: html.HtmlElement, writer: Writer) -> None:
    if tag == "br":
        writer.pieces.append((BREAK, ""))
    if tag in {"td", "th"} and writer.pieces:
        writer.pieces.append((" | ", ""))
    elif tag in BLOCKS:
        writer.flush()
    _open_list(tag, element, writer)
    if HEADING.match(tag):
        writer.lead = "#" * int(tag[1]) + " "
    elif tag in BOLD:
        writer.emphases.append("**")
    elif tag in ITALIC:
        writer.emphases.append(writer.emphases[-1] if writer.emphases else "*")
    writer.as_is += tag == "pre"
    writer.add(element.text)


def _open_list(tag: str, element: html.HtmlElement, writer: Writer) -> None:
    if tag == "ul":
        writer.counts.append(None)
    elif tag == "ol":
        start = element.get("start", "1")
        writer.counts.append(int(start) if start.isdecimal() and len(start) < 7 else 1)
    elif tag == "li":
        count = writer.counts[-1] if writer.counts else None
        writer.lead = "- " if count is None else f"{count}. "
        if count is not None:
            writer.counts[-1] = count + 1


def _end(tag: str, writer: Writer) -> None:
    if tag in {"ul", "ol"} and writer.counts:
        writer.flush()
        writer.counts.pop()
    elif tag in BLOCKS and tag not in {"td", "th"}:
        writer.flush()
        writer.lead = ""
    elif tag in BOLD | ITALIC and writer.emphases:
        writer.emphases.pop()
    writer.as_is -= tag == "pre"


def _main_part(root: html.HtmlElement) -> html.HtmlElement:
    """The element that holds the text: its largest article, its main part, or all of it."""
    body = root.find("body")
    whole = root if body is None else body
    size = _size(whole)
    for path in (".//article", ".//main", ".//*[@role='main']"):
        found = max(whole.iterfind(path), key=_size, default=None)
        if found is not None and _size(found) >= CONTENT_SHARE * size:
            return found
    return whole


def _size(element: html.HtmlElement) -> int:
    texts = element.xpath("string()")
    return len(str(texts))


def _header(root: html.HtmlElement, part: html.HtmlElement) -> str:
    """The page's details as the fenced header of a source text."""
    headed = part.find(".//h1") is not None
    date = next((DAY.match(value) for path in DATES for value in _values(root, path)), None)
    url = _first(root, "//link[@rel='canonical']/@href", "//meta[@property='og:url']/@content")
    fields = {
        "title": "" if headed else _first(root, "//meta[@property='og:title']/@content",
                                          "//title/text()"),
        "date": date[0] if date else "",
        "source": _first(root, "//meta[@property='og:site_name']/@content"),
        "url": url if url.startswith(("http://", "https://")) and " " not in url else "",
        "lang": _language(root),
    }  # fmt: skip
    lines = [f"{key}: {value}" for key, value in fields.items() if value]
    return "\n".join(["---", *lines, "---", "", ""]) if lines else ""


def _language(root: html.HtmlElement) -> str:
    told = _first(root, "/html/@lang", "/html/@xml:lang")[:2].lower()
    return told if re.match(r"[a-z]{2}$", told) else ""


def _first(root: html.HtmlElement, *paths: str) -> str:
    return next((value for path in paths for value in _values(root, path)), "")


def _values(root: html.HtmlElement, path: str) -> Iterator[str]:
    found = root.xpath(path)
    for value in found if isinstance(found, list) else ():
        words = " ".join(str(value).split())
        if words:
            yield words
