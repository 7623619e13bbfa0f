"""Setting right what is previewed: details, speakers, passages, what becomes of new versions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles import jobs
from articles.access import get_batch, with_access
from articles.forms.importing import BatchForm
from articles.services import staging
from articles.services.versions import ON_CHANGE
from articles.text.adjust import Overrides, exchanged, from_json
from articles.views.importing import shown
from articles.views.importing.guards import CONFLICT, as_it_stands, back_to
from articles.views.importing.preview import (
    INVALID,
    get_staged,
    next_to_check,
    render_file,
)
from articles.views.importing.typed import Typed
from articles.views.importing.versions import keep_choice, to_batch

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest

    from articles.models import ImportBatch, StagedFile


@with_access
@back_to("preview_file", "pk", "position")
@as_it_stands
def adjust_file(request: HttpRequest, pk: UUID, position: int) -> HttpResponse:
    """Set one file right: its details, its speakers, one passage, or questions for answers."""
    staged = get_staged(request, pk, position)
    act = ACTS.get("open" if "open" in request.POST else request.POST.get("act", ""))
    if act is None:
        return HttpResponse(status=INVALID)
    return act(request, staged)


def take_typed(request: HttpRequest, staged: StagedFile) -> HttpResponse | None:
    """Keep all that was typed on a file's page before the act that was pressed there goes on.

    Gives the page that says what is wrong with it, else None: the act may go on.
    """
    if "seen" not in request.POST:
        return None
    return _take(request, staged, Typed(staged, request.POST))


def _take(
    request: HttpRequest, staged: StagedFile, typed: Typed, *, even_untouched: bool = False
) -> HttpResponse | None:
    if typed.is_touched or even_untouched:
        if not typed.is_valid():
            return render_file(request, staged, typed=typed, status=INVALID)
        if typed.is_stale():
            return render_file(request, staged, typed=typed, status=CONFLICT)
        if not typed.keep():
            words = _("The file is read otherwise now: look at its speakers and passages again.")
            messages.warning(request, words)
            return _back_to(staged)
    _take_collection(request, staged.batch)
    return None


def _take_collection(request: HttpRequest, batch: ImportBatch) -> None:
    """Keep the collection that was chosen on a file's page; one out of reach is passed over."""
    chosen = request.POST.get("collection", "")
    form = BatchForm(request.user, {"collection": chosen, "source": batch.source})
    if chosen and chosen != str(batch.collection_id) and form.is_valid():
        collection = form.cleaned_data["collection"]
        staging.set_batch(batch=batch, collection=collection, source=batch.source)


def _keep(request: HttpRequest, staged: StagedFile) -> HttpResponse:
    """Keep what was typed, and look at the file as it is read then."""
    act, typed = request.POST.get("act"), Typed(staged, request.POST)
    if act in {"speakers", "passage"} and typed.read is None:
        return render_file(request, staged, status=INVALID)
    if act == "passage" and typed.index is None:
        return HttpResponse(status=INVALID)
    answer = _take(request, staged, typed, even_untouched=True)
    is_there = act == "passage" or typed.passage
    return answer or _back_to(staged, typed.index if is_there else None)


def _open(request: HttpRequest, staged: StagedFile) -> HttpResponse:
    """To the form of a passage, with what was typed elsewhere kept."""
    number = shown.whole(request.POST["open"])
    if number is None:
        return HttpResponse(status=INVALID)
    answer = take_typed(request, staged)
    return answer or redirect(f"{_address_of(staged)}?passage={number}#p{number}")


def _cancel(request: HttpRequest, staged: StagedFile) -> HttpResponse:
    """Without what was typed of a passage, but with the rest of it."""
    number = shown.whole(request.POST.get("passage", ""))
    data = request.POST.copy()
    data.pop("passage", None)
    answer = _take(request, staged, Typed(staged, data))
    return answer or _back_to(staged, None if number is None else number - 1)


def _go_on(request: HttpRequest, staged: StagedFile) -> HttpResponse:
    """To the next file to check, with what was typed for this one kept."""
    answer = take_typed(request, staged)
    if answer is not None:
        return answer
    following = next_to_check(request, staged)
    return _back_to(following) if following else redirect("preview_batch", pk=staged.batch_id)


def _swap(request: HttpRequest, staged: StagedFile) -> HttpResponse:
    answer = _take(request, staged, Typed(staged, request.POST), even_untouched=True)
    if answer is not None:
        return answer
    staging.change_staged(staged=staged, overrides=exchanged(from_json(staged.overrides)))
    return _back_to(staged)


def _reset(request: HttpRequest, staged: StagedFile) -> HttpResponse:
    """Back to what was read: what is typed beside it goes, too."""
    typed = Typed(staged, request.POST)
    if typed.is_stale():
        return render_file(request, staged, typed=typed, status=CONFLICT)
    _take_collection(request, staged.batch)
    staging.change_staged(staged=staged, overrides=Overrides())
    return _back_to(staged)


def _address_of(staged: StagedFile) -> str:
    return reverse("preview_file", args=(staged.batch_id, staged.position))


def _back_to(staged: StagedFile, index: int | None = None) -> HttpResponse:
    return redirect(_address_of(staged) + ("" if index is None else f"#p{index + 1}"))


ACTS = {
    "details": _keep,
    "speakers": _keep,
    "passage": _keep,
    "open": _open,
    "cancel": _cancel,
    "next": _go_on,
    "swap": _swap,
    "reset": _reset,
}


@with_access
@back_to("preview_file", "pk", "position")
@as_it_stands
def leave_out(request: HttpRequest, pk: UUID, position: int) -> HttpResponse:
    """Take one file out of the batch."""
    staged = get_staged(request, pk, position)
    if "seen" in request.POST:
        _keep_what_fits(request, staged)
    staging.leave_out(staged=staged)
    messages.info(request, _("“%(name)s” was left out.") % {"name": staged.name})
    beside = shown.whole(request.GET.get("beside", ""))
    return to_batch(request, staged.batch, "" if beside is None else f"#leave-{beside}")


@with_access
@back_to("preview_batch", "pk")
@as_it_stands
def bring_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Bring all files back that were left out of the batch."""
    batch = get_batch(request, str(pk))
    count = staging.bring_back(batch=batch)
    jobs.begin_reading(batch)  # one may have been left out before it was read
    words = ngettext("%(n)d file was brought back.", "%(n)d files were brought back.", count)
    messages.info(request, words % {"n": count})
    return to_batch(request, batch)


def _keep_what_fits(request: HttpRequest, staged: StagedFile) -> None:
    """Keep what was typed for a file that is left out: it may be brought back."""
    typed = Typed(staged, request.POST)
    if typed.is_touched and typed.is_valid() and not typed.is_stale():
        typed.keep()
    _take_collection(request, staged.batch)


@with_access
@back_to("preview_file", "pk", "position")
@as_it_stands
def choose_version(request: HttpRequest, pk: UUID, position: int) -> HttpResponse:
    """Choose what is to happen to a file that is a new version of an article's."""
    staged = get_staged(request, pk, position)
    choice = request.POST.get("choice", "")
    if choice not in ON_CHANGE:
        return HttpResponse(status=INVALID)
    answer = take_typed(request, staged)
    if answer is not None:
        return answer
    keep_choice(request, get_staged(request, pk, position), choice)
    if "conflicts" in request.POST:
        return redirect("preview_file", pk=staged.batch_id, position=position)
    return to_batch(request, staged.batch)
