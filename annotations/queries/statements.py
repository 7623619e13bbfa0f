"""What is said of an article, whole, for handing on: annotations with replies, and the plain text.

Others' private annotations never come out of here.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import connection

from annotations.queries.said import MINE, NAME, NAME_OF
from articles.queries.passages import GAP

if TYPE_CHECKING:
    from articles.models import Article
    from diplowatch.lib.roles import Person


class Statement(NamedTuple):
    """An annotation with all that is known of it.

    `targets` are `[passage's primary key, start, end, exact, state, version]`, `identifiers`
    `[authority, value]`, both in their order; the version of the article that a detached target was
    made on is None where it is not known.
    """

    id: str
    parent: str | None
    motivation: str
    person: int | None
    name: str
    private: bool
    body: str
    tag: str | None
    entity: int | None
    label_fr: str | None
    label_en: str | None
    identifiers: list[list[str]] | None
    status: str
    status_by: str | None
    status_at: datetime.datetime | None
    flag_kind: str
    created: datetime.datetime
    modified: datetime.datetime
    targets: list[list[Any]] | None
    replacement: str = ""
    state: str = ""  # of a correction
    certainty: str = ""
    evidence: str = ""
    verdict: str = ""
    decided_by: str | None = None
    decided_at: datetime.datetime | None = None


@dataclass(frozen=True, slots=True)
class PlainText:
    """The plain text of an article; `places` tells where in it each live passage begins."""

    text: str
    places: dict[int, int]


# The last act that put the target where it was.
MADE_ON = """(
    SELECT (act.data->>'version')::bigint FROM articles_activity AS act
    WHERE act.article_id = a.article_id AND act.data ? 'version'
        AND act.data->'rows' @> jsonb_build_array(jsonb_build_object(
            'id', a.id::text, 'after', jsonb_build_object('targets', jsonb_build_array(
                jsonb_build_object('exact', t.exact, 'revision', t.revision)))))
    ORDER BY act.id DESC LIMIT 1)"""
STATEMENTS = f"""
SELECT a.id::text, a.parent_id::text, a.motivation, a.creator_id, {NAME}, a.private, a.body,
    g.name, a.entity_id, e.label_fr, e.label_en, known.identifiers, a.link_status,
    {NAME_OF.format("v")}, a.status_at, a.flag_kind, a.created, a.modified, places.targets,
    a.replacement, a.state, a.certainty, a.evidence, a.verdict, {NAME_OF.format("w")}, a.decided_at
FROM annotations_annotation AS a
LEFT JOIN annotations_entity AS e ON e.id = a.entity_id
LEFT JOIN annotations_tag AS g ON g.id = a.tag_id
LEFT JOIN accounts_user AS u ON u.id = a.creator_id
LEFT JOIN accounts_user AS v ON v.id = a.status_by_id
LEFT JOIN accounts_user AS w ON w.id = a.decided_by_id
LEFT JOIN LATERAL (
    SELECT json_agg(json_build_array(i.authority, i.value)
        ORDER BY i.authority <> 'wikidata', i.id) AS identifiers
    FROM annotations_entityidentifier AS i WHERE i.entity_id = a.entity_id AND NOT i.retired
) AS known ON TRUE
LEFT JOIN LATERAL (
    SELECT json_agg(json_build_array(t.passage_id, t.start, t."end", t.exact, t.state,
            CASE WHEN t.state = 'detached' THEN {MADE_ON} END) ORDER BY t.position) AS targets
    FROM annotations_target AS t WHERE t.annotation_id = a.id
) AS places ON TRUE
WHERE a.article_id = %(article)s AND a.removed IS NULL AND {MINE}
    AND (%(only)s::uuid IS NULL OR a.id = %(only)s::uuid)
    AND (a.parent_id IS NULL OR EXISTS (SELECT FROM annotations_annotation AS b
        WHERE b.id = a.parent_id AND b.removed IS NULL
            AND (NOT b.private OR b.creator_id = %(user)s)))
ORDER BY a.created, a.id
"""  # noqa: S608 - put together from constants; values are parameters
TEXTS = """
SELECT id, text FROM articles_passage WHERE article_id = %s AND NOT retired ORDER BY position
"""


def fetch_statements(article: Article, user: Person, only: str | None = None) -> list[Statement]:
    """All that the person may see, as it came; `only` is the id of one annotation."""
    with connection.cursor() as cursor:
        cursor.execute(STATEMENTS, {"article": article.pk, "user": user.pk, "only": only})
        return [Statement(*row) for row in cursor.fetchall()]


def fetch_plain_text(article: Article) -> PlainText:
    """The live passages, a blank line between them, and where each begins (code points)."""
    with connection.cursor() as cursor:
        cursor.execute(TEXTS, [article.pk])
        rows = cursor.fetchall()
    places, at = {}, 0
    for pk, text in rows:
        places[pk] = at
        at += len(text) + len(GAP)
    return PlainText(GAP.join(text for _pk, text in rows), places)
