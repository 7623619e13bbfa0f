"""Which articles speak of which entities: by links that the reader sees, or because they speak.

What the list of articles asks for (`articles.queries.entities`).
"""

# ruff: noqa: S608 - these texts are put together from constants; values are parameters
from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db import connection
from django.utils.translation import get_language

from annotations.models import Entity
from annotations.queries.said import in_language
from articles.queries.entities import EntityCount
from articles.queries.filters import Filters

if TYPE_CHECKING:
    from collections.abc import Iterable

    from articles.queries.entities import Condition
    from articles.queries.shelves import Shelves
    from diplowatch.lib.roles import Person

SHOWN: Final = 10

SEEN: Final = """n.motivation = 'identifying' AND n.removed IS NULL
    AND (NOT n.private OR n.creator_id = %s)"""
# What was merged into another is that other one.
MEANT: Final = """(SELECT coalesce(e.merged_into_id, e.id)
    FROM annotations_entity AS e WHERE e.id = %s)"""
SPEAKS_OF: Final = f"""a.id IN (
    SELECT n.article_id FROM annotations_annotation AS n WHERE n.entity_id = {MEANT} AND {SEEN}
    UNION ALL
    SELECT s.article_id FROM annotations_speakeridentity AS i
    JOIN articles_speaker AS s ON s.id = i.speaker_id AND NOT s.retired
    WHERE i.entity_id = {MEANT})"""
COUNTS: Final = f"""
WITH chosen AS MATERIALIZED (SELECT a.id FROM articles_article AS a WHERE {{among}}),
spoken AS (
    SELECT n.article_id, n.entity_id FROM annotations_annotation AS n
    WHERE n.article_id IN (SELECT id FROM chosen) AND n.entity_id IS NOT NULL AND {SEEN}
    UNION
    SELECT s.article_id, i.entity_id FROM articles_speaker AS s
    JOIN annotations_speakeridentity AS i ON i.speaker_id = s.id
    WHERE s.article_id IN (SELECT id FROM chosen) AND NOT s.retired AND i.entity_id IS NOT NULL
), most AS (
    SELECT entity_id, count(*) AS held FROM spoken GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT {SHOWN}
)
SELECT e.id::text, {{label}}, most.held FROM most
JOIN annotations_entity AS e ON e.id = most.entity_id ORDER BY 3 DESC, articles_fold({{label}}), 1
"""


def count_articles(user: Person, shelves: Shelves, entity: Entity) -> int:
    """How many articles the list shows of an entity."""
    filters = Filters(entity=(str(entity.pk),), reader=user.pk)
    condition, values = filters.on_articles(shelves.ids)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM articles_article AS a WHERE {condition}", values)
        return int(cursor.fetchone()[0])


class LinkedEntities:
    """Entities as the list of articles asks for them."""

    def condition(self, entity: str, reader: int | None) -> Condition:
        """The condition on `articles_article AS a` of those that speak of an entity."""
        return SPEAKS_OF, [int(entity), reader, int(entity)]

    def count(self, among: Condition, reader: int | None) -> list[EntityCount]:
        """The entities that most of these articles speak of; one statement."""
        condition, values = among
        label = in_language("e.label", get_language() or "")
        sql = COUNTS.format(among=condition, label=label)
        with connection.cursor() as cursor:
            cursor.execute(sql, [*values, reader])
            return [EntityCount(*row) for row in cursor.fetchall()]

    def labels(self, entities: Iterable[str]) -> dict[str, str]:
        """What these entities are called; one statement."""
        found = Entity.objects.filter(pk__in=[int(one) for one in entities])
        names = found.values_list("pk", "label_fr", "label_en")
        in_english = (get_language() or "").startswith("en")
        return {
            str(pk): (english or french) if in_english else (french or english)
            for pk, french, english in names
        }
