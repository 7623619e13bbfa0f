"""What corrected passages said before: so that search finds what the machine wrote as well."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.utils.translation import gettext_lazy as _


class PassageOriginal(models.Model):
    """The original words of a passage whose text is another by now; derived, renewed with it.

    `runs` tell what of the text is as it was and what stands for other words
    (`articles.text.provenance.to_values`); `search` is the vector of all the original words.
    """

    passage = models.OneToOneField(
        "articles.Passage", models.PROTECT, primary_key=True, related_name="original"
    )
    runs = models.JSONField()
    search = SearchVectorField()

    class Meta:
        verbose_name = _("original words")
        verbose_name_plural = _("original words")
        indexes = (GinIndex(fields=("search",), name="original_search"),)

    def __str__(self) -> str:
        """Whose they are."""
        return str(self.passage_id)
