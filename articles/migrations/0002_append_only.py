"""The log is append-only: the database refuses to change or delete its rows."""

from __future__ import annotations

from django.db import migrations

FUNCTION = """
CREATE FUNCTION articles_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
"""
TRIGGER = """
CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION articles_append_only();
"""
TABLES = ("articles_activity", "articles_revision")


class Migration(migrations.Migration):
    """Row triggers against UPDATE and DELETE on activities and revisions."""

    dependencies = (("articles", "0001_initial"),)
    operations = (
        migrations.RunSQL(FUNCTION, "DROP FUNCTION articles_append_only()"),
        *(
            migrations.RunSQL(
                TRIGGER.format(table=table), f"DROP TRIGGER {table}_append_only ON {table}"
            )
            for table in TABLES
        ),
    )
