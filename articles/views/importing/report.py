"""Importing what was previewed: the run, its progress, its report, undone and brought back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Case, IntegerField, Value, When
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from articles import jobs
from articles.access import get_batch, signed_in, with_access
from articles.forms.importing import BatchForm, collections_for
from articles.models import BatchState, ImportBatch, StagedFile, StagedState, Visibility
from articles.queries.shelves import visible_shelves
from articles.services import batches, staging
from articles.services.collections import make_collection
from articles.services.log import Agent
from articles.services.standing import OtherState, OutOfReach
from articles.services.versions import MERGE, SEPARATE
from articles.services.wording import sentence
from articles.views.importing import shown
from articles.views.importing.guards import as_it_stands
from articles.views.importing.preview import (
    INVALID,
    ORDER,
    PER_PAGE,
    get_staged,
    progress_of,
    render_batch,
)
from articles.views.importing.versions import keep_choice

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest

    from articles.models import Collection
    from diplowatch.accounts.models import User

REPORTED = (
    StagedState.FAILED, StagedState.SKIPPED, StagedState.MERGED, StagedState.UNCHANGED,
    StagedState.IMPORTED,
)  # fmt: skip


@require_POST
@with_access
@as_it_stands
def run_batch(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Import all files, the sure ones, or one; or only keep collection and source of all."""
    batch = get_batch(request, str(pk))
    which, position = request.POST.get("which", ""), request.POST.get("position", "")
    form = BatchForm(request.user, request.POST)
    place = shown.whole(position) if which in {"one", MERGE, SEPARATE} else None
    known = which in {"all", "sure", "none"} or place is not None
    collection = _chosen(request, form) if form.is_valid() and known else None
    if collection is None:
        return render_batch(request, batch, form, INVALID)
    staging.set_batch(batch=batch, collection=collection, source=form.cleaned_data["source"])
    if which == "none":
        return redirect("preview_batch", pk=batch.pk)
    if which in {MERGE, SEPARATE} and place is not None:
        keep_choice(request, get_staged(request, pk, place), which)
    try:
        jobs.begin_import(batch, only_sure=which == "sure", position=place)
    except OtherState:
        raise
    except batches.NothingToDo:
        form.add_error(None, _("There is nothing to import."))
        return render_batch(request, batch, form, INVALID)
    return redirect("show_batch", pk=batch.pk)


def _chosen(request: HttpRequest, form: BatchForm) -> Collection | None:
    """The collection that was chosen, or is made now; None with the fault in the form."""
    name = form.cleaned_data.get("new_collection")
    if not name:
        chosen: Collection = form.cleaned_data["collection"]
        return chosen
    agent = Agent(signed_in(request))
    try:
        made = make_collection(name=name, visibility=Visibility.PUBLIC, agent=agent)
    except ValidationError as error:
        form.add_error("new_collection", error.messages)
        return None
    messages.success(request, _("Collection “%(name)s” made.") % {"name": made.name})
    return made


@require_GET
@with_access
def show_progress(request: HttpRequest, pk: UUID) -> HttpResponse:
    """How far the work is, asked for again and again; sends the page on when it is done."""
    batch = get_batch(request, str(pk))
    progress = progress_of(batch, staging.counts_by_state(batch))
    if progress is not None:
        return render(
            request, "articles/import/_progress.html", {"batch": batch, "progress": progress}
        )
    name = "preview_batch" if batch.state == BatchState.STAGED else "show_batch"
    response = HttpResponse(status=200)
    response["HX-Redirect"] = reverse(name, args=(batch.pk,))
    return response


@require_GET
@with_access
def show_batch(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The report: what became of each file."""
    batch = get_batch(request, str(pk))
    counts = staging.counts_by_state(batch)
    place = Case(
        *(When(state=state, then=Value(number)) for number, state in enumerate(REPORTED)),
        output_field=IntegerField(),
    )
    files = StagedFile.objects.filter(batch=batch, state__in=REPORTED).defer("data")
    pages = Paginator(files.order_by(place, "position").select_related("article"), PER_PAGE)
    pages.__dict__["count"] = sum(counts.get(state, 0) for state in REPORTED)
    page = pages.get_page(request.GET.get("page"))
    places = set(visible_shelves(request.user).ids)
    context = {
        "batch": batch,
        "page": page,
        "merged": counts.get(StagedState.MERGED, 0),
        "skipped": counts.get(StagedState.SKIPPED, 0),
        "rows": [_row(staged, places) for staged in page.object_list],
        "left": sum(counts.get(state, 0) for state in ORDER if state != StagedState.FAILED),
        "progress": progress_of(batch, counts),
        "undone": batch.state == BatchState.UNDONE,
        "list_address": f"{reverse('list_articles')}?batch={batch.pk}",
    }
    return render(request, "articles/import/show_batch.html", context)


def _row(staged: StagedFile, places: set[int]) -> dict[str, Any]:
    """A line of the report; a text that is in none of these collections now is not shown."""
    fault, article = staged.error, staged.article
    is_seen = article is not None and article.collection_id in places
    return {
        "staged": staged,
        "article": article if is_seen else None,
        "is_gone": article is not None and article.removed is not None,
        "fault": sentence(fault["code"], fault["params"]) if fault else "",
    }


def _within(user: User) -> set[int]:
    """Where the person may import, and so take away and bring back."""
    return {one.pk for one in collections_for(user)}


@require_POST
@with_access
@as_it_stands
def undo_batch(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take away all that the batch brought."""
    batch = get_batch(request, str(pk))
    try:
        user = signed_in(request)
        count = batches.undo_batch(batch=batch, agent=Agent(user), within=_within(user))
    except (OtherState, OutOfReach):
        raise
    except batches.NothingToDo:
        messages.warning(request, _("There was nothing to undo."))
        return redirect("show_batch", pk=batch.pk)
    words = ngettext(
        "The import was undone: %(n)d text taken away.",
        "The import was undone: %(n)d texts taken away.",
        count,
    )
    messages.success(request, words % {"n": count})
    return redirect("show_batch", pk=batch.pk)


@require_POST
@with_access
@as_it_stands
def redo_batch(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Bring back what the undoing took away."""
    batch = get_batch(request, str(pk))
    try:
        user = signed_in(request)
        count, left = batches.redo_batch(batch=batch, agent=Agent(user), within=_within(user))
    except (OtherState, OutOfReach):
        raise
    except batches.NothingToDo:
        messages.warning(request, _("There was nothing to bring back."))
        return redirect("show_batch", pk=batch.pk)
    _say_brought_back(request, batch, count, left)
    return redirect("show_batch", pk=batch.pk)


def _say_brought_back(request: HttpRequest, batch: ImportBatch, count: int, left: int) -> None:
    words = ngettext("%(n)d text was brought back.", "%(n)d texts were brought back.", count)
    messages.success(request, words % {"n": count})
    if left:
        words = ngettext(
            "%(n)d text stays away: “%(collection)s” has its bytes again since.",
            "%(n)d texts stay away: “%(collection)s” has their bytes again since.",
            left,
        )
        messages.warning(request, words % {"n": left, "collection": batch.collection})
