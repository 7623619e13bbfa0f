"""Fields have names in the language at hand; the tables stay as they are."""

from __future__ import annotations

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Fields' words."""

    dependencies = (
        ("articles", "0019_collection_name_taken"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    )

    operations = (
        migrations.AlterField(
            model_name="activity",
            name="actor",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="activities",
                to=settings.AUTH_USER_MODEL,
                verbose_name="by",
            ),
        ),
        migrations.AlterField(
            model_name="activity",
            name="agent",
            field=models.TextField(blank=True, default="", verbose_name="agent"),
        ),
        migrations.AlterField(
            model_name="activity",
            name="article",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="activities",
                to="articles.article",
                verbose_name="article",
            ),
        ),
        migrations.AlterField(
            model_name="activity",
            name="batch",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="activities",
                to="articles.importbatch",
                verbose_name="import batch",
            ),
        ),
        migrations.AlterField(
            model_name="activity",
            name="collection",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="activities",
                to="articles.collection",
                verbose_name="collection",
            ),
        ),
        migrations.AlterField(
            model_name="activity",
            name="created",
            field=models.DateTimeField(auto_now_add=True, verbose_name="made on"),
        ),
        migrations.AlterField(
            model_name="activity",
            name="data",
            field=models.JSONField(default=dict, verbose_name="data"),
        ),
        migrations.AlterField(
            model_name="activity",
            name="private",
            field=models.BooleanField(default=False, verbose_name="private"),
        ),
        migrations.AlterField(
            model_name="activity",
            name="undoes",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="undone_by",
                to="articles.activity",
                verbose_name="undoes",
            ),
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
                ],
                verbose_name="act",
            ),
        ),
        migrations.AlterField(
            model_name="article",
            name="batch",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="articles",
                to="articles.importbatch",
                verbose_name="import batch",
            ),
        ),
        migrations.AlterField(
            model_name="article",
            name="birth_file",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="births",
                to="articles.sourcefile",
                verbose_name="first source file",
            ),
        ),
        migrations.AlterField(
            model_name="article",
            name="collection",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="articles",
                to="articles.collection",
                verbose_name="collection",
            ),
        ),
        migrations.AlterField(
            model_name="article",
            name="created",
            field=models.DateTimeField(auto_now_add=True, verbose_name="made on"),
        ),
        migrations.AlterField(
            model_name="article",
            name="exchange_count",
            field=models.PositiveIntegerField(default=0, verbose_name="exchanges"),
        ),
        migrations.AlterField(
            model_name="article",
            name="first_words",
            field=models.TextField(blank=True, default="", verbose_name="first words"),
        ),
        migrations.AlterField(
            model_name="article",
            name="last_number",
            field=models.PositiveIntegerField(default=0, verbose_name="last passage number"),
        ),
        migrations.AlterField(
            model_name="article",
            name="passages_all",
            field=models.PositiveIntegerField(
                db_default=0, default=0, verbose_name="passages in all"
            ),
        ),
        migrations.AlterField(
            model_name="article",
            name="passages_done",
            field=models.PositiveIntegerField(
                db_default=0, default=0, verbose_name="passages done"
            ),
        ),
        migrations.AlterField(
            model_name="article",
            name="removed",
            field=models.DateTimeField(blank=True, null=True, verbose_name="taken away on"),
        ),
        migrations.AlterField(
            model_name="article",
            name="revision",
            field=models.PositiveIntegerField(default=0, verbose_name="revision"),
        ),
        migrations.AlterField(
            model_name="article",
            name="sha256",
            field=models.CharField(max_length=64, verbose_name="SHA-256"),
        ),
        migrations.AlterField(
            model_name="article",
            name="source_file",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="articles",
                to="articles.sourcefile",
                verbose_name="source file",
            ),
        ),
        migrations.AlterField(
            model_name="article",
            name="speaker_names",
            field=models.TextField(blank=True, default="", verbose_name="names of the speakers"),
        ),
        migrations.AlterField(
            model_name="article",
            name="title_derived",
            field=models.BooleanField(default=True, verbose_name="title from the text"),
        ),
        migrations.AlterField(
            model_name="article",
            name="updated",
            field=models.DateTimeField(auto_now=True, verbose_name="changed on"),
        ),
        migrations.AlterField(
            model_name="article",
            name="version",
            field=models.PositiveIntegerField(default=1, verbose_name="version"),
        ),
        migrations.AlterField(
            model_name="collection",
            name="created",
            field=models.DateTimeField(auto_now_add=True, verbose_name="made on"),
        ),
        migrations.AlterField(
            model_name="collection",
            name="members",
            field=models.ManyToManyField(
                related_name="collections",
                through="articles.Membership",
                to=settings.AUTH_USER_MODEL,
                verbose_name="members",
            ),
        ),
        migrations.AlterField(
            model_name="collection",
            name="retired",
            field=models.DateTimeField(
                blank=True, editable=False, null=True, verbose_name="taken away on"
            ),
        ),
        migrations.AlterField(
            model_name="importbatch",
            name="agent",
            field=models.TextField(blank=True, default="", verbose_name="agent"),
        ),
        migrations.AlterField(
            model_name="importbatch",
            name="collection",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="batches",
                to="articles.collection",
                verbose_name="collection",
            ),
        ),
        migrations.AlterField(
            model_name="importbatch",
            name="created",
            field=models.DateTimeField(auto_now_add=True, verbose_name="made on"),
        ),
        migrations.AlterField(
            model_name="importbatch",
            name="created_count",
            field=models.PositiveIntegerField(default=0, verbose_name="new ones"),
        ),
        migrations.AlterField(
            model_name="importbatch",
            name="creator",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="batches",
                to=settings.AUTH_USER_MODEL,
                verbose_name="by",
            ),
        ),
        migrations.AlterField(
            model_name="importbatch",
            name="done",
            field=models.PositiveIntegerField(default=0, verbose_name="done"),
        ),
        migrations.AlterField(
            model_name="importbatch",
            name="failed_count",
            field=models.PositiveIntegerField(default=0, verbose_name="failed"),
        ),
        migrations.AlterField(
            model_name="importbatch",
            name="finished",
            field=models.DateTimeField(blank=True, null=True, verbose_name="finished on"),
        ),
        migrations.AlterField(
            model_name="importbatch",
            name="job_id",
            field=models.BigIntegerField(blank=True, null=True, verbose_name="job"),
        ),
        migrations.AlterField(
            model_name="importbatch",
            name="state",
            field=models.TextField(
                choices=[
                    ("reading", "Being read"),
                    ("staged", "Under preview"),
                    ("running", "Importing"),
                    ("done", "Imported"),
                    ("undone", "Undone"),
                    ("failed", "Failed"),
                ],
                default="staged",
                verbose_name="state",
            ),
        ),
        migrations.AlterField(
            model_name="importbatch",
            name="total",
            field=models.PositiveIntegerField(default=0, verbose_name="files"),
        ),
        migrations.AlterField(
            model_name="importbatch",
            name="touched",
            field=models.DateTimeField(default=django.utils.timezone.now, verbose_name="last use"),
        ),
        migrations.AlterField(
            model_name="importbatch",
            name="unchanged_count",
            field=models.PositiveIntegerField(default=0, verbose_name="there"),
        ),
        migrations.AlterField(
            model_name="revision",
            name="activity",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="revisions",
                to="articles.activity",
                verbose_name="activity",
            ),
        ),
        migrations.AlterField(
            model_name="revision",
            name="article",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="revisions",
                to="articles.article",
                verbose_name="article",
            ),
        ),
        migrations.AlterField(
            model_name="revision",
            name="created",
            field=models.DateTimeField(auto_now_add=True, verbose_name="made on"),
        ),
        migrations.AlterField(
            model_name="revision",
            name="data",
            field=models.JSONField(default=dict, verbose_name="data"),
        ),
        migrations.AlterField(
            model_name="revision",
            name="number",
            field=models.PositiveIntegerField(verbose_name="number"),
        ),
        migrations.AlterField(
            model_name="revision",
            name="operation",
            field=models.TextField(verbose_name="operation"),
        ),
        migrations.AlterField(
            model_name="revision",
            name="passage",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="revisions",
                to="articles.passage",
                verbose_name="passage",
            ),
        ),
        migrations.AlterField(
            model_name="revision",
            name="passage_revision",
            field=models.PositiveIntegerField(
                blank=True, null=True, verbose_name="revision of the passage"
            ),
        ),
        migrations.AlterField(
            model_name="sourcefile",
            name="created",
            field=models.DateTimeField(auto_now_add=True, verbose_name="made on"),
        ),
        migrations.AlterField(
            model_name="sourcefile",
            name="notices",
            field=models.JSONField(default=list, verbose_name="notices"),
        ),
        migrations.AlterField(
            model_name="sourcefile",
            name="sha256",
            field=models.CharField(max_length=64, verbose_name="SHA-256"),
        ),
    )
