"""What sounds alike is found by its letters and by whole sounds: their trigrams tell little."""

from __future__ import annotations

from django.db import migrations


class Migration(migrations.Migration):
    """An index less to keep; taken back by making it anew."""

    dependencies = [("annotations", "0004_names_are_found")]

    operations = [
        migrations.RunSQL(
            "DROP INDEX entity_name_sounding",
            "CREATE INDEX entity_name_sounding ON annotations_entityname "
            "USING gin (sound gin_trgm_ops) WHERE NOT retired",
        ),
    ]
