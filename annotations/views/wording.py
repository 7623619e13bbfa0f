"""Acts on annotations, tags and entities in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import Q
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

from annotations.models import (
    Annotation,
    Certainty,
    CorrectionState,
    Entity,
    EntityKind,
    FlagKind,
    LinkStatus,
    Motivation,
    NameKind,
    Tag,
)
from annotations.services.journal import MODELS, TARGETS, changes_of
from annotations.services.starter import SOURCE as STARTER
from articles.models import Verb

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from annotations.services.journal import Change, Values
    from articles.models import Activity
    from diplowatch.lib.roles import Person

SHOWN = 160  # code points of a text
ROWS_SHOWN, ROWS_LOOKED_AT = 3, 10  # rows of an act on many
CHOICES = {
    "motivation": Motivation, "flag_kind": FlagKind, "link_status": LinkStatus,
    "status": LinkStatus, "state": CorrectionState, "certainty": Certainty,
}  # fmt: skip
# Fields that say nothing by themselves, or nothing to a person.
UNSAID = frozenset({
    "status_by_id", "status_at", "target_count", "folded", "sound", "article_id", "creator_id",
    "agent", "parent_id", "set_by_id", "set_at", "origin", "fetched", "loaded",
    "start_precision", "end_precision", "decided_by_id",
})  # fmt: skip


class Step(NamedTuple):
    """One act on one annotation, as its history shows it."""

    activity: Activity
    who: str
    said: list[str]


class RowWords:
    """What acts did to rows, in words: the first few of each.

    Others' private ones are left out, and those in collections other than these `places`.
    """

    def __init__(self, activities: Sequence[Activity], user: Person, places: Sequence[int]) -> None:
        """Three queries at most, however many acts."""
        self.changes = {activity.pk: changes_of(activity) for activity in activities}
        shown = [change for found in self.changes.values() for change in found[:ROWS_LOOKED_AT]]
        self.names = Names(shown)
        ids = [change.pk for change in shown if change.model == "annotation"]
        theirs = Q(private=True) & ~Q(creator=user.pk)
        unseen = theirs | ~Q(article__collection__in=places)
        found = Annotation.objects.filter(unseen, pk__in=ids).values_list("pk", flat=True)
        self.hidden = set(map(str, found)) if ids else set()

    def of(self, activity: Activity) -> list[str]:
        """The lines of one act."""
        seen = [
            change
            for change in self.changes[activity.pk][:ROWS_LOOKED_AT]
            if change.model != "annotation" or change.pk not in self.hidden
        ]
        said = [line for change in seen[:ROWS_SHOWN] for line in say_change(change, self.names)]
        more = len(self.changes[activity.pk]) - ROWS_SHOWN
        said = [*said, f"+ {more}"] if said and more > 0 else said
        return [*say_load(activity), *said]


def did(activity: Activity) -> str:
    """What an act was, in a few words."""
    if activity.verb == Verb.ENTITY and activity.data.get("loaded"):
        return _("loaded entities")
    if activity.verb == Verb.VOCABULARY and _is_on_words(activity):
        return _("changed the list of known words")
    if activity.verb == Verb.DECIDE:
        states = {change.after.get("state") for change in changes_of(activity)}
        if CorrectionState.ACCEPTED in states:
            return _("accepted a proposal for")
        if CorrectionState.REJECTED in states:
            return _("rejected a proposal for")
    return str(activity.get_verb_display())


def _is_on_words(activity: Activity) -> bool:
    return any(change.model == "known_word" for change in changes_of(activity))


def say_load(activity: Activity) -> list[str]:
    """What a load of entities made or its undoing took away; nothing for other acts."""
    loaded = activity.data.get("loaded")
    if not loaded:
        return []
    source = loaded.get("source") or activity.data.get("source", "")
    parts = [_("the starter list") if source == STARTER else source]
    counts = (
        (loaded.get("created"), ngettext_lazy("%(n)d new", "%(n)d new", "n")),
        (loaded.get("updated"), ngettext_lazy("%(n)d changed", "%(n)d changed", "n")),
        (loaded.get("count"), ngettext_lazy("%(n)d taken away", "%(n)d taken away", "n")),
        (loaded.get("kept"), ngettext_lazy("%(n)d kept", "%(n)d kept", "n")),
    )
    parts += [str(said % {"n": count}) for count, said in counts if count]
    return [", ".join(part for part in parts if part)]


class Names:
    """The names of the tags and entities that acts speak of, looked up all at once."""

    def __init__(self, changes: Iterable[Change]) -> None:
        """Two queries at most, however many acts."""
        tags: set[int] = set()
        entities: set[int] = set()
        for change in changes:
            for values in (change.before or {}, change.after):
                tags.update(_ids(values, "tag_id"))
                entities.update(_ids(values, "entity_id"))
                into = _ids(values, "merged_into_id")
                (tags if change.model == "tag" else entities).update(into)
        self.tags = dict(Tag.objects.filter(pk__in=tags).values_list("pk", "name"))
        self.entities = {one.pk: str(one) for one in Entity.objects.filter(pk__in=entities)}


def _ids(values: Values, name: str) -> list[int]:
    return [values[name]] if values.get(name) else []


def steps_of(activities: Sequence[Activity], annotation: Annotation) -> list[Step]:
    """The history of one annotation in words."""
    own = {
        activity.pk: [
            change
            for change in changes_of(activity)
            if change.model == "annotation" and change.pk == str(annotation.pk)
        ]
        for activity in activities
    }
    names = Names(change for changes in own.values() for change in changes)
    return [
        Step(
            activity,
            str(activity.actor) if activity.actor else _(activity.agent),
            [said for change in own[activity.pk] for said in say_change(change, names)],
        )
        for activity in activities
    ]


def say_change(change: Change, names: Names) -> list[str]:
    """What an act did to one row, a line for each field; what was private before stays unsaid."""
    if change.before is None:
        return [_made(change, names)]
    hidden = change.before.get("private") is True
    said = []
    for name, after in change.after.items():
        if name == "decided_at":  # of a proposal its state says it
            if "state" not in change.after:
                said.append(_("flag closed") if after else _("flag opened again"))
            continue
        line = _line(change.model, name, change.before.get(name), after, names, hidden=hidden)
        if line:
            said.append(line)
    return said


def label_of(name: str, model: str) -> str:
    """What people call a field."""
    labels = {
        "body": _("Text"), "tag_id": _("Tag"), "flag_kind": _("Kind"), "entity_id": _("Entity"),
        "link_status": _("Status"), "status": _("Status"), "private": _("Private"),
        "merged_into_id": _("Merged into"), TARGETS: _("Words"), "motivation": _("What"),
        "replacement": _("Replaced by"), "state": _("Decision"), "verdict": _("Reason"),
    }  # fmt: skip
    if name in labels:
        return labels[name]
    field = next((one for one in MODELS[model]._meta.concrete_fields if one.attname == name), None)
    return str(field.verbose_name) if field is not None else name


def _line(model: str, name: str, before: Any, after: Any, names: Names, *, hidden: bool) -> str:
    if name in UNSAID:
        return ""
    if name == "removed" and model == "annotation":  # not the text that it is about
        return _("annotation deleted") if after else _("annotation brought back")
    if name in ("removed", "retired"):
        return _("deleted") if after else _("brought back")
    if name == "private":
        return _("made private") if after else _("shared")
    new = _value(model, name, after, names)
    said = new if hidden else f"{_value(model, name, before, names)} → {new}"
    return _("%(name)s: %(value)s") % {"name": label_of(name, model), "value": said}


def _made(change: Change, names: Names) -> str:
    values = change.after
    if change.model == "annotation":
        parts = [_value("annotation", "motivation", values.get("motivation"), names)]
        for name in ("flag_kind", "tag_id", "entity_id", TARGETS, "replacement", "body"):
            if not values.get(name):
                continue
            said = _value("annotation", name, values[name], names)
            if name == "replacement":  # of the words that stand right before it
                parts[-1] += f" → {said}"
            else:
                parts.append(said)
        return " – ".join(parts)
    told = ("name", "text", "label_fr", "label_en", "title_fr", "title_en", "value")
    said = next((values[name] for name in told if values.get(name)), "")
    if change.model == "speaker_identity":
        said = _value(change.model, "entity_id", values.get("entity_id"), names)
    kind = str(MODELS[change.model]._meta.verbose_name)
    return _("%(kind)s “%(name)s” added") % {"kind": kind, "name": _short(str(said))}


def _value(model: str, name: str, value: Any, names: Names) -> str:
    if value in (None, "", []):
        return _("empty")
    if name == TARGETS:
        return " […] ".join(_("“%s”") % _short(target["exact"]) for target in value)
    if name == "tag_id" or (name == "merged_into_id" and model == "tag"):
        return names.tags.get(value, "…")
    if name in ("entity_id", "merged_into_id"):
        return names.entities.get(value, "…")
    if name == "kind":
        choices: Mapping[str, Any] = dict((*EntityKind.choices, *NameKind.choices))
        return str(choices.get(value, value))
    if name in CHOICES:
        return str(dict(CHOICES[name].choices).get(value, value))
    return _short(str(value))


def _short(said: str) -> str:
    return Truncator(" ".join(said.split())).chars(SHOWN)
