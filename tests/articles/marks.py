"""What the tests of statuses say shortly: who marks what, and how things stand then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from articles.models import Passage
from articles.services.log import Agent
from articles.services.marking import mark_passage, mark_rest

if TYPE_CHECKING:
    from articles.models import Activity, Article
    from diplowatch.accounts.models import User


def anywhere(_places: set[int]) -> None:
    """Lets everybody act everywhere: rights are asked by the views."""


def mark(
    article: Article, number: int, status: str, user: User | None, problem: str = ""
) -> Activity | None:
    """Mark a passage as it stands."""
    passage = Passage.objects.get(article=article, number=number)
    return mark_passage(
        article_id=article.pk, number=number, status=status, problem=problem,
        agent=Agent(user, "" if user else "tests"), allow=anywhere,
        revision=passage.revision, seen=passage.status,
    )  # fmt: skip


def rest(article: Article, status: str, user: User) -> Activity:
    """Mark what is left."""
    article.refresh_from_db()
    return mark_rest(
        article_id=article.pk, status=status, revision=article.revision, agent=Agent(user),
        allow=anywhere,
    )  # fmt: skip


def standing(article: Article) -> list[str]:
    """The status of the article, then those of its live passages."""
    article.refresh_from_db()
    found = article.passages.filter(retired=False).order_by("position")
    return [article.status, *found.values_list("status", flat=True)]


def share(article: Article) -> tuple[int, int]:
    """How many passages are done, of how many."""
    article.refresh_from_db()
    return article.passages_done, article.passages_all
