"""Changing, moving and deleting what was said; how sure a link is; what became of it all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from annotations import access
from annotations.access import Seen, find_annotation, get_annotation
from annotations.forms.changing import read_changes, status_of_change
from annotations.forms.saying import Malformed, read_spans, read_tick, read_version
from annotations.models import Annotation, Certainty, FlagKind, LinkStatus, Motivation, Tag
from annotations.queries.histories import acts_on_annotation
from annotations.rendering.differences import render_difference
from annotations.services import changing
from annotations.services.annotating import StaleAnnotation
from annotations.services.spans import Refused
from annotations.views.answers import Outcome, address_of, answer, passages_of
from annotations.views.faults import refuse, sentence_for, status_of
from annotations.views.requests import is_htmx, with_events
from annotations.views.wording import steps_of
from articles.access import signed_in, with_access
from articles.queries.shelves import visible_shelves
from articles.services.log import Agent
from diplowatch.lib.roles import Role

if TYPE_CHECKING:
    import uuid

    from annotations.access import Allow
    from annotations.views.faults import Fault
    from articles.models import Activity
    from diplowatch.accounts.models import User


@require_safe
@with_access
def edit_annotation(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """The form of a change: in the card, or a page of its own."""
    signed_in(request)
    seen = get_annotation(request, pk)
    return _show_form(request, seen)


@require_POST
@with_access
def change_annotation(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Change the words, the tag, the kind, the entity, or who sees it."""
    user = signed_in(request)
    seen = get_annotation(request, pk)
    try:
        fields = read_changes(request.POST, seen.annotation)
        if "entity_id" in fields and fields["entity_id"] != seen.annotation.entity_id:
            fields["link_status"] = status_of_change(fields, may_verify=seen.role >= Role.EDITOR)
        annotation, activity = changing.change_annotation(
            annotation_id=pk,
            version=read_version(request.POST),
            agent=Agent(user),
            allow=_allow(user),
            **fields,
        )
    except StaleAnnotation as fault:
        return _show_form(request, Seen(fault.annotation, seen.role), fault=fault)
    except (Refused, Malformed) as fault:
        return _show_form(request, seen, fault=fault)
    return answer(request, _outcome(seen, annotation, activity, _("Annotation changed.")))


@require_POST
@with_access
def move_annotation(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Say it of other words."""
    user = signed_in(request)
    seen = get_annotation(request, pk)
    before = passages_of([seen.annotation])
    try:
        spans = read_spans(request.POST.get("spans", ""))
        annotation, activity = changing.move_annotation(
            annotation_id=pk,
            version=read_version(request.POST),
            agent=Agent(user),
            allow=_allow(user),
            spans=spans,
        )
    except (Refused, Malformed) as fault:
        return refuse(request, fault, back=seen.annotation.get_absolute_url())
    numbers = sorted({*before, *(span.passage for span in spans)})
    return answer(request, _outcome(seen, annotation, activity, _("Moved."), numbers))


@require_POST
@with_access
def remove_annotation(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Delete it, with the replies to it; that can be undone."""
    user = signed_in(request)
    seen = get_annotation(request, pk)
    replies = list(seen.annotation.replies.live())
    try:
        annotation, activity = changing.remove_annotation(
            annotation_id=pk,
            version=read_version(request.POST),
            agent=Agent(user),
            allow=_allow(user),
            may_remove_replies=seen.role >= Role.EDITOR,
        )
    except (Refused, Malformed) as fault:
        return _refuse_aloud(request, seen, fault)
    outcome = Outcome(
        seen.annotation.article, seen.role, _("Deleted."), activity, removed=[annotation, *replies]
    )
    return answer(request, outcome)


@require_POST
@with_access
def set_status(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Say how sure a link is: editors verify, others say that nobody can tell."""
    user = signed_in(request)
    seen = get_annotation(request, pk)
    status = request.POST.get("status", "")
    if status == LinkStatus.VERIFIED and seen.role < Role.EDITOR:
        raise PermissionDenied
    try:
        annotation, activity = changing.set_link_status(
            annotation_id=pk,
            version=read_version(request.POST),
            agent=Agent(user),
            allow=_allow(user),
            status=status,
        )
    except (Refused, Malformed) as fault:
        return _refuse_aloud(request, seen, fault)
    text = _("Link verified.") if status == LinkStatus.VERIFIED else _("Annotation changed.")
    return answer(request, _outcome(seen, annotation, activity, text))


@require_safe
@with_access
def show_annotation_history(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """What was done to one annotation, the latest first."""
    seen = find_annotation(request, pk)
    context = {
        "annotation": seen.annotation,
        "article": seen.annotation.article,
        "steps": steps_of(acts_on_annotation(seen.annotation, request.user), seen.annotation),
        "back": address_of(seen.annotation.article, seen.annotation),
    }
    return render(request, "annotations/show_annotation_history.html", context)


def _allow(user: User) -> Allow:
    return access.changing(visible_shelves(user), user)


def _outcome(
    seen: Seen,
    annotation: Annotation,
    activity: Activity | None,
    text: str,
    passages: list[int] | None = None,
) -> Outcome:
    said = text if activity else _("Nothing was changed.")
    return Outcome(annotation.article, seen.role, said, activity, (annotation,), passages=passages)


def _refuse_aloud(request: HttpRequest, seen: Seen, fault: Fault) -> HttpResponse:
    """A button has no place for a message: a toast says it."""
    back = seen.annotation.get_absolute_url()
    response = refuse(request, fault, back=back)
    if not is_htmx(request):
        return response
    return with_events(response, toast={"text": sentence_for(fault), "level": "error"})


def _show_form(request: HttpRequest, seen: Seen, *, fault: Fault | None = None) -> HttpResponse:
    """The form, after a fault with what was typed and, where it is stale, with what stands now."""
    annotation, post = seen.annotation, request.POST
    stale = isinstance(fault, StaleAnnotation)
    context = {
        "annotation": annotation,
        "article": annotation.article,
        "body": post.get("body", annotation.body),
        "tag": post.get("tag", annotation.tag_id or ""),
        "flag_kind": post.get("flag_kind", annotation.flag_kind),
        **{
            name: post.get(name, getattr(annotation, name))
            for name in ("replacement", "certainty", "evidence")
        },
        "certainties": Certainty.choices,
        "private": read_tick(post, "private") if post else annotation.private,
        "may_hide": annotation.creator_id == request.user.pk
        and annotation.parent_id is None
        and annotation.motivation != Motivation.EDITING,
        "tags": Tag.objects.live() if annotation.motivation == Motivation.TAGGING else (),
        "flag_kinds": FlagKind.choices,
        "fault": sentence_for(fault) if fault else "",
        "newer": annotation if stale else None,
        "difference": render_difference(annotation.body, post.get("body", "")) if stale else "",
        "back": address_of(annotation.article, annotation),
    }
    template = (
        "annotations/_change_form.html" if is_htmx(request) else "annotations/edit_annotation.html"
    )
    return render(request, template, context, status=status_of(fault) if fault else 200)
