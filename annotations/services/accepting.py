"""Many proposals accepted at once, as one act: those that are in nobody's way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction

from annotations.models import Annotation, CorrectionState, Entity, Motivation, Target
from annotations.services.annotating import Missing
from annotations.services.correcting import close_flags, edits_for, make_link_at
from annotations.services.journal import logged_rows
from annotations.services.linked import linked_part
from annotations.services.proposing import OWN_PROPOSALS, decide
from annotations.services.spans import Span, StaleSpan
from articles.models import Verb
from articles.queries.rules import allows
from articles.services.operating import Act, StaleText, Work, WrongText, operate
from articles.signals import Following
from articles.text.edits import joined
from articles.text.operations import Text

if TYPE_CHECKING:
    import uuid
    from collections.abc import Callable, Iterable, Sequence

    from annotations.services.journal import Row
    from articles.services.log import Agent
    from articles.services.operating import Done
    from articles.signals import Operated
    from articles.text.edits import Edit

MOST: Final = 500  # at once


@dataclass(frozen=True, slots=True)
class Accepted:
    """What was accepted, and the act; the others stay as they are."""

    proposals: Sequence[Annotation]
    done: Done


def accept_many(
    *, ids: Iterable[uuid.UUID], agent: Agent, allow: Callable[[set[int]], None]
) -> Accepted:
    """Accept these, but for what the person proposed, what has moved and what stands on the same
    words; links are made where they name an entity. Raises `Missing` where nothing is left.
    """
    with transaction.atomic():
        proposals = _open(ids, agent)
        chosen = _apart(proposals)
        if not chosen:
            raise Missing("proposals")
        kept = [one for one, _ in chosen]
        rows: list[Row] = [decide(one, CorrectionState.ACCEPTED, agent) for one in kept]
        others = _on_the_words(chosen)
        flags = [one for one, _ in others if one.motivation == Motivation.QUESTIONING]
        rows += close_flags(flags, agent)
        same = [
            (one, proposal)
            for one, proposal in others
            if one.entity_id and one.entity_id == proposal.entity_id
        ]
        linked = {proposal.pk for _, proposal in same}
        ids_made_for = {str(one.pk) for one in (*kept, *flags, *(one for one, _ in same))}

        def make_links(operated: Sequence[Operated]) -> Sequence[dict[str, Any]]:
            wanted = [one for one in kept if one.entity_id and one.pk not in linked]
            return logged_rows(_make_links(wanted, operated, agent))

        act = Act(
            agent, Verb.DECIDE, allow, rows=logged_rows(rows), then=make_links,
            following=Following(made_for=frozenset(ids_made_for)),
        )  # fmt: skip
        try:
            done = operate(_works(chosen), act)
        except (StaleText, WrongText) as fault:
            raise StaleSpan(getattr(fault, "passage", 0), "changed") from fault
    return Accepted(kept, done)


def _open(ids: Iterable[uuid.UUID], agent: Agent) -> list[Annotation]:
    found = Annotation.objects.live().filter(
        pk__in=list(ids)[:MOST], motivation=Motivation.EDITING, state=CorrectionState.PROPOSED,
        private=False,
    )  # fmt: skip
    if agent.user is not None and not allows(OWN_PROPOSALS):
        found = found.exclude(creator=agent.user)
    return list(found.select_related("article").order_by("pk").select_for_update(of=("self",)))


def _apart(proposals: Sequence[Annotation]) -> list[tuple[Annotation, Target]]:
    """Those whose words stand as they were, and that no other one of these is for."""
    targets: dict[uuid.UUID, list[Target]] = {one.pk: [] for one in proposals}
    found = Target.objects.filter(annotation__in=list(targets), passage__retired=False)
    for target in found.select_related("passage"):
        targets[target.annotation_id].append(target)
    placed = [
        (one, targets[one.pk][0])
        for one in proposals
        if len(targets[one.pk]) == 1 and targets[one.pk][0].state == "anchored"
    ]
    placed.sort(key=lambda pair: (pair[0].article_id, pair[1].passage_id, pair[1].start))
    return [
        pair
        for place, pair in enumerate(placed)
        if not any(_touch(pair[1], placed[other][1]) for other in (place - 1, place + 1)
                   if 0 <= other < len(placed))
    ]  # fmt: skip


def _touch(one: Target, other: Target) -> bool:
    same = one.passage_id == other.passage_id
    return same and one.start <= other.end and other.start <= one.end


def _on_the_words(
    chosen: Sequence[tuple[Annotation, Target]],
) -> list[tuple[Annotation, Annotation]]:
    """Open flags and links on the words of proposals, each with its proposal; locked."""
    words: dict[int, list[tuple[int, int, Annotation]]] = {}
    for proposal, one in chosen:
        words.setdefault(one.passage_id, []).append((one.start, one.end, proposal))
    found = Target.objects.filter(passage__in=words).exclude(state="detached")
    inside: dict[uuid.UUID, Annotation] = {}
    for pk, passage, start, end in found.values_list("annotation", "passage", "start", "end"):
        for begin, stop, proposal in words[passage]:
            if begin <= start and end <= stop:
                inside[pk] = proposal
    held = Annotation.objects.live().filter(
        pk__in=inside, motivation__in=(Motivation.QUESTIONING, Motivation.IDENTIFYING),
        decided_at=None, private=False,
    )  # fmt: skip
    rows = held.order_by("pk").select_for_update(of=("self",))
    return [(one, inside[one.pk]) for one in rows]


def _works(chosen: Sequence[tuple[Annotation, Target]]) -> list[Work]:
    edits: dict[tuple[int, int], list[Edit]] = {}
    seen: dict[int, dict[int, int]] = {}
    for proposal, target in chosen:
        number = target.passage.number
        span = Span(number, target.revision, target.start, target.end, target.exact)
        edits.setdefault((proposal.article_id, number), []).extend(
            edits_for(span, proposal.replacement)
        )
        seen.setdefault(proposal.article_id, {})[number] = target.revision
    return [
        Work(
            article,
            [Text(number, joined(some)) for (of, number), some in edits.items() if of == article],
            seen[article],
        )
        for article in sorted(seen)
    ]


def _make_links(
    wanted: Sequence[Annotation], operated: Sequence[Operated], agent: Agent
) -> list[Row]:
    """Links on the words as they stand now: the proposals' own targets say where that is."""
    live = Entity.objects.live().filter(pk__in={one.entity_id for one in wanted})
    standing = set(live.select_for_update(no_key=True).values_list("pk", flat=True))
    places = {
        target.annotation_id: target
        for target in Target.objects.filter(annotation__in=wanted).select_related("passage")
    }
    by_article = {one.article_id: one for one in operated}
    rows = []
    for proposal in wanted:
        target = places[proposal.pk]
        if proposal.entity_id not in standing or target.state == "detached":
            continue
        part = linked_part(target.exact, proposal.entity_id, proposal.article.language)
        if part is not None:
            start, end = target.start + part[0], target.start + part[1]
            _made, row = make_link_at(
                by_article[proposal.article_id], target.passage.number, start, end,
                proposal.entity_id, agent,
            )  # fmt: skip
            rows.append(row)
    return rows
