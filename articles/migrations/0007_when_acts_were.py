"""An index on when acts were, for what people did lately."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    """One index."""

    dependencies = (("articles", "0006_store_texts_as_they_are"),)
    operations = (
        migrations.AddIndex(
            model_name="activity",
            index=models.Index(fields=("created",), name="activity_created"),
        ),
    )
