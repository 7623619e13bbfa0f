"""The floor of pages: an ASGI app of a few lines that hands on what one SQL statement gives.

It runs on the same server program and the same database as ours.
"""

from __future__ import annotations

import os
from typing import Any
from urllib.parse import parse_qs

from psycopg_pool import AsyncConnectionPool

DOCUMENT = """
SELECT json_build_object('title', a.title, 'date', a.date, 'kind', a.kind, 'passages', (
    SELECT json_agg(json_build_object(
        'number', p.number, 'role', p.role, 'speaker', s.name, 'exchange', p.exchange,
        'text', p.text) ORDER BY p.position)
    FROM articles_passage AS p LEFT JOIN articles_speaker AS s ON s.id = p.speaker_id
    WHERE p.article_id = a.id AND NOT p.retired
))::text FROM articles_article AS a WHERE a.id = %(id)s::bigint AND a.removed IS NULL
"""
# The same document with all that is said of it.
SAID = """
SELECT json_build_object('title', a.title, 'date', a.date, 'kind', a.kind, 'passages', (
    SELECT json_agg(json_build_object(
        'number', p.number, 'role', p.role, 'speaker', s.name, 'exchange', p.exchange,
        'text', p.text) ORDER BY p.position)
    FROM articles_passage AS p LEFT JOIN articles_speaker AS s ON s.id = p.speaker_id
    WHERE p.article_id = a.id AND NOT p.retired
), 'annotations', (
    SELECT json_agg(json_build_object(
        'id', n.id, 'motivation', n.motivation, 'by', u.username, 'body', n.body, 'tag', g.name,
        'entity', e.label_fr, 'kind', coalesce(e.kind, n.flag_kind), 'status', n.link_status,
        'created', n.created, 'passage', p.number, 'start', t.start, 'end', t."end",
        'exact', t.exact, 'state', t.state) ORDER BY p.position, t.start)
    FROM annotations_annotation AS n JOIN annotations_target AS t ON t.annotation_id = n.id
    JOIN articles_passage AS p ON p.id = t.passage_id
    LEFT JOIN annotations_entity AS e ON e.id = n.entity_id
    LEFT JOIN annotations_tag AS g ON g.id = n.tag_id
    LEFT JOIN accounts_user AS u ON u.id = n.creator_id
    WHERE n.article_id = a.id AND n.removed IS NULL AND NOT n.private
))::text FROM articles_article AS a WHERE a.id = %(id)s::bigint AND a.removed IS NULL
"""
PAGE = """
SELECT json_agg(page)::text FROM (
    SELECT id, title, date, kind, status, first_words, speaker_names FROM articles_article
    WHERE removed IS NULL ORDER BY date_key DESC, id DESC LIMIT 50
) AS page
"""
# Ranked as ours: no more than 1,000 candidates, however common the words.
SEARCH = """
SELECT json_agg(page)::text FROM (
    SELECT a.id, a.title, a.date, a.kind, p.number, p.text
    FROM (
        SELECT id, article_id, number, text, search FROM articles_passage
        WHERE search @@ %(q)s::tsquery AND NOT retired LIMIT 1000
    ) AS p JOIN articles_article AS a ON a.id = p.article_id AND a.removed IS NULL
    ORDER BY ts_rank_cd(p.search, %(q)s::tsquery) DESC, a.id DESC LIMIT 20
) AS page
"""
INSERT = "INSERT INTO floor.written (said) VALUES ('x') RETURNING id::text"
STATEMENTS = {
    "/document": DOCUMENT,
    "/said": SAID,
    "/page": PAGE,
    "/search": SEARCH,
    "/insert": INSERT,
}

_pool: AsyncConnectionPool | None = None


async def application(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """Answer with the statement's one value."""
    global _pool
    if scope["type"] != "http":
        return
    if _pool is None:
        _pool = AsyncConnectionPool(
            os.environ["DATABASE_URL"], min_size=4, kwargs={"autocommit": True}, open=False
        )
        await _pool.open(wait=True)
    values = {name: said[0] for name, said in parse_qs(scope["query_string"].decode()).items()}
    async with _pool.connection() as connection:
        row = await (await connection.execute(STATEMENTS[scope["path"]], values)).fetchone()
    body = (row[0] or "[]").encode() if row else b"[]"
    headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(body))]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})
