"""Which acts are asked for: by verb, person and days."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.contrib.auth import get_user_model
from django.utils.translation import gettext_lazy as _

from articles.models import Verb
from articles.queries.activities import Chosen

if TYPE_CHECKING:
    import datetime

    from diplowatch.accounts.models import User


class ChosenForm(forms.Form):
    """What is wrong chooses nothing."""

    verb = forms.ChoiceField(
        label=_("What"), required=False, choices=(("", _("everything")), *Verb.choices)
    )
    by = forms.ModelChoiceField(
        label=_("Who"), required=False, empty_label=_("everybody"),
        queryset=get_user_model().objects.order_by("username"),
    )  # fmt: skip
    since = forms.DateField(
        label=_("From day"), required=False, widget=forms.DateInput({"type": "date"})
    )
    until = forms.DateField(
        label=_("To day"), required=False, widget=forms.DateInput({"type": "date"})
    )

    def chosen(self, before: int) -> Chosen:
        """The choice, for acts before one."""
        self.is_valid()
        data: dict[str, Any] = self.cleaned_data
        who = cast("User | None", data.get("by"))
        since = cast("datetime.date | None", data.get("since"))
        until = cast("datetime.date | None", data.get("until"))
        return Chosen(before, data.get("verb") or "", who.pk if who else None, since, until)
