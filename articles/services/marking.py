"""Acts on how far one text is: a passage marked, the rest of it, the text handed over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from articles.models import HandOver, HandOverState, Status, Verb
from articles.queries.editors import editors_of
from articles.services.changes import difference, lock_articles, store_values, values_of
from articles.services.details import GoneArticle
from articles.services.hand_overs import OPEN, close_hand_overs, set_hand_over
from articles.services.log import Agent, record
from articles.services.statuses import (
    COUNTS,
    STANDING,
    CannotMark,
    NeedsReason,
    NotAnother,
    count_up,
    lock_passages,
    may_validate_alone,
    moves_to,
    put,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from articles.models import Activity, Article
    from articles.services.statuses import Move, Place
    from diplowatch.accounts.models import User

    Allow = Callable[[set[int]], None]

TO_PROOFREAD = (Status.RAW, Status.IN_PROGRESS)


class GonePassage(Exception):
    """The text has no such passage (any more)."""


class StaleText(CannotMark):
    """The words, or the mark they bear, are others than the person saw."""


class NothingLeft(CannotMark):
    """No passage is left for that."""


class NotForThem(CannotMark):
    """Who shall validate is no editor there, or the very person who asks."""


class AskedAlready(CannotMark):
    """Another person has asked somebody meanwhile."""


class NotHandedOver(CannotMark):
    """The text waits for nobody, or for somebody else."""


def mark_passage(
    *, article_id: int, number: int, status: str, agent: Agent, allow: Allow,
    revision: int, seen: str, problem: str = "",
) -> Activity | None:  # fmt: skip
    """Mark one passage; None when it is marked so already.

    `allow` gets the article's collection, once it is locked, and raises what it wants; so it does
    in each act. `revision` of its text and the status `seen` are what the person saw: raises
    `StaleText` where others stand there, or another `CannotMark` that says why not.
    """
    with transaction.atomic():
        place = next(iter(lock_passages([article_id], number)), None)
        article = _locked(article_id, allow)
        if place is None:
            raise GonePassage
        same = place.mark.status == status != Status.PROBLEMATIC
        if not same and (place.mark.status != seen or place.revision != revision):
            raise StaleText
        moves = moves_to([place], status, problem=problem, **_by(agent))
        return _finish(article, moves, agent) if moves else None


def mark_rest(
    *, article_id: int, status: str, revision: int, agent: Agent, allow: Allow
) -> Activity:
    """Mark what is left as proofread, or as validated where somebody else proofread it.

    `revision` is that of the article's log which the person saw. Problematic passages stay as they
    are. Raises a `CannotMark` that says why nothing was marked.
    """
    with transaction.atomic():
        places = lock_passages([article_id])
        article = _locked(article_id, allow)
        if article.revision != revision:
            raise StaleText
        moves = _rest(places, status, agent)
        if not moves:
            raise NothingLeft
        return _finish(article, moves, agent)


def hand_over(
    *, article_id: int, recipient: User, note: str, rest: bool, revision: int, agent: Agent,
    allow: Allow, instead_of: int | None = None,
) -> Activity:  # fmt: skip
    """Ask somebody to validate a text; with `rest`, what is left is marked proofread first.

    Where another person has asked somebody already, this takes its place only if it is to:
    `instead_of` is the id of who was asked, as the person saw it. Else raises `AskedAlready`.
    """
    with transaction.atomic():
        places = lock_passages([article_id]) if rest else []
        article = _locked(article_id, allow)
        if rest and article.revision != revision:
            raise StaleText
        sender = agent.user
        if sender is None or sender == recipient or recipient not in editors_of(article.collection):
            raise NotForThem
        asked = HandOver.objects.filter(article=article, state=HandOverState.WAITING).first()
        if asked and asked.sender_id != sender.pk and asked.recipient_id != instead_of:
            raise AskedAlready
        moves = _rest(places, Status.PROOFREAD.value, agent)
        values = {
            "sender_id": sender.pk, "recipient_id": recipient.pk, "note": note.strip(),
            "state": HandOverState.WAITING.value, "reason": "",
        }  # fmt: skip
        handed = set_hand_over(article.pk, values)
        return _finish(article, moves, agent, Verb.HAND_OVER, hand_overs=handed)


def send_back(*, article_id: int, reason: str, agent: Agent, allow: Allow) -> Activity:
    """Send a text back to who handed it over, saying why; only who was asked does."""
    with transaction.atomic():
        article = _locked(article_id, allow)
        row = HandOver.objects.filter(article=article, state=HandOverState.WAITING).first()
        if row is None or agent.user is None or row.recipient_id != agent.user.pk:
            raise NotHandedOver
        if not reason.strip():
            raise NeedsReason
        values = {"state": HandOverState.SENT_BACK.value, "reason": reason.strip()}
        handed = set_hand_over(article.pk, values)
        return _finish(article, [], agent, Verb.SEND_BACK, hand_overs=handed)


def withdraw(*, article_id: int, agent: Agent, allow: Allow) -> Activity:
    """Let a text wait for nobody any more; who handed it over does."""
    with transaction.atomic():
        article = _locked(article_id, allow)
        row = HandOver.objects.filter(article=article, state__in=OPEN).first()
        if row is None or agent.user is None or row.sender_id != agent.user.pk:
            raise NotHandedOver
        handed = set_hand_over(article.pk, {"state": HandOverState.WITHDRAWN.value})
        return _finish(article, [], agent, Verb.HAND_OVER, hand_overs=handed)


def _rest(places: Sequence[Place], status: str, agent: Agent) -> list[Move]:
    """What is left: to proofread what nobody did, to validate what somebody else proofread."""
    if status == Status.PROOFREAD:
        left = [place for place in places if place.mark.status in TO_PROOFREAD]
        return moves_to(left, status, **_by(agent))
    left = [place for place in places if place.mark.status != Status.VALIDATED]
    ready, faults = [], [0, 0]
    for place in left:
        try:
            ready += moves_to([place], status, **_by(agent))
        except NotAnother as fault:
            faults = [faults[0] + fault.own, faults[1] + fault.unread]
    if left and not ready:
        raise NotAnother(*faults)
    return ready


def _by(agent: Agent) -> dict[str, Any]:
    return {"person": agent.user.pk if agent.user else None, "lone": may_validate_alone(agent)}


def _locked(article_id: int, allow: Allow) -> Article:
    article = next(iter(lock_articles([article_id])), None)
    if article is None:
        raise GoneArticle
    allow({article.collection_id})
    return article


def _finish(
    article: Article, moves: list[Move], agent: Agent, verb: Verb = Verb.STATUS, **more: Any
) -> Activity:
    """Write the marks, let the article stand where its passages do, and log it all as one act."""
    before = values_of(article, STANDING)
    statuses = put(moves)
    count_up([article])
    change = difference(before, values_of(article, STANDING)) or {"before": {}, "after": {}}
    if article.status == Status.VALIDATED and (closed := close_hand_overs([article.pk])):
        more["hand_overs"] = closed
    if statuses:
        more["statuses"] = statuses
    changes = {str(article.pk): change}
    activity = record(agent, verb, article=article, changes=changes, **more)
    store_values(article, [*change["after"], *COUNTS])
    return activity
