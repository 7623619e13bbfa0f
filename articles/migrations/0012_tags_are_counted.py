"""The stored counts know tags: beside its row without one, an article is in a row for each."""

from __future__ import annotations

from importlib import import_module

from django.db import migrations, models

before = import_module("articles.migrations.0003_tallies")

ROWS = """
        SELECT collection_id, kind, language, status, source, date, date_precision,
            '' AS tag, {change} AS change
        FROM {rows} WHERE removed IS NULL
        UNION ALL
        SELECT collection_id, kind, language, status, source, date, date_precision,
            tag, {change}
        FROM {rows} CROSS JOIN LATERAL jsonb_array_elements_text(tags) AS tag
        WHERE removed IS NULL AND tags <> '[]' AND tag <> ''"""
INSERT = """
    INSERT INTO articles_articletally
        (collection_id, kind, language, status, source, month, tag, count)
    SELECT collection_id, kind, language, status, source,
           articles_month(date, date_precision) AS month, tag, sum(change)
    FROM ({rows}
    ) AS moved
    GROUP BY 1, 2, 3, 4, 5, 6, 7 HAVING sum(change) <> 0;
"""
# As before, rows are only ever added, so that two imports at once never wait for each other.
NOW, OLD = ROWS.format(rows="now_rows", change="1"), ROWS.format(rows="old_rows", change="-1")
FUNCTION = f"""
CREATE OR REPLACE FUNCTION articles_keep_tally() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN {INSERT.format(rows=NOW)}
    ELSE {INSERT.format(rows=f"{NOW} UNION ALL {OLD}")}
    END IF;
    RETURN NULL;
END $$;
"""
AS_BEFORE = before.FUNCTION.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
TAGGED = """
INSERT INTO articles_articletally
    (collection_id, kind, language, status, source, month, tag, count)
SELECT collection_id, kind, language, status, source,
       articles_month(date, date_precision) AS month, tag, count(*)
FROM articles_article CROSS JOIN LATERAL jsonb_array_elements_text(tags) AS tag
WHERE removed IS NULL AND tags <> '[]' AND tag <> ''
GROUP BY 1, 2, 3, 4, 5, 6, 7
"""


class Migration(migrations.Migration):
    """One column; the triggers' function made anew, and the rows for tags given so far."""

    dependencies = (("articles", "0011_deleted_collections"),)
    operations = (
        migrations.AddField("articletally", "tag", models.TextField(blank=True, default="")),
        migrations.RunSQL(FUNCTION, AS_BEFORE),
        migrations.RunSQL(TAGGED, "DELETE FROM articles_articletally WHERE tag <> ''"),
    )
