"""Fields have names in the language at hand; the tables stay as they are."""

from __future__ import annotations

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Fields' words."""

    dependencies = (
        ("annotations", "0008_known_words"),
        ("articles", "0020_labels"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    )

    operations = (
        migrations.AlterField(
            model_name="annotation",
            name="agent",
            field=models.TextField(blank=True, default="", verbose_name="agent"),
        ),
        migrations.AlterField(
            model_name="annotation",
            name="article",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="annotations",
                to="articles.article",
                verbose_name="article",
            ),
        ),
        migrations.AlterField(
            model_name="annotation",
            name="created",
            field=models.DateTimeField(auto_now_add=True, verbose_name="made on"),
        ),
        migrations.AlterField(
            model_name="annotation",
            name="creator",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="annotations",
                to=settings.AUTH_USER_MODEL,
                verbose_name="by",
            ),
        ),
        migrations.AlterField(
            model_name="annotation",
            name="decided_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="decided on"),
        ),
        migrations.AlterField(
            model_name="annotation",
            name="decided_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="decided by",
            ),
        ),
        migrations.AlterField(
            model_name="annotation",
            name="entity",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="annotations",
                to="annotations.entity",
                verbose_name="entity",
            ),
        ),
        migrations.AlterField(
            model_name="annotation",
            name="link_status",
            field=models.TextField(
                blank=True,
                choices=[
                    ("unverified", "Unverified"),
                    ("verified", "Verified"),
                    ("not_identifiable", "Not identifiable"),
                ],
                default="",
                verbose_name="link",
            ),
        ),
        migrations.AlterField(
            model_name="annotation",
            name="modified",
            field=models.DateTimeField(auto_now=True, verbose_name="changed on"),
        ),
        migrations.AlterField(
            model_name="annotation",
            name="parent",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="replies",
                to="annotations.annotation",
                verbose_name="reply to",
            ),
        ),
        migrations.AlterField(
            model_name="annotation",
            name="removed",
            field=models.DateTimeField(blank=True, null=True, verbose_name="taken away on"),
        ),
        migrations.AlterField(
            model_name="annotation",
            name="state",
            field=models.TextField(
                blank=True,
                choices=[
                    ("proposed", "Proposed"),
                    ("accepted", "Accepted"),
                    ("rejected", "Rejected"),
                ],
                db_default="",
                default="",
                verbose_name="state",
            ),
        ),
        migrations.AlterField(
            model_name="annotation",
            name="status_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="status of"),
        ),
        migrations.AlterField(
            model_name="annotation",
            name="status_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="status by",
            ),
        ),
        migrations.AlterField(
            model_name="annotation",
            name="tag",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="annotations",
                to="annotations.tag",
                verbose_name="tag",
            ),
        ),
        migrations.AlterField(
            model_name="annotation",
            name="target_count",
            field=models.PositiveIntegerField(default=0, verbose_name="targets"),
        ),
        migrations.AlterField(
            model_name="annotation",
            name="verdict",
            field=models.TextField(blank=True, db_default="", default="", verbose_name="verdict"),
        ),
        migrations.AlterField(
            model_name="annotation",
            name="version",
            field=models.PositiveIntegerField(default=1, verbose_name="version"),
        ),
        migrations.AlterField(
            model_name="entity",
            name="created",
            field=models.DateTimeField(auto_now_add=True, verbose_name="made on"),
        ),
        migrations.AlterField(
            model_name="entity",
            name="fetched",
            field=models.DateTimeField(blank=True, null=True, verbose_name="fetched on"),
        ),
        migrations.AlterField(
            model_name="entity",
            name="loaded",
            field=models.JSONField(blank=True, default=dict, verbose_name="loaded"),
        ),
        migrations.AlterField(
            model_name="entity",
            name="merged_into",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="merged",
                to="annotations.entity",
                verbose_name="merged into",
            ),
        ),
        migrations.AlterField(
            model_name="entity",
            name="origin",
            field=models.TextField(default="local", verbose_name="origin"),
        ),
        migrations.AlterField(
            model_name="entity",
            name="retired",
            field=models.BooleanField(default=False, verbose_name="retired"),
        ),
        migrations.AlterField(
            model_name="entity",
            name="version",
            field=models.PositiveIntegerField(default=1, verbose_name="version"),
        ),
        migrations.AlterField(
            model_name="entityidentifier",
            name="retired",
            field=models.BooleanField(default=False, verbose_name="retired"),
        ),
        migrations.AlterField(
            model_name="entityname",
            name="retired",
            field=models.BooleanField(default=False, verbose_name="retired"),
        ),
        migrations.AlterField(
            model_name="tag",
            name="created",
            field=models.DateTimeField(auto_now_add=True, verbose_name="made on"),
        ),
        migrations.AlterField(
            model_name="tag",
            name="folded",
            field=models.TextField(verbose_name="spelling to find it by"),
        ),
        migrations.AlterField(
            model_name="tag",
            name="merged_into",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="merged",
                to="annotations.tag",
                verbose_name="merged into",
            ),
        ),
        migrations.AlterField(
            model_name="tag",
            name="retired",
            field=models.BooleanField(default=False, verbose_name="retired"),
        ),
        migrations.AlterField(
            model_name="tag",
            name="version",
            field=models.PositiveIntegerField(default=1, verbose_name="version"),
        ),
        migrations.AlterField(
            model_name="target",
            name="annotation",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="targets",
                to="annotations.annotation",
                verbose_name="annotation",
            ),
        ),
        migrations.AlterField(
            model_name="target",
            name="end",
            field=models.PositiveIntegerField(verbose_name="end"),
        ),
        migrations.AlterField(
            model_name="target",
            name="exact",
            field=models.TextField(verbose_name="quote"),
        ),
        migrations.AlterField(
            model_name="target",
            name="passage",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="targets",
                to="articles.passage",
                verbose_name="passage",
            ),
        ),
        migrations.AlterField(
            model_name="target",
            name="position",
            field=models.PositiveSmallIntegerField(default=0, verbose_name="position"),
        ),
        migrations.AlterField(
            model_name="target",
            name="prefix",
            field=models.TextField(blank=True, default="", verbose_name="before it"),
        ),
        migrations.AlterField(
            model_name="target",
            name="revision",
            field=models.PositiveIntegerField(default=0, verbose_name="revision"),
        ),
        migrations.AlterField(
            model_name="target",
            name="start",
            field=models.PositiveIntegerField(verbose_name="start"),
        ),
        migrations.AlterField(
            model_name="target",
            name="state",
            field=models.TextField(
                choices=[
                    ("anchored", "Anchored"),
                    ("needs_check", "To check"),
                    ("detached", "Detached"),
                ],
                default="anchored",
                verbose_name="state",
            ),
        ),
        migrations.AlterField(
            model_name="target",
            name="suffix",
            field=models.TextField(blank=True, default="", verbose_name="after it"),
        ),
    )
