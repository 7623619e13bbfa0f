"""The log: activities (one act of one agent) and revisions (one change of one article)."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Verb(models.TextChoices):
    """What an activity did."""

    IMPORT = "import", _("imported")
    UNDO = "undo", _("undid")
    DETAILS = "details", _("changed the details of")
    STATUS = "status", _("changed the status of")
    MOVE = "move", _("moved")
    TAG = "tag", _("tagged")
    COLLECTION = "collection", _("changed the collection")
    ANNOTATE = "annotate", _("annotated")
    ANNOTATION = "annotation", _("changed an annotation of")
    REMOVE = "remove", _("deleted an annotation of")
    SPEAKER = "speaker", _("identified a speaker of")
    ENTITY = "entity", _("changed an entity")
    MERGE = "merge", _("merged")
    VOCABULARY = "vocabulary", _("changed the tags")
    CORRECT = "correct", _("corrected")
    STRUCTURE = "structure", _("changed the structure of")
    RESTORE = "restore", _("restored an earlier state of")
    PROPOSE = "propose", _("proposed a correction of")
    DECIDE = "decide", _("decided on a proposal for")
    RENEW = "renew", _("took over a new version of")
    HAND_OVER = "hand_over", _("handed over")
    SEND_BACK = "send_back", _("sent back")
    RULE = "rule", _("changed a rule")


class ChangedKeys(models.Func):
    """The keys of an act's `changes`, which are the articles it changed, as a JSON list."""

    template = "jsonb_path_query_array(%(expressions)s, '$.changes.keyvalue().key')"
    output_field = models.JSONField()


class Activity(models.Model):
    """One act of a person or a machine agent; append-only, undone as a whole by a new one."""

    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="activities",
        verbose_name=_("by"),
    )
    agent = models.TextField(_("agent"), blank=True, default="")
    verb = models.TextField(_("act"), choices=Verb.choices)
    article = models.ForeignKey(
        "articles.Article",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="activities",
        verbose_name=_("article"),
    )
    collection = models.ForeignKey(
        "articles.Collection",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="activities",
        verbose_name=_("collection"),
    )
    batch = models.ForeignKey(
        "articles.ImportBatch",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="activities",
        verbose_name=_("import batch"),
    )
    undoes = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="undone_by",
        verbose_name=_("undoes"),
    )
    private = models.BooleanField(_("private"), default=False)  # about what only its actor may see
    data = models.JSONField(_("data"), default=dict)
    created = models.DateTimeField(_("made on"), auto_now_add=True)

    class Meta:
        ordering = ("-id",)
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        indexes = (
            models.Index(fields=("created",), name="activity_created"),
            GinIndex(
                ChangedKeys("data"), name="activity_changes", condition=Q(data__has_key="changes")
            ),
            # Proposals on many texts: what else is done to many has revisions or changes.
            GinIndex(
                F("data__articles"),
                name="activity_proposals",
                condition=Q(verb="propose", article__isnull=True),
            ),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(actor__isnull=False) | ~Q(agent=""), name="activity_has_agent"
            ),
        )

    def __str__(self) -> str:
        """Who did what."""
        return f"{self.actor or self.agent} {self.get_verb_display()}"


class Revision(models.Model):
    """One change of an article's text or structure, numbered in the article; append-only.

    `operation` names what was done, `data` has what is needed to do it again and to invert it
    (`articles.text.operations`). Number 1 is the import: its data hold the structure at birth, a
    row a passage `[role, speaker position or null, exchange or null, start, end, holes]`.
    """

    article = models.ForeignKey(
        "articles.Article",
        models.PROTECT,
        related_name="revisions",
        db_index=False,
        verbose_name=_("article"),
    )
    number = models.PositiveIntegerField(_("number"))
    passage = models.ForeignKey(
        "articles.Passage",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="revisions",
        verbose_name=_("passage"),
    )
    passage_revision = models.PositiveIntegerField(
        _("revision of the passage"), null=True, blank=True
    )  # of its text, after it
    operation = models.TextField(_("operation"))
    data = models.JSONField(_("data"), default=dict)
    activity = models.ForeignKey(
        Activity, models.PROTECT, related_name="revisions", verbose_name=_("activity")
    )
    created = models.DateTimeField(_("made on"), auto_now_add=True)

    class Meta:
        ordering = ("article", "number")
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        constraints = (
            models.UniqueConstraint(fields=("article", "number"), name="revision_number_once"),
        )

    def __str__(self) -> str:
        """Which one."""
        return f"{self.article_id}@{self.number}"
