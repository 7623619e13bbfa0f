"""Pages that list annotations with the same filters, and the permalink of one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from annotations.access import find_annotation, places_to_say
from annotations.models import (
    Annotation,
    CorrectionState,
    EntityKind,
    FlagKind,
    LinkStatus,
    Motivation,
    Tag,
    TargetState,
)
from annotations.queries.filters import Filters, read_filters
from annotations.queries.listing import find_annotations, people_who_said, read_cursor
from annotations.rendering.changes import render_change
from annotations.rendering.choices import decisions
from annotations.views.answers import address_of
from annotations.views.interchange import read_annotation_jsonld, wants_jsonld
from articles.access import SignInNeeded, find_article, with_access
from articles.models import Article
from articles.queries.shelves import visible_shelves

if TYPE_CHECKING:
    import uuid
    from collections.abc import Iterable

    from annotations.queries.listing import Item
    from articles.queries.shelves import Shelves

WORDS = "q"  # the field of words on these pages


@require_safe
@with_access
def list_annotations(request: HttpRequest) -> HttpResponse:
    """What is said of all texts that the person may see."""
    shelves = visible_shelves(request.user)
    if not request.user.is_authenticated and not shelves.ids:
        raise SignInNeeded
    context = list_context(request, shelves, reverse("list_annotations"))
    return render(request, "annotations/list_annotations.html", context)


@require_safe
@with_access
def list_article_annotations(request: HttpRequest, pk: int) -> HttpResponse:
    """What is said of one text."""
    article, shelves = find_article(request, pk)
    address = reverse("list_article_annotations", args=(pk,))
    context = list_context(request, shelves, address, article=article)
    context["may_share"] = article.collection_id in places_to_say(shelves, private=False)
    return render(request, "annotations/list_article_annotations.html", context)


@require_safe
@with_access
def go_to_annotation(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """On to the article with the annotation selected; of one that is gone, what can be shown."""
    try:
        seen = find_annotation(request, pk)
    except Http404:
        return _show_what_is_there(request, pk)
    if wants_jsonld(request):
        return read_annotation_jsonld(request, pk)
    return HttpResponseRedirect(address_of(seen.annotation.article, seen.annotation))


def list_context(
    request: HttpRequest,
    shelves: Shelves,
    address: str,
    *,
    article: Article | None = None,
    entity: int | None = None,
    **fixed: Any,
) -> dict[str, Any]:
    """What a list needs: a page of it, the filters with their choices, where the next begins.

    `fixed` filters are the page's own: they are not in its address, nor offered.
    """
    filters = read_filters(request.GET, WORDS)
    asked = {**filters.asked(), **fixed}
    found = find_annotations(
        request.user, shelves, Filters(**asked), article=article.pk if article else None,
        entity=entity, after=read_cursor(request.GET.get("after", "")),
    )  # fmt: skip
    query = filters.query().replace("words=", f"{WORDS}=")
    older = f"{address}?{query}&after={found.after}" if query else f"{address}?after={found.after}"
    return {
        "article": article,
        "items": [(item, _change(item)) for item in found.items],
        "filters": filters,
        "choices": _choices(request, shelves, filters, fixed),
        "address": address,
        "older": older if found.after else "",
        "is_later": "after" in request.GET,
    }


def _change(item: Item) -> SafeString | str:
    """Of a correction its old words and new ones; of one that stands in the text only these."""
    if item.motivation != Motivation.EDITING or not item.quotes:
        return ""
    old = "" if item.correction == CorrectionState.ACCEPTED else item.quotes[0].exact
    return SafeString(render_change(old, item.replacement))


def _choices(
    request: HttpRequest, shelves: Shelves, filters: Filters, fixed: dict[str, Any]
) -> dict[str, list[tuple[str, str, bool]]]:
    tags = ((str(pk), name) for pk, name in Tag.objects.live().values_list("pk", "name"))
    people = ((str(pk), name) for pk, name in people_who_said(request.user, shelves))
    all_of: dict[str, Iterable[tuple[Any, Any]]] = {
        "motivation": Motivation.choices,
        "kind": (*EntityKind.choices, *FlagKind.choices),
        "tag": tags,
        "by": people,
        "status": LinkStatus.choices,
        "state": TargetState.choices,
        "decision": decisions(),
    }
    return {
        name: [
            (value, str(label), str(getattr(filters, name) or "") == value)
            for value, label in options
        ]
        for name, options in all_of.items()
        if name not in fixed
    }


def _show_what_is_there(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """An unknown id says so; a deleted one leads to its text, if the person may see that."""
    shelves = visible_shelves(request.user)
    gone = Annotation.objects.filter(pk=pk, removed__isnull=False).select_related("article")
    annotation = gone.filter(
        article__removed__isnull=True, article__collection_id__in=shelves.ids
    ).first()
    if annotation is not None and annotation.private and annotation.creator_id != request.user.pk:
        annotation = None
    context = {"article": annotation.article if annotation else None}
    return render(request, "annotations/no_annotation.html", context, status=404)
