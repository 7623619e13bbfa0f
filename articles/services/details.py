"""The details of one article, changed where it is read."""

from __future__ import annotations

import datetime
import json
from collections import Counter
from dataclasses import asdict, dataclass, fields
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from django.db import transaction

from articles.models import Article, Status, Verb
from articles.queries.titles import derived_titles
from articles.services.changes import (
    difference,
    lock_articles,
    relearn_words,
    set_values,
    store_values,
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
from articles.services.words import keep_words
from articles.text.lexemes import words_for_slips

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Sequence

    from articles.models import Activity
    from articles.services.statuses import Place

NOT_CHECKED = [
    "collection",
    "source_file",
    "birth_file",
    "batch",
]  # never changed here, so never looked up


class GoneArticle(Exception):
    """The article was taken away while its details were open."""


class StaleArticle(Exception):
    """Somebody changed the article's details since this person saw them."""

    def __init__(self, article: Article) -> None:
        """Keep the article as it stands now."""
        self.article = article
        super().__init__(f"article {article.pk} has other details by now")


@dataclass(frozen=True, slots=True)
class Details:
    """What a person states of a text; with `title_derived` the title follows the text."""

    title: str
    title_derived: bool
    date: datetime.date | None
    date_precision: str
    source: str
    url: str
    language: str
    kind: str
    status: str
    problem: str = ""


def change_details(
    *,
    article_id: int,
    seen: str,
    details: Details,
    agent: Agent,
    allow: Callable[[set[int]], None],
) -> Activity | None:
    """Change what differs; None when nothing does.

    `allow` gets the article's collection, once it is locked, and raises what it wants when the
    person may not edit there. `seen` is the mark of the details that the person saw: raises
    `StaleArticle` when others stand there, `django.core.exceptions.ValidationError` for what
    cannot be stored, and a `services.statuses.CannotMark` for a status that cannot be given.
    """
    with transaction.atomic():
        places = _places_to_mark(article_id, details)
        article = next(iter(lock_articles([article_id])), None)
        if article is None:
            raise GoneArticle
        allow({article.collection_id})
        if mark_of(article) != seen:
            raise StaleArticle(article)
        wanted = asdict(details)
        before = values_of(article, wanted)
        more = _stand(article, places, details, agent)
        set_values(article, {name: wanted[name] for name in wanted if name not in STANDING})
        if details.title_derived:
            article.title = derived_titles([article.pk])[article.pk].made
        article.full_clean(exclude=NOT_CHECKED, validate_unique=False)
        change = difference(before, values_of(article, wanted))
        if not change:
            return None
        changed = change["after"]
        verb = Verb.STATUS if set(changed) <= set(STANDING) else Verb.DETAILS
        activity = record(agent, verb, article=article, changes={str(article.pk): change}, **more)
        _let_search_know(article, changed)
        store_values(article, [*changed, *COUNTS])
    return activity


def _let_search_know(article: Article, changed: Container[str]) -> None:
    if "language" in changed:
        relearn_words(article)
    if "title" in changed and not article.title_derived:  # a derived one has the text's words
        words = Counter(words_for_slips(article.title))
        transaction.on_commit(lambda: keep_words(words))


def _places_to_mark(article_id: int, details: Details) -> list[Place]:
    """The passages, locked before the article, where it shall have another status."""
    found = Article.objects.filter(pk=article_id).values_list(*STANDING).first()
    return [] if found == _standing_of(details) else lock_passages([article_id])


def _standing_of(details: Details) -> tuple[str, str]:
    problem = details.problem.strip() if details.status == Status.PROBLEMATIC else ""
    return details.status, problem


def _stand(
    article: Article, places: Sequence[Place], details: Details, agent: Agent
) -> dict[str, Any]:
    """Give the article's passages the status that it shall have; what the log has of it."""
    status, problem = _standing_of(details)
    if (article.status, article.problem) == (status, problem):
        return {}
    person = agent.user.pk if agent.user else None
    lone = may_validate_alone(agent)
    moves = moves_of_articles([article], places, status, person=person, problem=problem, lone=lone)
    more: dict[str, Any] = {"statuses": put(moves)}
    article.status, article.problem = status, problem
    count_up([article])
    if article.status == Status.VALIDATED and (closed := close_hand_overs([article.pk])):
        more["hand_overs"] = closed
    return more


def mark_of(article: Article) -> str:
    """What tells these details from any others; what is said of the text does not touch it."""
    values = values_of(article, [field.name for field in fields(Details)])
    return sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()
