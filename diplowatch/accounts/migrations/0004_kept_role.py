"""The role that the groups give stands on the account."""

from __future__ import annotations

from typing import Any

from django.db import migrations, models

ROLES = {"reader": 1, "annotator": 2, "editor": 3, "admin": 4}


def keep_roles(apps: Any, _schema_editor: Any) -> None:
    """Take the highest of each person's groups."""
    for person in apps.get_model("accounts", "User").objects.prefetch_related("groups"):
        person.kept_role = max((ROLES.get(g.name, 1) for g in person.groups.all()), default=1)
        person.save(update_fields=["kept_role"])


class Migration(migrations.Migration):
    """A column, filled from the groups."""

    dependencies = (("accounts", "0003_cache"),)
    operations = (
        migrations.AddField(
            model_name="user",
            name="kept_role",
            field=models.PositiveSmallIntegerField(default=1, editable=False),
        ),
        migrations.RunPython(keep_roles, migrations.RunPython.noop),
    )
