"""The statements behind stages."""

from __future__ import annotations

from typing import Final

# Passages are locked in the order of their ids, whoever asks.
PASSAGES: Final = """
SELECT p.id, p.article_id, p.number, p.position, p.role, s.position, p.exchange, p.text,
    p.retired, p.revision, p.status, s.id,
    a.collection_id, a.language, a.last_number, a.title_derived
FROM articles_passage AS p JOIN articles_article AS a ON a.id = p.article_id
    AND a.removed IS NULL
LEFT JOIN articles_speaker AS s ON s.id = p.speaker_id
WHERE (p.article_id, p.number) IN (SELECT * FROM unnest(%s::bigint[], %s::int[]))
ORDER BY p.id FOR NO KEY UPDATE OF p
"""
ARTICLES: Final = """
SELECT id, collection_id, language, last_number, title_derived FROM articles_article
WHERE id = ANY(%s) AND removed IS NULL ORDER BY id
"""
SPEAKERS: Final = """
SELECT id, article_id, position, name, part, retired FROM articles_speaker
WHERE article_id = ANY(%s)
"""
NEXT: Final = """
SELECT number, position FROM articles_passage
WHERE article_id = %s AND NOT retired AND position > %s ORDER BY position LIMIT 1
"""
# Two steps, since no two passages may stand at one place in between.
RESPACE: Final = (
    "UPDATE articles_passage SET position = -position WHERE article_id = %s AND NOT retired",
    """UPDATE articles_passage AS p SET position = ranked.place * %s FROM (
        SELECT id, row_number() OVER (ORDER BY position DESC) AS place FROM articles_passage
        WHERE article_id = %s AND NOT retired
    ) AS ranked WHERE p.id = ranked.id""",
)
UPDATE: Final = """
UPDATE articles_passage AS p SET role = new.role, speaker_id = new.speaker,
    exchange = new.exchange, text = new.text, revision = new.revision, retired = new.retired,
    position = new.position, search = coalesce(new.search::tsvector, p.search)
FROM unnest(%s::bigint[], %s::text[], %s::bigint[], %s::int[], %s::text[], %s::int[], %s::bool[],
    %s::bigint[], %s::text[]) AS new (id, role, speaker, exchange, text, revision, retired,
    position, search)
WHERE p.id = new.id
"""
INSERT: Final = """
INSERT INTO articles_passage (article_id, number, position, role, speaker_id, exchange, text,
    revision, retired, source_start, source_end, holes, search, status, problem, proofread_by_id,
    validated_by_id, validated_alone)
SELECT p.article_id, %s, %s, %s, %s, %s, %s, %s, %s, p.source_end, p.source_end, '[]',
    %s::tsvector, p.status, p.problem, p.proofread_by_id, p.validated_by_id, p.validated_alone
FROM articles_passage AS p WHERE p.article_id = %s AND p.number = %s RETURNING id
"""
SPEAKER: Final = """
INSERT INTO articles_speaker (article_id, position, name, labels, part, retired)
VALUES (%s, %s, %s, '[]', %s, %s)
ON CONFLICT (article_id, position) DO UPDATE
SET name = excluded.name, part = excluded.part, retired = excluded.retired RETURNING id
"""
