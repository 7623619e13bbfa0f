"""Names known to be right, which nobody is asked about any more."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from annotations.models.entity import LABEL_LENGTH


class KnownWordQuerySet(models.QuerySet["KnownWord"]):
    """Filters of known words."""

    def live(self) -> KnownWordQuerySet:
        """Those not taken off the list."""
        return self.filter(retired=False)


class KnownWord(models.Model):
    """A name or a word that is right as it stands, though no entity bears it.

    `folded` is how names are compared (`annotations.text.folding`).
    """

    text = models.TextField(_("word"))
    folded = models.TextField()
    creator = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    created = models.DateTimeField(auto_now_add=True)
    retired = models.BooleanField(default=False)

    objects = KnownWordQuerySet.as_manager()

    class Meta:
        ordering = ("folded",)
        verbose_name = _("known word")
        verbose_name_plural = _("known words")
        constraints = (
            models.CheckConstraint(
                condition=~Q(text="") & ~Q(folded="") & Q(text__length__lte=LABEL_LENGTH),
                name="known_word_length",
            ),
            models.UniqueConstraint(
                fields=("folded",), condition=Q(retired=False), name="known_word_once"
            ),
        )

    def __str__(self) -> str:
        """The word."""
        return self.text
