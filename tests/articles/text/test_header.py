"""The header: glued before the first words, on lines of its own, or between fences."""

from __future__ import annotations

import datetime as dt

import pytest

from articles.text.header import date_in_name, read_header


@pytest.mark.parametrize(
    ("text", "date", "precision", "body"),
    [
        (" date 2021-10 Des mots", "2021-10-01", "month", " Des mots"),
        (" DATE: 2021/10 Bonjour", "2021-10-01", "month", " Bonjour"),
        ("date 2021.10.05 Bonjour", "2021-10-05", "day", " Bonjour"),
        ("date 2021_10_05 Bonjour", "2021-10-05", "day", " Bonjour"),
        ("Date 2021 Bonjour", "2021-01-01", "year", " Bonjour"),
        ("date 05/10/2021 Bonjour", "2021-10-05", "day", " Bonjour"),
        ("date 2021-10 15 morts", "2021-10-01", "month", " 15 morts"),
        ("date 5 octobre 2021\nBonjour", "2021-10-05", "day", "Bonjour"),
        ("Date: October 5, 2021\n\nHello", "2021-10-05", "day", "\nHello"),
        ("date 2021-10-05T10:00:00Z mot", "2021-10-05", "day", " mot"),
        ("date 2021 10\nmot", "2021-10-01", "month", "mot"),
    ],
)
def test_a_date_at_the_head(text: str, date: str, precision: str, body: str) -> None:
    header = read_header(text)
    assert header.date == dt.date.fromisoformat(date)
    assert (header.precision, text[header.end :]) == (precision, body)


def test_fields_on_lines() -> None:
    text = (
        "date 2021-10-05\ntitle Une visite\nsource: Le Courrier\nurl https://a.test/b\nlang fr\nOn"
    )
    header = read_header(text)
    assert (header.title, header.source, header.url, header.language) == (
        "Une visite", "Le Courrier", "https://a.test/b", "fr",
    )  # fmt: skip
    assert text[header.end :] == "On"


def test_fenced_fields() -> None:
    header = read_header('---\ntitle: "Une visite"\nnote: x\ndate: 2021\n---\nOn part.')
    assert (header.title, header.precision) == ("Une visite", "year")


@pytest.mark.parametrize(
    "text",
    ["Les dates 2021", "Date limite : demain", "Source: AFP\nTexte", "---\nTexte\n---\nSuite", ""],
)
def test_words_are_no_header(text: str) -> None:
    assert read_header(text).end == 0


def test_a_date_that_does_not_exist_is_kept_as_words() -> None:
    header = read_header("date 2021-13 Bonjour")
    assert (header.date, header.bad_date, header.end) == (None, "2021-13", 12)


@pytest.mark.parametrize(
    ("name", "date", "precision"),
    [
        ("2021-10-05_visite.txt", dt.date(2021, 10, 5), "day"),
        ("visite_202110.txt", dt.date(2021, 10, 1), "month"),
        ("visite 1958.txt", dt.date(1958, 1, 1), "year"),
        ("05-10-2021.txt", dt.date(2021, 10, 5), "day"),
        ("000_08e63b2ccf39c7e0.txt", None, ""),
        ("3072021.txt", None, ""),
    ],
)
def test_a_date_in_the_file_name(name: str, date: dt.date | None, precision: str) -> None:
    assert date_in_name(name) == (date, precision)
