"""Corrected passages keep their original words, so that search finds them too."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0014_how_far_texts_are")]

    operations = [
        migrations.CreateModel(
            name="PassageOriginal",
            fields=[
                (
                    "passage",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="original",
                        serialize=False,
                        to="articles.passage",
                    ),
                ),
                ("runs", models.JSONField()),
                ("search", django.contrib.postgres.search.SearchVectorField()),
            ],
            options={
                "verbose_name": "original words",
                "verbose_name_plural": "original words",
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["search"], name="original_search"
                    )
                ],
            },
        ),
    ]
