"""The same words corrected, or proposed to be, in many texts: one act, undone as one."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from django.db import connection, transaction
from django.utils import timezone

from annotations.models import (
    Annotation,
    CorrectionState,
    Entity,
    LinkStatus,
    Motivation,
    Target,
)
from annotations.models.annotation import make_uuid
from annotations.services.annotating import Gone, clean_body
from annotations.services.carrying import Standing, values_at
from annotations.services.correcting import Why, close_flags, edits_for
from annotations.services.journal import (
    TARGETS,
    logged_rows,
    own_values,
    record_rows,
    touch_articles,
)
from annotations.services.linked import linked_part
from annotations.services.spans import Span, StaleSpan
from annotations.text.mapping import Place
from articles.models import Article, Verb
from articles.services.operating import Act, TextFault, Work, operate
from articles.signals import Following
from articles.text.edits import joined
from articles.text.operations import Text
from articles.text.wording import clean_words

if TYPE_CHECKING:
    import uuid
    from collections.abc import Callable, Mapping, Sequence

    from annotations.services.journal import Row, Values
    from articles.models import Activity
    from articles.services.log import Agent
    from articles.signals import Operated
    from articles.text.edits import Edit

    Allow = Callable[[set[int]], None]
    Linked = dict[tuple[str, str], tuple[int, int] | None]  # by replacement and language

NOTHING: Final = Why()
AT_ONCE: Final = 500  # rows written by one statement
# In the order of their ids, as all acts lock them.
HOLD: Final = """
SELECT p.id, p.article_id, p.number, p.revision, p.text, a.language, a.collection_id
FROM articles_passage AS p JOIN articles_article AS a ON a.id = p.article_id
WHERE (p.article_id, p.number) IN (SELECT * FROM unnest(%s::bigint[], %s::int[]))
    AND NOT p.retired AND a.removed IS NULL ORDER BY p.id FOR NO KEY UPDATE OF p
"""
ON_THE_WORDS: Final = """
SELECT t.annotation_id, t.passage_id, t.start, t."end" FROM annotations_target AS t
JOIN articles_passage AS p ON p.id = t.passage_id
WHERE (p.article_id, p.number) IN (SELECT * FROM unnest(%s::bigint[], %s::int[]))
    AND t.state IN ('anchored', 'needs_check')
"""


class Spot(NamedTuple):
    """Words to correct, as they were seen (code points, end exclusive)."""

    article: int
    passage: int
    revision: int
    start: int
    end: int
    exact: str
    replacement: str


class Held(NamedTuple):
    """A passage, locked."""

    pk: int
    article: int
    number: int
    revision: int
    text: str
    language: str
    collection: int


@dataclass(frozen=True, slots=True)
class Done:
    """The act, None where nothing was left to do; the spots that it left out."""

    activity: Activity | None
    spots: Sequence[Spot]
    left_out: Sequence[Spot]

    @property
    def articles(self) -> set[int]:
        """The articles that the act is on."""
        return {spot.article for spot in self.spots}


def correct_everywhere(
    *,
    spots: Sequence[Spot],
    agent: Agent,
    allow: Allow,
    why: Why = NOTHING,
    entity_id: int | None = None,
    as_proposals: bool = False,
) -> Done:
    """Correct all of it, or propose to; spots that were changed since they were seen are left out.

    Links to the entity are made on the new words, unverified; flags on the old ones are closed.
    Raises `Gone`, `Missing`, or what `allow` raises for the collections.
    """
    why.data()  # refuses kinds and certainties that there are not
    cleaned = [spot._replace(replacement=clean_words(spot.replacement)) for spot in spots]
    with transaction.atomic():
        if entity_id and not Entity.objects.live().filter(pk=entity_id).exists():
            raise Gone("entity")
        inside = [] if as_proposals else _hold_annotations(cleaned, entity_id)
        held = _hold(cleaned)
        allow({one.collection for one in held.values()})
        kept = _standing(cleaned, held)
        chosen = set(kept)
        left_out = [spot for spot in cleaned if spot not in chosen]
        if not kept:
            return Done(None, (), left_out)
        make = _propose if as_proposals else _correct
        activity = make(_Plan(kept, held, agent, allow, why, entity_id, inside))
    return Done(activity, kept, left_out)


@dataclass(frozen=True, slots=True)
class _Plan:
    """What is to be done, everything locked."""

    spots: Sequence[Spot]
    held: Mapping[tuple[int, int], Held]
    agent: Agent
    allow: Allow
    why: Why
    entity: int | None
    inside: Sequence[tuple[Annotation, Spot]]  # flags and links on the words

    def articles(self) -> list[int]:
        """In the order of their ids."""
        return sorted({spot.article for spot in self.spots})


def _pairs(spots: Sequence[Spot]) -> tuple[list[int], list[int]]:
    pairs = sorted({(spot.article, spot.passage) for spot in spots})
    return [article for article, _ in pairs], [number for _, number in pairs]


def _hold(spots: Sequence[Spot]) -> dict[tuple[int, int], Held]:
    with connection.cursor() as cursor:
        cursor.execute(HOLD, [*_pairs(spots)])
        rows = [Held(*row) for row in cursor.fetchall()]
    return {(row.article, row.number): row for row in rows}


def _standing(spots: Sequence[Spot], held: Mapping[tuple[int, int], Held]) -> list[Spot]:
    """Those whose passage is as it was seen, each words once; in the order of the texts."""
    kept: list[Spot] = []
    for spot in sorted(spots, key=lambda one: (one.article, one.passage, one.start, -one.end)):
        passage = held.get((spot.article, spot.passage))
        if passage is None or passage.revision != spot.revision:
            continue
        last = kept[-1] if kept else None
        apart = last is None or last[:2] != spot[:2] or last.end <= spot.start
        fits = spot.start < spot.end and passage.text[spot.start : spot.end] == spot.exact
        if apart and fits and spot.exact.strip() and spot.replacement != spot.exact:
            kept.append(spot)
    return kept


# -- corrections ----------------------------------------------------------------------------------


def _hold_annotations(spots: Sequence[Spot], entity: int | None) -> list[tuple[Annotation, Spot]]:
    """Open flags inside the words and links of them to the same entity, locked."""
    by_passage: dict[tuple[int, int], list[Spot]] = defaultdict(list)
    for spot in spots:
        by_passage[spot[:2]].append(spot)
    with connection.cursor() as cursor:
        cursor.execute(ON_THE_WORDS, [*_pairs(spots)])
        rows = cursor.fetchall()
    on: dict[uuid.UUID, Spot] = {}
    numbers = _numbers({passage for _pk, passage, _start, _end in rows})
    for pk, passage, start, end in rows:
        for spot in by_passage[numbers[passage]]:
            if spot.start <= start and end <= spot.end:
                on[pk] = spot
    found = Annotation.objects.live().filter(pk__in=on, decided_at=None, private=False)
    wanted = found.filter(motivation=Motivation.QUESTIONING)
    if entity:
        wanted |= found.filter(motivation=Motivation.IDENTIFYING, entity=entity)
    held = wanted.order_by("pk").select_for_update(of=("self",))
    return [(one, on[one.pk]) for one in held] if on else []


def _numbers(passages: set[int]) -> dict[int, tuple[int, int]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, article_id, number FROM articles_passage WHERE id = ANY(%s)",
            [list(passages)],
        )
        return {pk: (article, number) for pk, article, number in cursor.fetchall()}


def _correct(plan: _Plan) -> Activity:
    kept = set(plan.spots)
    inside = [(one, spot) for one, spot in plan.inside if spot in kept]
    flags = [one for one, _ in inside if one.motivation == Motivation.QUESTIONING]
    linked = {spot for one, spot in inside if one.motivation == Motivation.IDENTIFYING}
    edits: dict[Spot, tuple[Edit, ...]] = {spot: _edits(spot) for spot in plan.spots}

    def make_links(operated: Sequence[Operated]) -> Sequence[dict[str, Any]]:
        if plan.entity is None:
            return ()
        return logged_rows(_make_links(plan, operated, edits, linked))

    act = Act(
        plan.agent, Verb.CORRECT, plan.allow, data=plan.why.data(),
        rows=logged_rows(close_flags(flags, plan.agent) if flags else ()), then=make_links,
        following=Following(made_for=frozenset(str(one.pk) for one, _ in inside)),
    )  # fmt: skip
    try:
        return operate(_works(plan, edits), act).activity
    except TextFault as fault:  # nobody can have changed them: they would be left empty
        raise StaleSpan(getattr(fault, "passage", 0), "changed") from fault


def _edits(spot: Spot) -> tuple[Edit, ...]:
    span = Span(spot.passage, spot.revision, spot.start, spot.end, spot.exact)
    return edits_for(span, spot.replacement)


def _works(plan: _Plan, edits: Mapping[Spot, tuple[Edit, ...]]) -> list[Work]:
    by_article: dict[int, dict[int, list[Edit]]] = {}
    for spot in plan.spots:
        numbers = by_article.setdefault(spot.article, {})
        numbers.setdefault(spot.passage, []).extend(edits[spot])
    return [
        Work(
            article,
            [Text(number, joined(some)) for number, some in numbers.items()],
            {number: plan.held[article, number].revision for number in numbers},
        )
        for article, numbers in by_article.items()
    ]


def _make_links(
    plan: _Plan, operated: Sequence[Operated], edits: Mapping[Spot, tuple[Edit, ...]],
    linked: set[Spot],
) -> list[Row]:  # fmt: skip
    """Links on the new words, but where a link to the same entity stood."""
    entity = plan.entity or 0
    live = Entity.objects.live().filter(pk=entity).select_for_update(no_key=True)
    if not live.exists():
        raise Gone("entity")
    after = {one.article_id: one for one in operated}
    parts: Linked = {}
    wanted: list[tuple[Annotation, Values]] = []
    shift: dict[tuple[int, int], int] = defaultdict(int)
    for spot in plan.spots:
        passage, now = plan.held[spot[:2]], after[spot.article]
        start = spot.start + shift[spot[:2]]
        shift[spot[:2]] += sum(edit.delta for edit in edits[spot])
        key = spot.replacement, passage.language
        if key not in parts:
            parts[key] = linked_part(spot.replacement, entity, passage.language)
        part = parts[key]
        if spot in linked or part is None:
            continue
        standing = Standing(
            passage.pk, spot.article, spot.passage, now.now[spot.passage],
            now.revisions[spot.passage],
        )  # fmt: skip
        place = Place(spot.passage, start + part[0], start + part[1])
        wanted.append((_link(spot.article, entity, plan.agent), values_at(place, standing)))
    return _store(wanted)


def _link(article: int, entity: int, agent: Agent) -> Annotation:
    """Made in bulk, so nobody has looked at each."""
    return Annotation(
        id=make_uuid(), article_id=article, motivation=Motivation.IDENTIFYING, creator=agent.user,
        agent="" if agent.user else agent.name, entity_id=entity,
        link_status=LinkStatus.UNVERIFIED, status_by=agent.user, status_at=timezone.now(),
        target_count=1,
    )  # fmt: skip


# -- proposals ------------------------------------------------------------------------------------


def _propose(plan: _Plan) -> Activity:
    wanted = []
    for spot in plan.spots:
        passage = plan.held[spot[:2]]
        standing = Standing(passage.pk, spot.article, spot.passage, passage.text, passage.revision)
        values = values_at(Place(spot.passage, spot.start, spot.end), standing)
        wanted.append((_proposal(spot, plan), values))
    rows = _store(wanted)
    articles = plan.articles()
    touch_articles(articles)
    one = Article.objects.get(pk=articles[0]) if len(articles) == 1 else None
    data = {"version": one.version} if one else {"articles": articles}
    return record_rows(plan.agent, Verb.PROPOSE, rows, article=one, **data)


def _proposal(spot: Spot, plan: _Plan) -> Annotation:
    why, agent = plan.why, plan.agent
    return Annotation(
        id=make_uuid(), article_id=spot.article, motivation=Motivation.EDITING, creator=agent.user,
        agent="" if agent.user else agent.name, body=clean_body(why.reason), flag_kind=why.kind,
        certainty=why.certainty, evidence=clean_body(why.evidence), replacement=spot.replacement,
        state=CorrectionState.PROPOSED, entity_id=plan.entity, target_count=1,
    )  # fmt: skip


def _store(wanted: Sequence[tuple[Annotation, Values]]) -> list[Row]:
    """Write annotations of one target each; gives their rows for the log."""
    Annotation.objects.bulk_create([one for one, _ in wanted], batch_size=AT_ONCE)
    Target.objects.bulk_create(
        [
            Target(annotation=one, passage_id=values["passage"], **_own(values))
            for one, values in wanted
        ],
        batch_size=AT_ONCE,
    )
    return [
        ("annotation", one.pk, None, own_values(one) | {TARGETS: [values]})
        for one, values in wanted
    ]


def _own(values: Values) -> Values:
    return {name: value for name, value in values.items() if name != "passage"}
