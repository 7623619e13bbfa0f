"""Articles and who speaks in them."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from articles.models.collection import Collection
from articles.models.search import ArticleWords
from diplowatch.lib.addresses import address_of

if TYPE_CHECKING:
    from articles.models.handing import Handing
    from diplowatch.lib.roles import Person

TITLE_LENGTH = 300  # code points
UNDATED = datetime.date(1, 1, 1)


class Kind(models.TextChoices):
    """What a text is."""

    ARTICLE = "article", _("Article")
    INTERVIEW = "interview", _("Interview")


class Status(models.TextChoices):
    """The ladder from machine text to validated text, and beside it `problematic`."""

    RAW = "raw", _("Raw")
    IN_PROGRESS = "in_progress", _("In progress")
    PROOFREAD = "proofread", _("Proofread")
    VALIDATED = "validated", _("Validated")
    PROBLEMATIC = "problematic", _("Problematic")


class DatePrecision(models.TextChoices):
    """How much of a date is known."""

    DAY = "day", _("Day")
    MONTH = "month", _("Month")
    YEAR = "year", _("Year")


class ArticleQuerySet(models.QuerySet["Article"]):
    """Filters of articles."""

    def live(self) -> ArticleQuerySet:
        """Those not taken away by the undoing of their import."""
        return self.filter(removed__isnull=True)

    def visible_to(self, user: Person) -> ArticleQuerySet:
        """Live articles of the collections this person may read."""
        # The few collections are listed first: the planner then knows them as constants.
        seen = list(Collection.objects.visible_to(user).values_list("pk", flat=True))
        return self.live().filter(collection_id__in=seen)


class Article(models.Model):
    """One text; `version` guards its structure and is raised by every act that touches it."""

    collection = models.ForeignKey(
        Collection, models.PROTECT, related_name="articles", verbose_name=_("collection")
    )
    source_file = models.ForeignKey(
        "articles.SourceFile",
        models.PROTECT,
        related_name="articles",
        verbose_name=_("source file"),
    )
    # The file at birth, over which the log folds; none as long as it is the source file.
    birth_file = models.ForeignKey(
        "articles.SourceFile",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="births",
        db_index=False,
        verbose_name=_("first source file"),
    )
    batch = models.ForeignKey(
        "articles.ImportBatch",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="articles",
        db_index=False,
        verbose_name=_("import batch"),
    )
    sha256 = models.CharField(
        _("SHA-256"), max_length=64
    )  # of the source file: the same bytes come once
    kind = models.TextField(_("kind"), choices=Kind.choices)
    title = models.TextField(_("title"))
    title_derived = models.BooleanField(_("title from the text"), default=True)
    date = models.DateField(_("date"), null=True, blank=True)
    date_precision = models.TextField(
        choices=DatePrecision.choices, blank=True, default="", verbose_name=_("date precision")
    )
    date_key = models.GeneratedField(
        expression=Coalesce(F("date"), Value(UNDATED)),
        output_field=models.DateField(),
        db_persist=True,
    )
    source = models.TextField(_("source"), blank=True, default="")
    url = models.TextField(_("address"), blank=True, default="")
    language = models.CharField(_("language"), max_length=8, blank=True, default="")
    status = models.TextField(_("status"), choices=Status.choices, default=Status.RAW)
    problem = models.TextField(_("problem"), blank=True, default="", db_default="")
    # How many live passages are proofread or validated, of how many; none of 0: not counted yet.
    passages_done = models.PositiveIntegerField(_("passages done"), default=0, db_default=0)
    passages_all = models.PositiveIntegerField(_("passages in all"), default=0, db_default=0)
    tags = models.JSONField(_("tags"), default=list, blank=True)
    version = models.PositiveIntegerField(_("version"), default=1)
    revision = models.PositiveIntegerField(_("revision"), default=0)
    last_number = models.PositiveIntegerField(_("last passage number"), default=0)
    first_words = models.TextField(_("first words"), blank=True, default="")
    speaker_names = models.TextField(_("names of the speakers"), blank=True, default="")
    exchange_count = models.PositiveIntegerField(_("exchanges"), default=0)
    evidence = models.JSONField(default=dict, blank=True)
    created = models.DateTimeField(_("made on"), auto_now_add=True)
    updated = models.DateTimeField(_("changed on"), auto_now=True)
    removed = models.DateTimeField(_("taken away on"), null=True, blank=True)
    # Made by the database, whoever writes: the list sorts by one, search looks in the other.
    title_key = models.GeneratedField(
        expression=Func(F("title"), function="articles_fold"),
        output_field=models.TextField(),
        db_persist=True,
    )
    words = models.GeneratedField(
        expression=ArticleWords("title", "speaker_names", "source"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    handing: Handing | None = None  # whom it waits for, where `queries.live` has asked

    objects = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        constraints = (
            models.UniqueConstraint(
                fields=("collection", "sha256"),
                condition=Q(removed__isnull=True),
                name="the_same_bytes_once_in_a_collection",
            ),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="article_kind_known"),
            models.CheckConstraint(
                condition=Q(status__in=Status.values), name="article_status_known"
            ),
            models.CheckConstraint(
                condition=~Q(title="") & Q(title__length__lte=TITLE_LENGTH),
                name="article_title_length",
            ),
            models.CheckConstraint(
                condition=Q(date__isnull=True, date_precision="")
                | Q(date__isnull=False, date_precision__in=DatePrecision.values),
                name="article_date_has_precision",
            ),
        )
        indexes = (
            models.Index(
                F("date_key").desc(),
                F("id").desc(),
                name="article_newest",
                condition=Q(removed__isnull=True),
            ),
            models.Index(
                F("id").desc(), name="article_imported", condition=Q(removed__isnull=True)
            ),
            models.Index(
                "title_key", "id", name="article_title", condition=Q(removed__isnull=True)
            ),
            *(
                models.Index(
                    facet,
                    F("date_key").desc(),
                    F("id").desc(),
                    name=f"article_of_{facet}",
                    condition=Q(removed__isnull=True),
                )
                for facet in ("collection", "source", "status", "language")
            ),
            # Entries are put in some hundreds at a time; searches read the few that wait.
            GinIndex(fields=("words",), name="article_words", gin_pending_list_limit=64),
            models.Index("batch", "id", name="article_batch"),
            GinIndex(
                fields=("tags",),
                name="article_tags",
                opclasses=("jsonb_path_ops",),
                fastupdate=False,
            ),
        )

    def __str__(self) -> str:
        """Its title."""
        return self.title

    def get_absolute_url(self) -> str:
        """The reader page."""
        return address_of("read_article", self.pk)


class Speaker(models.Model):
    """Who speaks in one article."""

    article = models.ForeignKey(Article, models.PROTECT, related_name="speakers", db_index=False)
    position = models.PositiveSmallIntegerField()
    name = models.TextField(_("name"))
    labels = models.JSONField(default=list)
    part = models.TextField(blank=True, default="")
    retired = models.BooleanField(default=False, db_default=False)  # its words were given to others

    class Meta:
        ordering = ("position",)
        verbose_name = _("speaker")
        verbose_name_plural = _("speakers")
        constraints = (
            models.UniqueConstraint(fields=("article", "position"), name="speaker_position_once"),
            models.CheckConstraint(condition=~Q(name=""), name="speaker_has_name"),
        )

    def __str__(self) -> str:
        """The name."""
        return self.name
