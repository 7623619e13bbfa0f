"""A file's bytes stand apart only where they are not its text in UTF-8."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    """What stands already stays as it is: both forms are read."""

    dependencies = (("articles", "0021_left_out"),)
    operations = (
        migrations.AlterField(
            model_name="sourcefile",
            name="data",
            field=models.BinaryField(null=True, verbose_name="bytes"),
        ),
    )
