"""One gesture: correct the words, link them, remember the garbling; one act, undone as a whole."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from django.utils import timezone

from annotations.models import (
    Annotation,
    Certainty,
    Entity,
    FlagKind,
    LinkStatus,
    Motivation,
    Target,
)
from annotations.models.annotation import make_uuid
from annotations.services.annotating import Gone, Missing, clean_body
from annotations.services.carrying import Standing, values_at
from annotations.services.entity_parts import remember_garbling
from annotations.services.journal import TARGETS, logged_rows, own_values
from annotations.services.spans import Refused, StaleSpan, WrongSpan, check_spans
from annotations.text.mapping import Place
from articles.models import Activity, Verb
from articles.services.operating import Act, StaleText, Work, WrongText, operate
from articles.signals import Following
from articles.text.edits import Edit, minimal_edits
from articles.text.operations import Text
from articles.text.wording import clean_words
from diplowatch.lib.statements import fetch_planned

if TYPE_CHECKING:
    import uuid
    from collections.abc import Callable, Sequence

    from annotations.services.journal import Row
    from annotations.services.spans import Span
    from articles.services.log import Agent
    from articles.services.operating import Done
    from articles.signals import Operated

ON_THE_WORDS: Final = """
SELECT a.id FROM annotations_annotation AS a
WHERE a.article_id = %s AND a.removed IS NULL AND a.decided_at IS NULL AND NOT a.private
    AND a.motivation IN ('questioning', 'identifying') AND a.id IN (
        SELECT t.annotation_id FROM annotations_target AS t
        JOIN articles_passage AS p ON p.id = t.passage_id
        WHERE p.article_id = a.article_id AND p.number = %s AND t.start >= %s AND t."end" <= %s
            AND t.state IN ('anchored', 'needs_check'))
ORDER BY a.id FOR UPDATE OF a
"""
SENT: Final = """
SELECT id FROM articles_activity
WHERE article_id = %s AND actor_id = %s AND created >= %s AND data->>'key' = %s LIMIT 1
"""
SENT_AGAIN: Final = datetime.timedelta(days=1)  # how long what was sent may be sent again


@dataclass(frozen=True, slots=True)
class Why:
    """What is said of a correction: the kind of fault, the reason, how sure, what bears it out."""

    kind: str = ""
    reason: str = ""
    certainty: str = ""
    evidence: str = ""

    def data(self) -> dict[str, str]:
        """As the log keeps it; what is not said is left out."""
        said = {
            "kind": self.kind, "reason": clean_body(self.reason), "certainty": self.certainty,
            "evidence": clean_body(self.evidence),
        }  # fmt: skip
        if self.kind not in ("", *FlagKind.values) or (
            self.certainty not in ("", *Certainty.values)
        ):
            raise Missing("kind")
        return {name: value for name, value in said.items() if value}


@dataclass(frozen=True, slots=True)
class Link:
    """What the corrected words are linked to, from `start` to `end` in the replacement.

    With `remember` the words that stood there become one of the entity's garblings; `garbled` says
    which of them, where more was replaced. `key` is the id of the link.
    """

    entity: int
    start: int
    end: int
    status: str = LinkStatus.VERIFIED.value
    remember: bool = False
    garbled: str = ""
    key: uuid.UUID | None = None


@dataclass(frozen=True, slots=True)
class Corrected:
    """What a correction did; `link` is the link that it made."""

    done: Done
    link: Annotation | None
    closed: Sequence[Annotation]


class AlreadyCorrected(Refused):
    """The very same was sent before, and done."""

    def __init__(self, activity: Activity) -> None:
        """Keep the act."""
        self.activity = activity
        super().__init__(f"activity {activity.pk}")


def correct_text(
    *,
    article_id: int,
    span: Span,
    replacement: str,
    agent: Agent,
    allow: Callable[[set[int]], None],
    why: Why = Why(),
    link: Link | None = None,
    made_for: Sequence[Annotation] = (),
    verb: Verb = Verb.CORRECT,
    more_rows: Sequence[Row] = (),
    key: uuid.UUID | None = None,
) -> Corrected:
    """Replace the words of a span, which may be empty: then something is inserted.

    Flags on the replaced words are closed, and links of them to the same entity hold for the new
    words; so do the annotations `made_for` which it was made (locked by the caller). What else
    stands on the words follows them and is marked to be checked. Raises `StaleSpan` where somebody
    changed the very same words, `WrongSpan` or `Missing` for what cannot be, `AlreadyCorrected`
    where this person has sent the same `key` before.
    """
    words = clean_words(replacement)
    edits = edits_for(span, words)
    if not edits:
        raise WrongSpan(span.passage, "same")
    data = why.data() | ({"key": str(key)} if key else {})
    doing = _Correcting(article_id, span, words, edits, agent, link)

    def allow_once(places: set[int]) -> None:
        allow(places)
        if key is not None:  # asked once the passage is locked: the other is done by then
            _refuse_twice(article_id, agent, key)

    def act() -> Act:
        doing.lock()
        rows = [*more_rows, *close_flags(doing.flags, agent)]
        ids = {str(one.pk) for one in (*doing.flags, *doing.same, *made_for)}
        return Act(
            agent, verb, allow_once, data=data, rows=logged_rows(rows), then=doing.make_link,
            following=Following(made_for=frozenset(ids)),
        )  # fmt: skip

    work = Work(article_id, [Text(span.passage, edits)], {span.passage: span.revision})
    done = operate_span([work], act, span)
    return Corrected(done, doing.made, doing.flags)


@dataclass(slots=True)
class _Correcting:
    """A correction while it is made: what is said on its words, and its link."""

    article_id: int
    span: Span
    words: str
    edits: Sequence[Edit]
    agent: Agent
    link: Link | None
    flags: list[Annotation] = field(default_factory=list)
    same: list[Annotation] = field(default_factory=list)  # links to the entity that is meant
    made: Annotation | None = None

    def lock(self) -> None:
        """Before the passages: in the order in which all acts lock."""
        held = _on_the_words(self.article_id, self.span)
        self.flags = [one for one in held if one.motivation == Motivation.QUESTIONING]
        self.same = [one for one in held if self.link and one.entity_id == self.link.entity]

    def make_link(self, operated: Sequence[Operated]) -> Sequence[dict[str, Any]]:
        """After them; gives the rows for the log."""
        if self.link is None:
            return ()
        entity = _hold(self.link)
        rows = _remember(entity, self.span, self.words, self.link)
        if not self.same:
            self.made, row = _make_link(
                operated[0], self.edits, self.span, self.words, self.link, self.agent
            )
            rows.append(row)
        return logged_rows(rows)


def operate_span(works: Sequence[Work], act: Callable[[], Act], span: Span) -> Done:
    """Operate, and say what is wrong in terms of the span that was sent."""
    try:
        return operate(works, act)
    except StaleText as fault:
        raise StaleSpan(span.passage, "changed") from fault
    except WrongText as fault:
        raise WrongSpan(span.passage, "quote") from fault


def edits_for(span: Span, words: str) -> tuple[Edit, ...]:
    """The edits that put `words` in the place of a span, word by word where they match up."""
    if span.exact:
        check_spans([span])
        found = minimal_edits(span.exact, words)
        return tuple(edit._replace(start=edit.start + span.start) for edit in found)
    return (Edit(span.start, "", words),) if words else ()


def garbled_part(old: str, new: str, link: Link) -> str:
    """Which of the replaced words became the linked part: what stands alike around it is left out.

    "M. Macrom" corrected to "M. Macron", of which "Macron" is linked, gives "Macrom".
    """
    if link.garbled.strip() and link.garbled in old:
        return link.garbled.strip()
    before, after = new[: link.start], new[link.end :]
    part = old.removeprefix(before)
    part = part.removesuffix(after) if after else part
    return part.strip() or old


def _refuse_twice(article_id: int, agent: Agent, key: uuid.UUID) -> None:
    since = timezone.now() - SENT_AGAIN
    actor = agent.user.pk if agent.user else None
    for (pk,) in fetch_planned(SENT, [article_id, actor, since, str(key)]):
        raise AlreadyCorrected(Activity.objects.get(pk=pk))


def _remember(entity: Entity, span: Span, words: str, link: Link) -> list[Row]:
    if not link.remember:
        return []
    return remember_garbling(entity, garbled_part(span.exact, words, link))


def _hold(link: Link) -> Entity:
    found = Entity.objects.live().filter(pk=link.entity)
    entity = found.select_for_update(no_key=True).first()
    if entity is None:
        raise Gone("entity")
    return entity


def _on_the_words(article_id: int, span: Span) -> list[Annotation]:
    """Open flags on the words or inside them, and links of just these words; locked.

    What somebody keeps private is their own affair: it only follows.
    """
    if not span.exact:
        return []
    keys = fetch_planned(ON_THE_WORDS, [article_id, span.passage, span.start, span.end])
    if not keys:
        return []
    return list(Annotation.objects.filter(pk__in=[key for (key,) in keys]).order_by("pk"))


def close_flags(flags: Sequence[Annotation], agent: Agent) -> list[Row]:
    """Flags that a correction answers are closed by it."""
    now = timezone.now()
    who = agent.user.pk if agent.user else None
    rows: list[Row] = []
    for flag in flags:
        before = {"decided_at": None, "decided_by_id": None}
        after = {"decided_at": now.isoformat(), "decided_by_id": who}
        rows.append(("annotation", flag.pk, before, after))
        flag.decided_at, flag.decided_by_id = now, who
        flag.version += 1
    Annotation.objects.bulk_update(flags, ["decided_at", "decided_by", "version"])
    return rows


def _make_link(
    operated: Operated, edits: Sequence[Edit], span: Span, words: str, link: Link, agent: Agent
) -> tuple[Annotation, Row]:
    """The link on its part of the replacement, wherever that stands by now."""
    text = next((one for one in operated.operations if isinstance(one, Text)), None)
    if text is None or len(text.edits) != len(edits):
        raise StaleSpan(span.passage, "changed")  # somebody has corrected a part of it just so
    # What came meanwhile moved the edits: all of them by the same, since they are of one place.
    moved = text.edits[0].start - edits[0].start
    start, end = span.start + moved + link.start, span.start + moved + link.end
    if operated.now[text.passage][start:end] != words[link.start : link.end]:
        raise StaleSpan(span.passage, "changed")  # somebody changed words beside those
    return make_link_at(
        operated, text.passage, start, end, link.entity, agent, status=link.status, key=link.key
    )


def make_link_at(
    operated: Operated, number: int, start: int, end: int, entity: int, agent: Agent, *,
    status: str = LinkStatus.VERIFIED.value, key: uuid.UUID | None = None,
) -> tuple[Annotation, Row]:  # fmt: skip
    """A link on words of a passage as an act leaves it (code points, end exclusive)."""
    words = operated.now[number]
    if not 0 <= start < end <= len(words) or not words[start:end].strip():
        raise WrongSpan(number, "range")
    standing = Standing(
        operated.keys[number], operated.article_id, number, words, operated.revisions[number]
    )
    annotation = Annotation(
        id=key or make_uuid(), article_id=operated.article_id,
        motivation=Motivation.IDENTIFYING, creator=agent.user,
        agent="" if agent.user else agent.name, entity_id=entity, link_status=status,
        status_by=agent.user, status_at=timezone.now(), target_count=1,
    )  # fmt: skip
    annotation.save(force_insert=True)
    values = values_at(Place(number, start, end), standing)
    own = {name: value for name, value in values.items() if name != "passage"}
    Target.objects.create(annotation=annotation, passage_id=values["passage"], **own)
    made = own_values(annotation) | {TARGETS: [values]}
    return annotation, ("annotation", annotation.pk, None, made)
