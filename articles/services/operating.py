"""Operations made on the texts of articles: one act, in one transaction, with its log.

Locks are taken in one order everywhere: annotations, passages (by id), targets, articles (by id).
Acts on the structure of an article wait for each other.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, cast

from django.db import connection, transaction
from django.utils import timezone

from articles.models import Activity, Article
from articles.queries.log import Logged, operations_since, standing_numbers
from articles.services.log import Agent, record
from articles.services.originals import Originals
from articles.services.refreshing import refresh_articles
from articles.services.stage import Stage, load_stages, store_stages
from articles.services.statuses import places_held, put_back, stand_anew, step_back
from articles.signals import Following, Operated, text_operated
from articles.text.crossing import crossed, shortened
from articles.text.edits import Misfit
from articles.text.operations import InTheWay, Operation

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from articles.models import Verb

MOST_TRIES = 5  # at a text that others keep changing

TOUCH: Final = """
UPDATE articles_article AS a SET version = a.version + 1, revision = a.revision + asked.made,
    last_number = greatest(a.last_number, asked.last_number), updated = %s
FROM unnest(%s::bigint[], %s::int[], %s::int[]) AS asked (id, made, last_number)
WHERE a.id = asked.id RETURNING a.id, a.revision, a.version
"""
LOCK: Final = "SELECT id FROM articles_article WHERE id = ANY(%s) ORDER BY id FOR NO KEY UPDATE"
LOG: Final = """
INSERT INTO articles_revision
    (article_id, number, passage_id, passage_revision, operation, data, activity_id, created)
SELECT article_id, number, passage_id, passage_revision, operation, data::jsonb, %s, %s
FROM unnest(%s::bigint[], %s::int[], %s::bigint[], %s::int[], %s::text[], %s::text[])
    AS made (article_id, number, passage_id, passage_revision, operation, data)
"""


class TextFault(Exception):
    """The text cannot be changed so."""


class GoneText(TextFault):
    """The article or the passage is no longer there."""


class WrongText(TextFault):
    """What is asked fits no text; `reason` in a word."""

    def __init__(self, reason: str) -> None:
        """Keep why."""
        self.reason = reason
        super().__init__(reason)


class StaleText(TextFault):
    """Somebody changed the very same words since this person saw them."""

    def __init__(self, article_id: int, ours: Operation, theirs: Operation) -> None:
        """Keep where, what was asked and what stands in the way."""
        self.article_id, self.ours, self.theirs = article_id, ours, theirs
        super().__init__(f"article {article_id}: {ours} and {theirs}")

    @property
    def passage(self) -> int:
        """The number of the passage that was changed."""
        return getattr(self.ours, "passage", 0)


@dataclass(frozen=True, slots=True)
class Work:
    """What an act does to one article: operations, each on the article as the one before left it.

    `seen` tells, by passages' numbers, the revisions that the person saw: what came since is gone
    over, or refused where it is on the same words. A split takes the next free number where it
    names none (0).
    """

    article_id: int
    operations: Sequence[Operation]
    seen: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Act:
    """Who does it, what it is called, and what else belongs to it.

    `allow` gets the collections and raises what it wants when the person may not. `rows` are rows
    that the act changed elsewhere, as the log keeps them; `then` does what can only be done once
    the text stands as it will, and gives the rows of that.
    """

    agent: Agent
    verb: Verb
    allow: Callable[[set[int]], None]
    data: Mapping[str, Any] = field(default_factory=dict)
    rows: Sequence[Mapping[str, Any]] = ()
    following: Following = field(default_factory=Following)
    then: Callable[[Sequence[Operated]], Sequence[Mapping[str, Any]]] | None = None
    undoes: Activity | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """The act as it was logged, and what it did to each article."""

    activity: Activity
    operated: Sequence[Operated]
    versions: Mapping[int, int]  # of the articles, after it


def operate(works: Sequence[Work], act: Act) -> Done:
    """Do all of it or nothing.

    Raises `GoneText`, `StaleText`, `WrongText`, or what `act.allow` raises.
    """
    with transaction.atomic():
        stages = _staged(works, act)
        originals = Originals(stages)
        store_stages(stages)
        originals.keep()
        operated = [stage.operated() for stage in stages]
        rows = list(act.rows)
        for _receiver, more in text_operated.send(
            sender=Article, operated=operated, following=act.following
        ):
            rows += cast("list[Mapping[str, Any]]", more)
        if act.then:
            rows += act.then(operated)
        refresh_articles(stages)
        activity, versions = _log(stages, act, rows, _statuses(stages, act))
    return Done(activity, operated, versions)


def _staged(works: Sequence[Work], act: Act) -> list[Stage]:
    """The works done on locked passages, in memory."""
    planned = {work.article_id: list(work.operations) for work in works}
    seen = {work.article_id: work.seen for work in works}
    for _ in range(MOST_TRIES):
        stages = load_stages(planned, seen)
        if len(stages) < len(planned):
            raise GoneText
        act.allow({stage.collection_id for stage in stages})
        anew = _over_what_came(works, {stage.article_id: stage for stage in stages})
        if anew in ({}, planned):
            break
        planned |= anew
    for stage in stages:
        try:
            stage.do()
        except Misfit as misfit:
            raise WrongText("other") from misfit
    return stages


def _over_what_came(
    works: Sequence[Work], stages: Mapping[int, Stage]
) -> dict[int, list[Operation]]:
    """The operations, made over what came since the person saw the passages; none where nothing."""
    asked = []
    for work in works:
        for number, seen in work.seen.items():
            standing = stages[work.article_id].revision_of(number)
            if standing is None or seen > standing:
                raise GoneText if standing is None else WrongText("revision")
            if seen < standing:
                asked.append((work.article_id, number, seen))
    if not asked:
        return {}
    stood = {one[:2]: number for one, number in zip(asked, standing_numbers(asked), strict=True)}
    firsts: dict[int, int] = {}
    for (article, _number), at in stood.items():
        firsts[article] = min(at, firsts.get(article, at))
    since = operations_since(firsts)
    return {
        work.article_id: _over(
            work.article_id, work.operations, stood,
            [one for one in since if one.article_id == work.article_id],
        )
        for work in works
    }  # fmt: skip


def _over(
    article: int,
    operations: Sequence[Operation],
    stood: Mapping[tuple[int, int], int],
    since: Sequence[Logged],
) -> list[Operation]:
    """Operations over what came to their passages since these were seen.

    Each is on the article as the one before left it, so those that belong together are carried
    over what came as a run; an operation alone on its passage goes by itself.
    """
    made: list[Operation] = []
    for run in _runs(operations):
        seen = [stood.get((article, number)) for number in _passages_of(run)]
        known = [number for number in seen if number is not None]
        if not known:
            made += run
            continue
        theirs = [
            one.operation
            for one in since
            if one.number > stood.get((article, getattr(one.operation, "passage", 0)), min(known))
        ]
        try:
            made += crossed(run, shortened(theirs))[0]
        except InTheWay as fault:
            raise StaleText(article, fault.ours, fault.theirs) from fault
    return made


def _runs(operations: Sequence[Operation]) -> list[list[Operation]]:
    """Operations in order, neighbours that are on the same passages together."""
    runs: list[list[Operation]] = []
    held: set[int] = set()
    for operation in operations:
        numbers = _passages_of([operation])
        if runs and numbers & held:
            runs[-1].append(operation)
            held |= numbers
        else:
            runs.append([operation])
            held = set(numbers)
    return runs


def _passages_of(operations: Sequence[Operation]) -> set[int]:
    """The numbers of the passages that operations name; new ones have none yet."""
    found = {getattr(one, name, 0) for one in operations for name in ("passage", "number")}
    return found - {0}


def _statuses(stages: Sequence[Stage], act: Act) -> dict[str, Any]:
    """What was corrected steps back, and forth again when that is undone; for the log."""
    structural = [stage.article_id for stage in stages if stage.is_structural]
    keys = [pk for stage in stages for pk in stage.live_keys()]
    if act.undoes is None:
        person = act.agent.user.pk if act.agent.user else None
        made = step_back(keys, person=person).statuses if keys else {}
    else:
        logged = act.undoes.data.get("statuses") or {}
        places = places_held(keys) if logged else ()
        made = put_back(logged, places, strict=False)
        structural += map(int, made)
    if structural:
        stand_anew(structural)
    return {"statuses": made} if made else {}


def _log(
    stages: Sequence[Stage],
    act: Act,
    rows: Sequence[Mapping[str, Any]],
    statuses: Mapping[str, Any],
) -> tuple[Activity, dict[int, int]]:
    """Raise the articles' counters, write the activity and the revisions."""
    now = timezone.now()
    made = {stage.article_id: stage.logged() for stage in stages}
    lasts = {stage.article_id: stage.last_number for stage in stages}
    ids = sorted(made)
    with connection.cursor() as cursor:
        if len(ids) > 1:
            cursor.execute(LOCK, [ids])
        cursor.execute(TOUCH, [now, ids, [len(made[pk]) for pk in ids], [lasts[pk] for pk in ids]])
        stood = {pk: (revision, version) for pk, revision, version in cursor.fetchall()}
    versions = {pk: version for pk, (_revision, version) in stood.items()}
    one = ids[0] if len(ids) == 1 else None
    stands = {"version": versions[one]} if one else {"articles": ids, "versions": versions}
    data = {**act.data, **statuses, **stands}
    if rows:
        data["rows"] = list(rows)
    activity = record(
        act.agent, act.verb, article=Article(pk=one) if one else None, undoes=act.undoes, **data
    )
    revisions = [
        (pk, stood[pk][0] - len(made[pk]) + place, *entry)
        for pk in ids
        for place, entry in enumerate(made[pk], 1)
    ]
    if revisions:
        with connection.cursor() as cursor:
            cursor.execute(LOG, [activity.pk, now, *map(list, zip(*revisions, strict=True))])
    return activity, versions
