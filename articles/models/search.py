"""Expressions that the search's columns and indexes are made of."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db.models import Func, IntegerField

ERA_BITS = 14  # a passage's id without these last bits is its era


class ArticleWords(Func):
    """The folded words of an article's title, voices and source, as a `tsvector`."""

    function = "articles_words"
    arg_joiner = " || ' ' || "


class Era(Func):
    """A passage's era, one number in an array: 16,384 neighbouring ids share it.

    Indexed together with the search vector, it lets a search for common words look through the
    newest eras only, at a cost that does not grow with the collection.
    """

    template = f"ARRAY[(%(expressions)s >> {ERA_BITS})::int]"
    output_field = ArrayField(IntegerField())
