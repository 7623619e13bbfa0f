"""The preview: a batch as a table, and a file typeset as it will be read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.db.models import Case, IntegerField, Value, When
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from articles import jobs
from articles.access import get_batch, with_access
from articles.forms.importing import BatchForm, StagedForm
from articles.models import BatchState, ImportBatch, Kind, StagedFile, StagedState
from articles.queries.shelves import visible_shelves
from articles.queries.staged import names_elsewhere
from articles.services import staging
from articles.services.assessment import further_notices, read_both
from articles.services.outlook import look_ahead, to_check
from articles.services.store import title_of
from articles.services.tables import table_faults
from articles.services.wording import sentence
from articles.text.adjust import from_json
from articles.text.shapes import TextError
from articles.views.importing import shown
from articles.views.importing.guards import CONFLICT
from articles.views.importing.rows import TYPED, rows_of, same_bytes
from articles.views.importing.typed import details_of, passage_form_of, place_of
from articles.views.importing.versions import version_context
from diplowatch.lib.dates import date_words

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest

    from articles.text.adjust import Overrides
    from articles.text.reading import ReadFile
    from articles.views.importing.typed import Typed

PER_PAGE = 100
LEFT_NAMED = 5  # files that were left out, named one by one
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
    initial: dict[str, Any] = {"collection": batch.collection_id, "source": batch.source}
    typed = {name: request.GET[name] for name in TYPED if name in request.GET}
    form = BatchForm(request.user, initial=initial | typed)
    kept = {name: str(initial.get(name) or "") for name in typed}
    return render_batch(request, batch, form, is_unsaved=typed != kept)


def render_batch(
    request: HttpRequest,
    batch: ImportBatch,
    form: BatchForm,
    status: int = 200,
    *,
    is_unsaved: bool = False,
) -> HttpResponse:
    """The table of a batch; `is_unsaved`: what the form shows was typed and not saved."""
    counts = staging.counts_by_state(batch)
    shelves = visible_shelves(request.user)
    outlook = look_ahead(batch, shelves.ids)
    place = Case(
        When(pk__in=outlook.open, then=Value(0)),
        *(When(state=state, then=Value(number)) for number, state in enumerate(ORDER)),
        output_field=IntegerField(),
    )
    files = StagedFile.objects.filter(batch=batch, state__in=ORDER).defer("data")
    pages = Paginator(files.order_by(place, "position"), PER_PAGE)
    pages.__dict__["count"] = sum(counts.get(state, 0) for state in ORDER)
    page = pages.get_page(request.GET.get("page"))
    elsewhere = names_elsewhere(page.object_list, batch.collection, shelves)
    faults = table_faults(batch)
    context: dict[str, Any] = {
        "batch": batch,
        "form": form,
        "is_unsaved": is_unsaved or form.is_bound,
        "page": page,
        "rows": rows_of(list(page.object_list), outlook, elsewhere),
        "outlook": outlook,
        "versions": any(not known.is_old for known in outlook.versions.values()),
        "refused": counts.get(StagedState.REFUSED, 0),
        "failed": counts.get(StagedState.FAILED, 0),
        "settled": sum(counts.get(state, 0) for state in SETTLED),
        "progress": progress_of(batch, counts),
        **_left_out(batch, counts.get(StagedState.LEFT_OUT, 0)),
        "faults": [sentence(one.code, one.params) for one in faults[:FAULTS]],
        "more_faults": max(0, len(faults) - FAULTS),
    }
    return render(request, "articles/import/preview_batch.html", context, status=status)


def _left_out(batch: ImportBatch, count: int) -> dict[str, Any]:
    """How many files were left out, and the first of them by name."""
    files = StagedFile.objects.filter(batch=batch, state=StagedState.LEFT_OUT).order_by("position")
    names = list(files.values_list("name", flat=True)[:LEFT_NAMED]) if count else []
    return {"left_out": count, "left_names": names, "more_left": count - len(names)}


def progress_of(batch: ImportBatch, counts: dict[str, int]) -> dict[str, Any] | None:
    """How far the work on a batch is; None when none is under way."""
    if batch.state not in {BatchState.READING, BatchState.RUNNING} or not counts:
        return None  # without staged files it is an import of the command line
    reading = batch.state == BatchState.READING
    left = counts.get(StagedState.WAITING if reading else StagedState.CHOSEN, 0)
    files = sum(counts.values()) - counts.get(StagedState.LEFT_OUT, 0)
    total = files if reading else left + batch.done
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
    staged = find_staged(batch, position)
    if staged is None:
        raise Http404
    return staged


def find_staged(batch: ImportBatch, position: int) -> StagedFile | None:
    """A file under preview of a batch; None where it is imported or left out by now."""
    staged = StagedFile.objects.filter(batch=batch, position=position, state__in=ORDER).first()
    if staged is not None:
        staged.batch = batch
    return staged


@require_GET
@with_access
def preview_file(request: HttpRequest, pk: UUID, position: int) -> HttpResponse:
    """One file, typeset as it will be read; the batch where it is under preview no more."""
    batch = get_batch(request, str(pk))
    if batch.files.filter(position=position).exclude(state__in=ORDER).exists():
        return redirect("preview_batch", pk=batch.pk)
    return render_file(request, get_staged(request, pk, position))


def render_file(
    request: HttpRequest, staged: StagedFile, *, typed: Typed | None = None, status: int = 200
) -> HttpResponse:
    """The preview of one file, with the forms to set it right; `typed` is what was not kept."""
    overrides = from_json(staged.overrides)
    details = typed.details if typed else None
    context: dict[str, Any] = {"staged": staged, "batch": staged.batch, "typed": typed}
    context |= {"seen": shown.mark_of(staged), "is_stale": status == CONFLICT}
    try:
        bare, read = read_both(staged)
    except TextError as fault:
        context["fault"] = sentence(fault.code, fault.params)
        context["form"] = details or StagedForm(initial=details_of(overrides, None))
    else:
        context |= _text_context(read, overrides) | version_context(staged, read)
        notices = shown.notices_of(read, further_notices(staged, bare))
        context["notices"] = [*_same_bytes(request, staged), *notices]
        context["form"] = details or StagedForm(initial=details_of(overrides, read), read_as=read)
        named = typed.speakers if typed else None
        context["speakers"] = shown.shown_speakers(bare.parsed, named or overrides)
        context |= _passage_context(request, read, typed)
    context |= _neighbours(request, staged)
    return render(request, "articles/import/preview_file.html", context, status=status)


def _passage_context(request: HttpRequest, read: ReadFile, typed: Typed | None) -> dict[str, Any]:
    """The passage whose form is open, counted from 0, and that form."""
    index = typed.index if typed else place_of(request.GET.get("passage", ""), read)
    if index is None:
        return {"index": None}
    sent = typed.passage if typed else None
    return {"index": index, "passage_form": sent or passage_form_of(read, index)}


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


def _same_bytes(request: HttpRequest, staged: StagedFile) -> list[str]:
    """What the table of the batch says of the bytes of a file, if anything."""
    shelves = visible_shelves(request.user)
    outlook = look_ahead(staged.batch, shelves.ids, sha256=staged.sha256)
    elsewhere = names_elsewhere([staged], staged.batch.collection, shelves)
    said = same_bytes(staged, outlook, elsewhere)
    return [said] if said else []


def next_to_check(request: HttpRequest, staged: StagedFile) -> StagedFile | None:
    """The next file of the batch to look at after this one, from the first again at the end."""
    files = to_check(staged.batch, visible_shelves(request.user).ids).order_by("position")
    others = files.exclude(pk=staged.pk)
    return others.filter(position__gt=staged.position).first() or others.first()


def _neighbours(request: HttpRequest, staged: StagedFile) -> dict[str, Any]:
    """Where one goes from here: the next file to check, and the batch's form."""
    files = StagedFile.objects.filter(batch=staged.batch, state__in=ORDER)
    batch = staged.batch
    chosen = request.POST.get("collection", batch.collection_id)
    form = BatchForm(request.user, initial={"collection": chosen, "source": batch.source})
    others = files.exclude(pk=staged.pk).count()
    if others:
        form.fields["collection"].help_text = _("For all files of this import.")
    return {
        "next_doubtful": next_to_check(request, staged),
        "others": others,
        "batch_form": form,
    }
