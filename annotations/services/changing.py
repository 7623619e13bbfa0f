"""Changing what was said: its words, its place, its status; and taking it away, softly.

Each act names the annotation's version that the person saw: nobody overwrites anybody.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from annotations.models import (
    Annotation,
    CorrectionState,
    Entity,
    LinkStatus,
    Motivation,
    Tag,
    Target,
    TargetState,
)
from annotations.models.annotation import CONTEXT_LENGTH
from annotations.services.annotating import (
    Decided,
    Gone,
    Missing,
    StaleAnnotation,
    check_parts,
    clean_body,
)
from annotations.services.journal import (
    TARGETS,
    own_values,
    put_targets,
    record_rows,
    snapshot,
    touch_articles,
)
from annotations.services.spans import Refused, Span, check_spans, explain_spans
from annotations.text.quotes import words_mark
from articles.models import Passage, Verb
from articles.text.wording import clean_words

if TYPE_CHECKING:
    import uuid
    from collections.abc import Callable, Iterator, Sequence

    from annotations.services.journal import Row, Values
    from articles.models import Activity
    from articles.services.log import Agent

    Allow = Callable[[Annotation], None]

# What may be changed of an annotation; its motivation, creator and article stay.
CHANGEABLE = frozenset({
    "body", "tag_id", "flag_kind", "entity_id", "link_status", "private",
    "replacement", "certainty", "evidence",
})  # fmt: skip
CLEAN: Final = {"body": clean_body, "evidence": clean_body, "replacement": clean_words}
TOUCH: Final = """
UPDATE articles_article SET version = version + 1, updated = %s WHERE id = %s RETURNING version
"""


class WordsChanged(Refused):
    """The words that it is said of are others by now than this person saw."""

    code = "stale"


class Answered(Refused):
    """Others have replied: what they wrote is not taken away, or hidden, with it."""


def change_annotation(
    *, annotation_id: uuid.UUID, version: int, agent: Agent, allow: Allow, **fields: Any
) -> tuple[Annotation, Activity | None]:
    """Change some of the `CHANGEABLE` fields; no activity when that changes nothing.

    `allow` gets the annotation, locked, and raises what it wants when the person may not; so it
    does in each act here.
    """
    if not fields.keys() <= CHANGEABLE:
        raise ValueError(sorted(fields.keys() - CHANGEABLE))
    with _locked(annotation_id, version, allow) as annotation:
        before = own_values(annotation)
        if annotation.state not in ("", CorrectionState.PROPOSED):
            raise Decided
        for name, value in fields.items():
            setattr(annotation, name, CLEAN[name](value) if name in CLEAN else value)
        if any(before[name] != getattr(annotation, name) for name in ("entity_id", "link_status")):
            _sign(annotation, agent)
        check_parts(annotation)
        _refuse_gone(annotation, fields)
        if before == own_values(annotation):
            return annotation, None
        more = _replies_follow(annotation, agent) if before["private"] != annotation.private else []
        return annotation, _store(annotation, agent, before, more)


def move_annotation(
    *,
    annotation_id: uuid.UUID,
    version: int,
    agent: Agent,
    allow: Allow,
    spans: Sequence[Span],
) -> tuple[Annotation, Activity | None]:
    """Say it of other places of the same article, in place of those it has."""
    with _locked(annotation_id, version, allow) as annotation:
        if annotation.motivation == Motivation.REPLYING or not spans:
            raise Missing("place")
        before = snapshot(annotation)
        targets = cut_targets(annotation.article_id, spans)
        if targets == before["targets"]:
            return annotation, None
        put_targets(annotation, targets)
        return annotation, _store(annotation, agent, before)


def confirm_targets(
    *, annotation_id: uuid.UUID, version: int, agent: Agent, allow: Allow, seen: str = ""
) -> tuple[Annotation, Activity | None]:
    """Say that it holds for its words though they have changed.

    `seen` is the `words_mark` of those that the person saw; raises `WordsChanged` where they are
    others by now.
    """
    with _locked(annotation_id, version, allow) as annotation:
        before = snapshot(annotation)
        waiting = Target.objects.filter(annotation=annotation, state=TargetState.NEEDS_CHECK)
        words = [one["exact"] for one in before[TARGETS] if one["state"] == TargetState.NEEDS_CHECK]
        if seen and words and words_mark(words) != seen:
            raise WordsChanged
        if not waiting.update(state=TargetState.ANCHORED):
            return annotation, None
        return annotation, _store(annotation, agent, before)


def set_link_status(
    *, annotation_id: uuid.UUID, version: int, agent: Agent, allow: Allow, status: str
) -> tuple[Annotation, Activity | None]:
    """Say how sure a link is, and who says so; what is not identifiable has no entity."""
    with _locked(annotation_id, version, allow) as annotation:
        if annotation.motivation != Motivation.IDENTIFYING or status not in LinkStatus.values:
            raise Missing("entity")
        before = own_values(annotation)
        if before["link_status"] == status:
            return annotation, None
        annotation.link_status = status
        if status == LinkStatus.NOT_IDENTIFIABLE:
            annotation.entity_id = None
        _sign(annotation, agent)
        check_parts(annotation)
        return annotation, _store(annotation, agent, before)


def remove_annotation(
    *,
    annotation_id: uuid.UUID,
    version: int,
    agent: Agent,
    allow: Allow,
    may_remove_replies: bool = False,
) -> tuple[Annotation, Activity]:
    """Delete an annotation with the replies to it, softly: the undoing brings all of them back.

    Raises `Answered` where others have replied, unless the person may delete their replies too.
    """
    with _locked(annotation_id, version, allow) as annotation:
        now = timezone.now()
        replies = list(annotation.replies.live().order_by("pk").select_for_update(of=("self",)))
        others = [reply for reply in replies if reply.creator_id != annotation.creator_id]
        if others and not may_remove_replies:
            raise Answered
        rows: list[Row] = []
        for row in (*replies, annotation):
            row.removed = now
            rows.append(("annotation", row.pk, {"removed": None}, {"removed": now.isoformat()}))
        ids = [row.pk for row in (*replies, annotation)]
        Annotation.objects.filter(pk__in=ids).update(
            removed=now, modified=now, version=F("version") + 1
        )
        activity = record_rows(
            agent, Verb.REMOVE, rows, article=annotation.article, private=annotation.private
        )
        touch_articles([annotation.article_id])
        return annotation, activity


@contextmanager
def _locked(annotation_id: uuid.UUID, version: int, allow: Allow) -> Iterator[Annotation]:
    """The live annotation at the version that the person saw, in one transaction with the act."""
    with transaction.atomic():
        found = Annotation.objects.filter(pk=annotation_id).select_related("article")
        annotation = found.select_for_update(of=("self",)).first()
        if annotation is None:
            raise Gone("annotation")
        allow(annotation)
        if annotation.removed is not None:
            raise Gone("annotation")
        if annotation.version != version:
            raise StaleAnnotation(annotation)
        yield annotation


def _sign(annotation: Annotation, agent: Agent) -> None:
    annotation.status_by = agent.user
    annotation.status_at = timezone.now()


def _refuse_gone(annotation: Annotation, fields: dict[str, Any]) -> None:
    tag, entity = fields.get("tag_id"), fields.get("entity_id")
    if tag and not _hold(Tag.objects.live().filter(pk=tag)):
        raise Gone("tag")
    if entity and not _hold(Entity.objects.live().filter(pk=entity)):
        raise Gone("entity")


def _hold(rows: Any) -> bool:
    """Whether it is there, and stays until this act is done."""
    return bool(list(rows.select_for_update(of=("self",)).values_list("pk", flat=True)))


def _replies_follow(annotation: Annotation, agent: Agent) -> list[Row]:
    """Replies are as private as what they reply to; what others have answered stays open."""
    replies = list(annotation.replies.live().order_by("pk").select_for_update(of=("self",)))
    if annotation.private and (
        annotation.creator_id != (agent.user.pk if agent.user else None)
        or any(reply.creator_id != annotation.creator_id for reply in replies)
    ):
        raise Answered
    ids = [reply.pk for reply in replies]
    Annotation.objects.filter(pk__in=ids).update(private=annotation.private)
    now, before = annotation.private, not annotation.private
    return [("annotation", pk, {"private": before}, {"private": now}) for pk in ids]


def cut_targets(article_id: int, spans: Sequence[Span]) -> list[Values]:
    """The targets for these spans, their quotes and context cut from the text as it stands."""
    check_spans(spans)
    numbers = [span.passage for span in spans]
    rows = Passage.objects.live().filter(article=article_id, number__in=numbers)
    rows = rows.order_by("pk").select_for_update(of=("self",), no_key=True)
    standing = {passage.number: passage for passage in rows.only("pk", "number", "text")}
    explain_spans(article_id, spans)
    targets = []
    for span in spans:
        text = standing[span.passage].text
        targets.append({
            "passage": standing[span.passage].pk,
            "start": span.start,
            "end": span.end,
            "exact": text[span.start : span.end],
            "prefix": text[max(0, span.start - CONTEXT_LENGTH) : span.start],
            "suffix": text[span.end : span.end + CONTEXT_LENGTH],
            "state": "anchored",
            "revision": span.revision,
        })  # fmt: skip
    return targets


def touch_article(article_id: int) -> int:
    """Raise the version of one article; gives it, for the act to name."""
    with connection.cursor() as cursor:
        cursor.execute(TOUCH, [timezone.now(), article_id])
        return int(cursor.fetchone()[0])


def _store(
    annotation: Annotation, agent: Agent, before: Values, more: Sequence[Row] = ()
) -> Activity:
    """Store the row as it stands now, raise the versions, log the act; a move names the version."""
    annotation.version += 1
    annotation.save()
    moved = TARGETS in before
    after = snapshot(annotation) if moved else own_values(annotation)
    rows: list[Row] = [("annotation", annotation.pk, before, after), *more]
    version = touch_article(annotation.article_id)
    data: dict[str, Any] = {"version": version} if moved else {}
    return record_rows(
        agent,
        Verb.ANNOTATION,
        rows,
        article=annotation.article,
        private=annotation.private,
        **data,
    )
