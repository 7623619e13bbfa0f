"""The history of a text: every revision, any two compared, any state brought back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from annotations.queries.revisions import Made, acts_of_revisions
from annotations.rendering.differences import who_of, why_of
from annotations.rendering.revisions import say_operation
from annotations.views.comparing import Compared, compare
from annotations.views.origin import Origin, origin_of
from articles.access import find_article, get_article, require, signed_in, with_access
from articles.models import Article, Collection
from articles.queries.activities import count_acts_on
from articles.queries.moments import Past, fetch_past
from articles.services.log import Agent
from articles.services.operating import GoneText, TextFault, WrongText
from articles.services.restoring import restore_text
from articles.text.restoring import together
from articles.text.states import walk
from diplowatch.lib.roles import Role

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

    from articles.queries.log import Logged

PAGE = 30  # revisions
LONGEST_NUMBER = 9  # digits


class Step(NamedTuple):
    """A revision as the page shows it."""

    number: int
    passage: int  # 0 where it is on none
    who: str
    is_machine: bool
    made: Made
    why: list[str]
    said: SafeString


@require_safe
@with_access
def show_article_history(request: HttpRequest, pk: int) -> HttpResponse:
    """Every revision of an article; with `?from=&to=` two of its states compared."""
    return _history(request, pk, None)


@require_safe
@with_access
def show_passage_history(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Every revision of one passage; with `?from=&to=` two of its states compared."""
    return _history(request, pk, number)


@require_http_methods(["GET", "HEAD", "POST"])
@with_access
def restore_text_state(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring an earlier state of an article, or of one passage, back: asked first, then done."""
    article = get_article(request, pk, Role.EDITOR)
    user = signed_in(request)
    values = request.POST if request.method == "POST" else request.GET
    origin = origin_of(values)
    to, passage = _number(values.get("to", "1")), _number(values.get("passage", "")) or None
    if request.method != "POST":
        return _ask(request, article, to, passage, origin)

    def allow(places: set[int]) -> None:
        for place in places:
            require(user, Role.EDITOR, Collection.objects.get(pk=place))

    try:
        done = restore_text(
            article_id=pk, to=to, passage=passage, seen=_number(values.get("seen", "")),
            agent=Agent(user), allow=allow,
        )  # fmt: skip
    except GoneText:
        raise Http404 from None
    except WrongText as fault:
        if fault.reason == "revision":
            raise Http404 from fault
        return _ask(request, article, to, passage, origin, _("The text stands so already."), 422)
    except TextFault:
        said = _("The text was changed in the meantime: look at what would be restored now.")
        return _ask(request, article, to, passage, origin, said, 409)
    messages.success(request, _("Restored."), extra_tags=f"undo-{done.activity.pk}")
    place = f"#p{passage}" if passage else ""
    return HttpResponseRedirect(article.get_absolute_url() + origin.suffix + place)


def _history(request: HttpRequest, pk: int, passage: int | None) -> HttpResponse:
    article, shelves = find_article(request, pk)
    past = fetch_past(article)
    if passage is not None and passage not in past.keys:
        raise Http404
    log = [one for one in past.log if passage is None or _is_on(one, passage)]
    page, older = _page(request, log)
    here, origin = request.path, origin_of(request.GET)
    is_editor = shelves.roles[article.collection_id] >= Role.EDITOR
    return render(
        request,
        "annotations/show_history.html",
        {
            "article": article,
            "origin": origin,
            "passage": passage,
            "steps": _steps(article, past, page),
            "last": past.last,
            "count": len(log),
            "asked": _number(request.GET.get("revision", "")),
            "compared": _compared(request, past, passage),
            "older": f"{here}?before={older}{origin.more}" if older else "",
            "here": here,
            "may_restore": is_editor,
            "counts": (past.last, count_acts_on(article, request.user))
            if is_editor and passage is None
            else None,
            "restore": reverse("restore_text_state", args=(pk,)),
        },
    )


def _page(request: HttpRequest, log: list[Logged]) -> tuple[list[Logged], int]:
    """The revisions of a page, the latest first, and before which the next page begins (or 0)."""
    before = _number(request.GET.get("before", ""))
    asked = _number(request.GET.get("revision", ""))
    if asked and not before:
        before = asked + PAGE // 2
    found = [one for one in log if not before or one.number < before]
    page = found[-PAGE:][::-1]
    return page, page[-1].number if len(found) > PAGE else 0


def _steps(article: Article, past: Past, page: list[Logged]) -> list[Step]:
    made = acts_of_revisions(article, {one.number for one in page})
    wanted = {one.number for one in page}
    said = {
        number: say_operation(operation, before)
        for number, operation, before in walk(
            past.born, [(one.number, one.operation) for one in past.log]
        )
        if number in wanted
    }
    return [
        Step(
            one.number, getattr(one.operation, "passage", 0), who_of(made[one.number]),
            made[one.number].is_machine, made[one.number], why_of(made[one.number]),
            said[one.number],
        )
        for one in page
    ]  # fmt: skip


def _compared(request: HttpRequest, past: Past, passage: int | None) -> Compared | None:
    if "from" not in request.GET and "to" not in request.GET:
        return None
    first = _number(request.GET.get("from", "")) or 1
    last = _number(request.GET.get("to", "")) or past.last
    if not (1 <= first <= past.last and 1 <= last <= past.last):
        raise Http404
    return compare(past, first, last, None if passage is None else {passage})


def _ask(
    request: HttpRequest,
    article: Article,
    to: int,
    passage: int | None,
    origin: Origin,
    fault: str = "",
    status: int = 200,
) -> HttpResponse:
    past = fetch_past(article)
    if not 1 <= to <= past.last or (passage is not None and passage not in past.keys):
        raise Http404
    numbers = None if passage is None else together(past.since(to), passage)
    compared = compare(past, past.last, to, numbers)
    moment = acts_of_revisions(article, {to}).get(to)
    back = reverse("show_article_history", args=(article.pk,))
    if passage:
        back = reverse("show_passage_history", args=(article.pk, passage))
    context: dict[str, Any] = {
        "article": article, "passage": passage, "to": to, "seen": past.last, "fault": fault,
        "compared": compared, "moment": moment, "others": sorted((numbers or set()) - {passage}),
        "origin": origin, "back": back + origin.suffix,
    }  # fmt: skip
    return render(request, "annotations/restore_text.html", context, status=status)


def _is_on(one: Logged, passage: int) -> bool:
    operation = one.operation
    return passage in (getattr(operation, "passage", None), getattr(operation, "number", None))


def _number(typed: str) -> int:
    if not typed:
        return 0
    if not (typed.isascii() and typed.isdigit() and len(typed) <= LONGEST_NUMBER):
        raise Http404
    return int(typed)
