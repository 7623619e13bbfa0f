"""An article's details, edited where it is read, and the undoing of such acts."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRedirect

from articles.access import get_article, get_collection, signed_in, with_access
from articles.forms.details import DetailsForm, details_as_typed
from articles.models import Activity, Article, Verb
from articles.queries.shelves import visible_shelves
from articles.queries.titles import is_of_header
from articles.queries.versions import versions_of
from articles.services.changes import (
    undo_changes,
)
from articles.services.details import GoneArticle, StaleArticle, change_details, mark_of
from articles.services.log import Agent
from articles.services.statuses import CannotMark
from articles.services.undo_faults import (
    AlreadyThere,
    AlreadyUndone,
    CannotUndo,
    ChangedSince,
    TakenAway,
)
from articles.views.editing import editing
from articles.views.refusals import why_not_marked
from articles.views.undone import say_undone
from diplowatch.lib.addresses import next_address
from diplowatch.lib.roles import Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django_htmx.middleware import HtmxDetails

MOST_TITLES = 10  # named in a refusal


class Newer(NamedTuple):
    """A field that stands otherwise now than the person typed it."""

    label: str
    value: str


@require_http_methods(["GET", "POST"])
@with_access
def edit_details(request: HttpRequest, pk: int) -> HttpResponse:
    """The details as a form; what is sent is stored when nobody changed the article since."""
    article = get_article(request, pk, Role.EDITOR)
    if request.method == "GET":
        return _show(request, DetailsForm(article, initial=details_as_typed(article)))
    form = DetailsForm(article, request.POST)
    if not form.is_valid():
        return _show(request, form, status=422)
    agent = Agent(signed_in(request))
    shelves = visible_shelves(request.user)
    try:
        activity = change_details(
            article_id=pk,
            seen=form.cleaned_data["seen"],
            details=form.details(),
            agent=agent,
            allow=editing(shelves),
        )
    except ValidationError as error:
        form.add_error(None, error.messages)
        return _show(request, form, status=422)
    except CannotMark as fault:
        form.add_error("status", why_not_marked(fault))
        return _show(request, form, status=422)
    except StaleArticle as stale:
        return _show_newer(request, stale.article)
    except GoneArticle as gone:
        raise Http404 from gone
    if activity is None:
        messages.info(request, _("Nothing was changed."))
    else:
        messages.success(request, _("Details saved."), extra_tags=f"undo-{activity.pk}")
    return _go_on(request, next_address(request, article.get_absolute_url()))


@require_POST
@with_access
def undo_activity(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo an act on articles' details as a whole, by a new act."""
    agent = Agent(signed_in(request))
    activity = Activity.objects.select_related("article", "collection").filter(pk=pk).first()
    if activity is None:
        raise Http404
    if not activity.data.get("changes"):
        _allow_the_only_place(request, activity)
    default = activity.article.get_absolute_url() if activity.article else "/"
    address = next_address(request, default)
    try:
        allow = editing(visible_shelves(request.user))
        undoing = undo_changes(activity=activity, agent=agent, allow=allow)
    except CannotUndo as refusal:
        context = {"reason": why_not(activity, refusal), "back": address}
        return render(request, "articles/undo_refused.html", context, status=409)
    say_undone(request, activity, undoing)
    return _go_on(request, address)


def _show(
    request: HttpRequest, form: DetailsForm, *, status: int = 200, newer: list[Newer] | None = None
) -> HttpResponse:
    article = form.article
    context = {
        "article": article,
        "form": form,
        "newer": newer or [],
        "next": next_address(request, article.get_absolute_url()),
        "versions": versions_of(article)[::-1],
        "is_of_header": is_of_header(article),
    }
    template = "articles/_details_form.html" if _htmx(request) else "articles/edit_details.html"
    return render(request, template, context, status=status)


def _show_newer(request: HttpRequest, article: Article) -> HttpResponse:
    """What was typed is kept; what stands now is shown beside it; saving again replaces it."""
    typed = request.POST.copy()
    typed["seen"] = mark_of(article)
    form = DetailsForm(article, typed)
    form.is_valid()
    standing = DetailsForm(article, details_as_typed(article))
    newer = [
        Newer(str(field.label), _shown(standing, field.name) or _("empty"))
        for field in form.visible_fields()
        if str(form[field.name].data or "") != str(standing[field.name].data or "")
        and field.name != "follow_text"
    ]
    return _show(request, form, status=409, newer=newer)


def _shown(form: DetailsForm, name: str) -> str:
    value = str(form[name].data or "")
    choices = dict(getattr(form.fields[name], "choices", ()))
    return str(choices.get(value, value))


def _allow_the_only_place(request: HttpRequest, activity: Activity) -> None:
    if activity.article_id is not None:
        get_article(request, activity.article_id, Role.EDITOR)
    elif activity.collection_id is not None:
        get_collection(request, activity.collection_id, Role.EDITOR)
    else:
        raise Http404


def why_not(activity: Activity, refusal: CannotUndo) -> str:
    """Why an act on articles' details cannot be undone."""
    if isinstance(refusal, AlreadyUndone):
        return _("Somebody has undone this already.")
    if isinstance(refusal, TakenAway):
        return _("Nothing was undone: these texts were taken away: %(titles)s") % {
            "titles": _titles(refusal.articles)
        }
    if isinstance(refusal, AlreadyThere):
        return _("Nothing was undone: the collection has these texts again: %(titles)s") % {
            "titles": _titles(refusal.articles)
        }
    if isinstance(refusal, ChangedSince):
        labels = {name: str(field.label) for name, field in DetailsForm.base_fields.items()}
        names = [labels[name] for name in refusal.fields if name in labels]
        return _(
            "“%(title)s” was changed again since (%(fields)s). Undo the later change first."
        ) % {
            "title": refusal.article.title,
            "fields": ", ".join(names or refusal.fields),
        }
    if activity.verb == Verb.IMPORT:
        return _("An import is undone as a whole, on the page of its batch.")
    return _("This act cannot be undone.")


def _titles(articles: Sequence[Article]) -> str:
    shown = "; ".join(article.title for article in articles[:MOST_TITLES])
    return f"{shown} …" if len(articles) > MOST_TITLES else shown


def _go_on(request: HttpRequest, address: str) -> HttpResponse:
    if _htmx(request):
        return HttpResponseClientRedirect(address)
    return HttpResponseRedirect(address)


def _htmx(request: HttpRequest) -> bool:
    return bool(cast("HtmxDetails", request.htmx))  # type: ignore[attr-defined]  # by the middleware
