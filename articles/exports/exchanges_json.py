"""Exchanges as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from diplowatch.lib.dates import typed_date

if TYPE_CHECKING:
    from collections.abc import Iterable

    from articles.models import Article
    from articles.queries.passages import Exchange, Row


def exchanges_as_json(article: Article, exchanges: Iterable[Exchange]) -> dict[str, Any]:
    """The article's details and its question and answer pairs, as JSON values."""
    return {
        "article": {
            "id": article.pk,
            "title": article.title,
            "date": typed_date(article.date, article.date_precision) or None,
            "source": article.source,
            "url": article.url,
            "language": article.language,
            "status": article.status,
            "version": article.version,
        },
        "exchanges": [
            {
                "exchange": exchange.number,
                "question": [_passage(row) for row in exchange.question],
                "answer": [_passage(row) for row in exchange.answer],
            }
            for exchange in exchanges
        ],
    }


def _passage(row: Row) -> dict[str, Any]:
    return {"passage": row.number, "role": row.role, "speaker": row.speaker, "text": row.text}
