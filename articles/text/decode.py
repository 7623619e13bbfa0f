"""Bytes to source text: the only changes ever made to a text are made here.

Byte order marks, also against the encoding that was asked for, with a notice; strict UTF-8, UTF-16
and UTF-32 by mark; otherwise a guess, which always carries a notice. Then: controls, lone
surrogates and bidirectional overrides are removed and counted, line ends become LF,
letters are composed (NFC).
"""

from __future__ import annotations

import codecs
import re
import unicodedata

from articles.text.shapes import (
    BinaryFile,
    DecodedText,
    EmptyFile,
    NoEncodingFits,
    Notice,
    NotInEncoding,
    UnknownEncoding,
)

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (
    b"%PDF-", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"\x7fELF",
    b"\xd0\xcf\x11\xe0", b"7z\xbc\xaf", b"Rar!", b"OggS", b"ID3", b"BZh", b"\xfd7zXZ", b"MZ\x90",
    b"SQLite format 3",
)  # fmt: skip
_SAMPLE = 65_536
_BINARY_SHARE = 0.1
_BINARY_SHARE_UTF8 = 0.3
# Codecs that Python counts among the text encodings and that no text file is written in.
_NO_FILE_ENCODING = {
    "idna", "mbcs", "oem", "punycode", "raw_unicode_escape", "unicode_escape", "undefined",
}  # fmt: skip

_LATIN_1 = {"iso8859-1", "latin-1", "latin_1"}
_WINDOWS_SIGNS = {
    code: sign for code in range(0x80, 0xA0) if (sign := bytes([code]).decode("cp1252", "ignore"))
}

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_UNSHOWN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
# UTF-8 without other bytes than these is shown whole and composed as it is: tabs, line ends,
# ASCII and letters below U+0300. Of two more most texts have some, which are looked at.
_PLAIN_BYTES = bytes(c for c in range(0xCC) if c in b"\t\n" or (c >= 0x20 and c not in b"\x7f\xc2"))
_FEW_MORE = b"\xc2\xe2"
_ODD_CONTROL = re.compile(b"\xc2[\x80-\x9f]")
_ODD_SIGN = re.compile(b"\xe2(?!\x80[\x82-\xa9\xaf-\xbf])")  # no dash, quotation mark or blank
_CONTROL_BYTES = bytes(c for c in range(32) if c not in (9, 10, 12, 13, 27)) + b"\x7f"
_WESTERN = frozenset(
    "àâäáãåæçéèêëíìîïñóòôöõœøúùûüÿßÀÂÄÁÆÇÉÈÊËÍÎÏÑÓÔÖŒØÚÙÛÜŸ"
    "«»‹›“”„‘’‚…–—•·€£§°ºª²³½¼¾©®™¿¡×±´`\u00a0\u00ad†‡‰µ"
)


def decode_bytes(data: bytes, encoding: str | None = None) -> DecodedText:
    """Read bytes as text, in `encoding` if one is given, else in the one that fits.

    Raises EmptyFile, BinaryFile, UnknownEncoding, NotInEncoding or NoEncodingFits.
    """
    if not data:
        raise EmptyFile
    notices: list[Notice] = []
    plain = _is_plain(data)
    if encoding:
        text, name = _read_as_asked(data, _known_encoding(encoding), notices)
    else:
        text, name = _read_unasked(data, notices, plain)
    if name != "utf-8" or not plain:
        text = _clean(text.removeprefix("\ufeff"), notices)
    if not text or text.isspace():
        raise EmptyFile
    return DecodedText(text, name, tuple(notices))


def _known_encoding(encoding: str) -> str:
    """Give Python's name of an encoding of text files, or raise UnknownEncoding."""
    try:
        found = codecs.lookup(encoding.strip())
        "".encode(found.name)
    except (LookupError, ValueError, UnicodeError):
        raise UnknownEncoding(encoding=encoding) from None
    if found.name.replace("-", "_") in _NO_FILE_ENCODING:
        raise UnknownEncoding(encoding=encoding)
    return found.name


def _read_as_asked(data: bytes, name: str, notices: list[Notice]) -> tuple[str, str]:
    """Decode in the encoding asked for, unless a byte order mark says another and is right."""
    mark, marked = next((one for one in _MARKS if data.startswith(one[0])), (b"", name))
    if mark and not marked.startswith(name.removesuffix("-sig")):
        try:
            text = _read_strictly(data[len(mark) :], marked)
        except NotInEncoding:
            return _read_strictly(data, name), name
        notices.append(Notice("encoding_marked", {"encoding": marked}))
        return text, marked
    return _read_strictly(data, name), name


def _read_strictly(data: bytes, name: str) -> str:
    """Decode in the encoding asked for, or raise NotInEncoding with the byte where it fails."""
    errors = "surrogatepass" if name.startswith(("utf-16", "utf-32")) else "strict"
    try:
        return _decoded(data, name, errors)
    except UnicodeDecodeError as fault:
        raise NotInEncoding(encoding=name, position=fault.start) from None
    except UnicodeError:
        raise NotInEncoding(encoding=name, position=0) from None


def _decoded(data: bytes, name: str, errors: str = "strict") -> str:
    """Decode; what says that it is Latin-1 is Windows-1252, as on the web (WHATWG Encoding).

    The signs that tell the two apart are controls in Latin-1, which no text has.
    """
    text = data.decode(name, errors)
    return text.translate(_WINDOWS_SIGNS) if name in _LATIN_1 else text


def _read_unasked(data: bytes, notices: list[Notice], plain: bool) -> tuple[str, str]:
    """Decode by mark, as UTF-8, or by a guess with a notice; what is plain holds no controls."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _read_strictly(data[len(mark) :], name), name
    if data.startswith(_MAGIC):
        raise BinaryFile
    wide = _unmarked_utf16(data)
    if wide:
        notices.append(Notice("encoding_guessed", {"encoding": wide}))
        return _read_strictly(data, wide), wide
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = ""
    if not plain and _looks_binary(data, _BINARY_SHARE_UTF8 if text else _BINARY_SHARE):
        raise BinaryFile
    return (text, "utf-8") if text else _guess(data, notices)


def _looks_binary(data: bytes, share: float) -> bool:
    """Say whether too many of the first bytes are controls for this to be a text."""
    head = data[:_SAMPLE]
    controls = len(head) - len(head.translate(None, _CONTROL_BYTES))
    return controls > 4 and controls > share * len(head)


def _unmarked_utf16(data: bytes) -> str:
    """Name the UTF-16 in which nearly every second byte of Western text is NUL, or give ''."""
    head = data[:4096]
    half = len(head) // 2
    if half < 8 or len(data) % 2 or 0 not in head:
        return ""
    if head[1::2].count(0) > 0.8 * half and head[0::2].count(0) < 0.1 * half:
        return "utf-16-le"
    if head[0::2].count(0) > 0.8 * half and head[1::2].count(0) < 0.1 * half:
        return "utf-16-be"
    return ""


def _guess(data: bytes, notices: list[Notice]) -> tuple[str, str]:
    """Decode in the likeliest encoding; the caller's reader is told that it is a guess."""
    joined = _with_surrogates(data)
    if joined is not None:
        return joined, "utf-8"
    for name in _likely_encodings(data):
        try:
            text = _decoded(data, name)
        except (UnicodeDecodeError, LookupError):
            continue
        notices.append(Notice("encoding_guessed", {"encoding": name}))
        return text, name
    raise NoEncodingFits


def _with_surrogates(data: bytes) -> str | None:
    """Read UTF-8 that holds surrogates (some old programs write it so); pairs are joined."""
    try:
        text = data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return None
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")


def _likely_encodings(data: bytes) -> list[str]:
    """List encodings to try, likeliest first, judged on the lines that are not ASCII."""
    from charset_normalizer import from_bytes  # takes long to load, most files do without

    sample = _telling_sample(data)
    names = ["cp1252"] if _is_western(sample) else []
    best = from_bytes(sample).best()
    if best is not None:
        names.append(best.encoding.replace("_", "-") if best.encoding == "utf_8" else best.encoding)
    return [*names, "cp1252", "latin-1"]


def _telling_sample(data: bytes) -> bytes:
    """Keep the lines that hold other bytes than ASCII, up to a bound."""
    kept: list[bytes] = []
    size = 0
    for line in data.splitlines(keepends=True):
        if line.isascii():
            continue
        kept.append(line[:_SAMPLE])
        size += len(line)
        if size > _SAMPLE:
            break
    return b"".join(kept)


def _is_western(sample: bytes) -> bool:
    """Say whether the bytes make plain Western text in Windows-1252.

    The guesser takes short French for Czech or Turkish; French letters in a French measure
    settle it.
    """
    try:
        text = sample.decode("cp1252")
    except UnicodeDecodeError:
        return False
    others = [c for c in text if c > "\x7f"]
    letters = sum(map(str.isalpha, text))
    odd = sum(1 for c in others if c not in _WESTERN)
    return odd == 0 and sum(map(str.isalpha, others)) <= 0.4 * letters


def _is_plain(data: bytes) -> bool:
    """Say quickly whether bytes, read as UTF-8, surely need no cleaning."""
    rest = data.translate(None, _PLAIN_BYTES)
    if rest.strip(_FEW_MORE):
        return False
    return not rest or not (_ODD_CONTROL.search(data) or _ODD_SIGN.search(data))


def _clean(text: str, notices: list[Notice]) -> str:
    """Remove what no text shows, make line ends LF, compose letters; count what was removed."""
    # Hardly any text has one of these: one look for all of them spares three.
    if not _UNSHOWN.search(text):
        return text if text.isascii() else unicodedata.normalize("NFC", text)
    if not text.isascii():
        text = _removed(text, _BIDI, "bidirectional_removed", notices)
        text = _removed(text, _SURROGATE, "surrogates_removed", notices)
    text = _removed(text, _CONTROL, "controls_removed", notices)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.isascii() or unicodedata.is_normalized("NFC", text):
        return text
    return unicodedata.normalize("NFC", text)


def _removed(text: str, what: re.Pattern[str], code: str, notices: list[Notice]) -> str:
    """Take out every match and say how many there were."""
    text, count = what.subn("", text)
    if count:
        notices.append(Notice(code, {"count": count}))
    return text
