"""What is asked of the articles selected in the list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from articles.forms.details import LONGEST_PROBLEM
from articles.models import Status
from articles.services.bulk import MOST, TAG_LENGTH, clean_tags

if TYPE_CHECKING:
    from collections.abc import Mapping

ACTS = ("status", "move", "tag", "untag")


class BulkForm(forms.Form):
    """Articles by their ids, one act, and what that act needs."""

    act = forms.ChoiceField(choices=[(act, act) for act in ACTS])
    status = forms.ChoiceField(label=_("Status"), choices=Status.choices, required=False)
    problem = forms.CharField(label=_("Problem"), max_length=LONGEST_PROBLEM, required=False)
    collection = forms.TypedChoiceField(label=_("Collection"), coerce=int, required=False)
    tags = forms.CharField(label=_("Tags"), max_length=400, required=False)

    def __init__(self, shelves: Mapping[int, str], *args: Any, **kwargs: Any) -> None:
        """`shelves` are the collections that may be chosen."""
        super().__init__(*args, **kwargs)
        field = self.fields["collection"]
        assert isinstance(field, forms.TypedChoiceField)  # noqa: S101 - tells the type
        field.choices = [(str(pk), name) for pk, name in shelves.items()]
        self.shelves = shelves

    def shelf_name(self) -> str:
        """The name of the chosen collection."""
        return self.shelves[self.cleaned_data["collection"]]

    def clean(self) -> dict[str, Any]:
        """Each act needs its own value, and at least one article."""
        data = super().clean() or {}
        if data.get("act") == "status" and not data.get("status") and data.get("tags"):
            data["act"] = "tag"  # Enter in the field of tags presses the form's first button
        needed = {"status": "status", "move": "collection", "tag": "tags", "untag": "tags"}
        name = needed.get(data.get("act", ""))
        if name and not data.get(name) and name not in self.errors:
            self.add_error(name, self._missing(name))
        data["articles"] = self._articles()
        return data

    def clean_tags(self) -> list[str]:
        """Tags are parted by commas."""
        tags = self.cleaned_data["tags"].split(",")
        if any(len(" ".join(tag.split())) > TAG_LENGTH for tag in tags):
            raise forms.ValidationError(
                _("A tag has at most %(most)s characters."), params={"most": TAG_LENGTH}
            )
        return clean_tags(tags)

    def _articles(self) -> list[int]:
        said = self.data.getlist("article") if hasattr(self.data, "getlist") else []
        ids = {int(value) for value in said if value.isascii() and value.isdigit()}
        if not ids or max(ids) >= 1 << 63:
            self.add_error(None, _("Select at least one article."))
        if len(ids) > MOST:
            self.add_error(
                None,
                forms.ValidationError(
                    _("At most %(most)s articles at once."), params={"most": MOST}
                ),
            )
        return sorted(ids)

    @staticmethod
    def _missing(name: str) -> str:
        return str(
            {
                "status": _("Choose a status."),
                "collection": _("Choose a collection."),
                "tags": _("Type a tag."),
            }[name]
        )
