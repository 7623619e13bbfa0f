"""Stored counts: facets never count articles, slips are looked up among known words."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _


class ArticleTally(models.Model):
    """A change of how many live articles share all these facets; sum them to count.

    Rows with a `tag` count those of them that have it: an article is in a row for each of its tags,
    and always in one without. A database trigger adds rows, so that writers never wait for each
    other; `services.tallies.compact_tallies` sums them up now and then.
    """

    collection = models.ForeignKey("articles.Collection", models.PROTECT, related_name="tallies")
    kind = models.TextField()
    language = models.CharField(max_length=8)
    status = models.TextField()
    source = models.TextField()
    month = models.TextField()  # "2021-10"; "2021" where only the year is known; "" undated
    tag = models.TextField(blank=True, default="")
    count = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = _("tally")
        verbose_name_plural = _("tallies")

    def __str__(self) -> str:
        """The count."""
        return str(self.count)


class Word(models.Model):
    """A folded word form of the texts and about how many passages have it.

    Ordered by its letters' numbers, so that one index serves for words and for beginnings of words.
    """

    word = models.TextField(primary_key=True, db_collation="C")
    passages = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = _("word")
        verbose_name_plural = _("words")
        indexes = (GinIndex(fields=("word",), name="word_trigrams", opclasses=("gin_trgm_ops",)),)

    def __str__(self) -> str:
        """The word."""
        return self.word
