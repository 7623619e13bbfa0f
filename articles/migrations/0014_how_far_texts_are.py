"""How far each passage is, who may say so, and handing texts over; texts marked so far count on."""

from __future__ import annotations

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# A text is validated after its passages are, whoever writes.
WHOLE = """
CREATE FUNCTION articles_validated_as_a_whole() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM articles_passage
               WHERE article_id = NEW.id AND NOT retired AND status <> 'validated') THEN
        RAISE EXCEPTION 'passages of article % are not validated', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'article_validated_as_a_whole';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER articles_validated_as_a_whole AFTER UPDATE OF status ON articles_article
FOR EACH ROW WHEN (NEW.status = 'validated' AND OLD.status <> 'validated')
EXECUTE FUNCTION articles_validated_as_a_whole();
"""
NOT_WHOLE = """
DROP TRIGGER articles_validated_as_a_whole ON articles_article;
DROP FUNCTION articles_validated_as_a_whole();
"""
# Passages take the status of their text; who gave it is in the log, where it was a person.
GIVEN = """
WITH given AS (
    SELECT DISTINCT ON (each.key, each.status) each.key::bigint AS article_id, each.status,
        act.actor_id
    FROM articles_activity AS act CROSS JOIN LATERAL (
        SELECT key, value->'after'->>'status' AS status FROM jsonb_each(act.data->'changes')
    ) AS each
    WHERE act.data ? 'changes' AND act.actor_id IS NOT NULL
        AND each.status IN ('proofread', 'validated')
    ORDER BY each.key, each.status, act.id DESC
), known AS (
    SELECT a.id, a.status, one.actor_id AS proofread_by,
        CASE a.status WHEN 'validated' THEN two.actor_id END AS validated_by
    FROM articles_article AS a
    LEFT JOIN given AS one ON one.article_id = a.id AND one.status = 'proofread'
    LEFT JOIN given AS two ON two.article_id = a.id AND two.status = 'validated'
    WHERE a.status <> 'raw'
), moved AS (
    UPDATE articles_passage AS p SET status = known.status,
        proofread_by_id = CASE WHEN known.status IN ('proofread', 'validated')
            THEN known.proofread_by END,
        validated_by_id = known.validated_by,
        validated_alone = known.status = 'validated'
            AND coalesce(known.proofread_by = known.validated_by, TRUE)
    FROM known WHERE p.article_id = known.id
    RETURNING p.article_id, p.retired
)
UPDATE articles_article AS a SET passages_all = counted.passages,
    passages_done = CASE WHEN a.status IN ('proofread', 'validated')
        THEN counted.passages ELSE 0 END
FROM (
    SELECT article_id, count(*) AS passages FROM moved WHERE NOT retired GROUP BY article_id
) AS counted
WHERE a.id = counted.article_id
"""


class Migration(migrations.Migration):
    """Columns, two tables, what the database holds to, and the texts that stand above raw."""

    dependencies = [
        ("articles", "0013_corrections"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="HandOver",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("note", models.TextField(blank=True, default="", verbose_name="note")),
                (
                    "state",
                    models.TextField(
                        choices=[
                            ("waiting", "waits to be validated"),
                            ("sent_back", "sent back"),
                            ("validated", "validated"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default="waiting",
                    ),
                ),
                ("reason", models.TextField(blank=True, default="", verbose_name="reason")),
                ("changed", models.DateTimeField(auto_now=True)),
            ],
            options={
                "verbose_name": "handing over",
                "verbose_name_plural": "handings over",
            },
        ),
        migrations.CreateModel(
            name="HouseRule",
            fields=[
                (
                    "name",
                    models.TextField(
                        choices=[
                            (
                                "lone_validation",
                                "An editor may validate what the same editor proofread",
                            ),
                            ("own_proposals", "People may accept their own proposals"),
                        ],
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("value", models.BooleanField(default=False)),
            ],
            options={
                "verbose_name": "house rule",
                "verbose_name_plural": "house rules",
                "ordering": ("name",),
            },
        ),
        migrations.AddField(
            model_name="article",
            name="passages_all",
            field=models.PositiveIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name="article",
            name="passages_done",
            field=models.PositiveIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name="article",
            name="problem",
            field=models.TextField(blank=True, db_default="", default="", verbose_name="problem"),
        ),
        migrations.AddField(
            model_name="passage",
            name="validated_alone",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AlterField(
            model_name="activity",
            name="verb",
            field=models.TextField(
                choices=[
                    ("import", "imported"),
                    ("undo", "undid"),
                    ("details", "changed the details of"),
                    ("status", "changed the status of"),
                    ("move", "moved"),
                    ("tag", "tagged"),
                    ("collection", "changed the collection"),
                    ("annotate", "annotated"),
                    ("annotation", "changed an annotation of"),
                    ("remove", "deleted an annotation of"),
                    ("speaker", "identified a speaker of"),
                    ("entity", "changed an entity"),
                    ("merge", "merged"),
                    ("vocabulary", "changed the tags"),
                    ("correct", "corrected"),
                    ("structure", "changed the structure of"),
                    ("restore", "restored an earlier state of"),
                    ("propose", "proposed a correction of"),
                    ("decide", "decided on a proposal for"),
                    ("renew", "took over a new version of"),
                    ("hand_over", "handed over"),
                    ("send_back", "sent back"),
                    ("rule", "changed a rule"),
                ]
            ),
        ),
        migrations.AddConstraint(
            model_name="passage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status__in", ["raw", "in_progress", "proofread", "validated", "problematic"])
                ),
                name="passage_status_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="passage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "validated"), _negated=True),
                    ("validated_alone", True),
                    models.Q(
                        ("proofread_by__isnull", False),
                        ("validated_by__isnull", False),
                        models.Q(("proofread_by", models.F("validated_by")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="passage_validated_by_another_person",
            ),
        ),
        migrations.AddField(
            model_name="handover",
            name="article",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="hand_over",
                to="articles.article",
            ),
        ),
        migrations.AddField(
            model_name="handover",
            name="recipient",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="handed_over",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="handover",
            name="sender",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="handed_on",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="houserule",
            constraint=models.CheckConstraint(
                condition=models.Q(("name__in", ["lone_validation", "own_proposals"])),
                name="house_rule_known",
            ),
        ),
        migrations.AddIndex(
            model_name="handover",
            index=models.Index(
                models.F("recipient"),
                condition=models.Q(("state", "waiting")),
                name="hand_over_waiting",
            ),
        ),
        migrations.AddIndex(
            model_name="handover",
            index=models.Index(
                models.F("sender"),
                condition=models.Q(("state", "sent_back")),
                name="hand_over_sent_back",
            ),
        ),
        migrations.AddConstraint(
            model_name="handover",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["waiting", "sent_back", "validated", "withdrawn"])
                ),
                name="hand_over_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="handover",
            constraint=models.CheckConstraint(
                condition=models.Q(("sender", models.F("recipient")), _negated=True),
                name="hand_over_to_another_person",
            ),
        ),
        migrations.AddConstraint(
            model_name="handover",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "sent_back"), _negated=True),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="hand_over_sent_back_for_a_reason",
            ),
        ),
        migrations.RunSQL(WHOLE, NOT_WHOLE),
        migrations.RunSQL(GIVEN, migrations.RunSQL.noop),
    ]
