"""One link on many mentions: applied in bulk, so not verified, and undone as one act."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from annotations.models import Annotation, Entity, LinkStatus, Motivation, Target
from annotations.models.annotation import make_uuid
from annotations.services.annotating import Gone, Missing
from annotations.services.changing import cut_targets, touch_article
from annotations.services.journal import TARGETS, own_values, record_rows
from articles.models import Article, Verb

if TYPE_CHECKING:
    import uuid
    from collections.abc import Callable, Sequence

    from annotations.services.journal import Row
    from annotations.services.spans import Span
    from articles.models import Activity
    from articles.services.log import Agent


def link_mentions(
    *,
    annotation_id: uuid.UUID,
    spans: Sequence[Span],
    agent: Agent,
    allow: Callable[[Annotation], None],
) -> tuple[list[Annotation], Activity]:
    """Link each of these places to the entity that the annotation is linked to.

    `allow` gets that annotation, locked, and raises what it wants when the person may not. Raises
    a `Refused` where one of the places is wrong: then none is linked.
    """
    if not spans:
        raise Missing("place")
    with transaction.atomic():
        found = Annotation.objects.live().filter(pk=annotation_id).select_related("article")
        pattern = found.select_for_update(of=("self",)).first()
        if pattern is None:
            raise Gone("annotation")
        allow(pattern)
        if pattern.entity_id is None:
            raise Missing("entity")
        _hold(pattern.entity_id)
        made = [_like(pattern, agent) for _ in spans]
        return made, _link(made, spans, agent)


def link_places(
    *, article_id: int, entity_id: int, spans: Sequence[Span], agent: Agent
) -> tuple[list[Annotation], Activity | None]:
    """Link each of these places of an article to an entity, for all to see, unverified.

    Those that are linked to it already stay as they are; no activity where all are. Raises a
    `Refused` where one of the places is wrong: then none is linked.
    """
    if not spans:
        raise Missing("place")
    with transaction.atomic():
        entity = _hold(entity_id)
        article = Article.objects.live().filter(pk=article_id).first()
        if article is None:
            raise Gone("article")
        left = _not_linked(spans, article, entity)
        made = [_like(Annotation(article=article, entity=entity), agent) for _ in left]
        return made, _link(made, left, agent) if made else None


def _not_linked(spans: Sequence[Span], article: Article, entity: Entity) -> list[Span]:
    """Those of the places where no link to the entity stands yet that all see."""
    standing = Target.objects.filter(
        annotation__article=article, annotation__entity=entity, annotation__private=False,
        annotation__motivation=Motivation.IDENTIFYING, annotation__removed=None,
    )  # fmt: skip
    held = set(standing.values_list("passage__number", "start", "end"))
    return [one for one in spans if (one.passage, one.start, one.end) not in held]


def _hold(entity_id: int) -> Entity:
    entity = Entity.objects.live().filter(pk=entity_id).select_for_update().first()
    if entity is None:
        raise Gone("entity")
    return entity


def _link(made: Sequence[Annotation], spans: Sequence[Span], agent: Agent) -> Activity:
    """Store the links with their places, and log them as one act."""
    article, private = made[0].article, made[0].private
    targets = cut_targets(article.pk, spans)
    Annotation.objects.bulk_create(made)
    Target.objects.bulk_create(
        Target(annotation=one, passage_id=values["passage"], **_own(values))
        for one, values in zip(made, targets, strict=True)
    )
    rows: list[Row] = [
        ("annotation", one.pk, None, own_values(one) | {TARGETS: [values]})
        for one, values in zip(made, targets, strict=True)
    ]
    return record_rows(
        agent, Verb.ANNOTATE, rows, article=article, private=private,
        version=touch_article(article.pk),
    )  # fmt: skip


def _own(values: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in values.items() if name != "passage"}


def _like(pattern: Annotation, agent: Agent) -> Annotation:
    now = timezone.now()
    return Annotation(
        id=make_uuid(),
        article=pattern.article,
        motivation=Motivation.IDENTIFYING,
        creator=agent.user,
        agent="" if agent.user else agent.name,
        private=pattern.private,
        entity_id=pattern.entity_id,
        link_status=LinkStatus.UNVERIFIED,
        status_by=agent.user,
        status_at=now,
        target_count=1,
    )
