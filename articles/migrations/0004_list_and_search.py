"""What the list and the search go by: folded titles, words of titles and names, indexes."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import migrations, models
from django.db.models import F, Func, Q

from articles.models.search import ArticleWords, Era

# Bodies bound when made (RETURN): they work whatever the search path is, as when restoring.
# Accents fall by decomposition, which is five times faster than a table of letters.
FOLD = r"""
CREATE FUNCTION articles_fold(said text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN replace(replace(replace(replace(
    lower(regexp_replace(normalize(said, NFKD), '[\u0300-\u036f\u00ad]+', '', 'g')),
    'œ', 'oe'), 'Œ', 'oe'), 'æ', 'ae'), 'Æ', 'ae')
"""
# What joins words ("AFP/Reuters", "lemonde.fr") parts them, as in the texts.
WORDS = """
CREATE FUNCTION articles_words(said text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN strip(to_tsvector(
    'pg_catalog.simple'::regconfig, translate(articles_fold(said), '/.@_-:&?=+', '          ')
))
"""
NEWEST = (F("date_key").desc(), F("id").desc())
LIVE = Q(removed__isnull=True)


class Migration(migrations.Migration):
    """Two generated columns, indexes for filtered lists, and eras beside the search vectors."""

    dependencies = (("articles", "0003_tallies"),)
    operations = (
        migrations.RunSQL(FOLD, "DROP FUNCTION articles_fold(text)"),
        migrations.RunSQL(WORDS, "DROP FUNCTION articles_words(text)"),
        migrations.AddField(
            "article",
            "title_key",
            models.GeneratedField(
                expression=Func(F("title"), function="articles_fold"),
                output_field=models.TextField(),
                db_persist=True,
            ),
        ),
        migrations.AddField(
            "article",
            "words",
            models.GeneratedField(
                expression=ArticleWords("title", "speaker_names", "source"),
                output_field=SearchVectorField(),
                db_persist=True,
            ),
        ),
        migrations.RemoveIndex("article", "article_title"),
        migrations.AddIndex(
            "article",
            models.Index("title_key", "id", name="article_title", condition=LIVE),
        ),
        migrations.AddIndex(
            "article",
            models.Index("collection", *NEWEST, name="article_of_collection", condition=LIVE),
        ),
        migrations.AddIndex(
            "article", models.Index("source", *NEWEST, name="article_of_source", condition=LIVE)
        ),
        migrations.AddIndex(
            "article", models.Index("status", *NEWEST, name="article_of_status", condition=LIVE)
        ),
        migrations.AddIndex(
            "article",
            models.Index("language", *NEWEST, name="article_of_language", condition=LIVE),
        ),
        migrations.AddIndex(
            "article", GinIndex(fields=["words"], name="article_words", fastupdate=False)
        ),
        migrations.RemoveIndex("passage", "passage_search"),
        migrations.AddIndex("passage", GinIndex(F("search"), Era("id"), name="passage_search")),
    )
