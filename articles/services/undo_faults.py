"""Why an act cannot be undone."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from articles.models import Article


class CannotUndo(Exception):
    """The activity cannot be undone."""


class AlreadyUndone(CannotUndo):
    """Somebody has undone it before."""


class NotThisWay(CannotUndo):
    """It is no change of articles' fields: imports are undone by their batch."""


class TakenAway(CannotUndo):
    """Some of the articles are no longer there."""

    def __init__(self, articles: Sequence[Article]) -> None:
        """Keep which."""
        self.articles = articles
        super().__init__(f"{len(articles)} articles were taken away")


class AlreadyThere(CannotUndo):
    """Some of the articles have twins (the same bytes) in the collection they would move to."""

    def __init__(self, articles: Sequence[Article]) -> None:
        """Keep which."""
        self.articles = articles
        super().__init__(f"{len(articles)} articles are there already")


class ChangedSince(CannotUndo):
    """Later changes of the same fields stand in the way."""

    def __init__(self, article: Article, fields: list[str]) -> None:
        """Keep which article, and which of its fields."""
        self.article, self.fields = article, fields
        super().__init__(f"article {article.pk}: {', '.join(fields)}")
