"""What people type and choose while they import."""

from __future__ import annotations

import codecs
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from articles.forms.dates import TypedDateField
from articles.forms.languages import language_choices
from articles.models import Collection, Kind, Membership, Role
from articles.text.adjust import Overrides, roles_of
from diplowatch.lib.roles import Role as Rank
from diplowatch.lib.roles import role_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from articles.text.reading import ReadFile
    from articles.text.shapes import ParsedText
    from diplowatch.lib.roles import Person

ENCODINGS = (
    "utf-8", "cp1252", "iso8859-15", "mac-roman", "utf-16", "cp1250", "cp1251", "koi8-r", "cp1253",
    "cp1254", "cp1256", "gb18030", "shift_jis",
)  # fmt: skip
NAME_LENGTH = 200
LONGEST_PASTE = 2_000_000


def collections_for(user: Person) -> list[Collection]:
    """The collections into which a person may import, by name."""
    needed = Rank.EDITOR if settings.EDITORS_IMPORT else Rank.ADMIN
    role = role_of(user)
    visible = Collection.objects.visible_to(user)
    if role >= Rank.ADMIN or not user.is_authenticated:
        return list(visible)
    own = dict(Membership.objects.filter(user_id=user.pk).values_list("collection_id", "role"))
    return [one for one in visible if own.get(one.pk, role) >= needed]


class PasteForm(forms.Form):
    """A text typed or pasted."""

    name = forms.CharField(label=_("Name"), required=False, max_length=NAME_LENGTH)
    text = forms.CharField(
        label=_("Text"),
        max_length=LONGEST_PASTE,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12}),
    )

    def clean_text(self) -> str:
        """Blanks alone are no text."""
        text: str = self.cleaned_data["text"]
        if not text.strip():
            raise forms.ValidationError(_("There is no text."))
        return text


class BatchForm(forms.Form):
    """What is set once for all files of a batch."""

    collection = forms.ModelChoiceField(Collection.objects.none(), label=_("Collection"))
    new_collection = forms.CharField(
        label=_("or a new collection"),
        required=False,
        max_length=NAME_LENGTH,
        help_text=_("Everyone may read it until its page says otherwise."),
    )
    source = forms.CharField(
        label=_("Source of all"),
        required=False,
        max_length=NAME_LENGTH,
        help_text=_("Leave it empty to keep what each file says."),
    )

    def __init__(self, user: Person, *args: Any, **kwargs: Any) -> None:
        """Offer the collections into which this person may import."""
        super().__init__(*args, **kwargs)
        field = self.fields["collection"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - declared above
        allowed = collections_for(user)
        field.queryset = Collection.objects.filter(pk__in=[one.pk for one in allowed])
        field.empty_label = None
        if role_of(user) < Rank.EDITOR:  # an editor of one collection makes no other
            del self.fields["new_collection"]


FILE_FORM = "run"  # the form element that sends all fields of a file's page with every act on it


class StagedForm(forms.Form):
    """The details of one staged file; an empty kind or encoding leaves it to the reading."""

    title = forms.CharField(label=_("Title"), required=False, max_length=300)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    date = TypedDateField(label=_("Date"))
    language = forms.ChoiceField(label=_("Language"), required=False)
    source = forms.CharField(label=_("Source"), required=False, max_length=NAME_LENGTH)
    url = forms.URLField(label=_("Address"), required=False, assume_scheme="https")
    encoding = forms.ChoiceField(label=_("Encoding"), required=False)

    def __init__(self, *args: Any, read_as: ReadFile | None = None, **kwargs: Any) -> None:
        """`read_as`: the file as it was read, which the first choices name."""
        super().__init__(*args, **kwargs)
        kind, encoding = self.fields["kind"], self.fields["encoding"]
        assert isinstance(kind, forms.ChoiceField)  # noqa: S101 - declared above
        assert isinstance(encoding, forms.ChoiceField)  # noqa: S101 - declared above
        seen = Kind(read_as.parsed.kind).label if read_as else "–"
        kind.choices = [("", _("As it was read (%(kind)s)") % {"kind": seen}), *Kind.choices]
        language = self.fields["language"]
        assert isinstance(language, forms.ChoiceField)  # noqa: S101 - declared above
        read_in = read_as.parsed.language if read_as else ""
        language.choices = language_choices(read_in, self.initial.get("language", ""))
        kept = self.initial.get("encoding") or (self.data.get("encoding") if self.data else "")
        known = list(dict.fromkeys([*ENCODINGS, *([kept] if _is_known(kept) else [])]))
        name = read_as.decoded.encoding if read_as else "–"
        told = _("Told from the bytes (%(encoding)s)") % {"encoding": name}
        encoding.choices = [("", told), *((one, one) for one in known)]
        for field in self.fields.values():
            field.widget.attrs["form"] = FILE_FORM

    def is_touched(self) -> bool:
        """Whether something was sent that is not what an untouched form shows."""
        return any(
            self.data.get(name, shown).split() != shown.split()
            for name, shown in ((name, self._untouched(name)) for name in self.fields)
        )

    def _untouched(self, name: str) -> str:
        value = str(self.initial.get(name) or "")
        field = self.fields[name]
        if not isinstance(field, forms.ChoiceField) or field.valid_value(value):
            return value
        return ""  # what is no choice is shown as the first one, which leaves it to the reading

    def onto(self, overrides: Overrides, read: ParsedText | None) -> Overrides:
        """What was set before with what this form changes; what is as read stays unset."""
        data = self.cleaned_data
        changes: dict[str, str | None] = {
            "kind": data["kind"] or None,
            "encoding": data["encoding"] or None,
        }
        for name in ("title", "date", "language", "source", "url"):
            if name in self.changed_data:
                changes[name] = data[name]
        return replace(overrides, choices=replace(overrides.choices, **changes))


def _is_known(encoding: Any) -> bool:
    try:
        return bool(encoding and codecs.lookup(str(encoding)))
    except LookupError:
        return False


class PassageForm(forms.Form):
    """The role and the speaker of one passage."""

    role = forms.ChoiceField(label=_("Role"))
    speaker = forms.ChoiceField(label=_("Speaker"), required=False)
    name = forms.CharField(label=_("Another speaker"), required=False, max_length=NAME_LENGTH)

    def __init__(self, parsed: ParsedText, *args: Any, **kwargs: Any) -> None:
        """Offer the roles that the kind of text allows and its speakers."""
        super().__init__(*args, **kwargs)
        role, speaker = self.fields["role"], self.fields["speaker"]
        assert isinstance(role, forms.ChoiceField)  # noqa: S101 - declared above
        assert isinstance(speaker, forms.ChoiceField)  # noqa: S101 - declared above
        role.choices = [(value, Role(value).label) for value in roles_of(parsed.kind)]
        names = dict.fromkeys(one.name for one in parsed.speakers)
        speaker.choices = [("", _("Nobody")), *((name, name) for name in names)]
        if parsed.kind != "interview":
            del self.fields["speaker"], self.fields["name"]
        for field in self.fields.values():
            field.widget.attrs["form"] = FILE_FORM

    def onto(self, overrides: Overrides, index: int) -> Overrides:
        """What was set before with what this form changes; the role or voice left alone is free."""
        data = self.cleaned_data
        if "role" in self.changed_data:
            overrides = replace(overrides, roles={**overrides.roles, index: data["role"]})
        if {"speaker", "name"} & {*self.changed_data}:
            voice = data["name"].strip() or data["speaker"]
            overrides = replace(overrides, voices={**overrides.voices, index: voice})
        return overrides


def speakers_onto(
    overrides: Overrides, data: Mapping[str, Any], read: ParsedText, shown: Sequence[int]
) -> Overrides:
    """New names and "same speaker as" of the speakers, by their place in what was read.

    A passage to which a speaker was given by hand stays that speaker's under the new name.
    """
    names, same = dict(overrides.names), dict(overrides.same)
    renamed: dict[str, str] = {}
    for index in shown:
        read_as, target = read.speakers[index].name, data.get(f"same-{index}")
        name = " ".join(str(data.get(f"name-{index}", "")).split())[:NAME_LENGTH]
        if name:
            renamed.setdefault(names.pop(index, read_as), name)
        if name and name != read_as:
            names[index] = name
        if target == "":
            same.pop(index, None)
        other = next((place for place in shown if str(place) == target), index)
        if other != index:
            same[index] = other
    voices = {place: renamed.get(voice, voice) for place, voice in overrides.voices.items()}
    return replace(overrides, names=names, same=same, voices=voices)
