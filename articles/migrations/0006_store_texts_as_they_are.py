"""Texts are stored as they are: packing them costs a third of the time of storing a file."""

from __future__ import annotations

from django.db import migrations

COLUMNS = {
    "articles_sourcefile": ("data", "text"),
    "articles_passage": ("text", "search"),
}


def storage(kind: str) -> str:
    """The statements that set how the columns are stored."""
    return ";".join(
        f"ALTER TABLE {table} ALTER COLUMN {column} SET STORAGE {kind}"
        for table, columns in COLUMNS.items()
        for column in columns
    )


class Migration(migrations.Migration):
    """Out of line where they are long, but not compressed."""

    dependencies = (("articles", "0005_import_states"),)
    operations = (migrations.RunSQL(storage("EXTERNAL"), storage("EXTENDED")),)
