"""Annotations and their targets, in the words of the W3C Web Annotation model."""

from __future__ import annotations

import os
import time
import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from annotations.models.entity import Entity, LinkStatus
from annotations.models.tag import Tag
from articles.models import Article

if TYPE_CHECKING:
    from diplowatch.lib.roles import Person

BODY_LENGTH = 20_000  # code points
CONTEXT_LENGTH = 32  # code points of prefix and suffix


class Motivation(models.TextChoices):
    """Why something is said."""

    HIGHLIGHTING = "highlighting", _("Highlight")
    COMMENTING = "commenting", _("Comment")
    TAGGING = "tagging", _("Tag")
    IDENTIFYING = "identifying", _("Link")
    QUESTIONING = "questioning", _("Flag")
    EDITING = "editing", _("Correction")
    REPLYING = "replying", _("Reply")


class FlagKind(models.TextChoices):
    """What is wrong with the words."""

    NAME = "name", _("Garbled name")
    WORD = "word", _("Wrong word")
    NUMBER = "number", _("Number or date")
    MISSING = "missing", _("Something missing")
    GARBLED = "garbled", _("Garbled passage")
    PUNCTUATION = "punctuation", _("Punctuation")
    SPEAKER = "speaker", _("Wrong speaker")
    TRANSLATION = "translation", _("Translation")
    SOURCE = "source", _("The source's own error")


class CorrectionState(models.TextChoices):
    """What became of a proposed correction."""

    PROPOSED = "proposed", _("Proposed")
    ACCEPTED = "accepted", _("Accepted")
    REJECTED = "rejected", _("Rejected")


class Certainty(models.TextChoices):
    """How sure somebody is of a reading."""

    CERTAIN = "certain", _("Certain")
    LIKELY = "likely", _("Likely")
    UNSURE = "unsure", _("Unsure")


class TargetState(models.TextChoices):
    """How a target stands to its passage's text."""

    ANCHORED = "anchored", _("Anchored")
    NEEDS_CHECK = "needs_check", _("To check")
    DETACHED = "detached", _("Detached")


def make_uuid() -> uuid.UUID:
    """A random id whose first 48 bits are the time in milliseconds (RFC 9562, version 7)."""
    bits = (time.time_ns() // 1_000_000 << 80) | int.from_bytes(os.urandom(10))
    bits = bits & ~(0xF << 76) & ~(0b11 << 62) | 7 << 76 | 0b10 << 62
    return uuid.UUID(int=bits)


class AnnotationQuerySet(models.QuerySet["Annotation"]):
    """Filters of annotations."""

    def live(self) -> AnnotationQuerySet:
        """Those not deleted."""
        return self.filter(removed__isnull=True)

    def visible_to(self, user: Person) -> AnnotationQuerySet:
        """Live ones on visible articles, others' private ones left out."""
        mine = Q(private=False)
        if user.is_authenticated:
            mine |= Q(creator_id=user.pk)
        return self.live().filter(mine, article__in=Article.objects.visible_to(user))


class Annotation(models.Model):
    """A statement about a text: targets, body, motivation, creator; `version` guards it.

    `target_count` is how many targets it has: none for a reply or a note on the whole article.
    """

    id = models.UUIDField(primary_key=True, default=make_uuid, editable=False)
    article = models.ForeignKey(
        Article, models.PROTECT, related_name="annotations", verbose_name=_("article")
    )
    motivation = models.TextField(_("motivation"), choices=Motivation.choices)
    creator = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="annotations",
        verbose_name=_("by"),
    )
    agent = models.TextField(_("agent"), blank=True, default="")
    private = models.BooleanField(_("private"), default=False)
    body = models.TextField(_("text"), blank=True, default="")
    tag = models.ForeignKey(
        Tag,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="annotations",
        verbose_name=_("tag"),
    )
    entity = models.ForeignKey(
        Entity,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="annotations",
        verbose_name=_("entity"),
    )
    link_status = models.TextField(_("link"), choices=LinkStatus.choices, blank=True, default="")
    status_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("status by"),
    )
    status_at = models.DateTimeField(_("status of"), null=True, blank=True)
    flag_kind = models.TextField(_("kind"), choices=FlagKind.choices, blank=True, default="")
    # Of a correction: what is to stand there, how sure that is and what bears it out (an address or
    # a time code). The reason is its body.
    replacement = models.TextField(_("replacement"), blank=True, default="", db_default="")
    state = models.TextField(
        _("state"), choices=CorrectionState.choices, blank=True, default="", db_default=""
    )
    certainty = models.TextField(
        _("certainty"), choices=Certainty.choices, blank=True, default="", db_default=""
    )
    evidence = models.TextField(_("evidence"), blank=True, default="", db_default="")
    # Who accepted or rejected a correction, or closed a flag, when, and why.
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    decided_at = models.DateTimeField(_("decided on"), null=True, blank=True)
    verdict = models.TextField(_("verdict"), blank=True, default="", db_default="")
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="replies",
        verbose_name=_("reply to"),
    )
    target_count = models.PositiveIntegerField(_("targets"), default=0)
    version = models.PositiveIntegerField(_("version"), default=1)
    created = models.DateTimeField(_("made on"), auto_now_add=True)
    modified = models.DateTimeField(_("changed on"), auto_now=True)
    removed = models.DateTimeField(_("taken away on"), null=True, blank=True)

    objects = AnnotationQuerySet.as_manager()

    class Meta:
        verbose_name = _("annotation")
        verbose_name_plural = _("annotations")
        constraints = (
            models.CheckConstraint(
                condition=Q(motivation__in=Motivation.values), name="motivation_known"
            ),
            models.CheckConstraint(
                condition=Q(creator__isnull=False) | ~Q(agent=""), name="annotation_has_creator"
            ),
            models.CheckConstraint(
                condition=Q(body__length__lte=BODY_LENGTH), name="annotation_body_length"
            ),
            models.CheckConstraint(
                condition=(
                    Q(motivation="identifying", link_status="not_identifiable", entity__isnull=True)
                    | Q(
                        motivation="identifying",
                        link_status__in=("unverified", "verified"),
                        entity__isnull=False,
                    )
                    # A correction may name what its words are to be linked with once it is made.
                    | Q(motivation="editing", link_status="")
                    | (
                        ~Q(motivation__in=("identifying", "editing"))
                        & Q(link_status="", entity__isnull=True)
                    )
                ),
                name="link_has_entity_and_status",
            ),
            models.CheckConstraint(
                condition=Q(motivation="tagging", tag__isnull=False)
                | (~Q(motivation="tagging") & Q(tag__isnull=True)),
                name="tagging_has_tag",
            ),
            models.CheckConstraint(
                condition=Q(motivation="questioning", flag_kind__in=FlagKind.values)
                | Q(motivation="editing", flag_kind__in=("", *FlagKind.values))
                | (~Q(motivation__in=("questioning", "editing")) & Q(flag_kind="")),
                name="flag_has_kind",
            ),
            models.CheckConstraint(
                condition=Q(motivation="editing", state__in=CorrectionState.values)
                | (~Q(motivation="editing") & Q(state="", replacement="", certainty="")),
                name="correction_has_state",
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, decided_by__isnull=True)
                | Q(decided_at__isnull=False, motivation__in=("editing", "questioning")),
                name="only_corrections_and_flags_are_decided",
            ),
            models.CheckConstraint(
                condition=Q(replacement__length__lte=BODY_LENGTH)
                & Q(evidence__length__lte=BODY_LENGTH)
                & Q(verdict__length__lte=BODY_LENGTH),
                name="correction_lengths",
            ),
            models.CheckConstraint(
                condition=Q(motivation="replying", parent__isnull=False, target_count=0)
                | (~Q(motivation="replying") & Q(parent__isnull=True)),
                name="reply_has_parent_and_no_target",
            ),
            models.CheckConstraint(
                condition=Q(motivation__in=("commenting", "tagging", "replying"))
                | Q(target_count__gte=1),
                name="annotation_has_target",
            ),
            models.CheckConstraint(
                condition=~Q(motivation__in=("commenting", "replying")) | ~Q(body=""),
                name="comment_says_something",
            ),
        )
        indexes = (
            models.Index("article", "created", name="annotation_of_article"),
            models.Index("entity", name="annotation_of_entity", condition=Q(entity__isnull=False)),
            models.Index("tag", name="annotation_of_tag", condition=Q(tag__isnull=False)),
            models.Index("parent", name="annotation_of_parent", condition=Q(parent__isnull=False)),
            models.Index("creator", F("created").desc(), name="annotation_of_creator"),
            models.Index(F("created").desc(), name="annotation_newest"),
            models.Index("article", name="annotation_proposed", condition=Q(state="proposed")),
        )

    def __str__(self) -> str:
        """What it is."""
        return f"{self.get_motivation_display()} {self.pk}"

    def get_absolute_url(self) -> str:
        """Its permalink, which opens the article with it selected."""
        return reverse("go_to_annotation", args=(self.pk,))


class Target(models.Model):
    """Where: `start` and `end` count code points in the passage's text, end exclusive.

    `exact`, `prefix` and `suffix` are cut by the server. `revision` is the passage's revision that
    the range holds for; a detached target keeps the last quote and the revision it was made on.
    """

    annotation = models.ForeignKey(
        Annotation,
        models.PROTECT,
        related_name="targets",
        db_index=False,
        verbose_name=_("annotation"),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    passage = models.ForeignKey(
        "articles.Passage", models.PROTECT, related_name="targets", verbose_name=_("passage")
    )
    start = models.PositiveIntegerField(_("start"))
    end = models.PositiveIntegerField(_("end"))
    exact = models.TextField(_("quote"))
    prefix = models.TextField(_("before it"), blank=True, default="")
    suffix = models.TextField(_("after it"), blank=True, default="")
    state = models.TextField(_("state"), choices=TargetState.choices, default=TargetState.ANCHORED)
    revision = models.PositiveIntegerField(_("revision"), default=0)

    class Meta:
        ordering = ("annotation", "position")
        verbose_name = _("target")
        verbose_name_plural = _("targets")
        constraints = (
            models.UniqueConstraint(fields=("annotation", "position"), name="target_position_once"),
            models.CheckConstraint(
                condition=Q(state__in=TargetState.values), name="target_state_known"
            ),
            models.CheckConstraint(condition=Q(start__lt=F("end")), name="target_range_ordered"),
            models.CheckConstraint(
                condition=Q(state="detached") | Q(end=F("start") + Length("exact")),
                name="target_quote_fits_range",
            ),
            models.CheckConstraint(
                condition=Q(prefix__length__lte=CONTEXT_LENGTH)
                & Q(suffix__length__lte=CONTEXT_LENGTH),
                name="target_context_length",
            ),
        )
        indexes = (
            models.Index(
                "annotation", name="target_to_check", condition=Q(state=TargetState.NEEDS_CHECK)
            ),
        )

    def __str__(self) -> str:
        """What it quotes."""
        return self.exact
