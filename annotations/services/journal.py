"""What acts did to the rows of this app: logged with before and after, and undone as a whole.

An activity's data hold `{"rows": [{"model": …, "id": …, "before": {…} | null, "after": {…}}, …]}`,
the values as JSON; where both are there, only what changed is named. A row that the act made has
no `before`. An annotation's values have its `targets`, and an act that made or moved these says at
which `version` of the article. Counters and times of writing are no values.
"""

from __future__ import annotations

import datetime
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db import IntegrityError, models, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

from annotations.models import (
    Annotation,
    Entity,
    EntityIdentifier,
    EntityName,
    KnownWord,
    Office,
    SpeakerIdentity,
    Tag,
    Target,
)
from annotations.services.obstacles import Answered, StandsInTheWay
from annotations.services.unloading import undo_load
from articles.models import Activity, Article, Verb
from articles.services.changes import AlreadyUndone, NotThisWay
from articles.services.log import Agent, record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

Values = dict[str, Any]
# A changed row: model, id, its values before (None: the act made it) and after.
Row = tuple[str, Any, Values | None, Values]
Found = dict[tuple[str, str], models.Model]  # rows by model and id

MODELS: Final[dict[str, type[models.Model]]] = {
    "annotation": Annotation,
    "entity": Entity,
    "entity_name": EntityName,
    "identifier": EntityIdentifier,
    "office": Office,
    "tag": Tag,
    "speaker_identity": SpeakerIdentity,
    "known_word": KnownWord,
}
AT_ONCE = 500  # rows written by one statement
NOT_VALUES = frozenset({"id", "version", "created", "modified", "speaker_id"})
# How far an entity has been read: what brings nothing new sets it too, and stands in no one's way.
LOADED = "loaded"
READ = frozenset({LOADED, "fetched"})
TARGETS = "targets"
TARGET_VALUES = ("passage", "start", "end", "exact", "prefix", "suffix", "state", "revision")
# What stands in the way of setting these fields back: what they name must still be there to give.
NAMED: Final[dict[str, type[Tag | Entity]]] = {"tag_id": Tag, "entity_id": Entity}


@dataclass(frozen=True, slots=True)
class Change:
    """One row of an act, as it is read back from the log."""

    model: str
    pk: str
    before: Values | None
    after: Values

    @property
    def made(self) -> bool:
        """Whether the act made the row."""
        return self.before is None


def snapshot(row: models.Model) -> Values:
    """A row's own values as JSON; those of an annotation with its targets."""
    values = own_values(row)
    if isinstance(row, Annotation):
        values[TARGETS] = [target_values(target) for target in row.targets.all()]
    return values


def own_values(row: models.Model) -> Values:
    """The values of a row's own fields as JSON."""
    return {
        field.attname: _to_json(getattr(row, field.attname))
        for field in row._meta.concrete_fields
        if field.attname not in NOT_VALUES
    }


def target_values(target: Target) -> Values:
    """A target's values as JSON."""
    own = {name: getattr(target, name) for name in TARGET_VALUES[1:]}
    return {"passage": target.passage_id, **own}


def model_name(row: models.Model) -> str:
    """What the log calls the model of a row."""
    return next(name for name, model in MODELS.items() if isinstance(row, model))


def difference(before: Values, after: Values) -> tuple[Values, Values]:
    """Only what changed, before and after."""
    changed = [name for name, value in after.items() if before.get(name) != value]
    return {name: before.get(name) for name in changed}, {name: after[name] for name in changed}


def record_rows(
    agent: Agent,
    verb: Verb,
    rows: Iterable[Row],
    *,
    article: Article | None = None,
    private: bool = False,
    undoes: Activity | None = None,
    **data: Any,
) -> Activity:
    """Write the activity of an act on rows; call it inside the act's transaction."""
    said = [logged(*row) for row in rows]
    return record(agent, verb, article=article, private=private, undoes=undoes, rows=said, **data)


def logged(model: str, pk: Any, before: Values | None, after: Values) -> Values:
    """One row of an act as the log has it."""
    old, new = (None, after) if before is None else difference(before, after)
    return {"model": model, "id": _to_json(pk), "before": old, "after": new}


def changes_of(activity: Activity) -> list[Change]:
    """The rows an activity changed."""
    return [
        Change(row["model"], str(row["id"]), row["before"], row["after"])
        for row in activity.data.get("rows") or ()
    ]


def touch_articles(ids: Iterable[int]) -> None:
    """Raise the versions of articles, in the order of their ids: the last statement of an act."""
    wanted = sorted(set(ids))
    if len(wanted) > 1:
        list(Article.objects.filter(pk__in=wanted).order_by("pk").select_for_update().values("pk"))
    Article.objects.filter(pk__in=wanted).update(version=F("version") + 1, updated=timezone.now())


def undo_act(*, activity: Activity, agent: Agent, allow: Callable[[set[int]], None]) -> Activity:
    """Set every row back that the act changed, by a new activity; all of it or nothing.

    What the act made is taken away softly. `allow` gets the collections whose articles it touches
    and raises what it wants when the person may not. Raises a `CannotUndo` that says why not.
    """
    changes = changes_of(activity)
    if not changes and not activity.data.get("loaded"):
        raise NotThisWay
    try:
        with transaction.atomic():
            found = _lock(changes)
            articles = articles_of(found.values())
            allow(set(articles.values()))
            if Activity.objects.filter(undoes=activity).exists():
                raise AlreadyUndone
            undone = [_back_of(change, found) for change in changes]
            for model, pk, _standing, back in undone:
                _set(found[model, str(pk)], back)
            _refuse_gone(undone, found)
            _write(undone, found)
            unloaded = undo_load(activity)
            undoing = record_rows(
                agent,
                Verb.UNDO,
                undone,
                article=activity.article,
                private=activity.private,
                undoes=activity,
                **unloaded,
            )
            touch_articles(articles)
    except IntegrityError as fault:
        # A name or an id that somebody has given to another row since.
        model, pk = (changes[0].model, changes[0].pk) if changes else ("entity", None)
        raise StandsInTheWay(MODELS[model](pk=pk)) from fault
    return undoing


def articles_of(rows: Iterable[models.Model]) -> dict[int, int]:
    """The articles that these rows belong to, each with its collection."""
    annotated = {row.article_id for row in rows if isinstance(row, Annotation)}
    spoken = {row.pk for row in rows if isinstance(row, SpeakerIdentity)}
    found = Article.objects.filter(pk__in=annotated)
    if spoken:
        found = found | Article.objects.filter(speakers__in=spoken)
    return dict(found.distinct().values_list("pk", "collection_id"))


def _lock(changes: Sequence[Change]) -> Found:
    """The rows, locked model by model in the order of their ids; all must still be stored."""
    found: Found = {}
    for name, model in MODELS.items():
        wanted = {change.pk for change in changes if change.model == name}
        rows = model._default_manager.filter(pk__in=wanted).order_by("pk")
        for row in rows.select_for_update(of=("self",)) if wanted else ():
            found[name, str(row.pk)] = row
    if len(found) < len({(change.model, change.pk) for change in changes}):
        raise NotThisWay
    return found


def _back_of(change: Change, found: Found) -> Row:
    """What one row goes back to, as the row of the new activity."""
    row = found[change.model, change.pk]
    expected = {name: value for name, value in change.after.items() if name not in READ}
    if change.before is None:
        # Where its words stand is the text's affair, not that of whoever takes it away.
        expected.pop(TARGETS, None)
    standing = snapshot(row) if TARGETS in expected else own_values(row)
    later = [name for name, value in expected.items() if not _same(standing[name], value)]
    if later:
        raise StandsInTheWay(row, later)
    back = _taken_away(row) if change.before is None else dict(change.before)
    if isinstance(row, Entity) and LOADED in back:
        # At once: another record of the same act may have been of this entity too.
        row.loaded = back[LOADED] = _unread(row.loaded, back[LOADED], change.after[LOADED])
    if isinstance(row, Annotation) and back.get("removed"):
        _refuse_answered(row, found)
    return change.model, change.pk, {name: standing[name] for name in back}, back


def _unread(standing: Values, before: Values, after: Values) -> Values:
    """What an entity is made of without what one act put there: all else stays."""
    theirs = {key for key in {*before, *after} if before.get(key) != after.get(key)}
    kept = {key: value for key, value in standing.items() if key not in theirs}
    return kept | {key: before[key] for key in theirs & before.keys()}


def _taken_away(row: models.Model) -> Values:
    """The values that take a row away: nothing is ever deleted."""
    if isinstance(row, Annotation):
        return {"removed": _to_json(timezone.now())}
    if isinstance(row, SpeakerIdentity):
        return {"entity_id": None, "status": "unverified"}
    return {"retired": True}


def _set(row: models.Model, values: Values) -> None:
    """Set a row's fields from JSON values; nothing is stored yet."""
    fields = {field.attname: field for field in row._meta.concrete_fields}
    for name, value in values.items():
        if name != TARGETS:
            setattr(row, name, _from_json(fields[name], value))
    if isinstance(row, Annotation):
        row.modified = timezone.now()
    if hasattr(row, "version"):
        row.version += 1  # it is locked


def _write(rows: Iterable[Row], found: Found) -> None:
    """Store what was set, rows with the same fields together: an act may be on thousands."""
    groups: dict[tuple[str, tuple[str, ...]], list[models.Model]] = {}
    for model, pk, _before, after in rows:
        row = found[model, str(pk)]
        if isinstance(row, Annotation) and TARGETS in after:
            put_targets(row, after[TARGETS])
        groups.setdefault((model, tuple(sorted(after.keys() - {TARGETS}))), []).append(row)
    for (model, names), some in groups.items():
        own = [field for field in some[0]._meta.concrete_fields if field.attname in names]
        fields = [field.name for field in own]
        fields += ["version"] if hasattr(some[0], "version") else []
        fields += ["modified"] if model == "annotation" else []
        MODELS[model]._default_manager.bulk_update(some, fields, batch_size=AT_ONCE)


def put_targets(annotation: Annotation, wanted: Sequence[Values]) -> None:
    """Give an annotation these targets in place of those it has."""
    Target.objects.filter(annotation=annotation, position__gte=len(wanted)).delete()
    for place, values in enumerate(wanted):
        own = {name: values[name] for name in TARGET_VALUES[1:]}
        Target.objects.update_or_create(
            annotation=annotation,
            position=place,
            defaults={"passage_id": values["passage"], **own},
        )


def _refuse_answered(annotation: Annotation, found: Found) -> None:
    """Nobody's reply is taken away by the undoing of what it replies to."""
    replies = annotation.replies.filter(removed__isnull=True)
    others = replies.exclude(creator_id=annotation.creator_id).values_list("pk", flat=True)
    if any(("annotation", str(pk)) not in found for pk in others):
        raise Answered(annotation)


def _refuse_gone(rows: Sequence[Row], found: Found) -> None:
    """What annotations are set back to must be there: neither retired, merged nor deleted."""
    said = [
        (found[model, str(pk)], after)
        for model, pk, _before, after in rows
        if model in ("annotation", "speaker_identity")
    ]
    for name, named in NAMED.items():
        wanted = {after[name] for _row, after in said if after.get(name)}
        here = {row.pk for row in found.values() if isinstance(row, named) and not row.retired}
        retired = named._default_manager.filter(pk__in=wanted - here, retired=True)
        gone = set(retired.values_list("pk", flat=True)) if wanted else set()
        for row, after in said:
            if after.get(name) in gone:
                raise StandsInTheWay(row, [name])
    parents = [row.parent_id for row, _ in said if isinstance(row, Annotation) and row.parent_id]
    deleted = Annotation.objects.filter(pk__in=parents, removed__isnull=False)
    lost = set(deleted.values_list("pk", flat=True)) if parents else set()
    back = {row.pk for row in found.values() if isinstance(row, Annotation) and not row.removed}
    for row, _after in said:
        if isinstance(row, Annotation) and not row.removed and row.parent_id in lost - back:
            raise StandsInTheWay(row, ["parent_id"])


def _same(standing: Any, logged: Any) -> bool:
    """Whether two JSON values are one: times may be written in two ways."""
    if standing == logged:
        return True
    if isinstance(standing, str) and isinstance(logged, str):
        one, other = _moment(standing), _moment(logged)
        return one is not None and one == other
    return False


def _moment(said: str) -> datetime.datetime | None:
    try:
        return parse_datetime(said)
    except ValueError:
        return None


def _to_json(value: Any) -> Any:
    if isinstance(value, (datetime.datetime, datetime.date)):
        return value.isoformat()
    return str(value) if isinstance(value, uuid.UUID) else value


def _from_json(field: models.Field[Any, Any], value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if isinstance(field, models.DateTimeField):
        return parse_datetime(value)
    return parse_date(value) if isinstance(field, models.DateField) else value
