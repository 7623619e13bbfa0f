"""Entities: the list, and the page of each with all that texts say of it."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from annotations.authorities.asking import authorities
from annotations.models import Entity, EntityKind, NameKind
from annotations.models.entity import WIKIDATA
from annotations.queries.entities import EntityQuery, list_page
from annotations.queries.of_articles import count_articles
from annotations.queries.of_entity import (
    count_variants,
    find_beside,
    find_mentions,
    find_spoken,
    tally_mentions,
)
from annotations.rendering.chart import render_chart
from annotations.views.listing import list_context
from articles.access import SignInNeeded, with_access
from articles.queries.shelves import Shelves, visible_shelves
from articles.rendering import grouped
from diplowatch.lib.dates import date_words
from diplowatch.lib.roles import Role, role_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from annotations.models import EntityIdentifier, Office
    from annotations.queries.of_entity import Around


class Held(NamedTuple):
    """An office in words."""

    title: str
    dates: str


class Texts(NamedTuple):
    """The mentions of one text on a page."""

    article: int
    title: str
    language: str
    date: str
    mentions: list[Around]


@require_safe
@with_access
def list_entities(request: HttpRequest) -> HttpResponse:
    """All that may be linked, found by any name, with how often it is mentioned."""
    shelves = shelves_of(request)
    query = EntityQuery.read(request.GET)
    after = request.GET.get("after", "")
    page = list_page(request.user, shelves, query, after)
    everything = sum(page.counts.values())
    kinds = [("", _("All"), everything)] + [
        (value, str(label), page.counts.get(value, 0)) for value, label in EntityKind.choices
    ]
    context = {
        "query": query,
        "page": page,
        "total": grouped(page.total),
        "kinds": [
            (label, grouped(count), query.address(kind=value), value == query.kind)
            for value, label, count in kinds
            if count or value in ("", query.kind)
        ],
        "sorts": [
            (label, query.address(sort=value), value == query.sort)
            for value, label in (("mentions", _("Most mentioned")), ("name", _("By name")))
        ],
        "first": query.address() if after else "",
        "next": _after(query.address(), page.after),
        "may_edit": role_of(request.user) >= Role.EDITOR,
    }
    return render(request, "annotations/list_entities.html", context)


@require_safe
@with_access
def show_entity(request: HttpRequest, pk: int) -> HttpResponse:
    """One entity: what is known of it, and where, when and with whom texts mention it."""
    shelves = shelves_of(request)
    entity = find_entity(pk)
    if entity.merged_into_id:
        return HttpResponseRedirect(reverse("show_entity", args=(entity.merged_into_id,)))
    mentions = find_mentions(request.user, shelves, entity, request.GET.get("after", ""))
    tally = tally_mentions(request.user, shelves, entity)
    identifiers = list(entity.identifiers.filter(retired=False).order_by("pk"))
    context = frame(request, entity) | {
        "tally": tally,
        "texts": list(_by_text(mentions.rows)),
        "chart": render_chart(tally.months),
        "next": f"?after={mentions.after}" if mentions.after else "",
        "is_later": "after" in request.GET,
        "variants": count_variants(request.user, shelves, entity),
        "beside": find_beside(request.user, shelves, entity),
        "spoken": [
            (one, date_words(one.date, one.date_precision))
            for one in find_spoken(request.user, shelves, entity)
        ],
        "names": _names(entity),
        "articles": count_articles(request.user, shelves, entity),
        "identifiers": identifiers,
        "authority": _authority(identifiers),
        "offices": [_held(office) for office in entity.offices.filter(retired=False)],
    }
    return render(request, "annotations/show_entity.html", context)


@require_safe
@with_access
def list_entity_annotations(request: HttpRequest, pk: int) -> HttpResponse:
    """The links to one entity, with the filters of all lists of annotations."""
    shelves = shelves_of(request)
    entity = find_entity(pk)
    address = reverse("list_entity_annotations", args=(pk,))
    context = frame(request, entity) | list_context(request, shelves, address, entity=entity.pk)
    return render(request, "annotations/list_entity_annotations.html", context)


def shelves_of(request: HttpRequest) -> Shelves:
    """What the person may read; without an account there must be something."""
    shelves = visible_shelves(request.user)
    if not request.user.is_authenticated and not shelves.ids:
        raise SignInNeeded
    return shelves


def find_entity(pk: int) -> Entity:
    """An entity by its number, also one that is retired."""
    entity = Entity.objects.filter(pk=pk).first()
    if entity is None:
        raise Http404
    return entity


def frame(request: HttpRequest, entity: Entity) -> dict[str, Any]:
    """What every page of an entity has."""
    label, other = in_languages(entity.label_fr, entity.label_en)
    description, _other = in_languages(entity.description_fr, entity.description_en)
    return {
        "entity": entity,
        "label": label,
        "other_label": other if other != label else "",
        "description": description,
        "may_edit": role_of(request.user) >= Role.EDITOR,
    }


def in_languages(french: str, english: str) -> tuple[str, str]:
    """A text in the interface's language where it is there, and the other one."""
    if (get_language() or "").startswith("en"):
        french, english = english, french
    return (french, english) if french else (english, "")


def _after(address: str, place: str) -> str:
    joint = "" if address == "?" else "&"
    return f"{address}{joint}{urlencode({'after': place})}" if place else ""


def _by_text(mentions: Iterable[Around]) -> Iterable[Texts]:
    for article, some in groupby(mentions, key=lambda one: one.article):
        here = list(some)
        date = date_words(here[0].date, here[0].date_precision)
        yield Texts(article, here[0].title, here[0].language, date, here)


def _authority(identifiers: Iterable[EntityIdentifier]) -> str:
    """The name of the authority that can be asked for it again; "" for none."""
    bears = any(one.authority == WIKIDATA for one in identifiers)
    return authorities().get(WIKIDATA, "") if bears else ""


def _names(entity: Entity) -> list[tuple[str, list[tuple[str, str]]]]:
    """Aliases and garblings with their languages, by what they are."""
    labels = {entity.label_fr, entity.label_en}
    found = entity.names.filter(retired=False).exclude(kind=NameKind.LABEL).order_by("folded", "pk")
    said: dict[str, list[tuple[str, str]]] = {}
    for one in found:
        if one.name not in labels:
            said.setdefault(one.kind, []).append((one.name, one.language))
    titles = {NameKind.ALIAS: _("Other names"), NameKind.GARBLING: _("Known garblings")}
    return [(title, said[kind]) for kind, title in titles.items() if kind in said]


def _held(office: Office) -> Held:
    title, _other = in_languages(office.title_fr, office.title_en)
    ends = (
        date_words(office.start, office.start_precision),
        date_words(office.end, office.end_precision),
    )
    return Held(title, _dates(ends))


def _dates(ends: Sequence[str]) -> str:
    start, end = ends
    if start and end:
        return f"{start} – {end}"
    if start:
        return _("since %(date)s") % {"date": start}
    return _("until %(date)s") % {"date": end} if end else ""
