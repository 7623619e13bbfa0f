"""The one statement that checks the places, stores what is said of them and logs the act."""

from __future__ import annotations

from typing import Final

from annotations.models import Annotation
from annotations.models.annotation import CONTEXT_LENGTH
from articles.models import Article

# What rendering needs of the article comes back with the statement; in the order of the model.
NEEDED = {"id", "collection_id", "kind", "title", "language", "version", "date", "date_precision"}
OF_ARTICLE: Final = [
    field.attname for field in Article._meta.concrete_fields if field.attname in NEEDED
]
COLUMNS: Final = [field.attname for field in Annotation._meta.concrete_fields]
# The quote is compared and its context cut where the text is; a passage that an edit holds is
# waited for, and then compared again. The article comes late: others wait for it the shortest; only
# the act is later, which names the version that the article then has.
SAY: Final = f"""
WITH found AS (
    SELECT asked.place - 1 AS position, p.id AS passage, asked.start, asked."end", asked.exact,
        substr(p.text, greatest(asked.start - {CONTEXT_LENGTH}, 0) + 1,
            least(asked.start, {CONTEXT_LENGTH})) AS prefix,
        substr(p.text, asked."end" + 1, {CONTEXT_LENGTH}) AS suffix, p.revision, asked.state
    FROM unnest(%(numbers)s::int[], %(revisions)s::int[], %(starts)s::int[], %(ends)s::int[],
        %(exacts)s::text[], %(states)s::text[]) WITH ORDINALITY
        AS asked (number, revision, start, "end", exact, state, place)
    JOIN articles_passage AS p ON p.article_id = %(article_id)s AND p.number = asked.number
        AND p.number = ANY(%(numbers)s)
        AND NOT p.retired AND p.revision = asked.revision
        AND substr(p.text, asked.start + 1, asked."end" - asked.start) = asked.exact
    FOR SHARE OF p
){{held}}, said AS (
    INSERT INTO annotations_annotation ({", ".join(COLUMNS)})
    SELECT {", ".join(f"%({column})s" for column in COLUMNS)} FROM articles_article AS a
    WHERE a.id = %(article_id)s AND a.removed IS NULL
        AND (%(places)s::bigint[] IS NULL OR a.collection_id = ANY(%(places)s::bigint[]))
        AND (SELECT count(*) FROM found) = %(target_count)s
        {{is_held}}
    ON CONFLICT (id) DO NOTHING RETURNING id
), aimed AS (
    INSERT INTO annotations_target
        (annotation_id, position, passage_id, start, "end", exact, prefix, suffix, state, revision)
    SELECT said.id, position, passage, start, "end", exact, prefix, suffix, state, revision
    FROM said, found RETURNING id, position, passage_id, prefix, suffix
), touched AS (
    UPDATE articles_article AS a SET version = a.version + 1, updated = %(created)s
    FROM said WHERE a.id = %(article_id)s
    RETURNING {", ".join(f"a.{column}" for column in OF_ARTICLE)}
), logged AS (
    INSERT INTO articles_activity (actor_id, agent, verb, article_id, private, data, created)
    SELECT %(creator_id)s, %(agent)s, %(verb)s, %(article_id)s, %(private)s,
        jsonb_set(%(data)s::jsonb, '{{{{rows,0,after,targets}}}}', coalesce((
            SELECT jsonb_agg(jsonb_build_object('passage', passage, 'start', start, 'end', "end",
                'exact', exact, 'prefix', prefix, 'suffix', suffix, 'state', state,
                'revision', revision) ORDER BY position)
            FROM found), '[]'::jsonb)) || jsonb_build_object('version', touched.version),
        %(created)s
    FROM touched RETURNING id
)
SELECT logged.id, (
    SELECT json_agg(json_build_array(id, passage_id, prefix, suffix) ORDER BY position) FROM aimed
), touched.* FROM logged, touched
"""  # noqa: S608 - column names and lengths of ours, no values
# The tag or the entity must be there to give, and stay so until this is done.
HELD: Final = """, held AS (
    SELECT id FROM {table} WHERE id = %({column})s AND NOT retired FOR SHARE
)"""
TABLES: Final = {"tag_id": "annotations_tag", "entity_id": "annotations_entity"}


def statement_for(annotation: Annotation) -> str:
    """What to run: an annotation has a tag, an entity or neither, never both."""
    named = next((name for name in TABLES if getattr(annotation, name) is not None), None)
    if named is None:
        return SAY.format(held="", is_held="")
    held = HELD.format(table=TABLES[named], column=named)
    return SAY.format(held=held, is_held="AND EXISTS (SELECT FROM held)")
