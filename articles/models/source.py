"""Where texts come from: source files, import batches and files staged under preview."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.contrib.postgres.indexes import HashIndex
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class SourceFile(models.Model):
    """The imported bytes, kept for ever, and their decoded text, in which import offsets count.

    Most files are their text in UTF-8: `data` is None then, for those bytes would stand twice.
    """

    name = models.TextField(_("file name"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    encoding = models.TextField(_("encoding"))
    data = models.BinaryField(_("bytes"), null=True)
    text = models.TextField(_("source text"))
    notices = models.JSONField(_("notices"), default=list)
    created = models.DateTimeField(_("made on"), auto_now_add=True)

    class Meta:
        verbose_name = _("source file")
        verbose_name_plural = _("source files")
        indexes = (
            models.Index(fields=("sha256",)),
            HashIndex(fields=("name",), name="source_file_name"),
        )
        constraints = (
            models.CheckConstraint(condition=Q(sha256__length=64), name="sha256_is_64_digits"),
        )

    def __str__(self) -> str:
        """Its name."""
        return self.name

    @property
    def content(self) -> bytes:
        """The bytes as they came."""
        return self.text.encode() if self.data is None else bytes(self.data)


class BatchState(models.TextChoices):
    """How far an import batch has come."""

    READING = "reading", _("Being read")
    STAGED = "staged", _("Under preview")
    RUNNING = "running", _("Importing")
    DONE = "done", _("Imported")
    UNDONE = "undone", _("Undone")
    FAILED = "failed", _("Failed")


class ImportBatch(models.Model):
    """Files that came together; undone together."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    collection = models.ForeignKey(
        "articles.Collection",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="batches",
        verbose_name=_("collection"),
    )
    creator = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="batches",
        verbose_name=_("by"),
    )
    agent = models.TextField(_("agent"), blank=True, default="")
    source = models.TextField(_("source"), blank=True, default="")
    state = models.TextField(_("state"), choices=BatchState.choices, default=BatchState.STAGED)
    total = models.PositiveIntegerField(_("files"), default=0)
    done = models.PositiveIntegerField(_("done"), default=0)
    created_count = models.PositiveIntegerField(_("new ones"), default=0)
    unchanged_count = models.PositiveIntegerField(_("there"), default=0)
    failed_count = models.PositiveIntegerField(_("failed"), default=0)
    job_id = models.BigIntegerField(_("job"), null=True, blank=True)
    details = models.JSONField(default=dict, blank=True)  # what tables beside the files say
    created = models.DateTimeField(_("made on"), auto_now_add=True)
    finished = models.DateTimeField(_("finished on"), null=True, blank=True)
    touched = models.DateTimeField(
        _("last use"), default=timezone.now
    )  # when somebody last worked on it

    class Meta:
        ordering = ("-created",)
        verbose_name = _("import batch")
        verbose_name_plural = _("import batches")
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=BatchState.values), name="batch_state_known"
            ),
        )

    def __str__(self) -> str:
        """When it came."""
        return f"{self.created:%Y-%m-%d %H:%M}"


class StagedState(models.TextChoices):
    """What is to be said of a staged file."""

    WAITING = "waiting", _("Not read yet")
    SURE = "sure", _("Sure")
    DOUBTFUL = "doubtful", _("To check")
    REFUSED = "refused", _("Refused")
    CHOSEN = "chosen", _("To be imported")
    IMPORTED = "imported", _("Imported")
    UNCHANGED = "unchanged", _("Already there")
    MERGED = "merged", _("Merged")
    SKIPPED = "skipped", _("Left as it was")
    FAILED = "failed", _("Failed")
    LEFT_OUT = "left_out", _("Left out")


class StagedFile(models.Model):
    """An upload under preview, kept in the database so that any process can go on with it."""

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="files")
    position = models.PositiveIntegerField()
    name = models.TextField(_("file name"))
    sha256 = models.CharField(max_length=64)
    data = models.BinaryField()
    encoding = models.TextField(blank=True, default="")
    state = models.TextField(choices=StagedState.choices)
    overrides = models.JSONField(default=dict)
    summary = models.JSONField(default=dict)
    error = models.JSONField(default=dict)
    # What is to happen if it is a new version: {"choice": …, "conflicts": {key: "theirs"}}, and
    # "met": how many conflicts a merge meets that nobody looked at, "unseen": not looked for.
    renewal = models.JSONField(default=dict, blank=True)
    article = models.ForeignKey(
        "articles.Article", models.PROTECT, null=True, blank=True, related_name="staged"
    )

    class Meta:
        ordering = ("batch", "position")
        constraints = (
            models.UniqueConstraint(fields=("batch", "position"), name="staged_position_once"),
            models.CheckConstraint(
                condition=Q(state__in=StagedState.values), name="staged_state_known"
            ),
        )

    def __str__(self) -> str:
        """Its name."""
        return self.name
