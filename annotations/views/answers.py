"""What comes back after an act: only the passages and cards that it changed, and a toast."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse

from annotations.models import Motivation
from annotations.queries.filters import CLOSED
from annotations.rendering import render_card, render_cards, render_gone, render_passages
from annotations.views.origin import hits_on_page
from annotations.views.requests import go_on, is_htmx, is_reading, with_events
from articles.models import Passage
from diplowatch.lib.addresses import next_address
from diplowatch.lib.roles import Role

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from django.http import HttpRequest

    from annotations.models import Annotation
    from annotations.queries.said import Card
    from articles.models import Activity, Article


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an act did: `text` says it; `passages` are numbers, None to look them up."""

    article: Article
    role: Role
    text: str
    activity: Activity | None
    changed: Sequence[Annotation] = ()
    removed: Sequence[Annotation] = ()
    passages: Sequence[int] | None = None
    is_undone: bool = False  # something was taken back: what is offered is to do it again
    linked: bool = False  # a new link: its words may stand elsewhere too
    card: Card | None = None  # the card to show, where nothing of it has to be asked for
    fresh: Collection[int] = ()  # passages that the page may not have yet
    more: str = ""  # what else is put in anew: the outline
    elsewhere: str = ""  # the address that shows where else the corrected words stand


def answer(request: HttpRequest, outcome: Outcome) -> HttpResponse:
    """Fragments for the reader page that asked; for anybody else the way on to that page."""
    article, activity = outcome.article, outcome.activity
    if is_walking(request):
        return _walked(outcome)
    if not is_reading(request, article):
        shown = outcome.changed[0] if outcome.changed else None
        tags = f"undo-{activity.pk}" if activity else ""
        messages.success(request, outcome.text, extra_tags=tags)
        return go_on(request, next_address(request, address_of(article, shown)))
    numbers = outcome.passages
    if numbers is None:
        numbers = passages_of((*outcome.changed, *outcome.removed))
    threads = _threads(outcome)
    gone = [str(one.pk) for one in outcome.removed if one.motivation != Motivation.REPLYING]
    parts = (
        passages_again(request, article, numbers, outcome.role, outcome.fresh),
        _cards(request, outcome, threads),
        render_gone(gone) if gone else "",
        outcome.more,
    )
    toast: dict[str, Any] = {"text": outcome.text}
    if activity is not None:
        toast["undoUrl"] = reverse("undo_activity", args=(activity.pk,))
        toast["isUndone"] = outcome.is_undone
    if outcome.elsewhere:
        toast["elsewhere"] = outcome.elsewhere
    about = outcome.changed or outcome.removed
    annotated: dict[str, Any] = {
        "id": str(about[0].pk) if about else "",
        "passages": list(numbers),
        "changed": threads,
        "removed": gone,
    }
    if outcome.linked:
        annotated["linked"] = True
    return with_events(HttpResponse("\n".join(parts)), toast=toast, annotated=annotated)


def is_walking(request: HttpRequest) -> bool:
    """Whether a list asks whose rows are walked through: what is done leaves it."""
    return is_htmx(request) and "walk" in request.POST


def _walked(outcome: Outcome) -> HttpResponse:
    toast: dict[str, Any] = {"text": outcome.text}
    if outcome.activity is not None:
        toast["undoUrl"] = reverse("undo_activity", args=(outcome.activity.pk,))
    if outcome.elsewhere:
        toast["elsewhere"] = outcome.elsewhere
    return with_events(HttpResponse(), toast=toast)


def passages_again(
    request: HttpRequest, article: Article, numbers: Sequence[int], role: Role,
    fresh: Collection[int] = (),
) -> str:  # fmt: skip
    """Passages as they stand now, for the page that asks; it may not have `fresh` ones yet."""
    if not numbers:
        return ""
    hits = hits_on_page(request, article)
    return render_passages(
        article, numbers, request.user, find_hits=hits, fresh=fresh,
        may_mark=role >= Role.EDITOR,
    )  # fmt: skip


def _cards(request: HttpRequest, outcome: Outcome, threads: Sequence[str]) -> str:
    article, user, role = outcome.article, request.user, outcome.role
    if outcome.card is not None:
        return render_card(article, outcome.card, user, role)
    return render_cards(article, threads, user, role) if threads else ""


def address_of(article: Article, annotation: Annotation | None) -> str:
    """The reader page, at an annotation if one is named."""
    address = article.get_absolute_url()
    if annotation is None:
        return address
    if annotation.decided_at is not None:  # it stands in the text only where that is asked for
        decision = annotation.state or CLOSED
        return f"{address}?decision={decision}&a={annotation.pk}#c-{annotation.pk}"
    # What has no place in the text is found by its card.
    place = "a" if annotation.target_count else "c"
    return f"{address}?a={annotation.pk}#{place}-{annotation.pk}"


def passages_of(annotations: Iterable[Annotation]) -> list[int]:
    """The numbers of the passages that these say something about."""
    found = Passage.objects.filter(targets__annotation__in=[one.pk for one in annotations])
    return sorted(set(found.values_list("number", flat=True)))


def _threads(outcome: Outcome) -> list[str]:
    """The cards to render anew: a reply is in the card of what it replies to."""
    changed = [one.parent_id or one.pk for one in outcome.changed]
    answered = [one.parent_id for one in outcome.removed if one.parent_id]
    gone = {one.pk for one in outcome.removed}
    return [str(pk) for pk in dict.fromkeys((*changed, *answered)) if pk not in gone]
