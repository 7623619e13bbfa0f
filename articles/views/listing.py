"""The list of articles: search, facets, pages, and acts on what is selected."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from articles.access import SignInNeeded, may_import_somewhere, signed_in, with_access
from articles.forms.listing import BulkForm
from articles.models import Collection, Status
from articles.queries.listing import ListQuery
from articles.queries.shelves import Shelves, visible_shelves
from articles.queries.waiting import texts_for
from articles.rendering import RowRenderer
from articles.services.bulk import NotAllThere, move_articles, set_status, tag_articles
from articles.services.log import Agent
from articles.services.statuses import CannotMark
from articles.services.undo_faults import AlreadyThere
from articles.views.editing import editing
from articles.views.facets import (
    chips,
    count_words,
    entities_html,
    entity_labels,
    facets_html,
    sort_links,
)
from articles.views.refusals import status_of, why_not_marked
from diplowatch.lib.addresses import next_address

if TYPE_CHECKING:
    from django_htmx.middleware import HtmxDetails

    from articles.models import Activity
    from articles.queries.listing import ListPage


@require_safe
@with_access
def list_articles(request: HttpRequest) -> HttpResponse:
    """The list as its address says; htmx gets the shelf alone."""
    shelves = visible_shelves(request.user)
    if not shelves.names and not request.user.is_authenticated:
        raise SignInNeeded
    query = ListQuery.from_querydict(request.GET, request.user.pk)
    page = query.page(shelves.ids)
    htmx = cast("HtmxDetails", request.htmx)  # type: ignore[attr-defined]  # by the middleware
    partial = htmx.target == "shelf" and not htmx.history_restore_request
    template = "articles/_list_shelf.html" if partial else "articles/list_articles.html"
    response = render(request, template, _context(request, query, page, shelves))
    patch_vary_headers(response, ("HX-Request", "HX-Target"))
    return response


@require_POST
@with_access
def change_articles(request: HttpRequest) -> HttpResponse:
    """Move, tag or set the status of the selected articles, as one act."""
    agent = Agent(signed_in(request))
    shelves = visible_shelves(request.user)
    if not shelves.editable():
        raise PermissionDenied
    form = BulkForm(shelves.editable(), request.POST)
    back = next_address(request, reverse("list_articles"))
    if not form.is_valid():
        reasons = [str(reason) for faults in form.errors.values() for reason in faults]
        return _refused(request, reasons, back, status=422)
    try:
        activity = _change(form, agent, shelves)
    except NotAllThere as gone:
        raise Http404 from gone
    except AlreadyThere as refusal:
        return _refused(request, _twins(refusal), back, status=409)
    except CannotMark as fault:
        return _refused(request, [why_not_marked(fault)], back, status=status_of(fault))
    if activity is None:
        messages.info(request, _("Nothing was changed."))
    else:
        said = _done(form, len(activity.data["changes"]))
        messages.success(request, said, extra_tags=f"undo-{activity.pk}")
    return HttpResponseRedirect(back)


def _context(
    request: HttpRequest, query: ListQuery, page: ListPage, shelves: Shelves
) -> dict[str, Any]:
    editable = shelves.editable()
    entities = entity_labels(query, page)
    rows = RowRenderer(
        listed=query.address().removeprefix("?"),
        query=query.q,
        editable=frozenset(editable),
        shelves=shelves.names if len(shelves.names) > 1 else {},
    )
    return {
        "query": query,
        "page": page,
        "count": count_words(query, page),
        "rows": rows.render(page.rows),
        "facets": facets_html(query, page.facets, shelves.names)
        + entities_html(query, page, entities),
        "chips": chips(query, shelves.names, entities),
        "sorts": sort_links(query),
        "next": query.at(page.next).address() if page.next else "",
        "previous": query.at(page.previous).address() if page.previous else "",
        "unfiltered": query.filtered(type(query.filters)()).address(),
        "exactly": query.exactly().address(),
        "is_empty_shelf": not page.total and not query.q and not query.filters.pairs(),
        "editable": editable,
        "waiting": texts_for(request.user, shelves) if editable and not query.q else 0,
        "statuses": Status.choices,
        "may_import": partial(may_import_somewhere, request.user),
        "here": request.get_full_path(),
    }


def _change(form: BulkForm, agent: Agent, shelves: Shelves) -> Activity | None:
    data = form.cleaned_data
    ids, allow = data["articles"], editing(shelves)
    match data["act"]:
        case "status":
            return set_status(
                article_ids=ids,
                status=data["status"],
                problem=data["problem"],
                agent=agent,
                allow=allow,
            )
        case "move":
            target = Collection.objects.get(pk=data["collection"])
            return move_articles(article_ids=ids, collection=target, agent=agent, allow=allow)
        case act:
            return tag_articles(
                article_ids=ids,
                tags=data["tags"],
                agent=agent,
                allow=allow,
                remove=act == "untag",
            )


def _done(form: BulkForm, count: int) -> str:
    data = form.cleaned_data
    match data["act"]:
        case "status":
            said = ngettext(
                "%(count)s article is now: %(status)s.",
                "%(count)s articles are now: %(status)s.",
                count,
            )
            return said % {"count": count, "status": Status(data["status"]).label}
        case "move":
            said = ngettext(
                "%(count)s article moved to “%(name)s”.",
                "%(count)s articles moved to “%(name)s”.",
                count,
            )
            return said % {"count": count, "name": form.shelf_name()}
        case "tag":
            said = ngettext(
                "%(count)s article tagged: %(tags)s.",
                "%(count)s articles tagged: %(tags)s.",
                count,
            )
        case _:
            said = ngettext(
                "Tag taken off %(count)s article: %(tags)s.",
                "Tag taken off %(count)s articles: %(tags)s.",
                count,
            )
    return said % {"count": count, "tags": ", ".join(data["tags"])}


def _twins(refusal: AlreadyThere) -> list[str]:
    count = len(refusal.articles)
    said = ngettext(
        "Nothing was moved: the collection already has the same file as this article:",
        "Nothing was moved: the collection already has the same files as these articles:",
        count,
    )
    return [said, *(article.title for article in refusal.articles[:10])]


def _refused(request: HttpRequest, reasons: list[str], back: str, *, status: int) -> HttpResponse:
    context = {"reasons": reasons, "back": back}
    return render(request, "articles/list_act_refused.html", context, status=status)
