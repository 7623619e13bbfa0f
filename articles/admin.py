"""Django's admin of the texts: what may be looked at and set there; the log is never written."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.db.models import Q
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from procrastinate.contrib.django.admin import ProcrastinateJobAdmin
from procrastinate.contrib.django.models import ProcrastinateJob

from articles import models
from articles.services import batches
from articles.services.log import Agent

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet
    from django.http import HttpRequest
    from django.utils.safestring import SafeString

    AdminBase = admin.ModelAdmin[Any]
else:
    AdminBase = admin.ModelAdmin


class ReadOnlyAdmin(AdminBase):
    """Shown, never changed here: texts change through their pages, which write the log."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nothing is added here."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nothing is changed here."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nothing is ever deleted."""
        return False


class ImportingAdmin(ReadOnlyAdmin):
    """Shown with a button that leads to the import."""

    change_list_template = "articles/import/admin_list.html"


@admin.register(models.Article)
class ArticleAdmin(ImportingAdmin):
    """The articles, those taken away included."""

    list_display = ("title", "kind", "date", "collection", "status", "removed", "on_site")
    list_filter = ("kind", "status", "language", "collection")
    list_select_related = ("collection",)
    search_fields = ("title",)
    exclude = ("evidence",)
    show_full_result_count = False
    date_hierarchy = None

    @admin.display(description=_("On the site"))
    def on_site(self, article: models.Article) -> SafeString:
        """A link to the reader page."""
        return format_html('<a href="{}">{}</a>', article.get_absolute_url(), article.pk)


@admin.register(models.ImportBatch)
class ImportBatchAdmin(ImportingAdmin):
    """The imports, each with its report; whole imports can be undone."""

    list_display = (
        "created", "creator", "agent", "collection", "state", "created_count", "unchanged_count",
        "failed_count", "report",
    )  # fmt: skip
    list_filter = ("state", "collection")
    list_select_related = ("creator", "collection")
    exclude = ("details", "job_id")
    actions = ("undo_imports",)

    @admin.display(description=_("Report"))
    def report(self, batch: models.ImportBatch) -> SafeString:
        """A link to the report page."""
        return format_html(
            '<a href="{}">{}</a>', reverse("show_batch", args=(batch.pk,)), _("Report")
        )

    @admin.action(description=_("Undo the imports selected"), permissions=["view"])
    def undo_imports(self, request: HttpRequest, queryset: QuerySet[models.ImportBatch]) -> None:
        """Undo whole imports, each by an activity of its own."""
        count = 0
        for batch in queryset:
            try:
                agent = Agent(request.user)  # type: ignore[arg-type]  # the admin lets nobody else in
                count += batches.undo_batch(batch=batch, agent=agent)
            except batches.NothingToDo:
                continue
        words = ngettext("%(n)d text was taken away.", "%(n)d texts were taken away.", count)
        messages.success(request, words % {"n": count})


@admin.register(models.SourceFile)
class SourceFileAdmin(ImportingAdmin):
    """The imported files."""

    list_display = ("name", "encoding", "sha256", "created")
    search_fields = ("name", "=sha256")
    exclude = ("data",)
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[models.SourceFile]:
        """Without the bytes, which no list shows."""
        return super().get_queryset(request).defer("data", "text")


@admin.register(models.Activity)
class ActivityAdmin(ReadOnlyAdmin):
    """The log of acts."""

    list_display = ("created", "actor", "agent", "verb", "article", "collection")
    list_filter = ("verb",)
    list_select_related = ("actor", "article", "collection")
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[models.Activity]:
        """Without what others did for their own eyes."""
        found: QuerySet[models.Activity] = super().get_queryset(request)
        return found.filter(Q(private=False) | Q(actor=request.user.pk))


@admin.register(models.Revision)
class RevisionAdmin(ReadOnlyAdmin):
    """The log of changes of each article."""

    list_display = ("article", "number", "operation", "created")
    list_select_related = ("article",)
    show_full_result_count = False


@admin.register(models.Collection)
class CollectionAdmin(ImportingAdmin):
    """The collections; they and their members are managed on their own pages."""

    list_display = ("name", "visibility", "owner", "created")
    list_filter = ("visibility",)
    list_select_related = ("owner",)
    exclude = ("version",)


admin.site.unregister(ProcrastinateJob)


@admin.register(ProcrastinateJob)
class JobAdmin(ProcrastinateJobAdmin):
    """The background jobs, without the styles in the line that the policy refuses."""

    @admin.display(description="Args")
    def pretty_args(self, instance: ProcrastinateJob) -> SafeString:
        """What the job was called with, as JSON."""
        return format_html("<code>{}</code>", json.dumps(instance.args, ensure_ascii=False)[:2000])
