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
from articles.services.log import Agent, record
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
    *, article_ids: Sequence[int], status: str, agent: Agent, allow: Allow
) -> Activity | None:
    """Give articles a status; None when all have it."""
    with transaction.atomic():
        known = Status(status).value
        articles = _locked(article_ids, allow)
        return _change(articles, lambda _article: {"status": known}, Verb.STATUS, agent)


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
    if activity.pk % COMPACT_EVERY == 0:
        transaction.on_commit(compact_tallies)
    _store(changed, next(iter(changes.values()))["after"])
    return activity


def _store(articles: Sequence[Article], fields: dict[str, Any]) -> None:
    """Store in two statements, however many: the fields, then the versions in order of the ids."""
    names = [name.removesuffix("_id") for name in fields]
    Article.objects.bulk_update(articles, names, batch_size=MOST)
    Article.objects.filter(pk__in=[article.pk for article in articles]).update(
        version=F("version") + 1, updated=timezone.now()
    )
