"""Acts on texts that the tests of history look back at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotations.services.correcting import Why, correct_text
from articles.models import Article, Passage, Verb
from articles.services.log import Agent
from articles.services.operating import Act, Work, operate
from tests.annotations.saying import span_of

if TYPE_CHECKING:
    from articles.models import Activity
    from articles.text.operations import Operation
    from diplowatch.accounts.models import User


def anybody(_places: set[int]) -> None:
    """Lets everybody do everything."""


def correct(
    article: Article,
    words: str,
    new: str,
    who: User | Agent,
    why: Why = Why(),  # noqa: B008 - frozen
) -> Activity:
    """Correct the first place of words in the first passage that has them."""
    found = Passage.objects.filter(article=article, text__contains=words).live()
    number = found.order_by("position")[0].number
    agent = who if isinstance(who, Agent) else Agent(who)
    return correct_text(
        article_id=article.pk, span=span_of(article, words, number), replacement=new, agent=agent,
        allow=anybody, why=why,
    ).done.activity  # fmt: skip


def do(article: Article, user: User, *operations: Operation) -> Activity:
    """Make operations on an article."""
    act = Act(Agent(user), Verb.STRUCTURE, anybody)
    return operate([Work(article.pk, operations)], act).activity


def texts_of(article: Article) -> list[str]:
    """The texts of the passages that stand, in order."""
    found = Passage.objects.filter(article=article).live().order_by("position")
    return list(found.values_list("text", flat=True))
