"""An entity as editors type it: what it is, its names a line each, its ids, its offices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations.models import EntityKind, NameKind
from annotations.models.entity import LABEL_LENGTH, WIKIDATA
from annotations.services.entity_parts import AUTHORITY_LENGTH, DESCRIPTION_LENGTH
from annotations.services.revising import Revised
from annotations.text.identifiers import wikidata_id
from annotations.text.records import OfficeRecord, date_of
from diplowatch.lib.dates import typed_date

if TYPE_CHECKING:
    from annotations.models import Entity

MOST_NAMES = 500
NOTE_LENGTH = 20_000  # code points
DATE = {"size": 10, "placeholder": "2017-05-17"}


class NamesField(forms.CharField):
    """Names, one a line; cleans to those that say something, each once."""

    widget = forms.Textarea(attrs={"rows": 4, "spellcheck": "false"})

    def clean(self, value: Any) -> tuple[str, ...]:
        """Read the lines."""
        lines = (" ".join(line.split()) for line in super().clean(value).splitlines())
        names = tuple(dict.fromkeys(line for line in lines if line))
        if any(len(name) > LABEL_LENGTH for name in names) or len(names) > MOST_NAMES:
            raise ValidationError(_("This is too long to be kept. Shorten it."))
        return names


class EntityForm(forms.Form):
    """An entity's own fields and its other names."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput, required=False)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=EntityKind.choices)
    label_fr = forms.CharField(
        label=gettext_lazy("French label"), max_length=LABEL_LENGTH, required=False
    )
    label_en = forms.CharField(
        label=gettext_lazy("English label"), max_length=LABEL_LENGTH, required=False
    )
    description_fr = forms.CharField(
        label=gettext_lazy("French description"), max_length=DESCRIPTION_LENGTH, required=False
    )
    description_en = forms.CharField(
        label=gettext_lazy("English description"), max_length=DESCRIPTION_LENGTH, required=False
    )
    aliases = NamesField(
        label=gettext_lazy("Other names"), required=False, help_text=gettext_lazy("One a line.")
    )
    garblings = NamesField(
        label=gettext_lazy("Known garblings"),
        required=False,
        help_text=gettext_lazy("Wrong forms that machines have written, one a line."),
    )
    note = forms.CharField(
        label=gettext_lazy("Note"),
        max_length=NOTE_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean(self) -> dict[str, Any]:
        """At least one label is needed."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not cleaned.get("label_fr") and not cleaned.get("label_en") and not self.errors:
            self.add_error("label_fr", _("Give a label in French or in English."))
        return cleaned


class IdentifierForm(forms.Form):
    """An authority and its id; an empty id is none."""

    authority = forms.CharField(
        label=gettext_lazy("Authority"), max_length=AUTHORITY_LENGTH, required=False
    )
    value = forms.CharField(label=gettext_lazy("Id"), max_length=LABEL_LENGTH, required=False)

    def clean(self) -> dict[str, Any]:
        """Wikidata's ids are known by their form, and meant where no authority is named."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        authority, value = cleaned.get("authority", "").lower(), cleaned.get("value", "")
        if value and authority in ("", WIKIDATA):
            if not wikidata_id(value):
                self.add_error("value", _("An id of Wikidata is a Q with a number: Q142."))
            cleaned["authority"] = WIKIDATA
        return cleaned


class OfficeForm(forms.Form):
    """An office with its dates; one without a title is none."""

    title_fr = forms.CharField(
        label=gettext_lazy("French title"), max_length=DESCRIPTION_LENGTH, required=False
    )
    title_en = forms.CharField(
        label=gettext_lazy("English title"), max_length=DESCRIPTION_LENGTH, required=False
    )
    start = forms.CharField(
        label=gettext_lazy("From"),
        max_length=10,
        required=False,
        widget=forms.TextInput(attrs=DATE),
    )
    end = forms.CharField(
        label=gettext_lazy("Until"),
        max_length=10,
        required=False,
        widget=forms.TextInput(attrs=DATE),
    )

    def clean(self) -> dict[str, Any]:
        """Dates as exact as they are known, in their order."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for name in ("start", "end"):
            typed = cleaned.get(name, "")
            cleaned[name] = date_of(typed, last=name == "end")
            if typed and cleaned[name][0] is None:
                self.add_error(
                    name,
                    _("Type the date as 2021-10-05, or 2021-10 or 2021 where no more is known."),
                )
        begun, ended = cleaned["start"] or (None,), cleaned["end"] or (None,)
        if begun[0] and ended[0] and begun[0] > ended[0]:
            self.add_error("end", _("It cannot end before it begins."))
        return cleaned

    def record(self) -> OfficeRecord | None:
        """The office; None where no title is given."""
        said = self.cleaned_data
        if not said.get("title_fr") and not said.get("title_en"):
            return None
        return OfficeRecord(said["title_fr"], said["title_en"], *said["start"], *said["end"])


IdentifierForms = forms.formset_factory(IdentifierForm, extra=1, max_num=60, absolute_max=60)
OfficeForms = forms.formset_factory(OfficeForm, extra=2, max_num=100, absolute_max=100)


class WholeForm:
    """The three together: what one page of an entity sends."""

    def __init__(self, data: Any = None, initial: dict[str, Any] | None = None) -> None:
        """Bind what was sent, or show what stands."""
        said = initial or {}
        self.entity = EntityForm(data, initial=said)
        self.identifiers = IdentifierForms(data, prefix="id", initial=said.get("identifiers"))
        self.offices = OfficeForms(data, prefix="office", initial=said.get("offices"))

    def is_valid(self) -> bool:
        """Whether all of it makes sense; each part says what does not."""
        parts = (self.entity, self.identifiers, self.offices)
        return not [part for part in parts if not part.is_valid()]

    def revised(self) -> Revised:
        """What the entity is to be."""
        said = self.entity.cleaned_data
        named = (one.cleaned_data for one in self.identifiers)
        records = (one.record() for one in self.offices)
        return Revised(
            fields={
                name: said[name]
                for name in EntityForm.base_fields
                if name not in ("version", "aliases", "garblings")
            },
            aliases=said["aliases"],
            garblings=said["garblings"],
            identifiers=tuple(
                (one["authority"], one["value"]) for one in named if one.get("value")
            ),
            offices=tuple(one for one in records if one),
        )


def entity_as_typed(entity: Entity) -> dict[str, Any]:
    """The form's values for an entity as it stands."""
    names = list(entity.names.filter(retired=False).order_by("pk"))
    of_kind = {kind: [one.name for one in names if one.kind == kind] for kind in NameKind}
    own = ("version", "kind", "label_fr", "label_en", "description_fr", "description_en", "note")
    return {name: getattr(entity, name) for name in own} | {
        "aliases": "\n".join(of_kind[NameKind.ALIAS]),
        "garblings": "\n".join(of_kind[NameKind.GARBLING]),
        "identifiers": [
            {"authority": one.authority, "value": one.value}
            for one in entity.identifiers.filter(retired=False).order_by("pk")
        ],
        "offices": [
            {
                "title_fr": one.title_fr,
                "title_en": one.title_en,
                "start": typed_date(one.start, one.start_precision),
                "end": typed_date(one.end, one.end_precision),
            }
            for one in entity.offices.filter(retired=False)
        ],
    }


class Newer(NamedTuple):
    """A part of an entity that stands otherwise now than the person typed it."""

    label: str
    value: str


def newer_parts(typed: WholeForm, entity: Entity) -> list[Newer]:
    """What of the entity as it stands is not as it was typed."""
    stands = entity_as_typed(entity)
    newer = []
    for field in typed.entity.visible_fields():
        said, now = _lines(field.data), _lines(stands[field.name])
        if said != now:
            choices = dict(getattr(field.field, "choices", ()))
            newer.append(Newer(str(field.label), str(choices.get(now, now)) or _("empty")))
    for label, rows, name in (
        (_("Ids"), typed.identifiers, "identifiers"), (_("Offices"), typed.offices, "offices"),
    ):  # fmt: skip
        mine = [_row({key: row[key].data for key in row.fields}) for row in rows]
        now_rows = [_row(row) for row in stands[name]]
        if sorted(filter(None, mine)) != sorted(now_rows):
            newer.append(Newer(label, "\n".join(now_rows) or _("empty")))
    return newer


def _lines(value: Any) -> str:
    return "\n".join(line.strip() for line in str(value or "").splitlines() if line.strip())


def _row(values: dict[str, Any]) -> str:
    parts = (str(value or "").strip() for key, value in values.items() if key != "DELETE")
    return " – ".join(part for part in parts if part)
