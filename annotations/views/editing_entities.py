"""Editors make, change, merge and retire entities; a stale form keeps what was typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from annotations.authorities import keeping
from annotations.authorities.shapes import AuthorityFault
from annotations.forms.entities import Newer, WholeForm, entity_as_typed, newer_parts
from annotations.models import Entity
from annotations.queries.entities import EntityQuery, find_namesakes, list_page
from annotations.queries.of_entity import find_spoken, tally_mentions
from annotations.services import entities as services
from annotations.services.annotating import Gone
from annotations.services.revising import revise_entity
from annotations.services.spans import Refused
from annotations.views.entities import find_entity, frame, in_languages
from annotations.views.faults import sentence_for
from articles.access import require, signed_in, with_access
from articles.queries.shelves import visible_shelves
from articles.services.log import Agent
from diplowatch.lib.roles import Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from articles.models import Activity

CONFLICT, INVALID = 409, 422
ANYWAY = "anyway"  # the field that says that those of the same name were seen


@require_http_methods(["GET", "POST"])
@with_access
def create_entity(request: HttpRequest) -> HttpResponse:
    """Make an entity from a form."""
    require(request.user, Role.EDITOR)
    initial = {"label_fr": request.GET.get("label", ""), "kind": "person"}
    form = WholeForm(request.POST or None, initial)
    if request.method == "GET" or not form.is_valid():
        return _form(request, form, None, status=200 if request.method == "GET" else INVALID)
    agent, said = Agent(signed_in(request)), form.revised()
    labels = [said.fields["label_fr"], said.fields["label_en"]]
    same = find_namesakes(said.fields["kind"], labels) if ANYWAY not in request.POST else []
    if same:
        return _form(request, form, None, status=CONFLICT, namesakes=same)
    try:
        made, activity = services.create_entity(
            agent=agent, aliases=said.aliases, garblings=said.garblings,
            identifiers=said.identifiers, offices=said.offices,
            **cast("dict[str, Any]", said.fields),
        )  # fmt: skip
    except Refused as fault:
        return _form(request, form, None, fault=_say(fault), status=INVALID)
    return _done(request, _("“%(name)s” made.") % {"name": made}, made, activity)


@require_http_methods(["GET", "POST"])
@with_access
def edit_entity(request: HttpRequest, pk: int) -> HttpResponse:
    """All that is known of an entity as one form, stored as one act."""
    require(request.user, Role.EDITOR)
    entity = find_entity(pk)
    if request.method == "GET":
        return _form(request, WholeForm(initial=entity_as_typed(entity)), entity)
    form = WholeForm(request.POST)
    if not form.is_valid() or not form.entity.cleaned_data["version"]:
        return _form(request, form, entity, status=INVALID)
    try:
        revised, activity = revise_entity(
            entity_id=pk, version=form.entity.cleaned_data["version"],
            agent=Agent(signed_in(request)), revised=form.revised(),
        )  # fmt: skip
    except services.StaleEntity as stale:
        typed = request.POST.copy()
        typed["version"] = str(stale.entity.version)
        kept = WholeForm(typed)
        kept.is_valid()
        newer = newer_parts(kept, stale.entity)
        return _form(request, kept, stale.entity, fault=_say(stale), status=CONFLICT, newer=newer)
    except Refused as fault:
        status = CONFLICT if isinstance(fault, Gone) else INVALID
        return _form(request, form, entity, fault=_say(fault), status=status)
    said = _("Saved.") if activity else _("Nothing was changed.")
    return _done(request, said, revised, activity)


@require_http_methods(["GET", "POST"])
@with_access
def merge_entity(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose the entity to merge this one into, see what moves, and do it."""
    require(request.user, Role.EDITOR)
    entity = find_entity(pk)
    if request.method == "GET":
        return _merge_page(request, entity)
    chosen, version = _number(request.POST.get("into")), _number(request.POST.get("version"))
    if chosen is None or version is None:
        return _merge_page(request, entity, fault=_("Choose an entity."), status=INVALID)
    try:
        winner, activity = services.merge_entities(
            entity_id=pk, version=version, into_id=chosen, agent=Agent(signed_in(request))
        )
    except Refused as fault:
        is_stale = isinstance(fault, (services.StaleEntity, Gone))
        status = CONFLICT if is_stale else INVALID
        return _merge_page(request, find_entity(pk), fault=_say(fault), status=status)
    said = _("“%(name)s” merged into “%(other)s”.") % {"name": entity, "other": winner}
    return _done(request, said, winner, activity)


@require_POST
@with_access
def retire_entity(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an entity off the list."""
    require(request.user, Role.EDITOR)
    entity = find_entity(pk)
    version = _number(request.POST.get("version"))
    form = WholeForm(initial=entity_as_typed(entity))
    if version is None:
        return _form(request, form, entity, status=INVALID)
    try:
        retired, activity = services.retire_entity(
            entity_id=pk, version=version, agent=Agent(signed_in(request))
        )
    except Refused as fault:
        return _form(request, form, entity, fault=_say(fault), status=CONFLICT)
    return _done(request, _("“%(name)s” retired.") % {"name": retired}, retired, activity)


@require_POST
@with_access
def refresh_entity(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask the entity's authority again; where it is down, a message says so."""
    require(request.user, Role.EDITOR)
    entity = find_entity(pk)
    try:
        refreshed, activity = keeping.refresh_entity(entity_id=pk, agent=Agent(signed_in(request)))
    except (AuthorityFault, Refused) as fault:
        messages.error(request, sentence_for(fault))
        return HttpResponseRedirect(entity.get_absolute_url())
    said = _("Brought up to date.") if activity else _("There is nothing new.")
    return _done(request, said, refreshed, activity)


def _form(
    request: HttpRequest, form: WholeForm, entity: Entity | None, *, fault: str = "",
    status: int = 200, newer: Sequence[Newer] = (), namesakes: Sequence[Entity] = (),
) -> HttpResponse:  # fmt: skip
    context: dict[str, Any] = {
        "form": form, "fault": fault, "entity": entity, "newer": newer,
        "namesakes": [
            (one, in_languages(one.description_fr, one.description_en)[0]) for one in namesakes
        ],
    }  # fmt: skip
    if entity is not None:
        context |= frame(request, entity)
    return render(request, "annotations/edit_entity.html", context, status=status)


def _merge_page(
    request: HttpRequest, entity: Entity, *, fault: str = "", status: int = 200
) -> HttpResponse:
    shelves = visible_shelves(request.user)
    query = EntityQuery.read(request.GET)
    found = list_page(request.user, shelves, query, "").rows if query.words else []
    wanted = _number(request.GET.get("into") or request.POST.get("into"))
    into = Entity.objects.live().exclude(pk=entity.pk).filter(pk=wanted or 0).first()
    context = frame(request, entity) | {
        "query": query, "found": [one for one in found if one.id != entity.pk], "into": into,
        "fault": fault,
    }  # fmt: skip
    if into is not None:
        live = {"retired": False}
        context |= {
            "tally": tally_mentions(request.user, shelves, entity),
            "spoken": len(find_spoken(request.user, shelves, entity)),
            "names": entity.names.filter(**live).values_list("name", flat=True).distinct(),
            "identifiers": entity.identifiers.filter(**live),
            "offices": entity.offices.filter(**live),
        }
    return render(request, "annotations/merge_entity.html", context, status=status)


def _done(
    request: HttpRequest, said: str, entity: Entity, activity: Activity | None
) -> HttpResponse:
    messages.success(request, said, extra_tags=f"undo-{activity.pk}" if activity else "")
    return HttpResponseRedirect(reverse("show_entity", args=(entity.pk,)))


def _say(fault: Refused) -> str:
    if isinstance(fault, services.StaleEntity):
        return _("Somebody changed this entity meanwhile. What you typed is kept below.")
    if isinstance(fault, services.IdentifierTaken):
        return _("“%(name)s” has this id already.") % {"name": fault.entity or "?"}
    return sentence_for(fault)


def _number(typed: str | None) -> int | None:
    is_number = typed is not None and typed.isascii() and typed.isdigit() and len(typed) < 19
    return int(typed) if typed and is_number else None
