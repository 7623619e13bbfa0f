"""Entities: people, places, bodies and more, with their names, ids and dated offices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Coalesce, NullIf
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from articles.models import DatePrecision

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

LABEL_LENGTH = 300  # code points
WIKIDATA = "wikidata"
# Where the id of an authority leads; what has none is shown, not linked.
AUTHORITY_ADDRESSES = {WIKIDATA: "http://www.wikidata.org/entity/"}


class EntityKind(models.TextChoices):
    """What an entity is."""

    PERSON = "person", _("Person")
    PLACE = "place", _("Place")
    ORGANISATION = "organisation", _("Organisation")
    EVENT = "event", _("Event")
    WORK = "work", _("Work")
    OTHER = "other", _("Other")


class NameKind(models.TextChoices):
    """What a name is to its entity."""

    LABEL = "label", _("Label")
    ALIAS = "alias", _("Alias")
    GARBLING = "garbling", _("Known garbling")


class LinkStatus(models.TextChoices):
    """How sure it is that a mention is an entity."""

    UNVERIFIED = "unverified", _("Unverified")
    VERIFIED = "verified", _("Verified")
    NOT_IDENTIFIABLE = "not_identifiable", _("Not identifiable")


def by_name(first: str, second: str) -> Func:
    """What entities are sorted by: the label of one language, else of the other."""
    labels = (NullIf(F(f"label_{language}"), Value("")) for language in (first, second))
    return Func(Coalesce(*labels), function="articles_fold")


class EntityQuerySet(models.QuerySet["Entity"]):
    """Filters of entities."""

    def live(self) -> EntityQuerySet:
        """Those that may be linked: neither retired nor merged into another."""
        return self.filter(retired=False)


class Entity(models.Model):
    """One person, place, body or other; `version` guards it.

    Labels and descriptions are empty where they are not known; at least one label is there.
    `fetched` says when it was last copied from its authority, `loaded` which records of which files
    it was made of: a digest for each, so that the same file changes nothing the next time; beside
    them stands what of it people wrote, which no file changes.
    """

    kind = models.TextField(_("kind"), choices=EntityKind.choices)
    label_fr = models.TextField(_("French label"), blank=True, default="")
    label_en = models.TextField(_("English label"), blank=True, default="")
    description_fr = models.TextField(_("French description"), blank=True, default="")
    description_en = models.TextField(_("English description"), blank=True, default="")
    note = models.TextField(_("note"), blank=True, default="")
    # Local, starter, file, the authority's name, or undone with all that was loaded with it.
    origin = models.TextField(_("origin"), default="local")
    fetched = models.DateTimeField(_("fetched on"), null=True, blank=True)
    loaded = models.JSONField(_("loaded"), default=dict, blank=True)
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

    objects = EntityQuerySet.as_manager()

    class Meta:
        verbose_name = _("entity")
        verbose_name_plural = _("entities")
        constraints = (
            models.CheckConstraint(
                condition=Q(kind__in=EntityKind.values), name="entity_kind_known"
            ),
            models.CheckConstraint(
                condition=(~Q(label_fr="") | ~Q(label_en=""))
                & Q(label_fr__length__lte=LABEL_LENGTH)
                & Q(label_en__length__lte=LABEL_LENGTH),
                name="entity_has_label",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | Q(retired=True),
                name="merged_entity_is_retired",
            ),
        )
        indexes = (
            models.Index(by_name("fr", "en"), "id", name="entity_by_french_name"),
            models.Index(by_name("en", "fr"), "id", name="entity_by_english_name"),
        )

    def __str__(self) -> str:
        """Its label, in French where there is one."""
        return self.label_fr or self.label_en

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("show_entity", args=(self.pk,))


class EntityName(models.Model):
    """One name of an entity: a label, an alias or a known garbling.

    `folded` is how names are compared (`annotations.text.folding`), `sound` how it is spoken
    (`annotations.text.phonetic`); both are made by the services, never typed.
    """

    entity = models.ForeignKey(Entity, models.PROTECT, related_name="names")
    name = models.TextField(_("name"))
    language = models.CharField(_("language"), max_length=8, blank=True, default="")
    kind = models.TextField(_("kind"), choices=NameKind.choices)
    folded = models.TextField()
    sound = models.TextField(blank=True, default="")
    retired = models.BooleanField(_("retired"), default=False)

    class Meta:
        verbose_name = _("name")
        verbose_name_plural = _("names")
        constraints = (
            models.CheckConstraint(
                condition=~Q(name="") & Q(name__length__lte=LABEL_LENGTH),
                name="entity_name_length",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=NameKind.values), name="entity_name_kind_known"
            ),
            models.UniqueConstraint(
                fields=("entity", "name", "language", "kind"),
                condition=Q(retired=False),
                name="entity_name_once",
            ),
        )

    def __str__(self) -> str:
        """The name."""
        return self.name


class EntityIdentifier(models.Model):
    """What an authority calls an entity: `("wikidata", "Q142")`."""

    entity = models.ForeignKey(Entity, models.PROTECT, related_name="identifiers")
    authority = models.TextField(_("authority"))
    value = models.TextField(_("id"))
    retired = models.BooleanField(_("retired"), default=False)

    class Meta:
        verbose_name = _("authority id")
        verbose_name_plural = _("authority ids")
        constraints = (
            models.CheckConstraint(
                condition=~Q(authority="") & ~Q(value=""), name="identifier_is_whole"
            ),
            models.UniqueConstraint(
                fields=("authority", "value"),
                condition=Q(retired=False),
                name="one_entity_an_identifier",
            ),
        )

    def __str__(self) -> str:
        """Authority and id."""
        return f"{self.authority}:{self.value}"

    @property
    def address(self) -> str:
        """Its IRI; empty where the authority has none."""
        base = AUTHORITY_ADDRESSES.get(self.authority, "")
        return base and base + self.value


class Office(models.Model):
    """An office that a person held, from the first day of what is known to the last, inclusive.

    An open end is None; "until 2022" is stored as 2022-12-31 with the precision `year`.
    """

    entity = models.ForeignKey(Entity, models.PROTECT, related_name="offices")
    title_fr = models.TextField(_("French title"), blank=True, default="")
    title_en = models.TextField(_("English title"), blank=True, default="")
    start = models.DateField(_("from"), null=True, blank=True)
    start_precision = models.TextField(choices=DatePrecision.choices, blank=True, default="")
    end = models.DateField(_("until"), null=True, blank=True)
    end_precision = models.TextField(choices=DatePrecision.choices, blank=True, default="")
    retired = models.BooleanField(default=False)

    class Meta:
        ordering = (F("start").asc(nulls_first=True), "pk")
        verbose_name = _("office")
        verbose_name_plural = _("offices")
        constraints = (
            models.CheckConstraint(
                condition=~Q(title_fr="") | ~Q(title_en=""), name="office_has_title"
            ),
            models.CheckConstraint(
                condition=Q(start__isnull=True) | Q(end__isnull=True) | Q(start__lte=F("end")),
                name="office_ends_after_start",
            ),
        )

    def __str__(self) -> str:
        """Its title."""
        return self.title_fr or self.title_en


class SpeakerIdentity(models.Model):
    """Who the speaker of an interview is; a speaker has one at most."""

    speaker = models.OneToOneField(
        "articles.Speaker", models.PROTECT, related_name="identity", primary_key=True
    )
    entity = models.ForeignKey(
        Entity, models.PROTECT, null=True, blank=True, related_name="speakers"
    )
    status = models.TextField(choices=LinkStatus.choices, default=LinkStatus.UNVERIFIED)
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    set_at = models.DateTimeField()

    class Meta:
        verbose_name = _("speaker's identity")
        verbose_name_plural = _("speakers' identities")
        constraints = (
            models.CheckConstraint(
                condition=Q(status__in=LinkStatus.values), name="speaker_status_known"
            ),
        )

    def __str__(self) -> str:
        """Who is whom."""
        said: str | _StrPromise = str(self.entity) if self.entity else _("nobody known")
        return f"{self.speaker_id}: {said}"
