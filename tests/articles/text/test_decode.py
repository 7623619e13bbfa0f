"""Bytes become source text: encodings, and the only changes ever made."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text.decode import decode_bytes
from articles.text.shapes import (
    BinaryFile,
    EmptyFile,
    NotInEncoding,
    TextError,
    UnknownEncoding,
)

FRENCH = "L’été à Genève : « Où êtes-vous ? » Il répondit : ça va, près de la forêt."


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (FRENCH.encode(), "utf-8"),
        (b"\xef\xbb\xbf" + FRENCH.encode(), "utf-8"),
        (b"\xff\xfe" + FRENCH.encode("utf-16-le"), "utf-16-le"),
        (b"\xfe\xff" + FRENCH.encode("utf-16-be"), "utf-16-be"),
    ],
)
def test_reads_marked_and_utf8_text_without_notice(data: bytes, encoding: str) -> None:
    decoded = decode_bytes(data)
    assert (decoded.text, decoded.encoding, decoded.notices) == (FRENCH, encoding, ())


def test_guesses_old_french_with_a_notice() -> None:
    decoded = decode_bytes("Élève à Paris, où ça ? Le traité était signé.".encode("cp1252"))
    assert decoded.text.startswith("Élève à Paris, où ça")
    assert [notice.code for notice in decoded.notices] == ["encoding_guessed"]


def test_guesses_russian() -> None:
    words = "Привет, как дела сегодня в Москве, хорошо ли вам живется в этом городе"
    assert decode_bytes(words.encode("cp1251")).text == words


def test_an_encoding_that_is_given_carries_no_notice() -> None:
    decoded = decode_bytes(FRENCH.encode("cp1252"), "windows-1252")
    assert (decoded.text, decoded.notices) == (FRENCH, ())


@pytest.mark.parametrize("name", ["latin-1", "iso-8859-1", "ISO8859-1", "l1"])
def test_latin_1_is_read_as_the_web_reads_it(name: str) -> None:
    words = "L’accord – « signé » – vaut 3 €… n’est-ce pas ?"
    decoded = decode_bytes(words.encode("cp1252"), name)
    assert (decoded.text, decoded.encoding, decoded.notices) == (words, "iso8859-1", ())
    decoded = decode_bytes(b"L\x92accord\x81.", name)
    assert decoded.text == "L’accord."
    assert [notice.code for notice in decoded.notices] == ["controls_removed"]


@given(st.text(st.characters(codec="cp1252", exclude_categories=["Cc"]), min_size=1))
def test_whatever_windows_1252_writes_latin_1_reads_alike(text: str) -> None:
    data = text.encode("cp1252")
    asked = []
    for name in ("cp1252", "latin-1"):
        try:
            decoded = decode_bytes(data, name)
            asked.append((decoded.text, decoded.notices))
        except TextError as fault:
            asked.append((fault.code, ()))
    assert asked[0] == asked[1]


@pytest.mark.parametrize("asked", ["latin-1", "cp1252", "utf-8", "utf-16-be", "koi8-r"])
def test_a_byte_order_mark_wins_over_the_encoding_asked_for(asked: str) -> None:
    decoded = decode_bytes(b"\xff\xfe" + FRENCH.encode("utf-16-le"), asked)
    assert (decoded.text, decoded.encoding) == (FRENCH, "utf-16-le")
    assert [(one.code, one.params) for one in decoded.notices] == [
        ("encoding_marked", {"encoding": "utf-16-le"})
    ]


@pytest.mark.parametrize(
    ("mark", "written", "asked"),
    [
        (b"\xff\xfe", "utf-16-le", "utf-16"),
        (b"\xfe\xff", "utf-16-be", "utf-16-be"),
        (b"\xef\xbb\xbf", "utf-8", "utf-8"),
        (b"\xef\xbb\xbf", "utf-8", "utf-8-sig"),
    ],
)
def test_a_byte_order_mark_that_agrees_is_no_matter(mark: bytes, written: str, asked: str) -> None:
    decoded = decode_bytes(mark + FRENCH.encode(written), asked)
    assert (decoded.text, decoded.notices) == (FRENCH, ())


def test_what_only_begins_like_a_mark_is_read_as_asked() -> None:
    assert decode_bytes(b"\xff\xfea", "latin-1").text == "ÿþa"


@pytest.mark.parametrize(
    ("data", "encoding", "fault"),
    [
        (b"", None, EmptyFile),
        (b" \r\n\t", None, EmptyFile),
        (b"\x89PNG\r\n\x1a\n" + bytes(40), None, BinaryFile),
        (bytes(range(32)) * 20, None, BinaryFile),
        (b"abc", "klingon", UnknownEncoding),
        (b"abc", "rot13", UnknownEncoding),
        (b"abc", "idna", UnknownEncoding),
        (b"\xff\xff", "utf-8", NotInEncoding),
        (b"\xff\xfea", None, NotInEncoding),
    ],
)
def test_refuses_with_a_named_fault(
    data: bytes, encoding: str | None, fault: type[TextError]
) -> None:
    with pytest.raises(fault):
        decode_bytes(data, encoding)


def test_controls_and_overrides_are_removed_and_counted() -> None:
    decoded = decode_bytes("a\x00b\x07c\u202ed\u2066e\tf\n".encode())
    assert decoded.text == "abcde\tf\n"
    counts = {notice.code: notice.params["count"] for notice in decoded.notices}
    assert counts == {"controls_removed": 2, "bidirectional_removed": 2}


def test_lone_surrogates_are_removed_and_counted() -> None:
    decoded = decode_bytes(b"\xff\xfe" + "a".encode("utf-16-le") + b"\x00\xd8" + b"b\x00")
    assert decoded.text == "ab"
    assert [notice.code for notice in decoded.notices] == ["surrogates_removed"]


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_utf8_comes_back_composed(text: str) -> None:
    try:
        decoded = decode_bytes(text.encode())
    except TextError:
        return
    overrides = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    kept = "".join(c for c in text.removeprefix("\ufeff") if c not in overrides)
    if not any(notice.code == "encoding_guessed" for notice in decoded.notices):
        assert decoded.text == unicodedata.normalize("NFC", kept)


def test_every_sign_is_kept_composed_or_removed_alike_alone_and_among_others() -> None:
    """Texts without odd signs are not cleaned: one odd sign more shows what cleaning makes."""
    different = [
        f"U+{code:04X}"
        for code in range(0x3100)
        if decode_bytes(f"a{chr(code)}é".encode()).text + "b"
        != decode_bytes(f"a{chr(code)}é\x01b".encode()).text
    ]
    assert different == []


@given(st.text(st.sampled_from("ab é\n"), min_size=1), st.sampled_from(["\n", "\r\n", "\r"]))
def test_line_ends_become_one_kind(text: str, ending: str) -> None:
    if text.strip():
        assert decode_bytes(text.replace("\n", ending).encode()).text == text


@given(st.binary(max_size=200))
def test_any_bytes_give_text_or_a_named_fault(data: bytes) -> None:
    try:
        text = decode_bytes(data).text
    except TextError:
        return
    assert text.strip()
    assert "\x00" not in text
    assert "\r" not in text
