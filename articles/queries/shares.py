"""How far one text is: how many of its passages stand on each step."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from django.db.models import Count

from articles.models import Passage, Rule, Status
from articles.queries.progress import Progress
from articles.queries.rules import allows

if TYPE_CHECKING:
    from collections.abc import Iterable

    from articles.models import Article
    from articles.queries.passages import Row
    from diplowatch.lib.roles import Person


def share_in(rows: Iterable[Row]) -> Progress:
    """Of passages that are known already."""
    return Progress("", Counter(row.status for row in rows))


def share_of(article: Article) -> Progress:
    """Of an article, asked for."""
    found = Passage.objects.live().filter(article=article).order_by()
    return Progress("", dict(found.values_list("status").annotate(Count("pk"))))


def may_validate_in(rows: Iterable[Row], user: Person) -> bool:
    """Whether something in these passages waits for being validated by this person."""
    return _may_validate({one.proofread_by for one in rows if one.status == Status.PROOFREAD}, user)


def may_validate(article: Article, user: Person) -> bool:
    """The same of an article, asked for."""
    found = Passage.objects.live().filter(article=article, status=Status.PROOFREAD)
    return _may_validate(set(found.order_by().values_list("proofread_by", flat=True)), user)


def _may_validate(readers: set[int | None], user: Person) -> bool:
    if readers - {None, user.pk}:
        return True
    return bool(readers) and allows(Rule.LONE_VALIDATION)
