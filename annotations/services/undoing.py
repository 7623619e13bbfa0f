"""Acts undone as a whole, by new acts: every row set back, every text over what came since."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any, Final

from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

from annotations.models import Annotation, Entity, SpeakerIdentity, Tag
from annotations.services.held import Carried, hold, is_following, places
from annotations.services.journal import (
    MODELS,
    TARGETS,
    Change,
    articles_of,
    changes_of,
    logged_rows,
    own_values,
    put_targets,
    record_rows,
    snapshot,
    to_json,
    touch_articles,
)
from annotations.services.obstacles import Answered, StandsInTheWay
from annotations.services.unloading import undo_load
from articles.models import Activity, Verb
from articles.services.changes import fields_back
from articles.services.kinds import kind_back
from articles.services.locking import lock_structure_of
from articles.services.operating import Act, TextFault, operate
from articles.services.reversing import TextInTheWay, is_of_text, places_of
from articles.services.undo_faults import AlreadyUndone, NotThisWay
from articles.signals import Following

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from annotations.services.journal import Row, Values
    from articles.services.log import Agent
    from articles.services.reversing import Reversal

    Found = dict[tuple[str, str], models.Model]  # rows by model and id

AT_ONCE = 500  # rows written by one statement
# How far an entity has been read: what brings nothing new sets it too, and stands in no one's way.
LOADED = "loaded"
READ = frozenset({LOADED, "fetched"})
# What stands in the way of setting these fields back: what they name must still be there to give.
NAMED: Final[dict[str, type[Tag | Entity]]] = {"tag_id": Tag, "entity_id": Entity}


def undo_act(
    *,
    activity: Activity,
    agent: Agent,
    allow: Callable[[set[int]], None],
    is_partly: bool = False,
) -> Activity:
    """Set every row back that the act changed, by a new activity; all of it or nothing.

    What the act made is taken away softly; what it did to texts is taken back over all that came
    since. `allow` gets the collections whose articles it touches and raises what it wants when the
    person may not. With `is_partly` what later changes of the texts stand in the way of stays.
    Raises a `CannotUndo` that says why not.
    """
    changes = changes_of(activity)
    try:
        with transaction.atomic():
            return _undo(activity, changes, agent, allow, is_partly=is_partly)
    except IntegrityError as fault:
        # A name or an id that somebody has given to another row since.
        model, pk = (changes[0].model, changes[0].pk) if changes else ("entity", None)
        raise StandsInTheWay(MODELS[model](pk=pk)) from fault
    except TextFault as fault:
        raise TextInTheWay(activity.article_id or 0, None) from fault


def _undo(
    activity: Activity,
    logged: Sequence[Change],
    agent: Agent,
    allow: Callable[[set[int]], None],
    *,
    is_partly: bool,
) -> Activity:
    """Lock, ask, set back, log: in the transaction of the undoing."""
    # In the order that all acts keep: structure, annotations, passages, what they name.
    lock_structure_of(activity.pk)
    found = _lock(change for change in logged if change.model == "annotation")
    reversal, carried = hold(activity, logged, is_partly=is_partly)
    changes = carried.changes
    found |= _lock(change for change in changes if change.model != "annotation")
    if not (changes or activity.data.get("loaded") or reversal.works):
        raise AlreadyUndone if is_of_text(activity) else NotThisWay
    articles = articles_of(found.values())
    allow({*articles.values(), *places_of(reversal)})
    if Activity.objects.filter(undoes=activity).exists():
        raise AlreadyUndone
    followed = carried.followed(found) if reversal.works else None
    undone = [
        _back_of(change, found, carried)
        for change in changes
        if followed is None or not is_following(change)
    ]
    _set_back(undone, found)
    unloaded = undo_load(activity)
    if reversal.works:
        undoing = _operated(activity, reversal, agent, allow, undone, followed or {})
    else:
        undoing = record_rows(
            agent, Verb.UNDO, undone, article=activity.article, private=activity.private,
            undoes=activity, **unloaded,
        )  # fmt: skip
    touch_articles(articles.keys() - {work.article_id for work in reversal.works})
    return undoing


def _operated(
    activity: Activity, reversal: Reversal, agent: Agent, allow: Callable[[set[int]], None],
    undone: Sequence[Row], followed: Mapping[str, Sequence[Values] | None],
) -> Activity:  # fmt: skip
    """Take the text back, and with it what only followed it."""
    restored = {pk: targets for pk, targets in followed.items() if targets}
    # Where some of the text stays, the fields that belong to it do, too.
    fields = (kind_back if reversal.refused else fields_back)(activity)
    act = Act(
        agent, Verb.UNDO, allow, rows=logged_rows(undone), undoes=activity,
        following=Following(restored=restored), changed=reversal.changed, **fields,
    )  # fmt: skip
    return operate(reversal.works, act).activity


def _lock(some: Iterable[Change]) -> Found:
    """The rows, locked model by model in the order of their ids; all must still be stored."""
    found: Found = {}
    changes = list(some)
    for name, model in MODELS.items():
        wanted = {change.pk for change in changes if change.model == name}
        rows = model._default_manager.filter(pk__in=wanted).order_by("pk")
        for row in rows.select_for_update(of=("self",)) if wanted else ():
            found[name, str(row.pk)] = row
    if len(found) < len({(change.model, change.pk) for change in changes}):
        raise NotThisWay
    return found


def _back_of(change: Change, found: Found, carried: Carried) -> Row:
    """What one row goes back to, as the row of the new activity."""
    row = found[change.model, change.pk]
    expected = {name: value for name, value in change.after.items() if name not in READ}
    if change.before is None:
        # Where its words stand is the text's affair, not that of whoever takes it away.
        expected.pop(TARGETS, None)
    standing = snapshot(row) if TARGETS in expected else own_values(row)
    later = [name for name, value in expected.items() if not _same(standing[name], value)]
    if TARGETS in later and places(standing[TARGETS]) == places(carried.after(change.pk)):
        later.remove(TARGETS)  # the text moved it, no person did
    if later:
        raise StandsInTheWay(row, later)
    back = _taken_away(row) if change.before is None else dict(change.before)
    if TARGETS in back:
        back[TARGETS] = carried.before(change.pk)
    if isinstance(row, Entity) and LOADED in back:
        # At once: another record of the same act may have been of this entity too.
        row.loaded = back[LOADED] = _unread(row.loaded, back[LOADED], change.after[LOADED])
    return change.model, change.pk, {name: standing[name] for name in back}, back


def _unread(standing: Values, before: Values, after: Values) -> Values:
    """What an entity is made of without what one act put there: all else stays."""
    theirs = {key for key in {*before, *after} if before.get(key) != after.get(key)}
    kept = {key: value for key, value in standing.items() if key not in theirs}
    return kept | {key: before[key] for key in theirs & before.keys()}


def _taken_away(row: models.Model) -> Values:
    """The values that take a row away: nothing is ever deleted."""
    if isinstance(row, Annotation):
        return {"removed": to_json(timezone.now())}
    if isinstance(row, SpeakerIdentity):
        return {"entity_id": None, "status": "unverified"}
    return {"retired": True}


def _set_back(undone: Sequence[Row], found: Found) -> None:
    _refuse_answered(undone, found)
    for model, pk, _standing, back in undone:
        _set(found[model, str(pk)], back)
    _refuse_gone(undone, found)
    _write(undone, found)


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


def _refuse_answered(rows: Iterable[Row], found: Found) -> None:
    """Nobody's reply is taken away by the undoing of what it replies to."""
    gone = [found[model, str(pk)] for model, pk, _before, after in rows if after.get("removed")]
    taken = {row.pk: row for row in gone if isinstance(row, Annotation)}
    replies = Annotation.objects.live().filter(parent__in=taken)
    for pk, parent, creator in replies.values_list("pk", "parent_id", "creator_id"):
        own = parent is not None and taken[parent].creator_id == creator
        if parent is not None and not own and ("annotation", str(pk)) not in found:
            raise Answered(taken[parent])


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


def _from_json(field: models.Field[Any, Any], value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if isinstance(field, models.DateTimeField):
        return parse_datetime(value)
    return parse_date(value) if isinstance(field, models.DateField) else value
