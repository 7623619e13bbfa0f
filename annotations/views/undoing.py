"""Undoing: an act by its number, or one's own last act on an article; and bringing it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from annotations.access import EVERYWHERE, undoing
from annotations.models import Annotation
from annotations.queries.histories import own_stack
from annotations.services.held import is_following
from annotations.services.journal import changes_of
from annotations.services.undoing import undo_act
from annotations.views.acted import answer_act
from annotations.views.marking import answer_marked
from annotations.views.refusing import ask_about_undoing, refuse_undoing
from annotations.views.requests import go_on, is_htmx, is_reading, with_events
from articles.access import get_article, signed_in, with_access
from articles.models import Activity
from articles.queries.shelves import visible_shelves
from articles.services.changes import undo_changes
from articles.services.log import Agent
from articles.services.reversing import is_of_text
from articles.services.undo_faults import CannotUndo
from articles.views import details
from articles.views.editing import editing
from articles.views.undone import say_undone, takes_back
from diplowatch.lib.addresses import next_address
from diplowatch.lib.roles import Role

if TYPE_CHECKING:
    from articles.models import Article
    from diplowatch.accounts.models import User

MOST_AT_ONCE = 60  # passages put in anew; the page is loaded again for more


@require_http_methods(["GET", "HEAD", "POST"])
@with_access
def undo_activity(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo an act as a whole, by a new act; asked for by GET, whether and how far that can be."""
    user = signed_in(request)
    found = Activity.objects.select_related("article", "collection")
    activity = found.filter(pk=pk).first()
    if activity is None:
        raise Http404
    if request.method != "POST":
        return ask_about_undoing(request, user, activity)
    text = _("Undone.") if takes_back(activity) else _("Done again.")
    return _undo(request, user, activity, text)


@require_POST
@with_access
def undo_last(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo one's own last act on an article."""
    user = signed_in(request)
    article = get_article(request, pk, Role.READER)
    last = own_stack(article, user).undo
    if last is None:
        return _nothing(request, article, _("There is nothing of yours to undo here."))
    found = Activity.objects.select_related("article", "collection")
    return _undo(request, user, found.get(pk=last), _("Undone."))


@require_POST
@with_access
def redo_last(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring back what one has undone last on an article."""
    user = signed_in(request)
    article = get_article(request, pk, Role.READER)
    last = own_stack(article, user).redo
    if last is None:
        return _nothing(request, article, _("There is nothing of yours to bring back here."))
    found = Activity.objects.select_related("article", "collection")
    return _undo(request, user, found.get(pk=last), _("Done again."))


def _nothing(request: HttpRequest, article: Article, text: str) -> HttpResponse:
    if is_htmx(request):
        return with_events(HttpResponse(), toast={"text": text})
    messages.info(request, text)
    return go_on(request, next_address(request, article.get_absolute_url()))


def _undo(request: HttpRequest, user: User, activity: Activity, text: str) -> HttpResponse:
    is_ours = activity.data.get("rows") or activity.data.get("loaded") or is_of_text(activity)
    article = activity.article
    if not is_ours and "statuses" in activity.data and article and is_reading(request, article):
        return _undo_marks(request, user, activity, article, text)
    if not is_ours:
        return details.undo_activity(request, activity.pk)
    shelves = visible_shelves(user)
    _refuse_hidden(activity, user)
    default = activity.article.get_absolute_url() if activity.article else "/"
    address = next_address(request, default)
    try:
        undone = undo_act(
            activity=activity, agent=Agent(user), allow=undoing(activity, shelves, user),
            is_partly=request.POST.get("partly") == "yes",
        )  # fmt: skip
    except CannotUndo as refusal:
        return refuse_undoing(request, activity, refusal, address)
    article = activity.article
    if article is not None and is_reading(request, article):
        role = shelves.roles[article.collection_id]
        return answer_act(request, article, role, undone, text, is_undone=takes_back(activity))
    say_undone(request, activity, undone, _but_for(undone))
    return go_on(request, address)


def _undo_marks(
    request: HttpRequest, user: User, activity: Activity, article: Article, text: str
) -> HttpResponse:
    """Undo the marking of passages for the page that shows them."""
    shelves = visible_shelves(user)
    try:
        undone = undo_changes(activity=activity, agent=Agent(user), allow=editing(shelves))
    except CannotUndo as refusal:
        reason = details.why_not(activity, refusal)
        response = JsonResponse({"error": reason, "code": "stale"}, status=409)
        return with_events(response, toast={"text": reason, "level": "error"})
    groups = undone.data.get("statuses", {}).get(str(article.pk), [])
    numbers = sorted(number for numbers, *_marks in groups for number in numbers)
    if len(numbers) > MOST_AT_ONCE or undone.data.get("hand_overs"):
        say_undone(request, activity, undone)
        return go_on(request, next_address(request, article.get_absolute_url()))
    return answer_marked(
        request, article.pk, shelves, undone, text, numbers, is_undone=takes_back(activity)
    )


def _but_for(undone: Activity) -> str:
    """What the undoing of a load left standing; "" for nothing."""
    kept = undone.data.get("loaded", {}).get("kept", 0)
    said = ngettext(
        "Undone, but for %(count)s entity that texts speak of or somebody changed.",
        "Undone, but for %(count)s entities that texts speak of or somebody changed.",
        kept,
    )
    return said % {"count": kept} if kept else ""


def _refuse_hidden(activity: Activity, user: User) -> None:
    """Nobody undoes what was done to an annotation that they may not see.

    What only followed the text does so again, whoever may see it.
    """
    own = activity.actor_id == user.pk
    if activity.private and not own:
        raise Http404
    if activity.verb in EVERYWHERE or own:
        return
    follows = is_following if is_of_text(activity) else lambda _change: False
    ids = [
        change.pk
        for change in changes_of(activity)
        if change.model == "annotation" and not follows(change)
    ]
    hidden = Annotation.objects.filter(pk__in=ids, private=True).exclude(creator=user)
    if activity.article_id is not None and hidden.exists():
        raise Http404
