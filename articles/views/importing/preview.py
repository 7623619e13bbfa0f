"""The preview: a batch as a table, a file typeset as it will be read, and setting it right."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Case, IntegerField, Value, When
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from articles import jobs
from articles.access import get_batch, with_access
from articles.forms.importing import BatchForm, PassageForm, StagedForm, speakers_onto
from articles.models import BatchState, ImportBatch, Kind, StagedFile, StagedState
from articles.queries.shelves import visible_shelves
from articles.queries.staged import names_elsewhere
from articles.services import staging
from articles.services.assessment import further_notices, read_both, read_staged
from articles.services.imports import written_date
from articles.services.outlook import look_ahead
from articles.services.store import title_of
from articles.services.tables import table_faults
from articles.services.versions import ON_CHANGE
from articles.services.wording import sentence
from articles.text.adjust import Overrides, from_json
from articles.text.shapes import TextError
from articles.views.importing import shown
from articles.views.importing.guards import CONFLICT, as_it_stands
from articles.views.importing.rows import row_of
from articles.views.importing.versions import keep_choice, version_context
from diplowatch.lib.dates import date_words

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest

    from articles.text.reading import ReadFile

PER_PAGE = 100
FAULTS = 5  # faults of tables that are named one by one
ORDER = (
    StagedState.DOUBTFUL, StagedState.FAILED, StagedState.REFUSED, StagedState.WAITING,
    StagedState.SURE, StagedState.CHOSEN,
)  # fmt: skip
SETTLED = (
    StagedState.IMPORTED, StagedState.UNCHANGED, StagedState.MERGED, StagedState.SKIPPED,
)  # fmt: skip
INVALID = 422


@require_GET
@with_access
def preview_batch(request: HttpRequest, pk: UUID) -> HttpResponse:
    """All files of a batch, doubtful ones first."""
    batch = get_batch(request, str(pk))
    if batch.state == BatchState.RUNNING:
        return redirect("show_batch", pk=batch.pk)
    staging.note_use(batch=batch)
    form = BatchForm(
        request.user, initial={"collection": batch.collection_id, "source": batch.source}
    )
    return render_batch(request, batch, form)


def render_batch(
    request: HttpRequest, batch: ImportBatch, form: BatchForm, status: int = 200
) -> HttpResponse:
    """The table of a batch."""
    counts = staging.counts_by_state(batch)
    place = Case(
        *(When(state=state, then=Value(number)) for number, state in enumerate(ORDER)),
        output_field=IntegerField(),
    )
    files = StagedFile.objects.filter(batch=batch, state__in=ORDER).defer("data")
    pages = Paginator(files.order_by(place, "position"), PER_PAGE)
    pages.__dict__["count"] = sum(counts.get(state, 0) for state in ORDER)
    page = pages.get_page(request.GET.get("page"))
    outlook = look_ahead(batch)
    shelves = visible_shelves(request.user)
    elsewhere = names_elsewhere(page.object_list, batch.collection, shelves)
    faults = table_faults(batch)
    context: dict[str, Any] = {
        "batch": batch,
        "form": form,
        "page": page,
        "rows": [row_of(staged, outlook, elsewhere) for staged in page.object_list],
        "outlook": outlook,
        "versions": any(not known.is_old for known in outlook.versions.values()),
        "refused": counts.get(StagedState.REFUSED, 0),
        "failed": counts.get(StagedState.FAILED, 0),
        "settled": sum(counts.get(state, 0) for state in SETTLED),
        "progress": progress_of(batch, counts),
        "faults": [sentence(one.code, one.params) for one in faults[:FAULTS]],
        "more_faults": max(0, len(faults) - FAULTS),
    }
    return render(request, "articles/import/preview_batch.html", context, status=status)


def progress_of(batch: ImportBatch, counts: dict[str, int]) -> dict[str, Any] | None:
    """How far the work on a batch is; None when none is under way."""
    if batch.state not in {BatchState.READING, BatchState.RUNNING} or not counts:
        return None  # without staged files it is an import of the command line
    reading = batch.state == BatchState.READING
    left = counts.get(StagedState.WAITING if reading else StagedState.CHOSEN, 0)
    total = sum(counts.values()) if reading else left + batch.done
    return {
        "reading": reading,
        "done": total - left,
        "total": total,
        "no_worker": not jobs.worker_is_there(),
        "failed": jobs.job_failed(batch),
    }


def get_staged(request: HttpRequest, pk: UUID, position: int) -> StagedFile:
    """A file under preview of a batch that the person may import."""
    batch = get_batch(request, str(pk))
    staging.note_use(batch=batch)
    staged = StagedFile.objects.filter(batch=batch, position=position, state__in=ORDER).first()
    if staged is None:
        raise Http404
    staged.batch = batch
    return staged


@require_GET
@with_access
def preview_file(request: HttpRequest, pk: UUID, position: int) -> HttpResponse:
    """One file, typeset as it will be read."""
    return render_file(request, get_staged(request, pk, position))


def render_file(
    request: HttpRequest,
    staged: StagedFile,
    *,
    form: StagedForm | None = None,
    passage_form: PassageForm | None = None,
    index: int | None = None,
    typed: Overrides | None = None,
    status: int = 200,
) -> HttpResponse:
    """The preview of one file, with the forms to set it right; `typed` are speakers not kept."""
    overrides = from_json(staged.overrides)
    context: dict[str, Any] = {"staged": staged, "batch": staged.batch}
    context |= {"seen": shown.mark_of(staged), "is_stale": status == CONFLICT}
    try:
        bare, read = read_both(staged)
    except TextError as fault:
        context["fault"] = sentence(fault.code, fault.params)
        context["form"] = form or StagedForm(initial=details_of(overrides, None))
    else:
        context |= _text_context(read, overrides) | version_context(staged, read)
        context["notices"] = shown.notices_of(read, further_notices(staged, bare))
        context["form"] = form or StagedForm(initial=details_of(overrides, read), read_as=read)
        context["speakers"] = shown.shown_speakers(bare.parsed, typed or overrides)
        index = _index(request, read) if index is None else index
        context["index"] = index
        if index is not None:
            context["passage_form"] = passage_form or _passage_form(read, index)
    context |= _neighbours(request, staged)
    return render(request, "articles/import/preview_file.html", context, status=status)


def _text_context(read: ReadFile, overrides: Overrides) -> dict[str, Any]:
    parsed = read.parsed
    return {
        "read": read,
        "parsed": parsed,
        "title": title_of(read),
        "date": date_words(parsed.date, parsed.date_precision),
        "kind_label": Kind(parsed.kind).label,
        "counts": shown.counts_in_words(parsed),
        "passages": shown.shown_passages(read, overrides),
        "reasons": shown.detail_reasons(parsed),
        "passage_reasons": shown.passage_reasons(parsed),
        "changed": overrides.of_structure,
    }


def _index(request: HttpRequest, read: ReadFile) -> int | None:
    """The passage whose form is open, counted from 0."""
    asked = shown.whole(request.GET.get("passage", ""))
    if asked is None or not 1 <= asked <= len(read.parsed.passages):
        return None
    return asked - 1


def _passage_form(read: ReadFile, index: int) -> PassageForm:
    passage = read.parsed.passages[index]
    names = [speaker.name for speaker in read.parsed.speakers]
    speaker = "" if passage.speaker is None else names[passage.speaker]
    return PassageForm(read.parsed, initial={"role": passage.role, "speaker": speaker})


def details_of(overrides: Overrides, read: ReadFile | None) -> dict[str, str]:
    """The details as the form shows them: as set, else as read."""
    choices = overrides.choices
    found = {"kind": choices.kind or "", "encoding": choices.encoding or ""}
    if read is None:
        return found
    parsed = read.parsed
    return found | {
        "title": title_of(read),
        "date": written_date(read) or "",
        "language": parsed.language,
        "source": parsed.source,
        "url": parsed.url,
    }


def _neighbours(request: HttpRequest, staged: StagedFile) -> dict[str, Any]:
    """Where one goes from here: the next doubtful file, and the batch's form."""
    files = StagedFile.objects.filter(batch=staged.batch, state__in=ORDER)
    doubtful = files.filter(state=StagedState.DOUBTFUL).exclude(pk=staged.pk)
    after = doubtful.filter(position__gt=staged.position).order_by("position")
    batch = staged.batch
    initial = {"collection": batch.collection_id, "source": batch.source}
    return {
        "next_doubtful": (after.first() or doubtful.order_by("position").first()),
        "others": files.exclude(pk=staged.pk).count(),
        "batch_form": BatchForm(request.user, initial=initial),
    }


@require_POST
@with_access
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
    overrides = from_json(staged.overrides)
    try:
        read: ReadFile | None = read_staged(staged)
    except TextError:
        read = None
    form = StagedForm(request.POST, initial=details_of(overrides, read), read_as=read)
    if not form.is_valid():
        return render_file(request, staged, form=form, status=INVALID)
    if _is_stale(request, staged):
        return render_file(request, staged, form=form, status=CONFLICT)
    return _keep(staged, form.onto(overrides, read.parsed if read else None))


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
    form = PassageForm(read.parsed, request.POST)
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
    overrides = from_json(staged.overrides)
    return _keep(staged, replace(overrides, swapped=not overrides.swapped))


def _reset(request: HttpRequest, staged: StagedFile) -> HttpResponse:
    if _is_stale(request, staged):
        return render_file(request, staged, status=CONFLICT)
    return _keep(staged, Overrides())


def _keep(staged: StagedFile, overrides: Overrides, place: str = "") -> HttpResponse:
    staging.change_staged(staged=staged, overrides=overrides)
    address = reverse("preview_file", args=(staged.batch_id, staged.position))
    return redirect(address + place)


ACTS = {
    "details": _set_details,
    "passage": _set_passage,
    "speakers": _set_speakers,
    "swap": _swap,
    "reset": _reset,
}


@require_POST
@with_access
@as_it_stands
def leave_out(request: HttpRequest, pk: UUID, position: int) -> HttpResponse:
    """Take one file out of the batch."""
    staged = get_staged(request, pk, position)
    staging.leave_out(staged=staged)
    messages.info(request, _("“%(name)s” was left out.") % {"name": staged.name})
    return redirect("preview_batch", pk=staged.batch_id)


@require_POST
@with_access
@as_it_stands
def choose_version(request: HttpRequest, pk: UUID, position: int) -> HttpResponse:
    """Choose what is to happen to a file that is a new version of an article's."""
    staged = get_staged(request, pk, position)
    choice = request.POST.get("choice", "")
    if choice not in ON_CHANGE:
        return HttpResponse(status=INVALID)
    keep_choice(request, staged, choice)
    if "conflicts" in request.POST:
        return redirect("preview_file", pk=staged.batch_id, position=position)
    return redirect("preview_batch", pk=staged.batch_id)
