"""An earlier state of an article, or of one passage, brought back as a new act."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.db import connection, transaction

from articles.models import Article, Verb
from articles.queries.moments import fetch_past
from articles.services.locking import lock_structure
from articles.services.operating import Act, GoneText, StaleText, Work, WrongText, operate
from articles.text.restoring import restoring

if TYPE_CHECKING:
    from collections.abc import Callable

    from articles.services.log import Agent
    from articles.services.operating import Done

LOCK: Final = "SELECT id FROM articles_passage WHERE article_id = %s ORDER BY id FOR NO KEY UPDATE"


class MovedOn(StaleText):
    """The text was changed since the person chose what to restore."""

    def __init__(self) -> None:
        """Nothing more is to be said."""
        Exception.__init__(self, "the text was changed")


def restore_text(
    *,
    article_id: int,
    to: int,
    seen: int,
    agent: Agent,
    allow: Callable[[set[int]], None],
    passage: int | None = None,
) -> Done:
    """Bring the state after revision `to` back: of the article, or of a passage.

    A passage that was split or merged since takes with it those that it was parted from or joined
    to. `seen` is the last revision that the person saw. Raises `MovedOn` where the text was changed
    since, `GoneText`, and `WrongText("same")` where it stands so already.
    """
    with transaction.atomic():
        lock_structure([article_id])
        with connection.cursor() as cursor:
            cursor.execute(LOCK, [article_id])
        article = Article.objects.live().filter(pk=article_id).first()
        if article is None:
            raise GoneText
        allow({article.collection_id})
        past = fetch_past(article)
        if past.last != seen:
            raise MovedOn
        if not 1 <= to <= past.last:
            raise WrongText("revision")
        operations = restoring(past.at(to), past.since(to), past.at(past.last), passage)
        if not operations:
            raise WrongText("same")
        data: dict[str, Any] = {"to": to} | ({"passage": passage} if passage else {})
        act = Act(agent, Verb.RESTORE, allow, data=data)
        return operate([Work(article_id, operations)], act)
