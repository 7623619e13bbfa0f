"""Operations made on the texts of articles: one act, in one transaction, with its log.

Locks are taken in one order everywhere: the structure of articles, where it changes (acts on it
wait for each other), annotations, passages (by id), targets, articles (by id).
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

from django.db import transaction
from django.utils import timezone

from articles.models import Activity, Article
from articles.queries.log import Logged, operations_since, standing_numbers
from articles.services.log import Agent
from articles.services.operating_sql import LOCK, LOG, LOGGED
from articles.services.originals import Originals
from articles.services.refreshing import refresh_articles
from articles.services.stage import Stage, load_stages, store_stages
from articles.services.statuses import STEPPING, stand_anew, step_back
from articles.services.stepping import sink, step_forth, unread
from articles.signals import Following, Operated, text_operated
from articles.text.crossing import crossed, shortened
from articles.text.edits import Misfit
from articles.text.operations import InTheWay, Operation
from diplowatch.lib.statements import fetch_planned

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from articles.models import Verb

MOST_TRIES = 5  # at a text that others keep changing


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


class _PlanAnew(Exception):
    """The operations are to be made over more than was known."""

    def __init__(self, planned: Mapping[int, list[Operation]]) -> None:
        self.planned = planned
        super().__init__()


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
    the text stands as it will, and gives the rows of that. `changed` names passages (by article and
    number) that are not as before the act that this one undoes, because of others.
    """

    agent: Agent
    verb: Verb
    allow: Callable[[set[int]], None]
    data: Mapping[str, Any] = field(default_factory=dict)
    rows: Sequence[Mapping[str, Any]] = ()
    following: Following = field(default_factory=Following)
    then: Callable[[Sequence[Operated]], Sequence[Mapping[str, Any]]] | None = None
    undoes: Activity | None = None
    changed: frozenset[tuple[int, int]] = frozenset()
    is_read: bool = True  # its words: those of a machine that nobody has read yet are not
    batch: str | None = None  # the import (its id) that it is a part of


@dataclass(frozen=True, slots=True)
class Done:
    """The act as it was logged, and what it did to each article."""

    activity: Activity
    operated: Sequence[Operated]
    versions: Mapping[int, int]  # of the articles, after it


def operate(works: Sequence[Work], act: Act | Callable[[], Act]) -> Done:
    """Do all of it or nothing.

    An act that first has to lock what comes before passages is given by a function, which is
    called inside the transaction (again, should the locks have to be let go). Raises `GoneText`,
    `StaleText`, `WrongText`, or what `act.allow` raises.
    """
    planned = {work.article_id: list(work.operations) for work in works}
    for _ in range(MOST_TRIES):
        try:
            return _operate(works, act, planned)
        except _PlanAnew as anew:
            planned |= anew.planned
    raise WrongText("busy")


def _operate(
    works: Sequence[Work],
    given: Act | Callable[[], Act],
    planned: Mapping[int, Sequence[Operation]],
) -> Done:
    with transaction.atomic():
        act = given() if callable(given) else given
        stages = _staged(works, act, planned)
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


def _staged(
    works: Sequence[Work], act: Act, planned: Mapping[int, Sequence[Operation]]
) -> list[Stage]:
    """The works done on locked passages, in memory.

    Raises `_PlanAnew` where more came since than was known when they were planned: then what is
    held is let go, and all that is needed locked in its one order.
    """
    stages = load_stages(planned, {work.article_id: work.seen for work in works})
    if len(stages) < len(planned):
        raise GoneText
    act.allow({stage.collection_id for stage in stages})
    anew = _over_what_came(works, {stage.article_id: stage for stage in stages})
    if anew and any(anew[pk] != list(planned[pk]) for pk in anew):
        raise _PlanAnew(anew)
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
    person = act.agent.user.pk if act.agent.user else None
    if not act.is_read:
        made = unread(stages)
        structural += map(int, made)
    elif act.undoes is None:
        keys = [pk for stage in stages for pk in stage.live_keys(STEPPING)]
        made = step_back(keys, person=person).statuses if keys else {}
    else:
        made = step_forth(act.undoes, stages, act.changed, person=person)
        structural += map(int, made)
    made = sink(stages, made)
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
    made = {stage.article_id: stage.logged() for stage in stages}
    lasts = {stage.article_id: stage.last_number for stage in stages}
    ids = sorted(made)
    one = ids[0] if len(ids) == 1 else None
    data = {**act.data, **statuses, **({"rows": list(rows)} if rows else {})}
    done = [(pk, place, *entry) for pk in ids for place, entry in enumerate(made[pk], 1)]
    columns = [*map(list, zip(*done, strict=True))] or [[]] * len(LOGGED)
    user = act.agent.user
    activity = Activity(
        actor=user, agent="" if user else act.agent.name, verb=act.verb, article_id=one,
        undoes=act.undoes, batch_id=act.batch, created=timezone.now(),
    )  # fmt: skip
    values: dict[str, Any] = {
        "ids": ids, "made": [len(made[pk]) for pk in ids], "lasts": [lasts[pk] for pk in ids],
        "now": activity.created, "actor": activity.actor_id, "agent": activity.agent,
        "verb": str(act.verb), "article": one, "undoes": activity.undoes_id,
        "batch": act.batch,
        "data": json.dumps(data, ensure_ascii=False),
    }  # fmt: skip
    if len(ids) > 1:
        fetch_planned(LOCK, [ids])
    found = fetch_planned(LOG, values | dict(zip(LOGGED, columns, strict=True)))
    activity.pk, logged = found[0][:2]
    activity.data = json.loads(logged) if isinstance(logged, str) else logged
    activity._state.adding = False
    return activity, {pk: version for _id, _data, pk, version in found}
