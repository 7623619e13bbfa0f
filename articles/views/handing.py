"""Handing a text over to somebody who validates it, sending it back, and what waits for whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from articles.access import get_article, signed_in, with_access
from articles.models import HandOverState
from articles.queries.editors import editors_of
from articles.queries.shares import share_of
from articles.queries.shelves import visible_shelves
from articles.queries.waiting import waiting_for
from articles.services.details import GoneArticle
from articles.services.log import Agent
from articles.services.marking import NotForThem, hand_over, send_back, withdraw
from articles.services.statuses import CannotMark
from articles.views.editing import editing
from articles.views.refusals import status_of, why_not_marked
from diplowatch.lib.roles import Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django_htmx.middleware import HtmxDetails

    from articles.models import Activity, Article
    from articles.models.handing import Handing
    from diplowatch.accounts.models import User

LONGEST_NOTE = 2_000


@require_http_methods(["GET", "POST"])
@with_access
def hand_over_article(request: HttpRequest, pk: int) -> HttpResponse:
    """One form: what is left marked proofread, who shall validate, and a note."""
    user = signed_in(request)
    article = get_article(request, pk, Role.EDITOR)
    others = [one for one in editors_of(article.collection) if one.pk != user.pk]
    if request.method == "GET":
        return _ask(request, article, others)
    try:
        activity = hand_over(
            article_id=pk, recipient=_chosen(request, others),
            note=_text(request, "note"), rest="rest" in request.POST,
            revision=_number(request.POST.get("revision", "")), agent=Agent(user),
            allow=editing(visible_shelves(user)),
            instead_of=_number(request.POST.get("instead_of", "")),
        )  # fmt: skip
    except GoneArticle as gone:
        raise Http404 from gone
    except CannotMark as fault:
        return _ask(request, article, others, why_not_marked(fault), status_of(fault))
    messages.success(request, _("Handed over."), extra_tags=f"undo-{activity.pk}")
    return _go_on(request, article.get_absolute_url())


@require_http_methods(["GET", "POST"])
@with_access
def send_article_back(request: HttpRequest, pk: int) -> HttpResponse:
    """To who handed it over, saying why."""
    user = signed_in(request)
    article = get_article(request, pk, Role.EDITOR)
    if request.method == "GET":
        return _ask_reason(request, article)
    try:
        activity = send_back(
            article_id=pk, reason=_text(request, "reason"),
            agent=Agent(user), allow=editing(visible_shelves(user)),
        )  # fmt: skip
    except GoneArticle as gone:
        raise Http404 from gone
    except CannotMark as fault:
        return _ask_reason(request, article, why_not_marked(fault), status_of(fault))
    return _done(request, article, activity, _("Sent back."))


@require_POST
@with_access
def withdraw_article(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask nobody any more."""
    user = signed_in(request)
    article = get_article(request, pk, Role.EDITOR)
    try:
        activity = withdraw(article_id=pk, agent=Agent(user), allow=editing(visible_shelves(user)))
    except GoneArticle as gone:
        raise Http404 from gone
    except CannotMark as fault:
        context = {"reasons": [why_not_marked(fault)], "back": article.get_absolute_url()}
        return render(request, "articles/list_act_refused.html", context, status=status_of(fault))
    return _done(request, article, activity, _("The text waits for nobody any more."))


@require_safe
@with_access
def list_waiting(request: HttpRequest) -> HttpResponse:
    """The texts that wait for the person, that came back, and that one asked others for."""
    user = signed_in(request)
    context = {"waiting": waiting_for(user, visible_shelves(user))}
    return render(request, "articles/list_waiting.html", context)


def _chosen(request: HttpRequest, others: Sequence[User]) -> User:
    wanted = _number(request.POST.get("recipient", ""))
    found = next((one for one in others if one.pk == wanted), None)
    if found is None:
        raise NotForThem
    return found


def _ask(
    request: HttpRequest, article: Article, others: Sequence[User], fault: str = "",
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    typed = request.POST
    context = {
        "article": article,
        "people": others,
        "left": share_of(article).left,
        "waiting": _waiting(article),
        "recipient": typed.get("recipient", ""),
        "note": typed.get("note", ""),
        "rest": "rest" in typed or not typed,
        "fault": fault,
    }
    return _show(request, "hand_over_article", context, status)


def _waiting(article: Article) -> Handing | None:
    """Whom it waits for already."""
    handed = article.handing
    return handed if handed and handed.state == HandOverState.WAITING else None


def _ask_reason(
    request: HttpRequest, article: Article, fault: str = "", status: int = 200
) -> HttpResponse:
    handed = article.handing
    context = {
        "article": article,
        "handed": handed if handed and handed.recipient_id == request.user.pk else None,
        "reason": request.POST.get("reason", ""),
        "fault": fault,
    }
    return _show(request, "send_article_back", context, status)


def _show(request: HttpRequest, name: str, context: dict[str, Any], status: int) -> HttpResponse:
    template = f"articles/_{name}.html" if _htmx(request) else f"articles/{name}.html"
    return render(request, template, context, status=status)


def _done(request: HttpRequest, article: Article, activity: Activity, text: str) -> HttpResponse:
    messages.success(request, text, extra_tags=f"undo-{activity.pk}")
    return _go_on(request, article.get_absolute_url())


def _text(request: HttpRequest, name: str) -> str:
    said = request.POST.get(name, "").replace("\0", "").replace("\r\n", "\n")
    return said.strip()[:LONGEST_NOTE]


def _number(said: str) -> int:
    return int(said) if said.isascii() and said.isdigit() and len(said) < 10 else 0


def _go_on(request: HttpRequest, address: str) -> HttpResponse:
    if _htmx(request):
        return HttpResponseClientRedirect(address)
    return HttpResponseRedirect(address)


def _htmx(request: HttpRequest) -> bool:
    return bool(cast("HtmxDetails", request.htmx))  # type: ignore[attr-defined]  # by the middleware
