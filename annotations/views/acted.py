"""What comes back after an act on the text: passages, the way about the text, cards to check."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse

from annotations.models import Annotation
from annotations.queries.identities import identities_in
from annotations.rendering import render_outline
from annotations.services.journal import TARGETS, changes_of
from annotations.turns import outline_of, turn_starts
from annotations.views.answers import Outcome, answer, passages_of
from annotations.views.origin import origin_here
from annotations.views.requests import go_on, is_reading
from articles.models import Passage
from articles.queries.log import reach_of
from articles.queries.passages import passage_rows, passages_beside
from diplowatch.lib.roles import Role

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from articles.models import Activity, Article

MOST_AT_ONCE = 60  # passages put in anew; for more the page is loaded again


def answer_act(
    request: HttpRequest, article: Article, role: Role, activity: Activity, text: str, *,
    is_undone: bool = False, number: int | None = None,
) -> HttpResponse:  # fmt: skip
    """Say what an act did, and bring the open page up to date; `number` is where it was done."""
    outcome = outcome_of_act(request, article, role, activity, text, is_undone=is_undone)
    if len(outcome.passages or ()) > MOST_AT_ONCE or not is_reading(request, article):
        messages.success(request, text, extra_tags=f"undo-{activity.pk}")
        place = "" if number is None or is_reading(request, article) else f"#p{number}"
        listed = origin_here(request).suffix
        return go_on(request, f"{article.get_absolute_url()}{listed}{place}")
    return answer(request, outcome)


def outcome_of_act(
    request: HttpRequest, article: Article, role: Role, activity: Activity, text: str, *,
    is_undone: bool = False,
) -> Outcome:  # fmt: skip
    """All that an act touched, as far as the person sees it."""
    changes = changes_of(activity)
    ids = [change.pk for change in changes if change.model == "annotation"]
    others = Q(private=True) & ~Q(creator=request.user.pk)
    rows = list(Annotation.objects.filter(pk__in=ids).exclude(others)) if ids else []
    passages = set(passages_of(rows)) if rows else set()
    # Where they were before and where they are now.
    moved = {
        target["passage"]
        for change in changes
        for values in (change.before or {}, change.after)
        for target in values.get(TARGETS, ())
    }
    if moved:
        passages |= set(Passage.objects.filter(pk__in=moved).values_list("number", flat=True))
    reach = reach_of(activity)
    passages |= reach.numbers
    more = ""
    if reach.is_structural:
        beside = passages_beside(article, reach.numbers).values()
        passages |= {one.spoken for one in beside if one.spoken is not None}
        more = outline_again(article, role)
    return Outcome(
        article, role, text, activity,
        changed=[row for row in rows if row.removed is None and row.decided_at is None],
        removed=[row for row in rows if row.removed is not None or row.decided_at is not None],
        passages=sorted(passages), is_undone=is_undone, fresh=reach.moved, more=more,
    )  # fmt: skip


def outline_again(article: Article, role: Role) -> str:
    """Who speaks, and the headings and questions, to take their place on an open page."""
    rows = passage_rows(article)
    outline = outline_of(rows, turn_starts(rows), article.title)
    identify = article.pk if role >= Role.ANNOTATOR else None
    said = render_outline(
        outline, article.language, identify, identities_in(article),
        speakers=speakers_address(article, role),
    )  # fmt: skip
    context = {"outline": said, "again": True, "article": article}
    return render_to_string("annotations/_outline.html", context)


def speakers_address(article: Article, role: Role) -> str:
    """Where the speakers are edited; "" for whom that is not open to."""
    return reverse("edit_speakers", args=(article.pk,)) if role >= Role.EDITOR else ""
