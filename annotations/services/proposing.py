"""Proposed corrections: made, accepted, rejected; the text is as it was until one is accepted."""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.utils import timezone

from annotations.models import Annotation, CorrectionState, Motivation, Target
from annotations.models.annotation import BODY_LENGTH, make_uuid
from annotations.queries.memory import MEMORY
from annotations.queries.offers import Memory
from annotations.services.annotating import (
    Decided,
    Gone,
    Missing,
    Saying,
    StaleAnnotation,
    TooLong,
    check_parts,
    clean_body,
    say,
)
from annotations.services.changing import touch_article
from annotations.services.correcting import Link, Why, correct_text
from annotations.services.journal import own_values, record_rows
from annotations.services.linked import linked_part
from annotations.services.spans import Refused, Span, StaleSpan, WrongSpan, check_spans
from articles.models import Passage, Verb
from articles.queries.rules import allows
from articles.text.wording import clean_words

if TYPE_CHECKING:
    import uuid
    from collections.abc import Callable, Iterator, Sequence

    from annotations.services.correcting import Corrected
    from annotations.services.journal import Row, Values
    from articles.models import Activity
    from articles.services.log import Agent

    Allow = Callable[[Annotation], None]
    AllowPlaces = Callable[[set[int]], None]

NOTHING: Final = Why()
OWN_PROPOSALS: Final = "own_proposals"  # the house rule
CHANGED: Final = ("state", "verdict", "decided_at", "decided_by_id")  # by a decision
WORD: Final = re.compile(r"\w+(?:[’'\-]\w+)*")


class OwnProposal(Refused):
    """Nobody accepts what they proposed themselves."""

    code = "own"


class Displaced(Refused):
    """Its words are gone or parted: there is nothing to put the correction in the place of."""

    code = "stale"


def propose_correction(
    *,
    article_id: int,
    span: Span,
    replacement: str,
    agent: Agent,
    why: Why = NOTHING,
    entity_id: int | None = None,
    key: uuid.UUID | None = None,
    places: Sequence[int] | None = None,
) -> tuple[Annotation, Activity]:
    """Propose other words for a span; an empty one means that something is to be inserted there.

    `places` are the collections where the person may (None: everywhere). Raises what
    `create_annotation` raises; `StaleSpan` also where the words were corrected meanwhile.
    """
    words = clean_words(replacement)
    if len(words) > BODY_LENGTH:
        raise TooLong
    if span.start == span.end:
        span, words = beside(article_id, span, words)
    check_spans([span])
    if words == span.exact:
        raise WrongSpan(span.passage, "same")
    why.data()  # refuses kinds and certainties that there are not
    now = timezone.now()
    annotation = Annotation(
        id=key or make_uuid(), article_id=article_id, motivation=Motivation.EDITING,
        creator=agent.user, agent="" if agent.user else agent.name, body=clean_body(why.reason),
        flag_kind=why.kind, certainty=why.certainty, evidence=clean_body(why.evidence),
        replacement=words, state=CorrectionState.PROPOSED, entity_id=entity_id, target_count=1,
        created=now, modified=now,
    )  # fmt: skip
    check_parts(annotation)
    return say(Saying(annotation, agent, [span], places, verb=Verb.PROPOSE))


def beside(article_id: int, span: Span, inserted: str) -> tuple[Span, str]:
    """An insertion as the replacing of the word beside it: by itself with what is inserted."""
    if not inserted.strip():
        raise WrongSpan(span.passage, "same")
    found = Passage.objects.live().filter(article=article_id, number=span.passage)
    passage = found.only("text", "revision").first()
    if passage is None or passage.revision != span.revision:
        raise StaleSpan(span.passage, "changed")
    text, at = passage.text, span.start
    words = list(WORD.finditer(text))
    before = [word for word in words if word.start() < at]
    if before:
        start, end = before[-1].start(), max(at, before[-1].end())
    elif words:
        start, end = min(at, words[0].start()), words[0].end()
    else:
        raise WrongSpan(span.passage, "blank")
    made = text[start:at] + inserted + text[at:end]
    return Span(span.passage, span.revision, start, end, text[start:end]), made


def accept_correction(
    *, annotation_id: uuid.UUID, version: int, agent: Agent, allow: Allow, allow_places: AllowPlaces
) -> tuple[Annotation, Corrected]:
    """Put a proposal's words into the text, link them where it names an entity; one act.

    `allow` gets the proposal, locked, `allow_places` the article's collection: each raises what it
    wants when the person may not. Raises `OwnProposal`, `Decided`, `Displaced`, or what
    `correct_text` raises.
    """
    with proposed(annotation_id, version, allow) as proposal:
        refuse_own(proposal, agent)
        span = span_of_proposal(proposal)
        row = decide(proposal, CorrectionState.ACCEPTED, agent)
        done = correct_text(
            article_id=proposal.article_id, span=span, replacement=proposal.replacement,
            agent=agent, allow=allow_places, why=why_of(proposal), link=link_of(proposal, span),
            made_for=[proposal], verb=Verb.DECIDE, more_rows=[row],
        )  # fmt: skip
    return proposal, done


def reject_correction(
    *, annotation_id: uuid.UUID, version: int, agent: Agent, allow: Allow, verdict: str = ""
) -> tuple[Annotation, Activity]:
    """Leave the text as it is, and say why."""
    with proposed(annotation_id, version, allow) as proposal:
        row = decide(proposal, CorrectionState.REJECTED, agent, clean_body(verdict))
        article_version = touch_article(proposal.article_id)
        activity = record_rows(
            agent, Verb.DECIDE, [row], article=proposal.article, version=article_version
        )
    return proposal, activity


@contextmanager
def proposed(annotation_id: uuid.UUID, version: int, allow: Allow) -> Iterator[Annotation]:
    """An open proposal at the version that the person saw, locked, in one transaction."""
    with transaction.atomic():
        found = Annotation.objects.live().filter(pk=annotation_id).select_related("article")
        proposal = found.select_for_update(of=("self",)).first()
        if proposal is None:
            raise Gone("annotation")
        allow(proposal)
        if proposal.motivation != Motivation.EDITING:
            raise Missing("state")
        if proposal.state != CorrectionState.PROPOSED:
            raise Decided
        if proposal.version != version:
            raise StaleAnnotation(proposal)
        yield proposal


def refuse_own(proposal: Annotation, agent: Agent) -> None:
    """A second pair of eyes, unless the house rules do without."""
    own = agent.user is not None and proposal.creator_id == agent.user.pk
    if own and not allows(OWN_PROPOSALS):
        raise OwnProposal


def span_of_proposal(proposal: Annotation) -> Span:
    """Where its words stand; raises `Displaced`."""
    targets = list(Target.objects.filter(annotation=proposal).select_related("passage"))
    if len(targets) != 1 or targets[0].state == "detached" or targets[0].passage.retired:
        raise Displaced
    [target] = targets
    number = target.passage.number
    return Span(number, target.revision, target.start, target.end, target.exact)


def decide(proposal: Annotation, state: CorrectionState, agent: Agent, verdict: str = "") -> Row:
    """Close a locked proposal; gives the row for the log."""
    before = own_values(proposal)
    proposal.state, proposal.verdict = state, verdict
    proposal.decided_at, proposal.decided_by = timezone.now(), agent.user
    proposal.version += 1
    fields = ["state", "verdict", "decided_at", "decided_by", "version", "modified"]
    proposal.save(update_fields=fields)
    after = own_values(proposal)
    changed: Values = {name: after[name] for name in CHANGED}
    return "annotation", proposal.pk, {name: before[name] for name in CHANGED}, changed


def why_of(proposal: Annotation) -> Why:
    """What the proposal says of itself, as the correction's own."""
    return Why(proposal.flag_kind, proposal.body, proposal.certainty, proposal.evidence)


def link_of(proposal: Annotation, span: Span) -> Link | None:
    """The link that it asks for: on the entity's name in the replacement."""
    if proposal.entity_id is None:
        return None
    part = linked_part(proposal.replacement, proposal.entity_id, proposal.article.language)
    if part is None:
        return None
    remember = may_remember(proposal, span)
    return Link(proposal.entity_id, *part, remember=remember)


def may_remember(proposal: Annotation, span: Span) -> bool:
    """Whether the words become a garbling of the entity: what the memory proposed is one."""
    memory = Memory(span.exact, proposal.article.language)
    return bool(proposal.agent != MEMORY and memory.may_keep(proposal.entity_id))
