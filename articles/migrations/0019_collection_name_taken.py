"""That a collection's name is taken is said in a plain sentence; the table stays as it is."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    """One field's words."""

    dependencies = (("articles", "0018_proposals_on_many"),)
    operations = (
        migrations.AlterField(
            model_name="collection",
            name="name",
            field=models.TextField(
                unique=True,
                verbose_name="name",
                error_messages={"unique": "There is a collection of this name already."},
            ),
        ),
    )
