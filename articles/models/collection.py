"""Collections: shelves of articles with their members."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from diplowatch.lib.roles import Role, role_of

if TYPE_CHECKING:
    from diplowatch.lib.roles import Person


class Visibility(models.TextChoices):
    """Who may read a collection."""

    PUBLIC = "public", _("Everyone")
    MEMBERS = "members", _("Its members")
    PRIVATE = "private", _("Only its owner")


class CollectionQuerySet(models.QuerySet["Collection"]):
    """Filters of collections."""

    def visible_to(self, user: Person) -> CollectionQuerySet:
        """What this person may read: the one rule behind every list, count and search."""
        role, kept = role_of(user), self.filter(retired__isnull=True)
        if role >= Role.ADMIN:
            return kept
        if role is Role.ANONYMOUS:
            public = Q(visibility=Visibility.PUBLIC)
            return kept.filter(public) if settings.PUBLIC_READING else self.none()
        members = Q(visibility=Visibility.MEMBERS, memberships__user_id=user.pk)
        owned = Q(owner_id=user.pk)
        return kept.filter(Q(visibility=Visibility.PUBLIC) | members | owned).distinct()


class Collection(models.Model):
    """A shelf; every article is in exactly one."""

    name = models.TextField(
        _("name"),
        unique=True,
        error_messages={"unique": _("There is a collection of this name already.")},
    )
    visibility = models.TextField(
        _("visibility"), choices=Visibility.choices, default=Visibility.PUBLIC
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="owned_collections",
        verbose_name=_("owner"),
    )
    members = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        through="Membership",
        related_name="collections",
        verbose_name=_("members"),
    )
    version = models.PositiveIntegerField(default=1)
    created = models.DateTimeField(_("made on"), auto_now_add=True)
    retired = models.DateTimeField(_("taken away on"), null=True, blank=True, editable=False)

    objects = CollectionQuerySet.as_manager()

    class Meta:
        ordering = ("name",)
        verbose_name = _("collection")
        verbose_name_plural = _("collections")
        constraints = (
            models.CheckConstraint(
                condition=~Q(name="") & Q(name__length__lte=200), name="collection_name_length"
            ),
            models.CheckConstraint(
                condition=Q(visibility__in=Visibility.values), name="collection_visibility_known"
            ),
            models.CheckConstraint(
                condition=~Q(visibility=Visibility.PRIVATE) | Q(owner__isnull=False),
                name="private_collection_has_owner",
            ),
        )

    def __str__(self) -> str:
        """Its name."""
        return self.name


class Membership(models.Model):
    """A person's place in a collection; its role replaces the global one there."""

    class Roles(models.IntegerChoices):
        """The roles a collection may give; admins are admins everywhere."""

        READER = Role.READER, _("Reader")
        ANNOTATOR = Role.ANNOTATOR, _("Annotator")
        EDITOR = Role.EDITOR, _("Editor")

    collection = models.ForeignKey(Collection, models.PROTECT, related_name="memberships")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="memberships",
        verbose_name=_("person"),
    )
    role = models.PositiveSmallIntegerField(_("role"), choices=Roles.choices, default=Roles.READER)

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = (
            models.UniqueConstraint(fields=("collection", "user"), name="one_membership_each"),
            models.CheckConstraint(
                condition=Q(role__gte=Role.READER, role__lte=Role.EDITOR),
                name="membership_role_known",
            ),
        )

    def __str__(self) -> str:
        """Who, where, as what."""
        return f"{self.user} – {self.collection} ({self.get_role_display()})"
