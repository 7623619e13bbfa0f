"""The statements that log an act on texts."""

from __future__ import annotations

from typing import Final

LOCK: Final = "SELECT id FROM articles_article WHERE id = ANY(%s) ORDER BY id FOR NO KEY UPDATE"
# The articles come late: others wait for them the shortest. The act names the versions it made.
LOG: Final = """
WITH asked AS (
    SELECT * FROM unnest(%(ids)s::bigint[], %(made)s::int[], %(lasts)s::int[])
        AS asked (id, made, last_number)
), touched AS (
    UPDATE articles_article AS a SET version = a.version + 1, revision = a.revision + asked.made,
        last_number = greatest(a.last_number, asked.last_number), updated = %(now)s::timestamptz
    FROM asked WHERE a.id = asked.id RETURNING a.id, a.revision - asked.made AS stood, a.version
), logged AS (
    INSERT INTO articles_activity
        (actor_id, agent, verb, article_id, undoes_id, batch_id, private, data, created)
    SELECT %(actor)s::bigint, %(agent)s::text, %(verb)s::text, %(article)s::bigint,
        %(undoes)s::bigint, %(batch)s::uuid, false,
        %(data)s::jsonb || (
        SELECT CASE WHEN %(article)s::bigint IS NULL
            THEN jsonb_build_object('articles', jsonb_agg(id ORDER BY id),
                'versions', jsonb_object_agg(id, version))
            ELSE jsonb_build_object('version', max(version)) END
        FROM touched), %(now)s::timestamptz
    RETURNING id, data
), kept AS (
    INSERT INTO articles_revision (article_id, number, passage_id, passage_revision, operation,
        data, activity_id, created)
    SELECT done.article, touched.stood + done.place, done.passage, done.revision, done.operation,
        done.data::jsonb, logged.id, %(now)s::timestamptz
    FROM unnest(%(articles)s::bigint[], %(places)s::int[], %(passages)s::bigint[],
        %(revisions)s::int[], %(operations)s::text[], %(values)s::text[])
        AS done (article, place, passage, revision, operation, data)
    JOIN touched ON touched.id = done.article CROSS JOIN logged
)
SELECT logged.id, logged.data, touched.id, touched.version FROM touched CROSS JOIN logged
"""
LOGGED: Final = ("articles", "places", "passages", "revisions", "operations", "values")
