"""A whole passage typed anew; who meets another's change is shown all three texts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from annotations.forms.editing import read_rewriting
from annotations.forms.saying import Malformed
from annotations.rendering.differences import render_difference
from annotations.views.acted import MOST_AT_ONCE, answer_act
from annotations.views.answers import passages_again
from annotations.views.requests import is_htmx, is_reading, with_events
from articles.access import get_article, signed_in, with_access
from articles.models import Passage
from articles.queries.log import acts_since, reach_of
from articles.queries.shelves import visible_shelves
from articles.services.log import Agent
from articles.services.operating import GoneText
from articles.services.rewriting import OnlyPassage, StalePassage, edit_passage
from articles.text.rewriting import mixed, overlapping, pieces_of
from articles.views.editing import editing
from diplowatch.lib.roles import Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from articles.models import Activity, Article
    from articles.services.rewriting import Rewriting

CONFLICT, INVALID = 409, 422
PAGE = "annotations/edit_passage_text.html"


@require_http_methods(["GET", "POST"])
@with_access
def edit_passage_text(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """The passage as a form, and what was made of it stored as the least edits."""
    article = get_article(request, pk, Role.EDITOR)
    passage = Passage.objects.filter(article=article, number=number).first()
    if passage is None or (request.method == "GET" and passage.retired):
        raise Http404
    if request.method == "GET":
        return _form(request, article, passage)
    try:
        rewriting = read_rewriting(request.POST, number)
    except Malformed:
        return _form(
            request, article, passage, fault=_("The server does not understand what was sent.")
        )
    if request.POST.get("choice") == "theirs":
        return _leave(request, article, number)
    if not pieces_of(rewriting.typed) and "empty" not in request.POST:
        fault = _("Nothing is left of the passage. Tick the box below to take it away.")
        return _form(request, article, passage, rewriting, fault=fault)
    return _store(request, article, passage, rewriting)


def _store(
    request: HttpRequest, article: Article, passage: Passage, rewriting: Rewriting
) -> HttpResponse:
    shelves = visible_shelves(request.user)
    try:
        done = edit_passage(
            article_id=article.pk, rewriting=rewriting, agent=Agent(signed_in(request)),
            allow=editing(shelves),
        )  # fmt: skip
    except StalePassage as stale:
        return _show_three(request, article, rewriting, stale)
    except OnlyPassage:
        fault = _("This is the only passage of the text: it cannot be taken away.")
        return _form(request, article, passage, rewriting, fault=fault)
    except GoneText as gone:
        raise Http404 from gone
    if done is None:
        return _leave(request, article, rewriting.number)
    count = len(pieces_of(rewriting.typed))
    text = _("Passage taken away.") if not count else _("Corrected.")
    if count > 1:
        text = _("Corrected and parted into %(count)s passages.") % {"count": count}
    role = shelves.roles[article.collection_id]
    return answer_act(request, article, role, done.activity, text, number=rewriting.number)


def _leave(request: HttpRequest, article: Article, number: int) -> HttpResponse:
    """Nothing was to be stored."""
    if is_reading(request, article):
        return with_events(HttpResponse(), toast={"text": _("Nothing was changed.")})
    return HttpResponseRedirect(f"{article.get_absolute_url()}#p{number}")


def _form(
    request: HttpRequest, article: Article, passage: Passage, typed: Rewriting | None = None, *,
    fault: str = "",
) -> HttpResponse:  # fmt: skip
    context: dict[str, Any] = {
        "article": article,
        "passage": passage,
        "text": typed.typed if typed else passage.text,
        "stood": typed.stood if typed else passage.text,
        "revision": typed.revision if typed else passage.revision,
        "reason": typed.reason if typed else "",
        "is_empty": typed is not None and not pieces_of(typed.typed),
        "fault": fault,
    }
    status = INVALID if fault else 200
    template = "annotations/_edit_passage.html" if is_htmx(request) else PAGE
    return render(request, template, context, status=status)


def _show_three(
    request: HttpRequest, article: Article, mine: Rewriting, stale: StalePassage
) -> HttpResponse:
    """What was seen, what I made of it and what others made of it; nothing typed is lost.

    The page that asks gets the passage as it stands, for whoever leaves it at that.
    """
    theirs = stale.now.text if stale.now else ""
    acts = acts_since(article.pk, mine.number, mine.revision)
    others = [act for act in acts if act.actor_id != request.user.pk] or acts
    context = {
        "article": article,
        "number": mine.number,
        "is_gone": stale.now is None,
        "who": _named(others if stale.now else acts[-1:]),
        "mine": mine.typed,
        "reason": mine.reason,
        "theirs": theirs,
        "revision": stale.revision,
        "stood": mine.stood,
        "my_change": render_difference(mine.stood, mine.typed),
        "their_change": render_difference(mine.stood, theirs),
        "mix": mixed(mine.stood, mine.typed, theirs),
        "overlaps": overlapping(mine.stood, mine.typed, theirs),
    }
    if not is_htmx(request):
        return render(request, "annotations/stale_passage.html", context, status=CONFLICT)
    response = render(request, "annotations/_stale_passage.html", context, status=CONFLICT)
    if stale.now is not None and is_reading(request, article):
        response.write(_as_it_stands(request, article, mine.number, acts))
    return response


def _named(acts: Sequence[Activity]) -> str:
    """Who did these, each once; "" for nobody known."""
    names = (str(act.actor) if act.actor else _(act.agent) for act in acts)
    return ", ".join(dict.fromkeys(names))


def _as_it_stands(
    request: HttpRequest, article: Article, number: int, acts: Sequence[Activity]
) -> str:
    """A passage with those that these acts parted from it or joined to it."""
    reaches = [reach_of(act) for act in acts]
    numbers = {number}.union(*(reach.numbers for reach in reaches))
    fresh = frozenset().union(*(reach.moved for reach in reaches)) - {number}
    shown = sorted(numbers) if len(numbers) <= MOST_AT_ONCE else [number]
    role = visible_shelves(request.user).roles[article.collection_id]
    return passages_again(request, article, shown, role, fresh)
