"""Saying something about a text: one statement checks the places, stores it and logs the act."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction
from django.utils import timezone

from annotations.models import (
    Annotation,
    Certainty,
    CorrectionState,
    Entity,
    FlagKind,
    LinkStatus,
    Motivation,
    Tag,
    Target,
    TargetState,
)
from annotations.models.annotation import BODY_LENGTH, make_uuid
from annotations.services.journal import own_values, target_values
from annotations.services.say_sql import COLUMNS, OF_ARTICLE, statement_for
from annotations.services.spans import Refused, Span, StaleSpan, check_spans, explain_spans
from annotations.services.stale import NEEDS_CHECK, carry_spans
from articles.models import Activity, Article, Verb

if TYPE_CHECKING:
    import uuid
    from collections.abc import Callable, Sequence

    from articles.services.log import Agent


class TooLong(Refused):
    """The text is longer than may be kept."""

    code = "long"


class Gone(Refused):
    """The tag, entity or annotation that is meant is there no more; says which of them."""

    code = "gone"

    def __init__(self, what: str) -> None:
        """Keep which: `tag`, `entity` or `annotation`."""
        self.what = what
        super().__init__(what)


class Missing(Refused):
    """It does not say what it must: `body`, `tag`, `entity`, `kind` or `place`."""

    def __init__(self, what: str) -> None:
        """Keep what."""
        self.what = what
        super().__init__(what)


class NotHere(Refused):
    """The article is not where this person may do that, or was taken away."""


class Decided(Refused):
    """Somebody has accepted or rejected the proposal already."""

    code = "stale"


class IdTaken(Refused):
    """Something else bears this id."""


class StaleAnnotation(Refused):
    """Somebody changed the annotation since this person saw it."""

    code = "stale"

    def __init__(self, annotation: Annotation) -> None:
        """Keep the annotation as it stands now."""
        self.annotation = annotation
        super().__init__(f"annotation {annotation.pk} stands at version {annotation.version}")


@dataclass(frozen=True, slots=True)
class Saying:
    """What is said, by whom; `places` are the collections where that person may (None: all)."""

    annotation: Annotation
    agent: Agent
    spans: Sequence[Span] = ()
    places: Sequence[int] | None = None
    verb: Verb = Verb.ANNOTATE
    states: Sequence[str] = ()  # of its targets; all anchored unless told
    is_carried: bool = False  # over what came since the person saw the text


def create_annotation(
    *,
    article_id: int,
    agent: Agent,
    motivation: str,
    spans: Sequence[Span],
    body: str = "",
    private: bool = False,
    flag_kind: str = "",
    tag_id: int | None = None,
    entity_id: int | None = None,
    link_status: str = "",
    key: uuid.UUID | None = None,
    places: Sequence[int] | None = None,
) -> tuple[Annotation, Activity]:
    """Say something about places of an article, or (without spans) about the whole of it.

    `places` are the collections where the person may do that (None: everywhere). With a `key` that
    was used before, the person gets what was made with it. Raises a `Refused` that says why not.
    """
    now = timezone.now()
    annotation = Annotation(
        id=key or make_uuid(),
        article_id=article_id,
        motivation=motivation,
        creator=agent.user,
        agent="" if agent.user else agent.name,
        private=private,
        body=clean_body(body),
        flag_kind=flag_kind,
        tag_id=tag_id,
        entity_id=entity_id,
        link_status=link_status,
        status_by=agent.user if link_status else None,
        status_at=now if link_status else None,
        target_count=len(spans),
        created=now,
        modified=now,
    )
    check_parts(annotation)
    check_spans(spans)
    return say(Saying(annotation, agent, spans, places))


def is_new(annotation: Annotation) -> bool:
    """Whether it was made just now, not found by an id that was used before."""
    return "targets" in getattr(annotation, "_prefetched_objects_cache", ())


def reply_to(
    *,
    annotation_id: uuid.UUID,
    agent: Agent,
    body: str,
    allow: Callable[[Annotation], None],
    key: uuid.UUID | None = None,
) -> tuple[Annotation, Activity]:
    """Reply to an annotation, or to the thread of a reply; as private as what it replies to.

    `allow` gets what is replied to, locked, and raises what it wants when the person may not.
    """
    with transaction.atomic():
        found = Annotation.objects.live().filter(pk=annotation_id).select_related("article")
        parent = found.select_for_update(of=("self",)).first()
        if parent is None:
            raise Gone("annotation")
        allow(parent)
        now = timezone.now()
        annotation = Annotation(
            id=key or make_uuid(),
            article_id=parent.article_id,
            motivation=Motivation.REPLYING,
            creator=agent.user,
            agent="" if agent.user else agent.name,
            private=parent.private,
            body=clean_body(body),
            parent_id=parent.parent_id or parent.pk,
            created=now,
            modified=now,
        )
        check_parts(annotation)
        return say(Saying(annotation, agent))


def clean_body(body: str) -> str:
    """A text as it is kept: line feeds only, nothing blank around it, no NUL."""
    body = body.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "").strip()
    if len(body) > BODY_LENGTH:
        raise TooLong
    return body


def check_parts(annotation: Annotation) -> None:
    """Refuse an annotation that lacks what its motivation needs, or has what it may not."""
    motivation = annotation.motivation
    if motivation not in Motivation.values:
        raise Missing("motivation")
    if (annotation.parent_id is not None) != (motivation == Motivation.REPLYING):
        raise Missing("parent")
    if motivation in (Motivation.COMMENTING, Motivation.REPLYING) and not annotation.body:
        raise Missing("body")
    tagging, flagging = motivation == Motivation.TAGGING, motivation == Motivation.QUESTIONING
    if (annotation.tag_id is not None) != tagging:
        raise Missing("tag")
    editing = motivation == Motivation.EDITING
    kinds = ("", *FlagKind.values) if editing else FlagKind.values if flagging else ("",)
    if annotation.flag_kind not in kinds:
        raise Missing("kind")
    if editing != (annotation.state in CorrectionState.values):
        raise Missing("state")
    if (
        annotation.certainty not in ("", *Certainty.values)
        or len(annotation.evidence) > BODY_LENGTH
    ):
        raise Missing("certainty")
    if annotation.target_count == 0 and motivation in (
        Motivation.HIGHLIGHTING, Motivation.IDENTIFYING, Motivation.QUESTIONING,
        Motivation.EDITING,
    ):  # fmt: skip
        raise Missing("place")
    if not _link_is_whole(annotation):
        raise Missing("entity")


def _link_is_whole(annotation: Annotation) -> bool:
    if annotation.motivation == Motivation.EDITING:
        return not annotation.link_status  # it may name what its words are to be linked with
    if annotation.motivation != Motivation.IDENTIFYING:
        return annotation.entity_id is None and not annotation.link_status
    if annotation.link_status == LinkStatus.NOT_IDENTIFIABLE:
        return annotation.entity_id is None
    return annotation.link_status in LinkStatus.values and annotation.entity_id is not None


def say(saying: Saying) -> tuple[Annotation, Activity]:
    """Store it with its places, as `create_annotation` does."""
    with connection.cursor() as cursor:
        cursor.execute(statement_for(saying.annotation), _parameters(saying))
        row = cursor.fetchone()
    if row is None:
        return _explain(saying)
    annotation, agent = saying.annotation, saying.agent
    activity_id, aimed, *of_article = row
    annotation._state.adding = False
    annotation._state.db = connection.alias
    annotation.article = Article.from_db(connection.alias, OF_ARTICLE, of_article)
    targets = [
        Target(
            id=pk, annotation=annotation, position=place, passage_id=passage, start=span.start,
            end=span.end, exact=span.exact, prefix=prefix, suffix=suffix, revision=span.revision,
            state=state,
        )
        for place, ((pk, passage, prefix, suffix), span, state) in enumerate(
            zip(aimed or (), saying.spans, _states(saying), strict=True)
        )
    ]  # fmt: skip
    annotation.__dict__["_prefetched_objects_cache"] = {"targets": targets}
    activity = Activity(
        id=activity_id, actor=agent.user, agent=annotation.agent, verb=saying.verb,
        article=annotation.article, private=annotation.private, created=annotation.created,
        data=_log_of(annotation, [target_values(target) for target in targets])
        | {"version": annotation.article.version},
    )  # fmt: skip
    return annotation, activity


def _states(saying: Saying) -> list[str]:
    return list(saying.states) or [TargetState.ANCHORED.value] * len(saying.spans)


def _parameters(saying: Saying) -> dict[str, Any]:
    annotation, spans = saying.annotation, saying.spans
    own = {column: getattr(annotation, column) for column in COLUMNS}
    return own | {
        "numbers": [span.passage for span in spans],
        "revisions": [span.revision for span in spans],
        "starts": [span.start for span in spans],
        "ends": [span.end for span in spans],
        "exacts": [span.exact for span in spans],
        "states": _states(saying),
        "places": None if saying.places is None else list(saying.places),
        "verb": saying.verb.value,
        "data": json.dumps(_log_of(annotation, [])),
    }


def _log_of(annotation: Annotation, targets: list[dict[str, Any]]) -> dict[str, Any]:
    after = own_values(annotation) | {"targets": targets}
    row = {"model": "annotation", "id": str(annotation.pk), "before": None, "after": after}
    return {"rows": [row]}


def _explain(saying: Saying) -> tuple[Annotation, Activity]:
    """Nothing was stored: give what was made before with the same id, or say it of where the words
    stand by now; else raise what is wrong.
    """
    annotation = saying.annotation
    standing = Annotation.objects.filter(pk=annotation.pk).select_related("article").first()
    if standing is not None:
        return standing, _made_before(standing, annotation, saying.verb)
    article = Article.objects.live().filter(pk=annotation.article_id).first()
    if article is None:
        raise NotHere
    if saying.places is not None and article.collection_id not in saying.places:
        raise NotHere
    if annotation.tag_id and not Tag.objects.live().filter(pk=annotation.tag_id).exists():
        raise Gone("tag")
    if annotation.entity_id and not Entity.objects.live().filter(pk=annotation.entity_id).exists():
        raise Gone("entity")
    try:
        explain_spans(annotation.article_id, saying.spans)
    except StaleSpan as stale:
        if saying.is_carried:
            raise
        carried = carry_spans(annotation.article_id, saying.spans)
        if saying.verb == Verb.PROPOSE and NEEDS_CHECK in carried.states:
            raise  # what is proposed was for words that somebody has changed
        if not carried.spans:
            raise StaleSpan(stale.passage, "gone") from stale
        annotation.target_count = len(carried.spans)
        return say(replace(saying, spans=carried.spans, states=carried.states, is_carried=True))
    # It stands as it was stated by now: it was being changed a moment ago.
    raise StaleSpan(saying.spans[0].passage if saying.spans else 0, "changed")


def _made_before(standing: Annotation, wanted: Annotation, verb: Verb) -> Activity:
    """The act that made what the same person sends again; only its own maker may have it."""
    same = ("creator_id", "agent", "article_id", "motivation", "parent_id")
    if any(getattr(standing, name) != getattr(wanted, name) for name in same):
        raise IdTaken
    if standing.removed is not None:
        raise Gone("annotation")
    acts = Activity.objects.filter(article=standing.article_id, verb=verb)
    made = acts.filter(actor=standing.creator_id, created=standing.created).first()
    if made is None:
        raise IdTaken
    return made
