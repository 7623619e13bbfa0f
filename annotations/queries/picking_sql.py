"""The statements of the picker: names near the words by index, then all that is shown of them."""

from __future__ import annotations

from typing import Final

# The operators ~>=~ and ~<=~ go by the index of the names' bytes, whatever the locale; the name
# itself comes first, being the shortest. Names with a sound in common may be thousands: the keys,
# being short, are compared first.
_NEAR: Final = """
    (SELECT entity_id, CASE WHEN folded = %(folded)s THEN 3 ELSE 2 - length(folded) / 1000.0 END
            AS rough
        FROM annotations_entityname
        WHERE folded ~>=~ %(folded)s AND folded ~<=~ %(past)s AND NOT retired
        ORDER BY length(folded), folded LIMIT %(most)s)
    UNION ALL
    (SELECT entity_id, CASE WHEN folded = ANY(%(variants)s::text[]) THEN 2.5 ELSE 0.9 END
        FROM annotations_entityname
        WHERE folded = ANY(%(variants)s::text[] || %(within)s::text[]) AND NOT retired
        ORDER BY 2 DESC, length(folded) DESC LIMIT %(most)s)
    UNION ALL
    (SELECT entity_id, 1.6 FROM annotations_entityname
        WHERE annotations_initials(folded) = %(initials)s AND folded LIKE '%% %% %%'
            AND NOT retired LIMIT %(most)s)
    UNION ALL
    (SELECT entity_id, 1.5 FROM annotations_entityname
        WHERE folded LIKE %(part)s AND NOT retired LIMIT %(most)s)
    UNION ALL
    (SELECT entity_id, (similarity(folded, %(folded)s) + heard) / 2 FROM (
        SELECT entity_id, folded, similarity(sound, %(sound)s) AS heard
        FROM annotations_entityname
        WHERE string_to_array(sound, ' ') && %(sounds)s::text[] AND NOT retired
        ORDER BY 3 DESC LIMIT 100) AS heard
        ORDER BY 2 DESC LIMIT %(most)s)
    UNION ALL
    (SELECT entity_id, (similarity(folded, %(folded)s) + similarity(sound, %(sound)s)) / 2
        FROM annotations_entityname WHERE folded %% %(folded)s AND NOT retired
        ORDER BY 2 DESC LIMIT %(most)s)
    UNION ALL
    (SELECT entity_id, 4 FROM annotations_entityidentifier
        WHERE authority = 'wikidata' AND value = %(qid)s AND NOT retired)
    UNION ALL
    (SELECT entity_id, similarity(name.folded, %(folded)s) + 0.2 FROM linked
        JOIN annotations_entityname AS name USING (entity_id) WHERE NOT name.retired)
"""
_KNOWN: Final = "(SELECT unnest(%(ids)s::bigint[]) AS entity_id, 1 AS rough)"
# Of the nearest entities: a row each, with its names, ids, the office at the date, and its links.
_SHOWN: Final = """
WITH linked AS MATERIALIZED (
    SELECT entity_id, count(*) AS links FROM annotations_annotation
    WHERE article_id = %(article)s AND entity_id IS NOT NULL AND motivation = 'identifying'
        AND removed IS NULL AND NOT private
    GROUP BY entity_id
), near AS (
    SELECT entity_id, max(rough) AS rough FROM (NAMES) AS names GROUP BY entity_id
), best AS MATERIALIZED (
    SELECT entity.*, near.rough FROM near JOIN annotations_entity AS entity
        ON entity.id = near.entity_id AND NOT entity.retired
    WHERE %(kind)s = '' OR entity.kind = %(kind)s
    ORDER BY near.rough DESC LIMIT %(most)s
), dated AS (
    SELECT coalesce(%(at)s::date, article.date) AS day,
        CASE WHEN %(at)s::date IS NOT NULL OR article.date_precision = 'day' THEN interval '0'
            WHEN article.date_precision = 'month' THEN interval '1 month - 1 day'
            ELSE interval '1 year - 1 day' END AS more
    FROM (SELECT) AS one LEFT JOIN articles_article AS article ON article.id = %(article)s
)
SELECT best.id, best.kind, best.label_fr, best.label_en, best.description_fr, best.description_en,
    best.origin,
    coalesce((SELECT json_agg(json_build_array(authority, value) ORDER BY authority <> 'wikidata',
            authority, value)
        FROM annotations_entityidentifier WHERE entity_id = best.id AND NOT retired), '[]'),
    FITTING,
    (SELECT CASE WHEN %(french)s THEN coalesce(nullif(title_fr, ''), title_en)
            ELSE coalesce(nullif(title_en, ''), title_fr) END
        FROM annotations_office, dated
        WHERE entity_id = best.id AND NOT retired AND day IS NOT NULL
            AND (start IS NOT NULL OR "end" IS NOT NULL)
            AND (start IS NULL OR start <= day + more) AND ("end" IS NULL OR "end" >= day)
        ORDER BY start DESC NULLS LAST, title_fr = '' LIMIT 1),
    (SELECT string_agg(title_fr || ' ' || title_en, ' ') FROM annotations_office
        WHERE entity_id = best.id AND NOT retired),
    coalesce((SELECT links FROM linked WHERE linked.entity_id = best.id), 0),
    EXISTS (SELECT FROM annotations_annotation
        WHERE entity_id = best.id AND motivation = 'identifying' AND removed IS NULL
            AND NOT private)
FROM best
"""
_NAMES_OF: Final = """(SELECT json_agg(json_build_array(name, folded, sound, kind))
        FROM annotations_entityname WHERE entity_id = best.id AND NOT retired)"""
_NO_NAMES: Final = "'[]'::json"
_NAMED_BY_ID: Final = f"""CASE WHEN best.rough = 4
        THEN json_build_array(json_build_array(%(qid)s::text, NULL, '', 'label'))
        ELSE {_NAMES_OF} END"""


def _put(names: str, fitting: str) -> str:
    return _SHOWN.replace("NAMES", names).replace("FITTING", fitting)


NEAR: Final = _put(_NEAR, _NAMED_BY_ID)
KNOWN: Final = _put(_KNOWN, _NO_NAMES)
