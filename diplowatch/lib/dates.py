"""Dates of which only a month or a year may be known: typed, and said in words."""

from __future__ import annotations

import datetime
import re
from functools import lru_cache

from django.utils.formats import date_format
from django.utils.translation import get_language, pgettext

# The moment at which a day begins where people are, in SQL; `zone` is the current time zone's name.
DAY_BEGINS = "(({day})::timestamp AT TIME ZONE %(zone)s)"
_TYPED = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")


def read_date(typed: str) -> tuple[datetime.date | None, str]:
    """The date and its precision from "2021", "2021-10" or "2021-10-05"; (None, "") from "".

    Raises `ValueError` for anything else, and for days that no calendar has.
    """
    typed = typed.strip()
    if not typed:
        return None, ""
    match = _TYPED.fullmatch(typed)
    if match is None:
        raise ValueError(typed)
    year, month, day = match.groups()
    date = datetime.date(int(year), int(month or 1), int(day or 1))
    return date, "day" if day else "month" if month else "year"


def typed_date(date: datetime.date | None, precision: str) -> str:
    """The date as a person would type it: "2021-10"."""
    if date is None:
        return ""
    return date.isoformat()[: {"year": 4, "month": 7}.get(precision, 10)]


def date_words(date: datetime.date | None, precision: str) -> str:
    """The date in words of the interface's language, as far as it is known: "octobre 2021"."""
    return "" if date is None else _in_words(date, precision, get_language() or "")


@lru_cache(maxsize=4_000)
def _in_words(date: datetime.date, precision: str, _language: str) -> str:
    if precision == "year":
        return str(date.year)
    if precision == "month":
        return date_format(date, pgettext("date format of a month", "F Y"), use_l10n=False)
    return day_words(date, pgettext("date format of a day", "j F Y"))


def day_words(day: datetime.date, form: str) -> str:
    """A day in a form of Django's; French counts the first of a month otherwise: "1er juin"."""
    if day.day == 1 and (get_language() or "").startswith("fr"):
        form = form.replace("j", r"j\e\r", 1)
    return date_format(day, form, use_l10n=False)
