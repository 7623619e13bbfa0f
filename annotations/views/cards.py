"""The cards beside a text: those of the first screens with the page, the others as they come."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.html import format_html
from django.views.decorators.http import require_safe

from annotations.models import EntityKind, Motivation, TargetState
from annotations.queries.arranged import CHECK, TABS, TEXT, WHOLE, Arranged, arrange, open_in
from annotations.queries.filters import Filters, read_filters
from annotations.queries.said import fetch_cards, fetch_marks, fetch_marks_of, thread_of
from annotations.rendering import CardRenderer
from annotations.rendering.choices import render_choices, terms
from annotations.views.standing import standing_parts
from articles.access import find_article, with_access
from articles.queries.passages import passage_keys
from diplowatch.lib.roles import Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotations.queries.said import Mark
    from articles.models import Article

FIRST = 20  # cards that come with the page
PAGE = 30  # cards that come after them at a time
BEFORE = 5  # cards above the one that is selected
MOST_PASSAGES = 60  # asked for at once


@require_safe
@with_access
def show_cards(request: HttpRequest, pk: int) -> HttpResponse:
    """Cards as a fragment: of some passages, after another card, or the column with its filters.

    With `counts` how many there are under each tab, and how far the text is, as JSON by ids.
    """
    article, shelves = find_article(request, pk)
    role = shelves.roles[article.collection_id]
    filters = read_filters(request.GET)
    asked = request.GET.get("passages")
    if asked is not None:
        numbers = [int(one) for one in asked.split(",")[:MOST_PASSAGES] if _is_number(one)]
        ids = _beside(article, numbers, request, filters)
        return HttpResponse(_cards(request, article, role, ids, ""))
    said = arrange(fetch_marks(article, request.user, filters), passage_keys(article))
    if "counts" in request.GET:
        counts = {one["id"]: one["count"] for one in _tabs(said, filters, TEXT)}
        parts = standing_parts(request, article, may_edit=role >= Role.EDITOR)
        parts["title"] = _title(article)  # one that follows the text
        return JsonResponse({"counts": counts | {"open-count": open_in(said.all)}, "parts": parts})
    selected = selected_in(request, article, said)
    context = margin(request, article, role, said, filters, selected)
    if request.GET.get("whole"):
        response = render(request, "annotations/_cards.html", context | {"article": article})
        response["HX-Push-Url"] = context["here"]
        return response
    return render(request, "annotations/_card_list.html", context | {"article": article})


def _title(article: Article) -> str:
    language = format_html(' lang="{}"', article.language) if article.language else ""
    return format_html('<h1 id="title"{}>{}</h1>', language, article.title)


def margin(
    request: HttpRequest, article: Article, role: Role, said: Arranged, filters: Filters,
    selected: str,
) -> dict[str, Any]:  # fmt: skip
    """What the column of cards needs: tabs with counts, filters, the first cards, what follows."""
    tab = request.GET.get("tab", "")
    if tab not in TABS:
        tab = said.tab_of(selected)
    ids = said.tabs[tab]
    first = _first(request, ids, selected)
    size = PAGE if "after" in request.GET else FIRST
    shown = ids[first : first + size]
    kept = "" if tab == TEXT else tab
    address = article.get_absolute_url()
    rest = len(ids) - first - len(shown)
    return {
        "tab": tab,
        "tabs": _tabs(said, filters, tab),
        "filters": filters,
        "choices": render_choices(_options(said, filters)),
        "cards": _cards(request, article, role, shown, selected),
        "cards_total": len(ids),
        "more": filters.query(tab=kept, after=shown[-1]) if rest > 0 and shown else "",
        "rest": rest,
        "selected": selected,
        "address": address,
        "here": f"{address}?{filters.query(tab=kept)}".rstrip("?"),
        "entity_kinds": EntityKind.choices,
    }


def selected_in(request: HttpRequest, article: Article, said: Arranged) -> str:
    """The annotation that the address names; for a reply the one it is about; else nothing."""
    try:
        wanted = str(UUID(request.GET.get("a", "")))
    except ValueError:
        return ""
    if any(wanted in said.tabs[tab] for tab in TABS):
        return wanted
    return thread_of(article, wanted, request.user)


def _first(request: HttpRequest, ids: Sequence[str], selected: str) -> int:
    after = request.GET.get("after", "")
    if after in ids:
        return ids.index(after) + 1
    return max(0, ids.index(selected) - BEFORE) if selected in ids else 0


def _cards(
    request: HttpRequest, article: Article, role: Role, ids: Sequence[str], selected: str
) -> str:
    renderer = CardRenderer(article=article, user=request.user, role=role, selected=selected)
    return renderer.render(fetch_cards(article, ids, request.user))


def _beside(
    article: Article, numbers: Sequence[int], request: HttpRequest, filters: Filters
) -> list[str]:
    """The annotations that stand beside these passages, in the order of the text."""
    keys = passage_keys(article, numbers)
    marks = [
        mark
        for mark in fetch_marks_of(keys, request.user, filters)
        if mark.leads and mark.state != TargetState.DETACHED
    ]
    return arrange(marks, keys).tabs[TEXT]


def _tabs(said: Arranged, filters: Filters, tab: str) -> list[dict[str, Any]]:
    return [
        {
            "name": one,
            "query": filters.query(tab="" if one == TEXT else one),
            "count": len(said.tabs[one]),
            "is_here": one == tab,
            "id": {TEXT: "said-count", WHOLE: "notes-count", CHECK: "check-count"}[one],
        }
        for one in TABS
    ]


def _options(said: Arranged, filters: Filters) -> dict[str, list[tuple[str, str, bool]]]:
    """What there is to filter by in this article: value, words, whether it is chosen."""
    marks = said.all
    tags = {str(mark.tag): mark.label for mark in marks if mark.tag is not None}
    people = {str(mark.by): mark.name for mark in marks if mark.by is not None}
    known = terms()
    return {
        "motivation": _chosen(_there(known, marks, "motivation"), filters.motivation),
        "kind": _chosen(_there(known, marks, "kind"), filters.kind),
        "tag": _chosen(sorted(tags.items(), key=lambda one: one[1]), str(filters.tag or "")),
        "by": _chosen(sorted(people.items(), key=lambda one: one[1]), str(filters.by or "")),
        "status": _chosen(_there(known, marks, "status"), filters.status),
        "state": _chosen(_there(known, marks, "state"), filters.state),
        "decision": (
            _chosen(known["decision"], filters.decision) if _is_corrected(marks, filters) else []
        ),
    }


def _is_corrected(marks: Sequence[Mark], filters: Filters) -> bool:
    """Whether there is something to decide on, or was asked for."""
    flags = {Motivation.EDITING, Motivation.QUESTIONING}
    return bool(filters.decision) or any(mark.motivation in flags for mark in marks)


def _there(
    known: dict[str, list[tuple[str, str]]], marks: Sequence[Mark], name: str
) -> list[tuple[str, str]]:
    found = {getattr(mark, name) for mark in marks}
    return [one for one in known[name] if one[0] in found]


def _chosen(options: Sequence[tuple[str, str]], wanted: str) -> list[tuple[str, str, bool]]:
    return [(value, label, value == wanted) for value, label in options]


def _is_number(typed: str) -> bool:
    return typed.isascii() and typed.isdigit() and len(typed) < 10
