"""Django's admin of the texts: what may be looked at and set there; the log is never written."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.contrib import admin, messages
from django.db.models import Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.timezone import localtime
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
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


class ByAdmin(ReadOnlyAdmin):
    """Rows that a person or a machine agent made, told in one column."""

    readonly_fields = ("who",)

    @admin.display(description=_("by"))
    def who(self, row: Any) -> str:
        """The person, or the agent in the language at hand."""
        person = row.actor if isinstance(row, models.Activity) else row.creator
        return str(person or (gettext(row.agent) if row.agent else "–"))


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
class ImportBatchAdmin(ByAdmin, ImportingAdmin):
    """The imports, each with its report; whole imports can be undone."""

    list_display = (
        "made", "who", "collection", "report", "created_count", "unchanged_count",
        "failed_count",
    )  # fmt: skip
    list_filter = ("state", "collection")
    list_select_related = ("creator", "collection")
    exclude = ("details", "job_id", "creator", "agent")
    actions = ("undo_imports",)

    @admin.display(description=_("made on"), ordering="created")
    def made(self, batch: models.ImportBatch) -> str:
        """When, short enough for the table to fit."""
        return date_format(localtime(batch.created), "SHORT_DATETIME_FORMAT")

    @admin.display(description=_("Report"), ordering="state")
    def report(self, batch: models.ImportBatch) -> SafeString:
        """How far it is, as a link to the report page."""
        address = reverse("show_batch", args=(batch.pk,))
        return format_html('<a href="{}">{}</a>', address, batch.get_state_display())

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
class ActivityAdmin(ByAdmin):
    """The log of acts."""

    exclude = ("actor", "agent")
    list_display = ("created", "who", "verb", "article", "collection")
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
apps.get_app_config("procrastinate").verbose_name = _("Background work")
ProcrastinateJob._meta.verbose_name = _("job")
ProcrastinateJob._meta.verbose_name_plural = _("jobs")
JOB_STATES = {
    "todo": pgettext_lazy("a job", "waiting"),
    "doing": pgettext_lazy("a job", "under way"),
    "succeeded": pgettext_lazy("a job", "done"),
    "failed": pgettext_lazy("a job", "failed"),
    "cancelled": pgettext_lazy("a job", "cancelled"),
    "aborted": pgettext_lazy("a job", "aborted"),
}


@admin.register(ProcrastinateJob)
class JobAdmin(ProcrastinateJobAdmin):
    """The background jobs, without the styles in the line that the policy refuses."""

    list_display = ["pk", "short_task_name", "pretty_args", "pretty_status"]
    list_filter = []

    @admin.display(description=_("Task"), ordering="task_name")
    def short_task_name(self, instance: ProcrastinateJob) -> str:
        """Its name without where it is written."""
        return str(instance.task_name.rpartition(".")[2])

    @admin.display(description=_("State"), ordering="status")
    def pretty_status(self, instance: ProcrastinateJob) -> str:
        """How far it is, in the language at hand."""
        return str(JOB_STATES.get(instance.status, instance.status))

    @admin.display(description=_("Called with"))
    def pretty_args(self, instance: ProcrastinateJob) -> SafeString:
        """What the job was called with, as JSON."""
        return format_html("<code>{}</code>", json.dumps(instance.args, ensure_ascii=False)[:2000])
