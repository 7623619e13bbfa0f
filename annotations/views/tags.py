"""The pages of tags: the list, one tag with what bears it; added, renamed, merged, retired."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from annotations.forms.saying import Malformed, read_number, read_version
from annotations.models import Tag
from annotations.queries.tags import tag_rows
from annotations.services import tags
from annotations.services.annotating import Missing
from annotations.services.spans import Refused
from annotations.views.faults import sentence_for, status_of
from annotations.views.listing import list_context
from articles.access import require, signed_in, with_access
from articles.queries.shelves import visible_shelves
from articles.services.log import Agent
from diplowatch.lib.roles import Role, role_of

if TYPE_CHECKING:
    from annotations.views.faults import Fault
    from articles.models import Activity


@require_safe
@with_access
def list_tags(request: HttpRequest) -> HttpResponse:
    """All tags with how often they are given; editors add to them here."""
    signed_in(request)
    return _show_list(request)


@require_POST
@with_access
def make_tag(request: HttpRequest) -> HttpResponse:
    """Add a tag."""
    user = signed_in(request)
    require(user, Role.EDITOR)
    typed = request.POST
    try:
        tag, activity = tags.make_tag(
            name=typed.get("name", ""),
            description=typed.get("description", ""),
            agent=Agent(user),
        )
    except Refused as fault:
        return _show_list(request, fault)
    return _go_on(request, reverse("list_tags"), activity, _("“%s” added.") % tag.name)


@require_safe
@with_access
def show_tag(request: HttpRequest, pk: int) -> HttpResponse:
    """One tag: what bears it, and for editors the ways to change it."""
    signed_in(request)
    tag = _find(pk)
    if tag.merged_into_id is not None:
        return HttpResponseRedirect(reverse("show_tag", args=(tag.merged_into_id,)))
    return _show(request, tag)


@require_POST
@with_access
def rename_tag(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a tag another name or description."""
    user = signed_in(request)
    require(user, Role.EDITOR)
    tag = _find(pk)
    try:
        tag, activity = tags.change_tag(
            tag_id=pk,
            version=read_version(request.POST),
            agent=Agent(user),
            name=request.POST.get("name", ""),
            description=request.POST.get("description", ""),
        )
    except (Refused, Malformed) as fault:
        return _show(request, tag, fault)
    text = _("Tag changed.") if activity else _("Nothing was changed.")
    return _go_on(request, reverse("show_tag", args=(pk,)), activity, text)


@require_POST
@with_access
def merge_tag(request: HttpRequest, pk: int) -> HttpResponse:
    """Put another tag in the place of this one."""
    user = signed_in(request)
    require(user, Role.EDITOR)
    tag = _find(pk)
    try:
        into = read_number(request.POST, "into")
        if into is None:
            raise Missing("tag")
        winner, activity = tags.merge_tags(
            tag_id=pk, version=read_version(request.POST), into_id=into, agent=Agent(user)
        )
    except (Refused, Malformed) as fault:
        return _show(request, tag, fault)
    text = _("“%(one)s” is now “%(other)s”.") % {"one": tag.name, "other": winner.name}
    return _go_on(request, reverse("show_tag", args=(winner.pk,)), activity, text)


@require_POST
@with_access
def retire_tag(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a tag off the list."""
    user = signed_in(request)
    require(user, Role.EDITOR)
    tag = _find(pk)
    try:
        _tag, activity = tags.retire_tag(
            tag_id=pk, version=read_version(request.POST), agent=Agent(user)
        )
    except (Refused, Malformed) as fault:
        return _show(request, tag, fault)
    return _go_on(request, reverse("list_tags"), activity, _("“%s” retired.") % tag.name)


def _find(pk: int) -> Tag:
    tag = Tag.objects.filter(pk=pk).first()
    if tag is None:
        raise Http404
    return tag


def _show_list(request: HttpRequest, fault: Fault | None = None) -> HttpResponse:
    context = {
        "tags": tag_rows(request.user, visible_shelves(request.user)),
        "may_edit": role_of(request.user) >= Role.EDITOR,
        "fault": sentence_for(fault) if fault else "",
        "typed": request.POST,
    }
    status = status_of(fault) if fault else 200
    return render(request, "annotations/list_tags.html", context, status=status)


def _show(request: HttpRequest, tag: Tag, fault: Fault | None = None) -> HttpResponse:
    """The page of a tag; after a fault with what was typed, and the version that stands now."""
    tag.refresh_from_db()
    shelves = visible_shelves(request.user)
    context = list_context(request, shelves, reverse("show_tag", args=(tag.pk,)), tag=tag.pk)
    context |= {
        "tag": tag,
        "others": Tag.objects.live().exclude(pk=tag.pk),
        "may_edit": role_of(request.user) >= Role.EDITOR and not tag.retired,
        "fault": sentence_for(fault) if fault else "",
        "name": request.POST.get("name", tag.name),
        "description": request.POST.get("description", tag.description),
    }
    status = status_of(fault) if fault else 200
    return render(request, "annotations/show_tag.html", context, status=status)


def _go_on(
    request: HttpRequest, address: str, activity: Activity | None, text: str
) -> HttpResponse:
    messages.success(request, text, extra_tags=f"undo-{activity.pk}" if activity else "")
    return HttpResponseRedirect(address)
