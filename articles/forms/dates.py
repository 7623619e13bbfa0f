"""Dates as people type them: as far as they are known, and in the ways that headers write them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.text.reading import read_date

if TYPE_CHECKING:
    import datetime

LONGEST = 40  # "September 30th, 2021 10:30:00 +02:00" and blanks
HELP = gettext_lazy(
    "As far as it is known: 2021, 2021-10, 2021-10-05, 05/10/2021 (day first), octobre 2021"
)


class TypedDateField(forms.CharField):
    """A date that `read_date` understands, or none; cleans to what was typed, on one line."""

    def __init__(self, **kwargs: Any) -> None:
        """An optional field with its help."""
        super().__init__(max_length=LONGEST, required=False, help_text=HELP, **kwargs)

    def clean(self, value: Any) -> Any:
        """Refuse what is no date."""
        typed = " ".join((super().clean(value) or "").split())
        if typed and read_date(typed) is None:
            raise ValidationError(_("“%(date)s” is no date.") % {"date": typed})
        return typed


class DateField(TypedDateField):
    """A date of which only the month or the year may be known; cleans to (date, precision)."""

    def clean(self, value: Any) -> tuple[datetime.date | None, str]:
        """Read what was typed; (None, "") from nothing."""
        return read_date(super().clean(value)) or (None, "")
