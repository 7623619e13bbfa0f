"""The statements behind statuses."""

from __future__ import annotations

COUNT = """
SELECT article_id, count(*), count(*) FILTER (WHERE status IN ('proofread', 'validated')),
    count(*) FILTER (WHERE status = 'validated'), count(*) FILTER (WHERE status = 'raw'),
    count(*) FILTER (WHERE status = 'problematic'),
    CASE WHEN count(DISTINCT problem) = 1 THEN min(problem) ELSE '' END
FROM articles_passage WHERE article_id = ANY(%s) AND NOT retired GROUP BY article_id
"""
PUT = """
UPDATE articles_passage AS p SET status = new.status, problem = new.problem,
    proofread_by_id = new.proofread, validated_by_id = new.validated, validated_alone = new.alone
FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::bigint[], %s::bigint[], %s::boolean[])
    AS new (id, status, problem, proofread, validated, alone)
WHERE p.id = new.id
"""
# All passages of an article that is validated are, and all of one that is raw are raw: where one
# of them steps, the article does. The correction counts as the newest proofreading.
STEP_BACK = """
WITH seen AS MATERIALIZED (
    SELECT id, article_id, number, status, problem, proofread_by_id, validated_by_id,
        validated_alone
    FROM articles_passage WHERE id = ANY(%(ids)s) AND (status IN ('raw', 'validated')
        OR status = 'proofread' AND proofread_by_id <> %(person)s::bigint)
    ORDER BY id FOR NO KEY UPDATE
), stepped AS (
    UPDATE articles_passage AS p
    SET status = CASE seen.status WHEN 'raw' THEN 'in_progress' ELSE 'proofread' END,
        proofread_by_id = CASE WHEN seen.status <> 'raw'
            THEN coalesce(%(person)s::bigint, seen.proofread_by_id) END,
        validated_by_id = NULL, validated_alone = FALSE
    FROM seen WHERE p.id = seen.id
    RETURNING p.id, p.status, p.problem, p.proofread_by_id, p.validated_by_id, p.validated_alone
), held AS MATERIALIZED (
    SELECT id FROM articles_article
    WHERE id IN (SELECT article_id FROM seen) AND status IN ('raw', 'validated')
    ORDER BY id FOR NO KEY UPDATE
), whole AS (
    UPDATE articles_article AS a
    SET status = CASE a.status WHEN 'raw' THEN 'in_progress' ELSE 'proofread' END
    FROM held WHERE a.id = held.id
    RETURNING a.id, a.status
)
SELECT seen.article_id, seen.number, seen.status, seen.problem, seen.proofread_by_id,
    seen.validated_by_id, seen.validated_alone, stepped.status, stepped.problem,
    stepped.proofread_by_id, stepped.validated_by_id, stepped.validated_alone, whole.status
FROM seen JOIN stepped ON stepped.id = seen.id LEFT JOIN whole ON whole.id = seen.article_id
ORDER BY seen.article_id, seen.number
"""
STAND = """
UPDATE articles_article AS a SET status = new.status, problem = new.problem,
    passages_done = new.done, passages_all = new.every
FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::int[], %s::int[])
    AS new (id, status, problem, done, every)
WHERE a.id = new.id
"""
