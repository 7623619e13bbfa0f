"""A text read again as an article or an interview: shown as it would be, then done as one act."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from annotations.turns import SPOKEN
from annotations.views.structure import sentence_of
from articles.access import get_article, signed_in, with_access
from articles.models import Kind
from articles.models import Role as TextRole
from articles.queries.shelves import visible_shelves
from articles.queries.structure import structure_of
from articles.services.kinds import reparse_article as reparse
from articles.services.kinds import reread
from articles.services.log import Agent
from articles.services.structuring import By, StaleStructure, WrongStructure
from articles.services.undo_faults import ChangedSince
from articles.views.editing import editing
from diplowatch.lib.roles import Role

if TYPE_CHECKING:
    from articles.models import Article
    from articles.queries.structure import Structure
    from articles.services.kinds import Reread

CONFLICT, INVALID = 409, 422


class Shown(NamedTuple):
    """A passage as it will be read; `is_new` says that it is not as it stands."""

    number: int
    role: str
    role_label: str
    speaker: str
    starts_turn: bool
    text: str
    is_new: bool


@require_http_methods(["GET", "POST"])
@with_access
def reparse_article(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what a new reading gives; sent, it takes the place of what stands."""
    article = get_article(request, pk, Role.EDITOR)
    source = request.GET if request.method == "GET" else request.POST
    kind = source.get("kind") or _other(article.kind)
    if kind not in Kind.values:
        return _show(request, article, _other(article.kind), fault=_unknown(), status=INVALID)
    seen = request.POST.get("seen", "")
    if request.method == "GET":
        return _show(request, article, kind)
    if not (seen.isascii() and seen.isdigit() and len(seen) < 10):
        return _show(request, article, kind, fault=_unknown(), status=INVALID)
    by = By(pk, Agent(signed_in(request)), editing(visible_shelves(request.user)))
    try:
        done = reparse(by, kind, int(seen))
    except (StaleStructure, ChangedSince):
        fault = _("The text was changed meanwhile. Look at how it would be read now.")
        return _show(request, article, kind, fault=fault, status=CONFLICT)
    except WrongStructure as wrong:
        return _show(request, article, kind, fault=sentence_of(wrong), status=INVALID)
    if done is None:
        messages.info(request, _("Nothing was changed."))
    else:
        messages.success(request, _("Read again."), extra_tags=f"undo-{done.activity.pk}")
    return HttpResponseRedirect(article.get_absolute_url())


def _other(kind: str) -> str:
    return str(Kind.ARTICLE if kind == Kind.INTERVIEW else Kind.INTERVIEW)


def _show(
    request: HttpRequest, article: Article, kind: str, *, fault: str = "", status: int = 200
) -> HttpResponse:
    article.refresh_from_db(fields=["revision", "kind"])
    structure = structure_of(article.pk)
    made: Reread | None = None
    try:
        made = reread(structure, kind)
    except WrongStructure as wrong:
        fault = fault or sentence_of(wrong)
    shown = _shown(structure, made) if made else []
    context = {
        "article": article,
        "kind": kind,
        "kinds": Kind.choices,
        "kind_label": str(Kind(kind).label),
        "seen": article.revision,
        "passages": shown,
        "speakers": [voice["name"] for _at, voice in sorted(made.after.voices.items())]
        if made else [],
        "new": sum(one.is_new for one in shown),
        "may": made is not None and bool(made.operations or kind != article.kind),
        "fault": fault,
    }  # fmt: skip
    return render(request, "annotations/reparse_article.html", context, status=status)


def _shown(structure: Structure, made: Reread) -> list[Shown]:
    """The passages as they will be, in order, with where turns begin."""
    before = structure.state
    shown, voice = [], None
    for number in made.after.order:
        held = made.after.passages[number]
        starts = False
        if held.role in SPOKEN:
            here = (held.speaker, "" if held.speaker is not None else held.role)
            starts, voice = here != voice, here
        elif held.role == "heading":
            voice = None
        name = "" if held.speaker is None else str(made.after.voices[held.speaker]["name"])
        label = str(TextRole(held.role).label)
        is_new = before.passages.get(number) != held
        shown.append(Shown(number, held.role, label, name, starts, held.text, is_new))
    return shown


def _unknown() -> str:
    return _("The server does not understand what was sent.")
