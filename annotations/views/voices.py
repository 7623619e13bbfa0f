"""The speakers of a text: called otherwise, joined, added; and its exchanges counted anew."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods

from annotations.forms.saying import Malformed, read_number
from annotations.services.voices import take_over_identity
from annotations.views.structure import sentence_of
from articles.access import get_article, signed_in, with_access
from articles.queries.shelves import visible_shelves
from articles.queries.structure import structure_of
from articles.services import structuring
from articles.services.log import Agent
from articles.services.structuring import By, StaleStructure, WrongStructure
from articles.views.editing import editing
from diplowatch.lib.roles import Role

if TYPE_CHECKING:
    from articles.models import Article
    from articles.services.operating import Done

CONFLICT, INVALID = 409, 422
PARTS = (
    ("", pgettext_lazy("part in a talk", "not said")),
    ("interviewer", gettext_lazy("interviewer")),
    ("interviewee", gettext_lazy("interviewee")),
    ("moderator", gettext_lazy("moderator")),
)
ACTS = ("rename", "merge", "add", "remove", "renumber")


@require_http_methods(["GET", "POST"])
@with_access
def edit_speakers(request: HttpRequest, pk: int) -> HttpResponse:
    """Who speaks in a text, as forms; and one of them done everywhere in it."""
    article = get_article(request, pk, Role.EDITOR)
    if request.method == "GET":
        return _show(request, article)
    if request.POST.get("act") not in ACTS:
        return _show(request, article, fault=_not_understood(), status=INVALID)
    try:
        done = _do(request, article)
    except Malformed:
        return _show(request, article, fault=_not_understood(), status=INVALID)
    except StaleStructure:
        fault = _("Somebody changed this meanwhile. What you typed is kept; below it says how it "
                  "stands now. Save again to put yours in its place.")  # fmt: skip
        return _show(request, article, fault=fault, status=CONFLICT)
    except WrongStructure as wrong:
        return _show(request, article, fault=sentence_of(wrong), status=INVALID)
    if done is None:
        messages.info(request, _("Nothing was changed."))
    else:
        messages.success(request, _("Saved."), extra_tags=f"undo-{done.activity.pk}")
    return HttpResponseRedirect(reverse("edit_speakers", args=(pk,)))


def _do(request: HttpRequest, article: Article) -> Done | None:
    post = request.POST
    by = By(article.pk, Agent(signed_in(request)), editing(visible_shelves(request.user)))
    act, seen = post["act"], post.get("seen", "")
    if act == "renumber":
        return structuring.renumber_exchanges(by)
    if act == "add":
        return structuring.add_speaker(by, post.get("name", ""), post.get("part", ""))
    position = read_number(post, "speaker")
    if position is None:
        raise Malformed("speaker")
    if act == "rename":
        return structuring.rename_speaker(
            by, position, seen, post.get("name", ""), post.get("part", ""),
            seen_part=post.get("seen_part"),
        )  # fmt: skip
    if act == "remove":
        return structuring.remove_speaker(by, position, seen)
    into = read_number(post, "into")
    if into is None:
        raise WrongStructure("same")
    both = (seen, _name_seen(post.get("others", ""), into))
    return structuring.merge_speakers(by, position, into, both, take_over=take_over_identity)


def _name_seen(others: str, position: int) -> str:
    """How another speaker was called when the form was made."""
    lines = dict(line.partition(" ")[::2] for line in others.splitlines() if line)
    return lines.get(str(position), "")


def _show(
    request: HttpRequest, article: Article, *, fault: str = "", status: int = 200
) -> HttpResponse:
    structure = structure_of(article.pk)
    counts = Counter(one.state.speaker for one in structure.passages)
    typed = request.POST if fault else {}
    context = {
        "article": article,
        "voices": [(one, counts[one.position]) for one in structure.live_voices],
        "others": "\n".join(f"{one.position} {one.name}" for one in structure.live_voices),
        "parts": PARTS,
        "typed": typed,
        "typed_for": typed.get("speaker", "") if typed.get("act") == "rename" else "",
        "exchanges": len({one.state.exchange for one in structure.passages} - {None}),
        "fault": fault,
    }
    return render(request, "annotations/edit_speakers.html", context, status=status)


def _not_understood() -> str:
    return _("The server does not understand what was sent.")
