"""Less to write for each text: one index of words less, entries of another put in together."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.db import migrations, models

BEGINNINGS = "articles_word_word_193f0461_like"


class Migration(migrations.Migration):
    """Words stand in the order of their letters' numbers: the key itself finds beginnings."""

    dependencies = (("articles", "0022_bytes_that_stand_once"),)
    operations = (
        migrations.AlterField(
            model_name="word",
            name="word",
            field=models.TextField(db_collation="C", primary_key=True, serialize=False),
        ),
        migrations.RunSQL(
            f"DROP INDEX IF EXISTS {BEGINNINGS}",
            f"CREATE INDEX IF NOT EXISTS {BEGINNINGS} ON articles_word (word text_pattern_ops)",
        ),
        migrations.RunSQL(
            "ALTER INDEX article_words SET (fastupdate = on, gin_pending_list_limit = 64)",
            "ALTER INDEX article_words RESET (gin_pending_list_limit);"
            "ALTER INDEX article_words SET (fastupdate = off)",
            state_operations=(
                migrations.RemoveIndex("article", "article_words"),
                migrations.AddIndex(
                    "article",
                    GinIndex(fields=["words"], name="article_words", gin_pending_list_limit=64),
                ),
            ),
        ),
    )
