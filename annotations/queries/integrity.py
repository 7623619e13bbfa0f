"""What must always hold, as statements: each gives the rows that break a rule, none when it holds.

A statement selects a text that says where the breach is; another counts what it looked at.
"""
# ruff: noqa: S608 - these texts are put together from constants; values are parameters

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.db import connection

from annotations.queries.folded import wrong_logs

if TYPE_CHECKING:
    from collections.abc import Iterator

SHOWN = 20  # breaches of a rule that are told one by one


class Rule(NamedTuple):
    """One rule: what it says, what it is about, how to count that, how to find breaches."""

    says: str
    about: str
    counting: str
    breaches: str


class Outcome(NamedTuple):
    """What checking a rule gave: how many were looked at, how many break it, the first of them."""

    says: str
    about: str
    looked_at: int
    broken: int
    first: list[str]


LIVE_TARGETS = "annotations_target AS t JOIN articles_passage AS p ON p.id = t.passage_id"
RULES = (
    Rule(
        "an anchored target quotes its passage from start to end", "anchored targets",
        "SELECT count(*) FROM annotations_target WHERE state = 'anchored'",
        f"""SELECT 'annotation ' || t.annotation_id || ', target ' || t.position
            FROM {LIVE_TARGETS} WHERE t.state = 'anchored'
            AND t.exact IS DISTINCT FROM substr(p.text, t.start + 1, t."end" - t.start)""",
    ),
    Rule(
        "a target's context stands around it", "anchored targets",
        "SELECT count(*) FROM annotations_target WHERE state = 'anchored'",
        f"""SELECT 'annotation ' || t.annotation_id || ', target ' || t.position
            FROM {LIVE_TARGETS} WHERE t.state = 'anchored' AND (
                t.prefix IS DISTINCT FROM right(left(p.text, t.start), length(t.prefix))
                OR t.suffix IS DISTINCT FROM substr(p.text, t."end" + 1, length(t.suffix)))""",
    ),
    Rule(
        "a target lies inside its passage, which is not retired", "targets with a place",
        "SELECT count(*) FROM annotations_target WHERE state <> 'detached'",
        f"""SELECT 'annotation ' || t.annotation_id || ', target ' || t.position
            FROM {LIVE_TARGETS}
            WHERE t.state <> 'detached' AND (p.retired OR t."end" > length(p.text))""",
    ),
    Rule(
        "a target's passage is of its annotation's article", "targets",
        "SELECT count(*) FROM annotations_target",
        f"""SELECT 'annotation ' || a.id || ', passage ' || p.id FROM {LIVE_TARGETS}
            JOIN annotations_annotation AS a ON a.id = t.annotation_id
            WHERE p.article_id <> a.article_id""",
    ),
    Rule(
        "no target was made on a revision that its passage never had", "targets",
        "SELECT count(*) FROM annotations_target",
        f"""SELECT 'annotation ' || t.annotation_id || ', target ' || t.position
            FROM {LIVE_TARGETS} WHERE t.revision > p.revision""",
    ),
    Rule(
        "an annotation has as many targets as it says", "annotations",
        "SELECT count(*) FROM annotations_annotation",
        """SELECT 'annotation ' || a.id FROM annotations_annotation AS a LEFT JOIN (
                SELECT annotation_id, count(*) AS held FROM annotations_target GROUP BY 1
            ) AS t ON t.annotation_id = a.id
            WHERE a.target_count <> coalesce(t.held, 0)""",
    ),
    Rule(
        "a reply is about an annotation of the same article, and no reply itself", "replies",
        "SELECT count(*) FROM annotations_annotation WHERE parent_id IS NOT NULL",
        """SELECT 'annotation ' || r.id FROM annotations_annotation AS r
            JOIN annotations_annotation AS a ON a.id = r.parent_id
            WHERE r.article_id <> a.article_id OR a.parent_id IS NOT NULL""",
    ),
    Rule(
        "a reply to a private annotation is private and its owner's", "replies",
        "SELECT count(*) FROM annotations_annotation WHERE parent_id IS NOT NULL",
        """SELECT 'annotation ' || r.id FROM annotations_annotation AS r
            JOIN annotations_annotation AS a ON a.id = r.parent_id
            WHERE a.private AND (NOT r.private OR r.creator_id IS DISTINCT FROM a.creator_id)""",
    ),
    Rule(
        "what is said names entities and tags that were not merged into others",
        "links and tags given",
        """SELECT count(*) FROM annotations_annotation
            WHERE removed IS NULL AND (entity_id IS NOT NULL OR tag_id IS NOT NULL)""",
        """SELECT 'annotation ' || a.id FROM annotations_annotation AS a
            LEFT JOIN annotations_entity AS e ON e.id = a.entity_id
            LEFT JOIN annotations_tag AS g ON g.id = a.tag_id
            WHERE a.removed IS NULL
                AND (e.merged_into_id IS NOT NULL OR g.merged_into_id IS NOT NULL)""",
    ),
    Rule(
        "entities are not merged into each other in a ring, nor into themselves",
        "merged entities",
        "SELECT count(*) FROM annotations_entity WHERE merged_into_id IS NOT NULL",
        """WITH RECURSIVE way AS (
                SELECT id AS began, merged_into_id AS at, 1 AS steps FROM annotations_entity
                WHERE merged_into_id IS NOT NULL
                UNION ALL
                SELECT w.began, e.merged_into_id, w.steps + 1 FROM way AS w
                JOIN annotations_entity AS e ON e.id = w.at
                WHERE e.merged_into_id IS NOT NULL AND w.at <> w.began AND w.steps < 1000)
            SELECT DISTINCT 'entity ' || began FROM way WHERE at = began""",
    ),
    Rule(
        "a record that may be linked has a name", "entities",
        "SELECT count(*) FROM annotations_entity WHERE NOT retired",
        """SELECT 'entity ' || e.id FROM annotations_entity AS e WHERE NOT e.retired
            AND NOT EXISTS (SELECT FROM annotations_entityname AS n
                WHERE n.entity_id = e.id AND NOT n.retired)""",
    ),
    Rule(
        "a speaker is identified with a record exactly where the status says so",
        "identified speakers", "SELECT count(*) FROM annotations_speakeridentity",
        # Where it was taken back nothing is said, and no record is named.
        """SELECT 'speaker ' || speaker_id FROM annotations_speakeridentity
            WHERE status = CASE WHEN entity_id IS NULL THEN 'verified' ELSE 'not_identifiable' END
        """,
    ),
    Rule(
        "every act has somebody who did it", "activities",
        "SELECT count(*) FROM articles_activity",
        "SELECT 'activity ' || id FROM articles_activity WHERE actor_id IS NULL AND agent = ''",
    ),
    Rule(
        "an act about a private annotation is private", "acts on private annotations",
        """SELECT count(*) FROM annotations_annotation WHERE private""",
        """SELECT 'activity ' || act.id FROM annotations_annotation AS a
            JOIN articles_activity AS act ON act.article_id = a.article_id AND NOT act.private
                AND act.created >= a.created
                AND act.data->'rows' @> jsonb_build_array(jsonb_build_object('id', a.id::text))
            WHERE a.private
                AND (act.data->'rows') @> jsonb_build_array(jsonb_build_object(
                    'id', a.id::text, 'after', jsonb_build_object('private', true)))""",
    ),
    Rule(
        "the source bytes are those that came", "source files",
        "SELECT count(*) FROM articles_sourcefile",
        """SELECT 'source file ' || id FROM articles_sourcefile
            WHERE sha256 <> encode(sha256(coalesce(data, convert_to(text, 'UTF8'))), 'hex')""",
    ),
    Rule(
        "an article's sum of bytes is its source file's", "articles",
        "SELECT count(*) FROM articles_article",
        """SELECT 'article ' || a.id FROM articles_article AS a
            JOIN articles_sourcefile AS s ON s.id = a.source_file_id WHERE a.sha256 <> s.sha256""",
    ),
    Rule(
        "an article stands at the last revision of its log, and revisions are without gap",
        "articles", "SELECT count(*) FROM articles_article",
        """SELECT 'article ' || a.id FROM articles_article AS a LEFT JOIN (
                SELECT article_id, max(number) AS last, count(*) AS held
                FROM articles_revision GROUP BY 1
            ) AS r ON r.article_id = a.id
            WHERE a.revision <> coalesce(r.last, 0) OR a.revision <> coalesce(r.held, 0)""",
    ),
    Rule(
        "a passage's number and speaker are of its article", "passages",
        "SELECT count(*) FROM articles_passage",
        """SELECT 'passage ' || p.id FROM articles_passage AS p
            JOIN articles_article AS a ON a.id = p.article_id
            LEFT JOIN articles_speaker AS s ON s.id = p.speaker_id
            WHERE p.number > a.last_number OR s.article_id <> p.article_id""",
    ),
    Rule(
        "an article stands where its passages stand, and its share is theirs", "articles",
        "SELECT count(*) FROM articles_article",
        """SELECT 'article ' || a.id FROM articles_article AS a JOIN (
                SELECT article_id, count(*) AS every,
                    count(*) FILTER (WHERE status IN ('proofread', 'validated')) AS done,
                    count(*) FILTER (WHERE status = 'validated') AS validated
                FROM articles_passage WHERE NOT retired GROUP BY 1
            ) AS p ON p.article_id = a.id
            WHERE a.status = 'validated' AND p.validated < p.every
                OR a.status = 'proofread' AND p.done < p.every
                OR a.passages_all > 0
                    AND (a.passages_all, a.passages_done) <> (p.every, p.done)""",
    ),
)  # fmt: skip


def check_rules() -> Iterator[Outcome]:
    """Check one rule after the other, each over all rows."""
    for rule in RULES:
        with connection.cursor() as cursor:
            cursor.execute(rule.counting)
            looked_at = int(cursor.fetchone()[0])
            cursor.execute(rule.breaches)
            found = [str(row[0]) for row in cursor.fetchmany(SHOWN)]
            broken = cursor.rowcount if found else 0
        yield Outcome(rule.says, rule.about, looked_at, broken, found)


def check_logs() -> Outcome:
    """Fold the log of each article: source text to passages, and undone, back to the import."""
    looked_at, wrong, first = 0, 0, []
    for article, found in wrong_logs():
        looked_at += 1
        if found:
            wrong += 1
            first += [f"article {article}: {what}" for what in found]
    says = "the log folded over the source text gives the article; undone, it gives the import"
    return Outcome(says, "articles", looked_at, wrong, first[:SHOWN])
