"""New versions of files under preview: what a merge would change, and what is chosen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from articles.access import get_batch, with_access
from articles.services.choosing import (
    choice_of,
    chosen_of,
    renewal_of,
    set_version,
    set_versions,
    versions_among,
)
from articles.services.operating import GoneText
from articles.services.versions import MERGE, ON_CHANGE
from articles.text.edits import minimal_edits
from articles.text.weaving import THEIRS
from articles.views.importing.guards import as_it_stands, back_to
from articles.views.importing.rows import TYPED

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from django.http import HttpRequest

    from articles.models import ImportBatch, StagedFile
    from articles.queries.versions import Known
    from articles.text.reading import ReadFile
    from articles.text.renewal import Changed
    from articles.text.weaving import Conflict

MOST_SHOWN = 100  # changes on one page
FIELD = "conflict-"
INVALID = 422


@dataclass(frozen=True, slots=True)
class ShownChange:
    """A change as the page shows it: `(tag, words)`, the tag empty, "del" or "ins"."""

    number: int
    parts: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class ShownConflict:
    """A conflict, and whose words are chosen."""

    conflict: Conflict
    is_theirs: bool


def version_context(staged: StagedFile, read: ReadFile) -> dict[str, Any]:
    """What the preview of a file says of the article that it is a new version of."""
    known = known_of(staged)
    if known is None:
        return {}
    chosen = chosen_of(staged)
    try:
        renewal = renewal_of(staged, read, known)
    except GoneText:
        return {}
    return {
        "renewed": known,
        "choice": choice_of(staged),
        "changes": [_shown(change) for change in renewal.changes[:MOST_SHOWN]],
        "more_changes": max(0, len(renewal.changes) - MOST_SHOWN),
        "change_count": len(renewal.changes),
        "conflicts": [
            ShownConflict(one, chosen.get(one.key) == THEIRS) for one in renewal.conflicts
        ],
    }


def known_of(staged: StagedFile) -> Known | None:
    """The article that a file is a new version of."""
    known = versions_among([staged], staged.batch)[0]
    return None if known is None or known.is_old else known


def _shown(change: Changed) -> ShownChange:
    return ShownChange(change.number, [part for part in _parts(change) if part[1]])


def _parts(change: Changed) -> Iterator[tuple[str, str]]:
    at = 0
    for edit in minimal_edits(change.before, change.after):
        yield "", change.before[at : edit.start]
        yield "del", edit.removed
        yield "ins", edit.inserted
        at = edit.end
    yield "", change.before[at:]


def conflicts_sent(request: HttpRequest) -> dict[str, str]:
    """Whose words the form at hand chooses."""
    return {
        name.removeprefix(FIELD): THEIRS
        for name, value in request.POST.items()
        if name.startswith(FIELD) and value == THEIRS
    }


def keep_choice(request: HttpRequest, staged: StagedFile, choice: str) -> None:
    """Keep what the form at hand chooses for a file."""
    conflicts = conflicts_sent(request) if choice == MERGE and "conflicts" in request.POST else None
    set_version(staged=staged, choice=choice, conflicts=conflicts)


@with_access
@back_to("preview_batch", "pk")
@as_it_stands
def choose_versions(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Choose the same for all new versions of a batch."""
    batch = get_batch(request, str(pk))
    choice = request.POST.get("choice", "")
    if choice not in ON_CHANGE:
        return HttpResponse(status=INVALID)
    set_versions(batch=batch, choice=choice)
    return to_batch(request, batch)


def to_batch(request: HttpRequest, batch: ImportBatch, place: str = "") -> HttpResponse:
    """To the table of a batch, with what was typed above it and the page one was on."""
    address = reverse("preview_batch", args=(batch.pk,))
    if "seen" in request.POST:  # sent from the page of one file: its source is not that of all
        return redirect(address)
    typed = {name: request.POST[name] for name in (*TYPED, "page") if name in request.POST}
    return redirect(f"{address}?{urlencode(typed)}{place}" if typed else f"{address}{place}")
