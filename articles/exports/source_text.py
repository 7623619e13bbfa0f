"""The corrected text in the format of the files that are read, so that it can be imported again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from articles.exports.plain import runs_until
from articles.text.writing import Born, Details, Spoken, Written, is_as_born, write_text

if TYPE_CHECKING:
    from articles.models import Article
    from articles.queries.moments import Past


def source_text(article: Article, past: Past, file_name: str) -> str:
    """The file of the article as it stands."""
    now = past.at(past.last)
    runs = runs_until(past, past.last)
    texts = {number: past.born.passages[number].text for number in past.born.order}
    born = (
        [
            Born(start, end, holes, runs[number])
            for number, (_r, _s, _e, start, end, holes) in enumerate(past.structure, 1)
        ]
        if is_as_born(runs, texts, now.order)
        else []
    )
    passages = [
        Spoken(row.role, row.speaker or "", row.exchange, row.text) for row in past.rows(now)
    ]
    details = Details(
        article.kind, "" if article.title_derived else article.title, article.date,
        article.date_precision, article.source, article.url, article.language,
    )  # fmt: skip
    return write_text(Written(past.source, file_name, born, passages, details))
