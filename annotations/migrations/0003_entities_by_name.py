"""Entities are listed by their names, in French or in English first."""

from __future__ import annotations

from django.db import migrations, models
from django.db.models.functions import Coalesce, NullIf


def by_name(first: str, second: str) -> models.Func:
    """The label of one language, else of the other, folded."""
    labels = (NullIf(models.F(f"label_{one}"), models.Value("")) for one in (first, second))
    return models.Func(Coalesce(*labels), function="articles_fold")


class Migration(migrations.Migration):
    """An index for each language."""

    dependencies = (
        ("annotations", "0002_what_was_loaded"),
        ("articles", "0004_list_and_search"),
    )
    operations = (
        migrations.AddIndex(
            "entity", models.Index(by_name("fr", "en"), "id", name="entity_by_french_name")
        ),
        migrations.AddIndex(
            "entity", models.Index(by_name("en", "fr"), "id", name="entity_by_english_name")
        ),
    )
