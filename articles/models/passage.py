"""Passages: the unit of text, locking, permalink and partial rendering."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article, Speaker, Status
from articles.models.search import Era


class Role(models.TextChoices):
    """What a passage does in its text."""

    HEADING = "heading", _("Heading")
    PARAGRAPH = "paragraph", _("Paragraph")
    QUESTION = "question", _("Question")
    ANSWER = "answer", _("Answer")
    STATEMENT = "statement", _("Statement")
    NOTE = "note", _("Note")


class PassageQuerySet(models.QuerySet["Passage"]):
    """Filters of passages."""

    def live(self) -> PassageQuerySet:
        """Those not retired by a merge."""
        return self.filter(retired=False)


class Passage(models.Model):
    """One paragraph. `number` names it for ever; `position` places it; `revision` guards its text.

    At birth the text is the source text from `source_start` to `source_end` (code points, end
    exclusive) without its `holes` ([[start, end], …], in the same coordinates).
    """

    # The unique constraint below serves as its index; so does it for speakers and revisions.
    article = models.ForeignKey(Article, models.PROTECT, related_name="passages", db_index=False)
    number = models.PositiveIntegerField()
    position = models.BigIntegerField()
    role = models.TextField(_("role"), choices=Role.choices)
    speaker = models.ForeignKey(
        Speaker, models.PROTECT, null=True, blank=True, related_name="passages", db_index=False
    )
    exchange = models.PositiveIntegerField(_("exchange"), null=True, blank=True)
    text = models.TextField(_("text"))
    revision = models.PositiveIntegerField(default=0)
    retired = models.BooleanField(default=False)
    status = models.TextField(
        _("status"), choices=Status.choices, default=Status.RAW, db_default=Status.RAW
    )
    problem = models.TextField(_("problem"), blank=True, default="", db_default="")
    proofread_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    validated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    # One pair of eyes was let to be enough, by a house rule or before there were two.
    validated_alone = models.BooleanField(default=False, db_default=False)
    source_start = models.PositiveIntegerField()
    source_end = models.PositiveIntegerField()
    holes = models.JSONField(default=list)
    search = SearchVectorField()

    objects = PassageQuerySet.as_manager()

    class Meta:
        ordering = ("position",)
        verbose_name = _("passage")
        verbose_name_plural = _("passages")
        constraints = (
            models.UniqueConstraint(fields=("article", "number"), name="passage_number_once"),
            models.UniqueConstraint(
                fields=("article", "position"),
                name="passage_position_once",
                condition=Q(retired=False),
            ),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="passage_role_known"),
            models.CheckConstraint(
                condition=Q(status__in=Status.values), name="passage_status_known"
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.VALIDATED)
                | Q(validated_alone=True)
                | Q(proofread_by__isnull=False, validated_by__isnull=False)
                & ~Q(proofread_by=F("validated_by")),
                name="passage_validated_by_another_person",
            ),
            models.CheckConstraint(
                condition=Q(source_start__lte=F("source_end")), name="passage_range_ordered"
            ),
        )
        indexes = (
            GinIndex(F("search"), Era("id"), name="passage_search"),
            models.Index("speaker", name="passage_speaker", condition=Q(speaker__isnull=False)),
        )

    def __str__(self) -> str:
        """Its permalink's fragment."""
        return f"p{self.number}"
