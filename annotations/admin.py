"""Django's admin of what people say: looked at there, changed on the pages that write the log."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db.models import Q
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from annotations import models
from articles.admin import ReadOnlyAdmin

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest
    from django.utils.safestring import SafeString

    Inline = admin.TabularInline[Any, Any]
else:
    Inline = admin.TabularInline


class ReadOnlyInline(Inline):
    """Rows below another, only shown."""

    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nothing is added here."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nothing is changed here."""
        return False


class TargetInline(ReadOnlyInline):
    """What an annotation is about."""

    model = models.Target
    fields = ("passage", "start", "end", "exact", "state", "revision")


class NameInline(ReadOnlyInline):
    """The names of an entity."""

    model = models.EntityName
    fields = ("name", "language", "kind", "retired")


class IdentifierInline(ReadOnlyInline):
    """What authorities call an entity."""

    model = models.EntityIdentifier
    fields = ("authority", "value", "retired")


@admin.register(models.Annotation)
class AnnotationAdmin(ReadOnlyAdmin):
    """The annotations, deleted ones included; what others keep private stays theirs."""

    list_display = ("created", "motivation", "creator", "article", "removed", "on_site")
    list_filter = ("motivation", "link_status", "flag_kind")
    list_select_related = ("creator", "article")
    inlines = (TargetInline,)
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[models.Annotation]:
        """Without what others wrote for their own eyes."""
        found: QuerySet[models.Annotation] = super().get_queryset(request)
        return found.filter(Q(private=False) | Q(creator=request.user.pk))

    @admin.display(description=_("On the site"))
    def on_site(self, annotation: models.Annotation) -> SafeString:
        """A link to its place in the text."""
        return format_html('<a href="{}">{}</a>', annotation.get_absolute_url(), annotation.pk)


@admin.register(models.Tag)
class TagAdmin(ReadOnlyAdmin):
    """The tags, retired ones included."""

    list_display = ("name", "retired", "merged_into", "created")
    list_filter = ("retired",)
    list_select_related = ("merged_into",)
    search_fields = ("name", "folded")


@admin.register(models.Entity)
class EntityAdmin(ReadOnlyAdmin):
    """The entities, retired ones included."""

    list_display = ("label_fr", "label_en", "kind", "origin", "retired", "merged_into")
    list_filter = ("kind", "origin", "retired")
    list_select_related = ("merged_into",)
    search_fields = ("label_fr", "label_en")
    inlines = (NameInline, IdentifierInline)
    show_full_result_count = False
