"""Proposals on many texts are found by each of these."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.db import migrations
from django.db.models import F, Q


class Migration(migrations.Migration):
    """One index."""

    dependencies = (("articles", "0017_new_versions"),)
    operations = (
        migrations.AddIndex(
            model_name="activity",
            index=GinIndex(
                F("data__articles"),
                name="activity_proposals",
                condition=Q(verb="propose", article__isnull=True),
            ),
        ),
    )
