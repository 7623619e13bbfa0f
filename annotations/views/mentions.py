"""The other mentions of what was just linked: shown to choose from, linked in one act."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from annotations.access import find_annotation, replying
from annotations.queries.elsewhere import other_mentions
from annotations.services.linking import link_mentions
from annotations.services.spans import Refused, Span, StaleSpan
from annotations.views.answers import Outcome, address_of, answer
from annotations.views.faults import sentence_for, status_of
from annotations.views.requests import is_htmx
from articles.access import signed_in, with_access
from articles.queries.shelves import visible_shelves
from articles.services.log import Agent

if TYPE_CHECKING:
    import uuid

    from annotations.access import Seen
    from annotations.views.faults import Fault


@require_http_methods(["GET", "POST"])
@with_access
def link_other_mentions(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Show the other mentions with what stands around them; link those that are ticked."""
    user = signed_in(request)
    seen = find_annotation(request, pk)
    allow = replying(visible_shelves(user), user)
    allow(seen.annotation)
    if request.method == "GET":
        return _show(request, seen)
    try:
        made, activity = link_mentions(
            annotation_id=pk, spans=_ticked(request, seen), agent=Agent(user), allow=allow
        )
    except Refused as fault:
        return _show(request, seen, fault)
    text = ngettext(
        "%(count)s more mention linked.", "%(count)s more mentions linked.", len(made)
    ) % {"count": len(made)}
    return answer(request, Outcome(seen.annotation.article, seen.role, text, activity, made))


def _ticked(request: HttpRequest, seen: Seen) -> list[Span]:
    """The ticked ones as they stood when they were shown; what stands otherwise by now is stale."""
    offered = {one.name: one for one in other_mentions(seen.annotation, request.user)}
    spans = []
    for name in dict.fromkeys(request.POST.getlist("mention")):
        one = offered.get(name)
        if one is None:
            raise StaleSpan(0, "changed")
        spans.append(Span(one.passage, one.revision, one.start, one.end, one.exact))
    return spans


def _show(request: HttpRequest, seen: Seen, fault: Fault | None = None) -> HttpResponse:
    annotation = seen.annotation
    mentions = other_mentions(annotation, request.user) if annotation.entity_id else []
    if is_htmx(request) and not mentions and fault is None:
        return HttpResponse(status=204)
    context = {
        "annotation": annotation,
        "article": annotation.article,
        "mentions": mentions,
        "fault": sentence_for(fault) if fault else "",
        "back": address_of(annotation.article, annotation),
    }
    template = "_mentions.html" if is_htmx(request) else "link_other_mentions.html"
    return render(
        request, f"annotations/{template}", context, status=status_of(fault) if fault else 200
    )
