"""When an import was last worked on; an index on the articles that an act changed."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.db import migrations, models
from django.db.models import Q
from django.utils import timezone

from articles.models.log import ChangedKeys


class Migration(migrations.Migration):
    """One column, one index."""

    dependencies = (("articles", "0009_say_what_was_annotated"),)
    operations = (
        migrations.AddField(
            model_name="importbatch",
            name="touched",
            field=models.DateTimeField(default=timezone.now),
        ),
        migrations.AddIndex(
            model_name="activity",
            index=GinIndex(
                ChangedKeys("data"), name="activity_changes", condition=Q(data__has_key="changes")
            ),
        ),
    )
