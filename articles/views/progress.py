"""The progress page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.access import signed_in, with_access
from articles.forms.languages import language_name
from articles.models import Status
from articles.queries.progress import (
    GROUPS,
    MOST_ROWS,
    PERSON_DAYS,
    Progress,
    people_progress,
    progress_by,
    sum_of,
)
from articles.queries.shelves import Shelves, visible_shelves
from diplowatch.lib.dates import date_words, read_date

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_safe
@with_access
def show_progress(request: HttpRequest) -> HttpResponse:
    """How far the texts have come, by source or otherwise, and who did what lately."""
    signed_in(request)
    asked = request.GET.get("by", "")
    group = asked if asked in GROUPS else "source"
    shelves = visible_shelves(request.user)
    rows = progress_by(group, shelves)
    context = {
        "group": group,
        "groups": _group_labels(),
        "rows": [(row, _label(group, row, shelves), row.bars()) for row in rows[:MOST_ROWS]],
        "left_out": max(0, len(rows) - MOST_ROWS),
        "whole": (whole := sum_of(rows)),
        "whole_bars": whole.bars(),
        "statuses": Status.choices,
        "people": people_progress(shelves),
        "days": PERSON_DAYS,
        "may_edit": bool(shelves.editable()),
    }
    return render(request, "articles/show_progress.html", context)


def _group_labels() -> list[tuple[str, str]]:
    labels = (_("Source"), _("Collection"), _("Month"), _("Language"))
    return list(zip(GROUPS, labels, strict=True))


def _label(group: str, row: Progress, shelves: Shelves) -> str:
    if group == "collection":
        return shelves.names[int(row.value)]
    if not row.value:
        return {"source": _("No source"), "month": _("Undated")}.get(group, _("Unknown"))
    if group == "month":
        return date_words(*read_date(row.value))
    return language_name(row.value) if group == "language" else row.value
