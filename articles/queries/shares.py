"""How far one text is: how many of its passages stand on each step."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from django.db.models import Count

from articles.models import Passage
from articles.queries.progress import Progress

if TYPE_CHECKING:
    from collections.abc import Iterable

    from articles.models import Article
    from articles.queries.passages import Row


def share_in(rows: Iterable[Row]) -> Progress:
    """Of passages that are known already."""
    return Progress("", Counter(row.status for row in rows))


def share_of(article: Article) -> Progress:
    """Of an article, asked for."""
    found = Passage.objects.live().filter(article=article).order_by()
    return Progress("", dict(found.values_list("status").annotate(Count("pk"))))
