"""What is said of a collection: its name, who may read it, its members."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.contrib.auth import get_user_model
from django.utils.translation import gettext_lazy as _

from articles.models import Membership, Visibility
from diplowatch.lib.roles import Role

if TYPE_CHECKING:
    from diplowatch.accounts.models import User

NAME_LENGTH = 200  # code points
NO_MEMBER = "0"


class NameForm(forms.Form):
    """A collection's name."""

    name = forms.CharField(label=_("Name"), max_length=NAME_LENGTH)


class VisibilityForm(forms.Form):
    """Who may read a collection."""

    visibility = forms.ChoiceField(label=_("Who may read it"), choices=Visibility.choices)


class CollectionForm(NameForm, VisibilityForm):
    """A collection to make."""

    field_order = ("name", "visibility")


class VersionForm(forms.Form):
    """The collection's version that the person saw."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


class RenameForm(NameForm, VersionForm):
    """Another name for a collection."""


class OpenForm(VisibilityForm, VersionForm):
    """Other readers for a collection."""


class MemberForm(forms.Form):
    """A person, by user name or e-mail address, and the role in the collection."""

    person = forms.CharField(
        label=_("Person"),
        max_length=254,
        help_text=_("The user name or e-mail address of somebody who has an account."),
    )
    role = forms.ChoiceField(label=_("Role"))

    def __init__(self, *args: object, **kwargs: object) -> None:
        """The roles are read when asked, in the interface's language."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # handed through as given
        self.fields["role"] = forms.ChoiceField(
            label=_("Role"),
            choices=[
                *((str(value), label) for value, label in Membership.Roles.choices),
                (NO_MEMBER, _("No member")),
            ],
        )

    def clean_person(self) -> User:
        """The person with that user name or address."""
        said = self.cleaned_data["person"].strip()
        people = get_user_model().objects.filter(is_active=True)
        found = people.filter(username=said).first() or people.filter(email__iexact=said).first()
        if found is None:
            raise forms.ValidationError(_("Nobody with an account has this name or address."))
        return found

    def role_chosen(self) -> Role | None:
        """The role, or None to take the person out."""
        said = self.cleaned_data["role"]
        return None if said == NO_MEMBER else Role(int(said))
