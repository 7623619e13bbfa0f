"""Pages that are walked through: open proposals, and what is to be checked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from annotations.access import role_to_say
from annotations.forms.saying import Malformed, read_number
from annotations.models import (
    Certainty,
    CorrectionState,
    EntityKind,
    FlagKind,
    Motivation,
    TargetState,
)
from annotations.queries.filters import Filters, read_filters
from annotations.queries.listing import people_who_said
from annotations.queries.walks import find_steps
from annotations.rendering.changes import render_change
from annotations.text.quotes import words_mark
from annotations.views.listing import WORDS
from articles.access import signed_in, with_access
from articles.models import Article, Rule
from articles.queries.rules import allows
from articles.queries.shelves import visible_shelves
from diplowatch.lib.roles import Role

if TYPE_CHECKING:
    from collections.abc import Iterable

    from annotations.queries.walks import Step
    from articles.queries.shelves import Shelves
    from diplowatch.accounts.models import User

MOST_PAGES = 10_000


class Row(NamedTuple):
    """A step as the page shows it, with what the person may do about it."""

    step: Step
    changes: list[SafeString]
    may_accept: bool
    may_reject: bool
    may_confirm: bool
    seen: str  # the mark of the words that are to be checked


@require_safe
@with_access
def list_proposals(request: HttpRequest) -> HttpResponse:
    """The proposals that nobody has decided on yet."""
    user = signed_in(request)
    fixed = {"motivation": Motivation.EDITING.value, "decision": CorrectionState.PROPOSED.value}
    choices = {
        "kind": FlagKind.choices,
        "by": ((str(pk), name) for pk, name in people_who_said(user, visible_shelves(user))),
        "certainty": Certainty.choices,
    }
    return _show(request, user, "list_proposals", fixed, choices)


@require_safe
@with_access
def list_to_check(request: HttpRequest) -> HttpResponse:
    """What is said of words that have changed since, or are gone."""
    user = signed_in(request)
    choices = {
        "motivation": Motivation.choices,
        "kind": (*EntityKind.choices, *FlagKind.choices),
        "by": ((str(pk), name) for pk, name in people_who_said(user, visible_shelves(user))),
    }
    return _show(request, user, "list_to_check", {"check": True}, choices)


def _show(
    request: HttpRequest, user: User, name: str, fixed: dict[str, Any],
    choices: dict[str, Iterable[tuple[Any, Any]]],
) -> HttpResponse:  # fmt: skip
    shelves = visible_shelves(user)
    filters = read_filters(request.GET, WORDS)
    article, page = _number(request, "article"), min(_number(request, "page") or 0, MOST_PAGES)
    asked = Filters(**{**filters.asked(), **fixed})
    walk = find_steps(user, shelves, asked, article=article, page=page)
    address = reverse(name)
    query = filters.query().replace("words=", f"{WORDS}=")
    kept = f"article={article}&{query}" if article is not None else query
    here = Article.objects.visible_to(user).filter(pk=article).first() if article else None
    own = allows(Rule.OWN_PROPOSALS)
    rows = [_row(step, user, shelves, may_accept_own=own) for step in walk.steps]
    context = {
        "rows": rows,
        "filters": filters,
        "article": here,
        "choices": {
            field: [
                (value, str(label), str(getattr(filters, field) or "") == value)
                for value, label in options
            ]
            for field, options in choices.items()
        },
        "address": address,
        "here": request.get_full_path(),
        "next": f"{address}?{kept}&page={page + 1}".replace("?&", "?") if walk.goes_on else "",
        "is_any_certain": any(
            row.step.certainty == Certainty.CERTAIN and row.may_accept for row in rows
        ),
    }
    return render(request, f"annotations/{name}.html", context)


def _row(step: Step, user: User, shelves: Shelves, *, may_accept_own: bool) -> Row:
    role = shelves.roles[step.collection]
    own = step.by == user.pk
    may_decide = step.motivation == Motivation.EDITING and role >= Role.EDITOR
    may_change = role >= (role_to_say(private=step.private) if own else Role.EDITOR)
    waits = [quote.exact for quote in step.quotes if quote.state == TargetState.NEEDS_CHECK]
    changes = []
    if step.motivation == Motivation.EDITING:
        changes = [SafeString(render_change(one.exact, step.replacement)) for one in step.quotes]
    return Row(
        step, changes, may_accept=may_decide and (not own or may_accept_own),
        may_reject=may_decide, may_confirm=bool(waits) and may_change, seen=words_mark(waits),
    )  # fmt: skip


def _number(request: HttpRequest, name: str) -> int | None:
    try:
        return read_number(request.GET, name)
    except Malformed:
        return None
