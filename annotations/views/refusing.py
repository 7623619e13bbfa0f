"""Why an act cannot be undone: what stands in the way, and what of it can all the same be."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from annotations.access import undoing
from annotations.services.journal import model_name
from annotations.services.obstacles import Answered, StandsInTheWay
from annotations.services.unloading import AllStays
from annotations.views.requests import is_htmx, with_events
from annotations.views.wording import did, label_of
from articles.models import Activity, Article
from articles.queries.shelves import visible_shelves
from articles.services.reversing import Reversal, TextInTheWay, is_of_text, reversal_of
from articles.services.undo_faults import AlreadyUndone, CannotUndo, ChangedSince
from diplowatch.lib.addresses import next_address

if TYPE_CHECKING:
    from articles.queries.shelves import Shelves
    from diplowatch.accounts.models import User

MOST = 20  # acts that are named


class InTheWay(NamedTuple):
    """An act that stands in the way, with where it is told."""

    who: str
    did: str
    activity: Activity
    address: str


def ask_about_undoing(request: HttpRequest, user: User, activity: Activity) -> HttpResponse:
    """Whether an act on texts can be undone, and what stands in the way."""
    if not is_of_text(activity):
        raise Http404
    shelves = visible_shelves(user)
    ids = set(activity.revisions.values_list("article_id", flat=True))
    places = Article.objects.filter(pk__in=ids).values_list("collection_id", flat=True)
    undoing(activity, shelves, user)(set(places))
    default = activity.article.get_absolute_url() if activity.article else "/"
    if Activity.objects.filter(undoes=activity).exists():
        return _page(request, activity, shelves, why_not(AlreadyUndone()), Reversal(()), default)
    reversal = _reversal(activity)
    reason = why_not(reversal.refused[0]) if reversal.refused else ""
    return _page(request, activity, shelves, reason, reversal, next_address(request, default))


def refuse_undoing(
    request: HttpRequest, activity: Activity, refusal: CannotUndo, address: str
) -> HttpResponse:
    """Say why not, to a script or as a page."""
    reason = why_not(refusal)
    in_the_way = isinstance(refusal, TextInTheWay)
    if is_htmx(request):
        response = JsonResponse({"error": reason, "code": "stale"}, status=409)
        toast = {"text": reason, "level": "error"}
        if in_the_way:
            toast["moreUrl"] = reverse("undo_activity", args=(activity.pk,))
        return with_events(response, toast=toast)
    reversal = _reversal(activity) if in_the_way else Reversal(())
    shelves = visible_shelves(request.user)
    return _page(request, activity, shelves, reason, reversal, address, 409)


def _reversal(activity: Activity) -> Reversal:
    with transaction.atomic():
        return reversal_of(activity.pk)


def _page(
    request: HttpRequest, activity: Activity, shelves: Shelves, reason: str, reversal: Reversal,
    back: str, status: int = 200,
) -> HttpResponse:  # fmt: skip
    context = {
        "activity": activity,
        "what": did(activity),
        "reason": reason,
        "back": back,
        "acts": _acts(reversal, shelves, request.user.pk),
        "may_partly": bool(reversal.works) and bool(reversal.refused),
        "may_wholly": bool(reversal.works) and not reversal.refused,
        "texts": len(reversal.works),
    }
    return render(request, "annotations/undo_refused.html", context, status=status)


def _acts(reversal: Reversal, shelves: Shelves, user: int | None) -> list[InTheWay]:
    """The acts in the way, the latest first, as far as the person may know of them."""
    wanted = {pk: refused.article_id for refused in reversal.refused for pk in refused.activities}
    found = Activity.objects.filter(pk__in=wanted).select_related("actor").order_by("-pk")[:MOST]
    seen = set(
        Article.objects.filter(pk__in=set(wanted.values()), collection__in=shelves.ids).values_list(
            "pk", flat=True
        )
    )
    return [
        InTheWay(
            str(one.actor) if one.actor else _(one.agent),
            did(one),
            one,
            f"{reverse('show_article_history', args=(wanted[one.pk],))}",
        )
        for one in found
        if wanted[one.pk] in seen and (not one.private or one.actor_id == user)
    ]


def why_not(refusal: CannotUndo) -> str:
    """Why an act on annotations, tags or entities cannot be undone."""
    if isinstance(refusal, AlreadyUndone):
        return _("Somebody has undone this already.")
    if isinstance(refusal, AllStays):
        return _("Texts speak of all that was loaded, or somebody changed it since: nothing goes.")
    if isinstance(refusal, TextInTheWay):
        return _("The same words were changed again since. Undo the later change first.")
    if isinstance(refusal, Answered):
        return _("Others have replied to it since: what they wrote is not taken away.")
    if isinstance(refusal, ChangedSince):
        names = ", ".join(label_of(name, "entity") for name in refusal.fields)
        return _("It was changed again since (%(fields)s). Undo the later change first.") % {
            "fields": names
        }
    if isinstance(refusal, StandsInTheWay) and refusal.fields:
        model = model_name(refusal.row)
        names = ", ".join(label_of(name, model) for name in refusal.fields)
        return _("It was changed again since (%(fields)s). Undo the later change first.") % {
            "fields": names
        }
    if isinstance(refusal, StandsInTheWay):
        return _("Something else has taken its place since.")
    return _("This act cannot be undone.")
