"""The table of the shared cache, in which attempts to sign in are counted."""

from __future__ import annotations

from typing import Any

from django.core.management import call_command
from django.db import migrations


def make(_apps: Any, editor: Any) -> None:
    """Make the table that CACHES names, if it is not there."""
    call_command("createcachetable", database=editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_language")]
    operations = [
        migrations.RunPython(make, migrations.RunPython.noop),
        migrations.RunSQL(migrations.RunSQL.noop, 'DROP TABLE IF EXISTS "cache"'),
    ]
