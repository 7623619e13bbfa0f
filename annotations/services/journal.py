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

from django.db import models
from django.db.models import F
from django.utils import timezone

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
from articles.models import Activity, Article, Verb
from articles.services.log import Agent, record

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Values = dict[str, Any]
# A changed row: model, id, its values before (None: the act made it) and after.
Row = tuple[str, Any, Values | None, Values]

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
NOT_VALUES = frozenset({"id", "version", "created", "modified", "speaker_id"})
TARGETS = "targets"
TARGET_VALUES = ("passage", "start", "end", "exact", "prefix", "suffix", "state", "revision")


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
        field.attname: to_json(getattr(row, field.attname))
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
    said = logged_rows(rows)
    return record(agent, verb, article=article, private=private, undoes=undoes, rows=said, **data)


def logged_rows(rows: Iterable[Row]) -> list[Values]:
    """Changed rows as the log keeps them."""
    return [logged(*row) for row in rows]


def logged(model: str, pk: Any, before: Values | None, after: Values) -> Values:
    """One row of an act as the log has it."""
    old, new = (None, after) if before is None else difference(before, after)
    return {"model": model, "id": to_json(pk), "before": old, "after": new}


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


def articles_of(rows: Iterable[models.Model]) -> dict[int, int]:
    """The articles that these rows belong to, each with its collection."""
    annotated = {row.article_id for row in rows if isinstance(row, Annotation)}
    spoken = {row.pk for row in rows if isinstance(row, SpeakerIdentity)}
    found = Article.objects.filter(pk__in=annotated)
    if spoken:
        found = found | Article.objects.filter(speakers__in=spoken)
    return dict(found.distinct().values_list("pk", "collection_id"))


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
    if annotation.target_count != len(wanted):
        annotation.target_count = len(wanted)
        Annotation.objects.filter(pk=annotation.pk).update(target_count=len(wanted))


def to_json(value: Any) -> Any:
    if isinstance(value, (datetime.datetime, datetime.date)):
        return value.isoformat()
    return str(value) if isinstance(value, uuid.UUID) else value
