"""Which records of which files an entity was made of."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    """One column; taken back by dropping it."""

    dependencies = [("annotations", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="entity",
            name="loaded",
            field=models.JSONField(blank=True, default=dict),
        ),
    ]
