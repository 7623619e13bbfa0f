"""Dates in words."""

from __future__ import annotations

import datetime

import pytest
from django.utils import translation

from diplowatch.lib.dates import date_words, day_words


@pytest.mark.parametrize(
    ("language", "day", "precision", "words"),
    [
        ("fr", 1, "day", "1er juin 2017"),
        ("fr", 2, "day", "2 juin 2017"),
        ("fr", 11, "day", "11 juin 2017"),
        ("fr", 1, "month", "juin 2017"),
        ("fr", 1, "year", "2017"),
        ("en", 1, "day", "1 June 2017"),
    ],
)
def test_dates_are_said_as_a_language_says_them(
    language: str, day: int, precision: str, words: str
) -> None:
    with translation.override(language):
        assert date_words(datetime.date(2017, 6, day), precision) == words


def test_a_form_without_a_day_stays() -> None:
    with translation.override("fr"):
        assert day_words(datetime.date(2017, 6, 1), "F Y") == "juin 2017"
