"""Importing what was previewed: the run, its progress, its report, undone and brought back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from articles import jobs
from articles.access import get_batch, signed_in, with_access
from articles.forms.importing import BatchForm, collections_for
from articles.models import (
    Article,
    BatchState,
    ImportBatch,
    StagedFile,
    StagedState,
    Visibility,
)
from articles.queries.shelves import visible_shelves
from articles.services import batches, staging
from articles.services.collections import make_collection
from articles.services.log import Agent
from articles.services.standing import OtherState, OutOfReach
from articles.services.versions import MERGE, SEPARATE
from articles.views.importing import shown
from articles.views.importing.adjusting import take_typed
from articles.views.importing.guards import as_it_stands, back_to
from articles.views.importing.preview import (
    INVALID,
    ORDER,
    find_staged,
    get_staged,
    progress_of,
    render_batch,
)
from articles.views.importing.reported import reported, with_places
from articles.views.importing.rows import ANOTHER_ENCODING
from articles.views.importing.versions import keep_choice

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from django.http import HttpRequest

    from articles.models import Collection
    from diplowatch.accounts.models import User

LEFT = frozenset(ORDER) - {StagedState.FAILED, StagedState.REFUSED}


@with_access
@back_to("preview_batch", "pk")
@as_it_stands
def run_batch(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Import all files, the sure ones, or one; or only keep collection and source of all."""
    batch = get_batch(request, str(pk))
    which, position = request.POST.get("which", ""), request.POST.get("position", "")
    place = shown.whole(position) if which in {"one", MERGE, SEPARATE} else None
    staged = find_staged(batch, place) if place is not None else None
    answer = take_typed(request, staged) if staged is not None else None
    if answer is not None:
        return answer
    form = _batch_form(request, batch)
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
        places = visible_shelves(request.user).ids
        jobs.begin_import(batch, only_sure=which == "sure", places=places, position=place)
    except OtherState:
        raise
    except batches.NothingToDo:
        form.add_error(None, _("There is nothing to import."))
        return render_batch(request, batch, form, INVALID)
    return redirect("show_batch", pk=batch.pk)


def _batch_form(request: HttpRequest, batch: ImportBatch) -> BatchForm:
    """What was set for all files; the page of one file sends the source of that file alone."""
    if "seen" not in request.POST:
        return BatchForm(request.user, request.POST)
    values = request.POST.copy()
    values["source"] = batch.source
    return BatchForm(request.user, values)


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
    shelves = visible_shelves(request.user)
    places = set(shelves.ids)
    context = {
        "batch": batch,
        **with_places(batch, reported(batch, counts, request.GET.get("page"), places), shelves),
        "left": _left(batch, counts),
        "progress": progress_of(batch, counts),
        "undone": batch.state == BatchState.UNDONE,
        "is_empty": batch.state == BatchState.UNDONE
        and batch.collection_id in places
        and not Article.objects.live().filter(collection=batch.collection_id).exists(),
        "list_address": f"{reverse('list_articles')}?batch={batch.pk}",
    }
    return render(request, "articles/import/show_batch.html", context)


def _left(batch: ImportBatch, counts: Mapping[str, int]) -> int:
    """How many files may still be imported, those that another encoding might open among them."""
    count = sum(counts.get(state, 0) for state in LEFT)
    if not counts.get(StagedState.REFUSED):
        return count
    refused = StagedFile.objects.filter(batch=batch, state=StagedState.REFUSED)
    return count + refused.filter(error__code__in=ANOTHER_ENCODING).count()


def _within(user: User) -> set[int]:
    """Where the person may import, and so take away and bring back."""
    return {one.pk for one in collections_for(user)}


@with_access
@back_to("show_batch", "pk")
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


@with_access
@back_to("show_batch", "pk")
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
