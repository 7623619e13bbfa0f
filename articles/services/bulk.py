"""One act on many articles: moved to a collection, tagged, or given a status."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from articles.models import Article, Status, Verb
from articles.services.changes import (
    difference,
    lock_articles,
    refuse_twins,
    set_values,
    twins_refused,
    values_of,
)
from articles.services.hand_overs import close_hand_overs
from articles.services.log import Agent, record
from articles.services.statuses import (
    COUNTS,
    STANDING,
    count_up,
    lock_passages,
    may_validate_alone,
    moves_of_articles,
    put,
)
from articles.services.tallies import compact_tallies

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from articles.models import Activity, Collection

    Allow = Callable[[set[int]], None]

MOST = 1_000  # articles of one act
TAG_LENGTH = 60  # code points
COMPACT_EVERY = 100  # acts; the tallies grow by a few rows with each


class NotAllThere(Exception):
    """Some of the articles were taken away while they were selected."""


def move_articles(
    *, article_ids: Sequence[int], collection: Collection, agent: Agent, allow: Allow
) -> Activity | None:
    """Move articles to a collection; None when all are there.

    `allow` gets the collections where the articles are, once they are locked, and the one where
    they go, and raises what it wants when the person may not edit there; so it does in each act.
    """
    places = dict.fromkeys(article_ids, collection.pk)
    with twins_refused(places), transaction.atomic():
        articles = _locked(article_ids, lambda found: allow({*found, collection.pk}))
        refuse_twins(articles, places)
        return _change(
            articles,
            lambda _article: {"collection_id": collection.pk},
            Verb.MOVE,
            agent,
            collection=collection,
        )


def set_status(
    *, article_ids: Sequence[int], status: str, agent: Agent, allow: Allow, problem: str = ""
) -> Activity | None:
    """Give articles a status, and their passages with them; None when all have it.

    Raises a `services.statuses.CannotMark` where somebody would validate what nobody else
    proofread, or gives no reason for what is problematic.
    """
    with transaction.atomic():
        known, problem = Status(status).value, problem.strip()
        places = lock_passages(article_ids)
        articles = [
            article
            for article in _locked(article_ids, allow)
            if (article.status, article.problem) != (known, problem)
        ]
        before = {article.pk: values_of(article, STANDING) for article in articles}
        person = agent.user.pk if agent.user else None
        moves = moves_of_articles(
            articles, places, known, person=person, problem=problem, lone=may_validate_alone(agent)
        )
        statuses = put(moves)
        for article in articles:
            article.status, article.problem = known, problem
        count_up(articles)
        changed = [one for one in articles if values_of(one, STANDING) != before[one.pk]]
        changes = {
            str(one.pk): difference(before[one.pk], values_of(one, STANDING)) for one in changed
        }
        if not changes:
            return None
        closed = close_hand_overs(one.pk for one in changed if one.status == Status.VALIDATED)
        more: dict[str, Any] = {"hand_overs": closed} if closed else {}
        activity = record(agent, Verb.STATUS, changes=changes, statuses=statuses, **more)
        _store(changed, [*STANDING, *COUNTS], activity)
    return activity


def tag_articles(
    *,
    article_ids: Sequence[int],
    tags: Sequence[str],
    agent: Agent,
    allow: Allow,
    remove: bool = False,
) -> Activity | None:
    """Put tags on articles, or take them off; None when that changes nothing."""
    wanted = clean_tags(tags)

    def retagged(article: Article) -> dict[str, Any]:
        if remove:
            off = {tag.casefold() for tag in wanted}
            return {"tags": [tag for tag in article.tags if tag.casefold() not in off]}
        return {"tags": clean_tags([*article.tags, *wanted])}

    with transaction.atomic():
        return _change(_locked(article_ids, allow), retagged, Verb.TAG, agent)


def clean_tags(tags: Sequence[str]) -> list[str]:
    """Tags as they are kept: no stray blanks, none twice whatever the case, in order."""
    kept: dict[str, str] = {}
    for tag in tags:
        said = " ".join(tag.split())[:TAG_LENGTH].strip()
        if said:
            kept.setdefault(said.casefold(), said)
    return [kept[key] for key in sorted(kept)]


def _locked(article_ids: Sequence[int], allow: Allow) -> list[Article]:
    articles = lock_articles(article_ids)
    allow({article.collection_id for article in articles})
    if len(articles) < len(set(article_ids)):
        raise NotAllThere
    return articles


def _change(
    articles: Sequence[Article],
    wanted: Callable[[Article], dict[str, Any]],
    verb: Verb,
    agent: Agent,
    *,
    collection: Collection | None = None,
) -> Activity | None:
    changes, changed = {}, []
    for article in articles:
        values = wanted(article)
        before = values_of(article, values)
        set_values(article, values)
        change = difference(before, values_of(article, values))
        if change:
            changes[str(article.pk)] = change
            changed.append(article)
    if not changes:
        return None
    activity = record(agent, verb, collection=collection, changes=changes)
    fields = next(iter(changes.values()))["after"]
    _store(changed, [name.removesuffix("_id") for name in fields], activity)
    return activity


def _store(articles: Sequence[Article], names: Sequence[str], activity: Activity) -> None:
    """Store in two statements, however many: the fields, then the versions in order of the ids."""
    if activity.pk % COMPACT_EVERY == 0:
        transaction.on_commit(compact_tallies)
    Article.objects.bulk_update(articles, names, batch_size=MOST)
    Article.objects.filter(pk__in=[article.pk for article in articles]).update(
        version=F("version") + 1, updated=timezone.now()
    )
