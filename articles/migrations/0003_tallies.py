"""Facet counts are kept by the database: one statement trigger for each kind of change."""

from __future__ import annotations

from django.db import migrations

# Rows are only ever added, so that two imports at once never wait for each other.
FUNCTION = """
CREATE FUNCTION articles_keep_tally() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO articles_articletally
            (collection_id, kind, language, status, source, month, count)
        SELECT collection_id, kind, language, status, source,
               articles_month(date, date_precision) AS month, count(*)
        FROM now_rows WHERE removed IS NULL
        GROUP BY 1, 2, 3, 4, 5, 6;
    ELSE
        INSERT INTO articles_articletally
            (collection_id, kind, language, status, source, month, count)
        SELECT collection_id, kind, language, status, source,
               articles_month(date, date_precision) AS month, sum(change)
        FROM (
            SELECT collection_id, kind, language, status, source, date, date_precision, 1 AS change
            FROM now_rows WHERE removed IS NULL
            UNION ALL
            SELECT collection_id, kind, language, status, source, date, date_precision, -1
            FROM old_rows WHERE removed IS NULL
        ) AS moved
        GROUP BY 1, 2, 3, 4, 5, 6 HAVING sum(change) <> 0;
    END IF;
    RETURN NULL;
END $$;
"""
MONTH = """
CREATE FUNCTION articles_month(day date, precision_ text) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT CASE WHEN day IS NULL THEN ''
                WHEN precision_ = 'year' THEN to_char(day, 'YYYY')
                ELSE to_char(day, 'YYYY-MM') END
$$;
"""
ON_INSERT = """
CREATE TRIGGER articles_tally_insert AFTER INSERT ON articles_article
REFERENCING NEW TABLE AS now_rows
FOR EACH STATEMENT EXECUTE FUNCTION articles_keep_tally();
"""
ON_UPDATE = """
CREATE TRIGGER articles_tally_update AFTER UPDATE ON articles_article
REFERENCING OLD TABLE AS old_rows NEW TABLE AS now_rows
FOR EACH STATEMENT EXECUTE FUNCTION articles_keep_tally();
"""


class Migration(migrations.Migration):
    """The function and its triggers."""

    dependencies = (("articles", "0002_append_only"),)
    operations = (
        migrations.RunSQL(MONTH, "DROP FUNCTION articles_month(date, text)"),
        migrations.RunSQL(FUNCTION, "DROP FUNCTION articles_keep_tally()"),
        migrations.RunSQL(ON_INSERT, "DROP TRIGGER articles_tally_insert ON articles_article"),
        migrations.RunSQL(ON_UPDATE, "DROP TRIGGER articles_tally_update ON articles_article"),
    )
