"""What acts did to texts: the first few of their operations, and on how many texts they were."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from django.db import connection

from articles.text.operations import Operation, from_json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from articles.queries.shelves import Shelves

SHOWN: Final = 5  # operations of an act
OF_ACTS: Final = """
SELECT asked.act, r.article_id, r.operation, r.data::text, all_of.revisions, all_of.articles,
    all_of.editable, a.title
FROM unnest(%(acts)s::bigint[]) AS asked (act)
JOIN LATERAL (
    SELECT count(*) AS revisions, count(DISTINCT o.article_id) AS articles,
        bool_and(b.collection_id = ANY(%(editable)s) AND b.removed IS NULL) AS editable
    FROM articles_revision AS o JOIN articles_article AS b ON b.id = o.article_id
    WHERE o.activity_id = asked.act AND o.number > 1
) AS all_of ON all_of.revisions > 0
LEFT JOIN LATERAL (
    SELECT o.* FROM articles_revision AS o JOIN articles_article AS b ON b.id = o.article_id
    WHERE o.activity_id = asked.act AND o.number > 1 AND b.collection_id = ANY(%(seen)s)
        AND b.removed IS NULL AND (%(article)s = 0 OR o.article_id = %(article)s)
    ORDER BY o.article_id, o.number LIMIT %(shown)s
) AS r ON true
LEFT JOIN articles_article AS a ON a.id = r.article_id
ORDER BY asked.act, r.article_id, r.number
"""


class Done(NamedTuple):
    """One operation on a text that the person sees."""

    article: int
    title: str
    operation: Operation


@dataclass(frozen=True, slots=True)
class Revised:
    """What an act did to texts: the first operations that the person may see, and how many in all.

    `is_editable` says that the person edits all of the texts.
    """

    done: tuple[Done, ...] = ()
    revisions: int = 0
    articles: int = 0
    is_editable: bool = False

    @property
    def more(self) -> int:
        """Operations that are not shown."""
        return self.revisions - len(self.done)


NOT_REVISED: Final = Revised()


def revised_by(acts: Sequence[int], shelves: Shelves, article: int = 0) -> dict[int, Revised]:
    """What each act did to texts, to one `article` if named; one query for a page of them."""
    asked: dict[str, Any] = {
        "acts": list(acts), "editable": list(shelves.editable()), "seen": shelves.ids,
        "article": article, "shown": SHOWN,
    }  # fmt: skip
    found: dict[int, Revised] = {}
    with connection.cursor() as cursor:
        cursor.execute(OF_ACTS, asked)
        for act, of, name, data, revisions, articles, editable, title in cursor.fetchall():
            known = found.get(act, Revised((), revisions, articles, editable))
            more = () if of is None else (Done(of, title, from_json(name, json.loads(data))),)
            found[act] = Revised((*known.done, *more), revisions, articles, editable)
    return found
