"""Undoing: an act by its number, or one's own last act on an article; and bringing it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from annotations.access import EVERYWHERE, undoing
from annotations.models import Annotation
from annotations.queries.histories import own_stack
from annotations.services.journal import TARGETS, changes_of, model_name
from annotations.services.obstacles import Answered, StandsInTheWay
from annotations.services.undoing import undo_act
from annotations.services.unloading import AllStays
from annotations.views.answers import Outcome, answer, passages_of
from annotations.views.marking import answer_marked
from annotations.views.requests import go_on, is_htmx, is_reading, with_events
from annotations.views.wording import label_of
from articles.access import get_article, signed_in, with_access
from articles.models import Activity, Passage
from articles.queries.log import numbers_touched
from articles.queries.shelves import visible_shelves
from articles.services.changes import AlreadyUndone, CannotUndo, undo_changes
from articles.services.log import Agent
from articles.services.reversing import TextInTheWay, is_of_text
from articles.views import details
from articles.views.editing import editing
from diplowatch.lib.addresses import next_address
from diplowatch.lib.roles import Role

if TYPE_CHECKING:
    from articles.models import Article
    from articles.queries.shelves import Shelves
    from diplowatch.accounts.models import User

MOST_AT_ONCE = 60  # passages put in anew; the page is loaded again for more


@require_POST
@with_access
def undo_activity(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo an act as a whole, by a new act."""
    user = signed_in(request)
    found = Activity.objects.select_related("article", "collection")
    activity = found.filter(pk=pk).first()
    if activity is None:
        raise Http404
    text = _("Undone.") if _takes_back(activity) else _("Done again.")
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


def _takes_back(activity: Activity) -> bool:
    """Whether undoing this takes something back; undoing an undoing brings it about again."""
    return activity.undoes is None or not _takes_back(activity.undoes)


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
            activity=activity, agent=Agent(user), allow=undoing(activity, shelves, user)
        )
    except CannotUndo as refusal:
        return _refuse(request, refusal, address)
    if activity.article is not None and is_reading(request, activity.article):
        return answer(request, _outcome(activity, undone, shelves, text))
    messages.success(request, _but_for(undone) or text, extra_tags=f"undo-{undone.pk}")
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
        messages.success(request, text, extra_tags=f"undo-{undone.pk}")
        return go_on(request, article.get_absolute_url())
    return answer_marked(
        request, article.pk, shelves, undone, text, numbers, is_undone=_takes_back(activity)
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
    """Nobody undoes what was done to an annotation that they may not see."""
    own = activity.actor_id == user.pk
    if activity.private and not own:
        raise Http404
    if activity.verb in EVERYWHERE or own:
        return
    ids = [change.pk for change in changes_of(activity) if change.model == "annotation"]
    hidden = Annotation.objects.filter(pk__in=ids, private=True).exclude(creator=user)
    if activity.article_id is not None and hidden.exists():
        raise Http404


def _outcome(activity: Activity, undone: Activity, shelves: Shelves, text: str) -> Outcome:
    article = activity.article
    if article is None:
        raise Http404
    changes = changes_of(undone)
    ids = [change.pk for change in changes if change.model == "annotation"]
    rows = list(Annotation.objects.filter(pk__in=ids))
    passages = set(passages_of(rows))
    # Where they were before and where they are now.
    moved = {
        target["passage"]
        for change in changes
        for values in (change.before or {}, change.after)
        for target in values.get(TARGETS, ())
    }
    passages |= set(Passage.objects.filter(pk__in=moved).values_list("number", flat=True))
    passages |= numbers_touched(undone)
    return Outcome(
        article, shelves.roles[article.collection_id], text, undone,
        changed=[row for row in rows if row.removed is None],
        removed=[row for row in rows if row.removed is not None],
        passages=sorted(passages), is_undone=_takes_back(activity),
    )  # fmt: skip


def _refuse(request: HttpRequest, refusal: CannotUndo, address: str) -> HttpResponse:
    reason = why_not(refusal)
    if is_htmx(request):
        response = JsonResponse({"error": reason, "code": "stale"}, status=409)
        return with_events(response, toast={"text": reason, "level": "error"})
    context = {"reason": reason, "back": address}
    return render(request, "articles/undo_refused.html", context, status=409)


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
    if isinstance(refusal, StandsInTheWay) and refusal.fields:
        model = model_name(refusal.row)
        names = ", ".join(label_of(name, model) for name in refusal.fields)
        return _("It was changed again since (%(fields)s). Undo the later change first.") % {
            "fields": names
        }
    if isinstance(refusal, StandsInTheWay):
        return _("Something else has taken its place since.")
    return _("This act cannot be undone.")
