"""Names of three words or more are found by their initials: "CSNU", "AKK"."""

from __future__ import annotations

from django.db import migrations

# As `annotations.text.variants.initials` has it.
FUNCTION = r"""
CREATE FUNCTION annotations_initials(folded text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN replace(regexp_replace(
    regexp_replace(folded, '(^| )('
        'a|and|au|aux|d|de|del|des|du|en|et|for|in|l|la|le|les|of|on|pour|sur|the|to'
        ')(?= |$)', '', 'g'),
    '(\S)\S*', '\1', 'g'), ' ', '')
"""


class Migration(migrations.Migration):
    """A function and an index; taken back by dropping them."""

    dependencies = [("annotations", "0005_names_without_trigrams_of_sounds")]

    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION annotations_initials(text)"),
        migrations.RunSQL(
            "CREATE INDEX entity_name_initials ON annotations_entityname "
            "(annotations_initials(folded)) WHERE NOT retired AND folded LIKE '% % %'",
            "DROP INDEX entity_name_initials",
        ),
    ]
