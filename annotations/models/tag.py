"""The controlled list of tags."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

NAME_LENGTH = 80  # code points


class TagQuerySet(models.QuerySet["Tag"]):
    """Filters of tags."""

    def live(self) -> TagQuerySet:
        """Those that may be given: neither retired nor merged into another."""
        return self.filter(retired=False)


class Tag(models.Model):
    """One tag; `folded` is its name without case and accents, `version` guards it."""

    name = models.TextField(_("name"))
    folded = models.TextField(_("spelling to find it by"))
    description = models.TextField(_("description"), blank=True, default="")
    retired = models.BooleanField(_("retired"), default=False)
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="merged",
        verbose_name=_("merged into"),
    )
    version = models.PositiveIntegerField(_("version"), default=1)
    created = models.DateTimeField(_("made on"), auto_now_add=True)

    objects = TagQuerySet.as_manager()

    class Meta:
        ordering = ("folded", "pk")
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        constraints = (
            models.CheckConstraint(
                condition=~Q(name="") & Q(name__length__lte=NAME_LENGTH), name="tag_name_length"
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | Q(retired=True),
                name="merged_tag_is_retired",
            ),
            models.UniqueConstraint(
                fields=("folded",), condition=Q(retired=False), name="tag_name_once"
            ),
        )

    def __str__(self) -> str:
        """Its name."""
        return self.name
