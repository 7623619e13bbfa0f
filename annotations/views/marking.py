"""Marking how far a text is: passage by passage, or all that is left of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from annotations.forms.saying import Malformed, read_number
from annotations.views.answers import passages_again
from annotations.views.faults import sentence_for
from annotations.views.requests import go_on, is_htmx, is_reading, with_events
from annotations.views.standing import standing_parts
from articles.access import get_article, signed_in, with_access
from articles.forms.details import LONGEST_PROBLEM
from articles.models import Article, Passage, Status
from articles.queries.live import live_article
from articles.queries.rules import allows
from articles.queries.shelves import visible_shelves
from articles.services.details import GoneArticle
from articles.services.log import Agent
from articles.services.marking import GonePassage, mark_passage, mark_rest
from articles.services.statuses import CannotMark
from articles.views.editing import editing
from articles.views.refusals import status_of, why_not_marked
from diplowatch.lib.addresses import next_address
from diplowatch.lib.roles import Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from articles.models import Activity
    from articles.queries.shelves import Shelves

INVALID = 422


@require_http_methods(["GET", "POST"])
@with_access
def set_passage_status(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """How far a passage is: shown with who says so, and set."""
    user = signed_in(request)
    article = get_article(request, pk, Role.EDITOR)
    found = Passage.objects.live().filter(article=article, number=number)
    passage = found.select_related("proofread_by", "validated_by").defer("search").first()
    if passage is None:
        raise Http404
    if request.method == "GET":
        return _form(request, article, passage)
    post, shelves = request.POST, visible_shelves(user)
    try:
        activity = mark_passage(
            article_id=pk, number=number, status=_status(request), problem=_reason(request),
            revision=read_number(post, "revision") or 0, seen=post.get("seen", ""),
            agent=Agent(user), allow=editing(shelves),
        )  # fmt: skip
    except (GonePassage, GoneArticle) as gone:
        raise Http404 from gone
    except Malformed as fault:
        return _refuse(request, article, passage, sentence_for(fault), INVALID)
    except CannotMark as fault:
        return _refuse(request, article, passage, why_not_marked(fault), status_of(fault))
    label = Status(_status(request)).label
    text = _("Passage %(number)s: %(status)s.") % {"number": number, "status": label}
    return answer_marked(request, pk, shelves, activity, text, [number])


@require_POST
@with_access
def mark_rest_of_article(request: HttpRequest, pk: int) -> HttpResponse:
    """All that is left of a text, as proofread or as validated."""
    user = signed_in(request)
    article = get_article(request, pk, Role.EDITOR)
    back = next_address(request, article.get_absolute_url())
    try:
        activity = mark_rest(
            article_id=pk, status=_status(request, (Status.PROOFREAD, Status.VALIDATED)),
            revision=read_number(request.POST, "revision") or 0, agent=Agent(user),
            allow=editing(visible_shelves(user)),
        )  # fmt: skip
    except GoneArticle as gone:
        raise Http404 from gone
    except Malformed as fault:
        return refuse_page(request, sentence_for(fault), INVALID, back)
    except CannotMark as fault:
        return refuse_page(request, why_not_marked(fault), status_of(fault), back)
    count = sum(len(numbers) for numbers, *_marks in activity.data["statuses"][str(pk)])
    said = ngettext("%(count)s passage marked.", "%(count)s passages marked.", count)
    messages.success(request, said % {"count": count}, extra_tags=f"undo-{activity.pk}")
    return go_on(request, back)


def answer_marked(
    request: HttpRequest, pk: int, shelves: Shelves, activity: Activity | None, text: str,
    numbers: Sequence[int], *, is_undone: bool = False,
) -> HttpResponse:  # fmt: skip
    """The passages and the share as they stand now for the page that asked; else the way back."""
    article = live_article(pk, shelves.names)
    if article is None:
        raise Http404
    if not is_reading(request, article):
        messages.success(request, text, extra_tags=f"undo-{activity.pk}" if activity else "")
        anchor = f"#p{numbers[0]}" if numbers else ""
        return go_on(request, next_address(request, f"{article.get_absolute_url()}{anchor}"))
    role = shelves.roles[article.collection_id]
    parts = (passages_again(request, article, numbers, role), standing_again(request, article))
    events: dict[str, Any] = {"marked": {"version": article.version, "text": text}}
    if "quiet" not in request.POST:
        events["toast"] = {"text": text, "isUndone": is_undone}
        if activity is not None:
            events["toast"]["undoUrl"] = reverse("undo_activity", args=(activity.pk,))
    return with_events(HttpResponse("\n".join(parts)), **events)


def standing_again(request: HttpRequest, article: Article) -> str:
    """The share of an article and what is left of it, to be swapped in by their ids."""
    return "".join(standing_parts(request, article, may_edit=True, again=True).values())


def refuse_page(request: HttpRequest, reason: str, status: int, back: str) -> HttpResponse:
    """Why nothing was marked, to the page's script or as a page."""
    if is_htmx(request):
        return JsonResponse({"error": reason, "code": "refused"}, status=status)
    context = {"reason": reason, "back": back}
    return render(request, "annotations/refused.html", context, status=status)


def _status(request: HttpRequest, known: Sequence[Status] = tuple(Status)) -> str:
    said = request.POST.get("status", "")
    if said not in known:
        raise Malformed("status")
    return said


def _reason(request: HttpRequest) -> str:
    return " ".join(request.POST.get("problem", "").replace("\0", "").split())[:LONGEST_PROBLEM]


def _form(
    request: HttpRequest, article: Article, passage: Passage, fault: str = "", status: int = 200
) -> HttpResponse:
    context = {
        "article": article,
        "passage": passage,
        "statuses": Status.choices,
        "chosen": request.POST.get("status", passage.status),
        "problem": request.POST.get("problem", passage.problem),
        "fault": fault,
        "is_own": passage.proofread_by_id == request.user.pk and not allows("lone_validation"),
        "next": next_address(request, f"{article.get_absolute_url()}#p{passage.number}"),
    }
    return render(request, "annotations/set_passage_status.html", context, status=status)


def _refuse(
    request: HttpRequest, article: Article, passage: Passage, reason: str, status: int
) -> HttpResponse:
    if is_htmx(request):
        return refuse_page(request, reason, status, "")
    passage.refresh_from_db(fields=["status", "problem", "revision"])
    return _form(request, article, passage, reason, status)
