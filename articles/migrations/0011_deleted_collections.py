"""Collections that were deleted stay, out of sight, and can be brought back."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    """One column."""

    dependencies = (("articles", "0010_last_use_and_changed_articles"),)
    operations = (
        migrations.AddField(
            model_name="collection",
            name="retired",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
    )
