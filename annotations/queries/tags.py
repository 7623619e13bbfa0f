"""The controlled list of tags, with how often each is given where the person may see it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.db import connection

from annotations.queries.said import MINE

if TYPE_CHECKING:
    from articles.queries.shelves import Shelves
    from diplowatch.lib.roles import Person

TAGS = f"""
SELECT g.id, g.name, g.description, g.version, coalesce(given.often, 0)
FROM annotations_tag AS g LEFT JOIN (
    SELECT a.tag_id, count(*) AS often FROM annotations_annotation AS a
    JOIN articles_article AS x ON x.id = a.article_id
    WHERE a.tag_id IS NOT NULL AND a.removed IS NULL AND {MINE}
        AND x.removed IS NULL AND x.collection_id = ANY(%(places)s)
    GROUP BY a.tag_id
) AS given ON given.tag_id = g.id
WHERE NOT g.retired ORDER BY g.folded, g.id
"""  # noqa: S608 - a condition of ours, no values

OFFERED = "SELECT id, name, folded FROM annotations_tag WHERE NOT retired ORDER BY folded, id"


class Offered(NamedTuple):
    """A tag that may be given, as the forms offer it."""

    pk: int
    name: str
    folded: str


class TagRow(NamedTuple):
    """A live tag of the list."""

    pk: int
    name: str
    description: str
    version: int
    often: int


def tag_rows(user: Person, shelves: Shelves) -> list[TagRow]:
    """All live tags by name."""
    with connection.cursor() as cursor:
        cursor.execute(TAGS, {"user": user.pk, "places": shelves.ids})
        return [TagRow(*row) for row in cursor.fetchall()]


def offered_tags() -> list[Offered]:
    """The tags that may be given, by name."""
    with connection.cursor() as cursor:
        cursor.execute(OFFERED)
        return [Offered(*row) for row in cursor.fetchall()]
