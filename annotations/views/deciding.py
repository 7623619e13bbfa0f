"""Deciding: proposals accepted or rejected, one or all that are certain; words checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from annotations import access
from annotations.access import find_annotation, get_annotation
from annotations.forms.saying import Malformed, read_number, read_version
from annotations.queries.proposals import certain_proposals
from annotations.services import changing
from annotations.services.accepting import accept_many
from annotations.services.proposing import accept_correction, reject_correction
from annotations.services.spans import Refused
from annotations.views.answers import Outcome, address_of, answer, is_walking
from annotations.views.correcting import address_elsewhere, outcome_in_text
from annotations.views.faults import refuse, sentence_for, status_of
from annotations.views.requests import is_htmx, with_events
from articles.access import signed_in, with_access
from articles.models import Article
from articles.queries.shelves import visible_shelves
from articles.services.log import Agent
from diplowatch.lib.addresses import next_address
from diplowatch.lib.roles import Role

if TYPE_CHECKING:
    import uuid

    from annotations.access import Seen
    from annotations.views.faults import Fault


@require_POST
@with_access
def accept_proposal(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Put a proposal into the text."""
    user = signed_in(request)
    seen = find_annotation(request, pk)
    shelves = visible_shelves(user)
    access.deciding(shelves, user)(seen.annotation)
    words = seen.annotation.targets.values_list("exact", flat=True).first() or ""
    try:
        proposal, done = accept_correction(
            annotation_id=pk, version=read_version(request.POST), agent=Agent(user),
            allow=access.deciding(shelves, user), allow_places=access.editing(shelves),
        )  # fmt: skip
    except (Refused, Malformed) as fault:
        return refuse_aloud(request, seen.annotation.get_absolute_url(), fault)
    activity = done.done.activity
    return answer(
        request,
        outcome_in_text(
            seen.annotation.article, seen.role, activity, user, _("Accepted."), link=done.link,
            elsewhere=address_elsewhere(words, proposal.replacement, proposal.entity_id, activity),
        ),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@with_access
def reject_proposal(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Ask for the reason; leave the text as it is."""
    user = signed_in(request)
    seen = find_annotation(request, pk)
    allow = access.deciding(visible_shelves(user), user)
    allow(seen.annotation)
    if request.method == "GET":
        return _show_rejection(request, seen)
    try:
        proposal, activity = reject_correction(
            annotation_id=pk, version=read_version(request.POST), agent=Agent(user), allow=allow,
            verdict=request.POST.get("verdict", ""),
        )  # fmt: skip
    except (Refused, Malformed) as fault:
        if is_walking(request):
            return refuse_aloud(request, "", fault)
        return _show_rejection(request, seen, fault)
    outcome = Outcome(proposal.article, seen.role, _("Rejected."), activity, removed=(proposal,))
    return answer(request, outcome)


def _show_rejection(request: HttpRequest, seen: Seen, fault: Fault | None = None) -> HttpResponse:
    context = {
        "annotation": seen.annotation,
        "article": seen.annotation.article,
        "verdict": request.POST.get("verdict", ""),
        "walk": "walk" in request.GET or "walk" in request.POST,
        "fault": sentence_for(fault) if fault else "",
        "back": address_of(seen.annotation.article, seen.annotation),
        "next": next_address(request, ""),
    }
    template = "_reject_form.html" if is_htmx(request) else "reject_proposal.html"
    status = status_of(fault) if fault else 200
    return render(request, f"annotations/{template}", context, status=status)


@require_POST
@with_access
def accept_certain(request: HttpRequest) -> HttpResponse:
    """Accept all proposals that are certain, of one article or of all, as one act."""
    user = signed_in(request)
    shelves = visible_shelves(user)
    try:
        article = read_number(request.POST, "article")
    except Malformed as fault:
        return refuse(request, fault, back="/proposals/")
    if article is None and not shelves.editable():
        raise PermissionDenied
    if article is not None:
        found = Article.objects.live().filter(pk=article).values_list("collection_id", flat=True)
        access.editing(shelves)({found.first() or 0})
    back = next_address(request, "/proposals/")
    try:
        accepted = accept_many(
            ids=certain_proposals(list(shelves.editable()), article), agent=Agent(user),
            allow=access.editing(shelves),
        )  # fmt: skip
    except Refused as fault:
        return refuse_aloud(request, back, fault)
    count = len(accepted.proposals)
    text = ngettext("%(n)s correction accepted.", "%(n)s corrections accepted.", count) % {
        "n": count
    }
    here = accepted.proposals[0].article
    role = shelves.roles.get(here.collection_id, Role.ANONYMOUS)
    return answer(request, outcome_in_text(here, role, accepted.done.activity, user, text))


@require_POST
@with_access
def confirm_annotation(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Say that it holds for its words as they are now."""
    user = signed_in(request)
    seen = get_annotation(request, pk)
    allow = access.changing(visible_shelves(user), user)
    try:
        annotation, activity = changing.confirm_targets(
            annotation_id=pk, version=read_version(request.POST), agent=Agent(user), allow=allow,
            seen=request.POST.get("seen", ""),
        )  # fmt: skip
    except (Refused, Malformed) as fault:
        return refuse_aloud(request, seen.annotation.get_absolute_url(), fault)
    said = _("Annotation confirmed.") if activity else _("Nothing was changed.")
    return answer(request, Outcome(annotation.article, seen.role, said, activity, (annotation,)))


def refuse_aloud(request: HttpRequest, back: str, fault: Fault) -> HttpResponse:
    """A button has no place for a message: a toast says it, and nothing is swapped."""
    response = refuse(request, fault, back=back)
    if not is_htmx(request):
        return response
    response["HX-Reswap"] = "none"
    return with_events(response, toast={"text": sentence_for(fault), "level": "error"})
