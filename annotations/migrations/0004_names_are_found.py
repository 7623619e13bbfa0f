"""Names are found by their beginning, by a part, by the sounds of their words and by likeness."""

from __future__ import annotations

from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations

INDEXES = {
    "entity_name_folded": "btree (folded text_pattern_ops)",
    "entity_name_parts": "gin (folded gin_trgm_ops)",
    "entity_name_sounds": "gin (string_to_array(sound, ' '))",
    "entity_name_sounding": "gin (sound gin_trgm_ops)",
}


class Migration(migrations.Migration):
    """Four indexes of live names; taken back by dropping them."""

    dependencies = [("annotations", "0003_entities_by_name")]

    operations = [
        TrigramExtension(),
        *(
            migrations.RunSQL(
                f"CREATE INDEX {name} ON annotations_entityname USING {made} WHERE NOT retired",
                f"DROP INDEX {name}",
            )
            for name, made in INDEXES.items()
        ),
    ]
