"""One article by its number, as pages need it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from articles.models import Article, Handing, SourceFile
from diplowatch.lib.statements import fetch_planned

if TYPE_CHECKING:
    from collections.abc import Container

HIGHEST = (1 << 63) - 1  # of all ids; a number beyond it would be compared with every row
# What is large, or never needed to show a page; it is fetched when it is asked for.
LEFT_OUT = {"first_words", "words", "tags", "evidence", "title_key"}
NAMES: Final = [
    field.attname for field in Article._meta.concrete_fields if field.name not in LEFT_OUT
]
NAME = "coalesce(nullif(trim(concat({0}.first_name, ' ', {0}.last_name)), ''), {0}.username)"
# Written out, since every page that shows an article asks it.
ARTICLE: Final = f"""
SELECT {", ".join(f"a.{name}" for name in NAMES)}, s.name,
    h.state, h.note, h.reason, h.sender_id, h.recipient_id, {NAME.format("f")}, {NAME.format("t")}
FROM articles_article AS a JOIN articles_sourcefile AS s ON s.id = a.source_file_id
LEFT JOIN articles_handover AS h ON h.article_id = a.id AND h.state IN ('waiting', 'sent_back')
LEFT JOIN accounts_user AS f ON f.id = h.sender_id
LEFT JOIN accounts_user AS t ON t.id = h.recipient_id
WHERE a.id = %s AND a.removed IS NULL
"""  # noqa: S608 - names of columns


def live_article(pk: int, visible: Container[int]) -> Article | None:
    """The article, with its file's name and whom it waits for, if it is in these collections."""
    if pk > HIGHEST:
        return None
    for row in fetch_planned(ARTICLE, [pk]):
        values, file_name, handed = row[: len(NAMES)], row[len(NAMES)], row[len(NAMES) + 1 :]
        article = Article.from_db("default", NAMES, values)
        if article.collection_id in visible:
            file = SourceFile.from_db(
                "default", ["id", "name"], [article.source_file_id, file_name]
            )
            article.source_file = file
            article.handing = Handing(*handed) if handed[0] else None
            return article
    return None
