"""Where an import begins: files dropped, a folder, an archive, a text pasted."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import RequestDataTooBig, TooManyFilesSent
from django.http import HttpResponse, JsonResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_POST

from articles import jobs
from articles.access import get_batch, signed_in, with_access
from articles.formats.faults import FileFault, base_name
from articles.forms.importing import PasteForm, collections_for
from articles.models import BatchState, Collection, ImportBatch
from articles.services import staging
from articles.services.imports import DEFAULT_COLLECTION, default_collection
from articles.services.log import Agent
from articles.services.standing import OtherState
from articles.services.tables import table_faults
from articles.services.wording import sentence
from articles.views.importing import earlier
from articles.views.importing.earlier import importer
from articles.views.importing.guards import CONFLICT, as_it_stands, back_to, gone_on

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest

    from diplowatch.accounts.models import User


@require_GET
@with_access
def start_import(request: HttpRequest) -> HttpResponse:
    """The page to drop files on, and one's earlier imports."""
    importer(request)
    return _start_page(request, PasteForm())


def _start_page(
    request: HttpRequest, form: PasteForm, *, fault: str = "", status: int = 200
) -> HttpResponse:
    context = {
        "form": form,
        "fault": fault,
        "recent": earlier.latest(signed_in(request)),
        "states": BatchState,
        "limit_files": settings.DATA_UPLOAD_MAX_NUMBER_FILES,
        "limit_megabytes": settings.MAX_FILE_BYTES // (1024 * 1024),
    }
    return render(request, "articles/import/start_import.html", context, status=status)


def _new_batch(user: User) -> ImportBatch:
    return staging.start_preview(agent=Agent(user), collection=_usual_collection(user))


def _usual_collection(user: User) -> Collection:
    """Where this person imported last, else the first collection allowed, else a new one."""
    allowed = collections_for(user)
    last = ImportBatch.objects.filter(creator=user, collection__in=allowed).first()
    if last is not None and last.collection is not None:
        return last.collection
    if allowed:
        return allowed[0]
    # One of that name that this person may not see is none of theirs.
    taken = Collection.objects.filter(name=DEFAULT_COLLECTION).exists()
    name = f"{DEFAULT_COLLECTION} ({user.get_username()})" if taken else DEFAULT_COLLECTION
    return default_collection(Agent(user), name)


# The server has spooled the body by then, but it is parsed only after the rights were looked at.
# The token is looked at after parsing, so that a body that cannot be read gets a sentence and no
# bare error page.
@csrf_exempt
@with_access
@back_to("start_import")
def upload_files(request: HttpRequest, pk: UUID | None = None) -> HttpResponse:
    """Take files into a new batch or one under preview; `more` says that others follow."""
    user = importer(request) if pk is None else signed_in(request)
    batch = None if pk is None else get_batch(request, str(pk))
    try:
        return _receive(request, user=user, batch=batch)
    except FileFault as fault:
        return _refuse(request, sentence(fault.code, fault.params))
    except OtherState:
        return _refuse(request, gone_on(), CONFLICT)
    except TooManyFilesSent:
        limit = settings.DATA_UPLOAD_MAX_NUMBER_FILES
        return _refuse(request, sentence("too_many_files", {"limit": limit}))
    except RequestDataTooBig:
        return _refuse(request, _total_fault())
    except (MultiPartParserError, UnreadablePostError):
        return _refuse(request, sentence("cut_upload"))


def _total_fault() -> str:
    return sentence("upload_total", {"megabytes": settings.MAX_UPLOAD_BYTES // (1024 * 1024)})


def _refuse(request: HttpRequest, fault: str, status: int = 422) -> HttpResponse:
    if _wants_json(request):
        return JsonResponse({"fault": fault}, status=status)
    # What was sent cannot be read again: the page is shown as if it had been asked for.
    return _start_page(request, PasteForm(), fault=fault, status=status)


def _wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "").startswith("application/json")


@csrf_protect
def _receive(request: HttpRequest, *, user: User, batch: ImportBatch | None) -> HttpResponse:
    length = request.META.get("CONTENT_LENGTH") or "0"
    if length.isdecimal() and int(length) > settings.MAX_UPLOAD_BYTES:
        raise RequestDataTooBig
    uploads = _uploads(request)
    if batch is None:
        batch = _new_batch(user)
    more = request.POST.get("more") == "1"
    try:
        count = staging.add_uploads(batch=batch, uploads=uploads)
        if not count and not more:
            batch.refresh_from_db(fields=["details"])
            raise FileFault("table_alone" if batch.details else "nothing_found")
    except FileFault:
        staging.discard_if_empty(batch=batch)
        raise
    if not more:
        jobs.begin_reading(batch)
    if _wants_json(request):
        address = {"add": _add_address(batch), "read": _read_address(batch)}
        return JsonResponse(address | {"next": _next_address(batch)})
    return redirect(_next_address(batch))


def _uploads(request: HttpRequest) -> list[staging.Upload]:
    """The files with their paths in the folder that was dropped; a cut upload is refused."""
    files = request.FILES.getlist("files")
    if not files:
        raise FileFault("nothing_found")
    paths = request.POST.getlist("paths")
    sizes = _sizes(request.POST.get("sizes", ""))
    if sizes and sizes != [file.size or 0 for file in files]:
        raise FileFault("cut_upload")
    named = paths if len(paths) == len(files) else [file.name or "" for file in files]
    return [
        staging.Upload(path, file.size or 0, file.file or file)
        for path, file in zip(named, files, strict=True)
    ]


def _sizes(text: str) -> list[int]:
    try:
        sizes = json.loads(text)
    except ValueError:
        return []
    whole = isinstance(sizes, list) and all(isinstance(size, int) for size in sizes)
    return sizes if whole else []


def _add_address(batch: ImportBatch) -> str:
    return reverse("add_to_batch", args=(batch.pk,))


def _read_address(batch: ImportBatch) -> str:
    return reverse("read_batch", args=(batch.pk,))


def _next_address(batch: ImportBatch) -> str:
    """The preview of the one file, or of the batch, where faults of tables are named, too."""
    positions = list(batch.files.values_list("position", flat=True)[:2])
    batch.refresh_from_db(fields=["state", "details"])
    is_read = batch.state == BatchState.STAGED
    if len(positions) == 1 and is_read and not table_faults(batch):
        return reverse("preview_file", args=(batch.pk, positions[0]))
    return reverse("preview_batch", args=(batch.pk,))


@require_POST
@with_access
def read_batch(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Read what was uploaded in parts; also again, after the job gave up."""
    batch = get_batch(request, str(pk))
    if batch.state == BatchState.RUNNING and jobs.job_failed(batch):
        jobs.try_again(batch)
    elif batch.state in {BatchState.READING, BatchState.STAGED}:
        jobs.begin_reading(batch)
    if _wants_json(request):
        return JsonResponse({"next": _next_address(batch)})
    return redirect(_next_address(batch))


@with_access
@back_to("start_import")
def paste_text(request: HttpRequest) -> HttpResponse:
    """Take a text that was pasted into a batch of its own."""
    user = importer(request)
    form = PasteForm(request.POST)
    if not form.is_valid():
        return _start_page(request, form, status=422)
    batch = _new_batch(user)
    given = form.cleaned_data["name"].strip()
    staging.add_text(
        batch=batch, name=base_name(given or _("pasted text")), text=form.cleaned_data["text"],
        is_named=bool(given),
    )  # fmt: skip
    jobs.begin_reading(batch)
    return redirect(_next_address(batch))


@with_access
@back_to("preview_batch", "pk")
@as_it_stands
def discard_batch(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Throw the preview away."""
    batch = get_batch(request, str(pk))
    staging.discard_batch(batch=batch)
    messages.info(request, _("The preview was thrown away; nothing was imported."))
    return redirect("start_import")
