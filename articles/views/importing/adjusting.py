"""Setting right what is previewed: details, speakers, passages, what becomes of new versions."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from articles.access import with_access
from articles.forms.importing import StagedForm, speakers_onto
from articles.models import StagedFile
from articles.services import staging
from articles.services.assessment import read_both, read_staged
from articles.services.versions import ON_CHANGE
from articles.text.adjust import Overrides, exchanged, from_json
from articles.text.shapes import TextError
from articles.views.importing import shown
from articles.views.importing.guards import CONFLICT, as_it_stands, back_to
from articles.views.importing.preview import (
    INVALID,
    details_of,
    get_staged,
    next_to_check,
    passage_form_of,
    render_file,
)
from articles.views.importing.versions import keep_choice, to_batch

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest

    from articles.models import StagedFile
    from articles.text.reading import ReadFile


@with_access
@back_to("preview_file", "pk", "position")
@as_it_stands
def adjust_file(request: HttpRequest, pk: UUID, position: int) -> HttpResponse:
    """Set one file right: its details, its speakers, one passage, or questions for answers."""
    staged = get_staged(request, pk, position)
    act = ACTS.get(request.POST.get("act", ""))
    if act is None:
        return HttpResponse(status=INVALID)
    return act(request, staged)


def _is_stale(request: HttpRequest, staged: StagedFile) -> bool:
    """Whether the file was set right otherwise since the page at hand was shown."""
    return request.POST.get("seen", "") != shown.mark_of(staged)


def _set_details(request: HttpRequest, staged: StagedFile) -> HttpResponse:
    return _take_details(request, staged, even_untouched=True) or _back_to(staged)


def take_details(request: HttpRequest, staged: StagedFile) -> HttpResponse | None:
    """Keep the details that were typed before another act on the file was pressed.

    Gives the page that says what is wrong with them, else None: the act may go on.
    """
    return _take_details(request, staged) if "seen" in request.POST else None


def _take_details(
    request: HttpRequest, staged: StagedFile, *, even_untouched: bool = False
) -> HttpResponse | None:
    overrides = from_json(staged.overrides)
    try:
        read: ReadFile | None = read_staged(staged)
    except TextError:
        read = None
    form = StagedForm(request.POST, initial=details_of(overrides, read), read_as=read)
    if not even_untouched and not form.is_touched():
        return None
    if not form.is_valid():
        return render_file(request, staged, form=form, status=INVALID)
    if _is_stale(request, staged):
        return render_file(request, staged, form=form, status=CONFLICT)
    overrides = form.onto(overrides, read.parsed if read else None)
    staging.change_staged(staged=staged, overrides=overrides)
    return None


def _go_on(request: HttpRequest, staged: StagedFile) -> HttpResponse:
    """To the next file to check, with what was typed for this one kept."""
    following = next_to_check(request, staged)
    answer = take_details(request, staged)
    if answer is not None or following is None:
        return answer or redirect("preview_batch", pk=staged.batch_id)
    return _back_to(following)


def _set_passage(request: HttpRequest, staged: StagedFile) -> HttpResponse:
    overrides = from_json(staged.overrides)
    try:
        read = read_staged(staged)
    except TextError:
        return render_file(request, staged, status=INVALID)
    asked = shown.whole(request.POST.get("passage", ""))
    if asked is None or not 1 <= asked <= len(read.parsed.passages):
        return HttpResponse(status=INVALID)
    index = asked - 1
    form = passage_form_of(read, index, request.POST)
    if not form.is_valid():
        return render_file(request, staged, passage_form=form, index=index, status=INVALID)
    if _is_stale(request, staged):
        return render_file(request, staged, passage_form=form, index=index, status=CONFLICT)
    return _keep(staged, form.onto(overrides, index), f"#p{index + 1}")


def _set_speakers(request: HttpRequest, staged: StagedFile) -> HttpResponse:
    overrides = from_json(staged.overrides)
    try:
        bare, _read = read_both(staged)
    except TextError:
        return render_file(request, staged, status=INVALID)
    places = range(len(bare.parsed.speakers))
    alone = {place for place in places if request.POST.get(f"same-{place}") == ""}
    kept = {k: v for k, v in overrides.same.items() if k not in alone}
    overrides = replace(overrides, same=kept)
    overrides = speakers_onto(overrides, request.POST, bare.parsed, places)
    if _is_stale(request, staged):
        return render_file(request, staged, typed=overrides, status=CONFLICT)
    return _keep(staged, overrides)


def _swap(request: HttpRequest, staged: StagedFile) -> HttpResponse:
    if _is_stale(request, staged):
        return render_file(request, staged, status=CONFLICT)
    return _keep(staged, exchanged(from_json(staged.overrides)))


def _reset(request: HttpRequest, staged: StagedFile) -> HttpResponse:
    if _is_stale(request, staged):
        return render_file(request, staged, status=CONFLICT)
    return _keep(staged, Overrides())


def _keep(staged: StagedFile, overrides: Overrides, place: str = "") -> HttpResponse:
    staging.change_staged(staged=staged, overrides=overrides)
    return _back_to(staged, place)


def _back_to(staged: StagedFile, place: str = "") -> HttpResponse:
    address = reverse("preview_file", args=(staged.batch_id, staged.position))
    return redirect(address + place)


ACTS = {
    "details": _set_details,
    "next": _go_on,
    "passage": _set_passage,
    "speakers": _set_speakers,
    "swap": _swap,
    "reset": _reset,
}


@with_access
@back_to("preview_file", "pk", "position")
@as_it_stands
def leave_out(request: HttpRequest, pk: UUID, position: int) -> HttpResponse:
    """Take one file out of the batch."""
    staged = get_staged(request, pk, position)
    staging.leave_out(staged=staged)
    messages.info(request, _("“%(name)s” was left out.") % {"name": staged.name})
    beside = shown.whole(request.GET.get("beside", ""))
    return to_batch(request, staged.batch, "" if beside is None else f"#leave-{beside}")


@with_access
@back_to("preview_file", "pk", "position")
@as_it_stands
def choose_version(request: HttpRequest, pk: UUID, position: int) -> HttpResponse:
    """Choose what is to happen to a file that is a new version of an article's."""
    staged = get_staged(request, pk, position)
    choice = request.POST.get("choice", "")
    if choice not in ON_CHANGE:
        return HttpResponse(status=INVALID)
    answer = take_details(request, staged)
    if answer is not None:
        return answer
    keep_choice(request, get_staged(request, pk, position), choice)
    if "conflicts" in request.POST:
        return redirect("preview_file", pk=staged.batch_id, position=position)
    return to_batch(request, staged.batch)
