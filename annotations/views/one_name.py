"""One form that may be a name: where it stands, whose it is, and what to do about it."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from annotations.forms.names import KNOWN, NamesQuery, read_form, whole
from annotations.jobs import begin_looking
from annotations.models import Entity, EntityName, KnownWord, NameKind
from annotations.queries import worklist
from annotations.queries.names import all_names
from annotations.queries.picking import find_candidates
from annotations.services import entity_parts, linking, words
from annotations.services.annotating import Missing
from annotations.services.spans import Refused, Span, StaleSpan
from annotations.text.folding import fold
from annotations.text.forms import form_for, forms_of
from annotations.text.ordinary import is_ordinary
from annotations.views.faults import refuse
from articles.access import get_article, require, signed_in, with_access
from articles.queries.shelves import visible_shelves
from articles.services.log import Agent
from diplowatch.lib.addresses import next_address
from diplowatch.lib.roles import Role, role_of

if TYPE_CHECKING:
    from articles.models import Activity
    from diplowatch.accounts.models import User

MOST: Final = 200  # places shown


@require_safe
@with_access
def show_name(request: HttpRequest) -> HttpResponse:
    """A form with its places, and the entities that may be meant by it."""
    user = signed_in(request)
    require(user, Role.ANNOTATOR)
    shelves = visible_shelves(user)
    query = NamesQuery.read(request.GET)
    form, typed = read_form(request.GET), request.GET.get("q", "").replace("\0", " ").strip()
    folded = fold(form)
    if not any(sign.isalnum() for sign in folded):
        return HttpResponseRedirect(query.address())
    texts = worklist.newest_texts(query.places(shelves), query.article)
    found = worklist.places_of_form(texts, folded, MOST)
    entity = _chosen(request)
    may_edit = role_of(user) >= Role.EDITOR
    own = {"text": form} | {k: v for k, v in query.values().items() if k != "view"}
    context = {
        "form": form,
        "query": query,
        "own": own,
        "typed": typed,
        "back": query.address(),
        "here": request.get_full_path(),
        "texts": [
            (article, title, language, list(places))
            for (article, title, language), places in groupby(
                found, key=lambda place: (place.article, place.title, place.language)
            )
        ],
        "count": len(found),
        "is_cut": len(found) == MOST,
        "looked": len(texts.rows),
        "is_more": texts.is_more,
        "entity": entity,
        "candidates": [
            (one, f"?{urlencode(own | {'entity': one.id})}")
            for one in (() if entity else find_candidates(typed or form))
        ],
        "may_edit": may_edit,
        "known": KnownWord.objects.live().filter(folded=folded).first(),
    }
    if entity is not None:
        context |= _as_garbling(form, entity)
    return render(request, "annotations/show_name.html", context)


def _chosen(request: HttpRequest) -> Entity | None:
    number = whole(request.GET.get("entity", ""))
    return Entity.objects.live().filter(pk=number).first() if number else None


def _as_garbling(form: str, entity: Entity) -> dict[str, Any]:
    """What the form would become, and whether to remember it as a garbling at all."""
    right = all_names().right.values.get(fold(form), ())
    aliases = [name.name for name in entity.names.filter(retired=False, kind=NameKind.ALIAS)]
    forms = forms_of(str(entity), aliases, entity.kind)
    return {
        "becomes": form_for(form, forms, entity.kind),
        "is_ordinary": is_ordinary(form),
        "is_right": bool(right),
        "is_own": any(named.entity == entity.pk for named in right),
    }


@require_POST
@with_access
def add_known_word(request: HttpRequest) -> HttpResponse:
    """Say that a form is right as it stands."""
    user = _editor(request)
    address = next_address(request, NamesQuery(view=KNOWN).address())
    try:
        word, activity = words.add_known_word(text=read_form(request.POST), agent=Agent(user))
    except Refused as fault:
        return refuse(request, fault, typed=request.POST.get("text", ""), back=address)
    said = _("“%s” is known now.") if activity else _("“%s” was known already.")
    return _go_on(request, address, activity, said % word.text)


@require_POST
@with_access
def retire_known_word(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a word off the list."""
    user = _editor(request)
    address = next_address(request, NamesQuery(view=KNOWN).address())
    if not KnownWord.objects.filter(pk=pk).exists():
        raise Http404
    try:
        word, activity = words.retire_known_word(word_id=pk, agent=Agent(user))
    except Refused as fault:
        return refuse(request, fault, back=address)
    return _go_on(request, address, activity, _("“%s” is asked about again.") % word.text)


@require_POST
@with_access
def remember_garbling(request: HttpRequest) -> HttpResponse:
    """Remember a form as a garbling of an entity's name, and look for it where the person edits."""
    user = _editor(request)
    form = read_form(request.POST)
    address = next_address(request, reverse("list_names"))
    try:
        entity = whole(request.POST.get("entity", ""))
        if entity is None:
            raise Missing("entity")
        name, activity = entity_parts.add_name(
            entity_id=entity, agent=Agent(user), name=form, kind=NameKind.GARBLING
        )
    except Refused as fault:
        return refuse(request, fault, typed=form, back=address)
    said = _("“%(name)s” is remembered as a garbling of %(entity)s.") % {
        "name": name.name, "entity": name.entity,
    }  # fmt: skip
    return _go_on(request, address, activity, f"{said} {_look(request, user)}")


@require_POST
@with_access
def retire_garbling(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget a garbling; what was proposed for it stays."""
    user = _editor(request)
    address = next_address(request, reverse("list_names"))
    name = EntityName.objects.filter(pk=pk, kind=NameKind.GARBLING).first()
    if name is None:
        raise Http404
    try:
        _entity, activity = entity_parts.retire_name(name_id=pk, agent=Agent(user))
    except Refused as fault:
        return refuse(request, fault, back=address)
    return _go_on(request, address, activity, _("“%s” is forgotten.") % name.name)


@require_POST
@with_access
def look_for_names(request: HttpRequest) -> HttpResponse:
    """Look for all known garblings in the texts where the person edits."""
    user = _editor(request)
    return _go_on(request, next_address(request, reverse("list_names")), None, _look(request, user))


@require_POST
@with_access
def link_name(request: HttpRequest, pk: int) -> HttpResponse:
    """Link the ticked places of an article to an entity, as one act."""
    user = signed_in(request)
    article = get_article(request, pk, Role.ANNOTATOR)
    address = next_address(request, reverse("list_names"))
    folded = fold(read_form(request.POST))
    try:
        entity = whole(request.POST.get("entity", ""))
        if entity is None:
            raise Missing("entity")
        made, activity = linking.link_places(
            article_id=article.pk, entity_id=entity, agent=Agent(user),
            spans=_ticked(request, article.collection_id, article.pk, folded),
        )  # fmt: skip
    except Refused as fault:
        return refuse(request, fault, back=address)
    said = ngettext("%(count)s place linked.", "%(count)s places linked.", len(made))
    text = said % {"count": len(made)} if made else _("Nothing was changed.")
    return _go_on(request, address, activity, text)


def _ticked(request: HttpRequest, collection: int, article: int, folded: str) -> list[Span]:
    """The ticked places as they were shown; what stands otherwise by now is stale."""
    texts = worklist.newest_texts([collection], article)
    offered = {place.name: place for place in worklist.places_of_form(texts, folded, MOST)}
    spans = []
    for name in dict.fromkeys(request.POST.getlist("place")):
        one = offered.get(name)
        if one is None:
            raise StaleSpan(0, "changed")
        spans.append(Span(one.number, one.revision, one.start, one.end, one.exact))
    return spans


def _editor(request: HttpRequest) -> User:
    """Whoever changes the lists: they belong to no collection."""
    user = signed_in(request)
    require(user, Role.EDITOR)
    return user


def _look(request: HttpRequest, user: User) -> str:
    """Look for garblings where the person edits; says what came of it."""
    editable = visible_shelves(user).editable()
    collection = whole(request.POST.get("collection", ""))
    places = [pk for pk in editable if collection in (None, pk)]
    made = begin_looking(places)
    if made is None:
        return _("The texts are looked through in the background.")
    said = ngettext(
        "%(count)s correction is proposed.", "%(count)s corrections are proposed.", made
    )
    return said % {"count": made}


def _go_on(
    request: HttpRequest, address: str, activity: Activity | None, text: str
) -> HttpResponse:
    messages.success(request, text, extra_tags=f"undo-{activity.pk}" if activity else "")
    return HttpResponseRedirect(address)
