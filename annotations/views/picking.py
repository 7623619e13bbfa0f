"""The picker of entities: local candidates at once; authorities fill theirs in when they come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from annotations.authorities import asking
from annotations.models import EntityKind
from annotations.queries.picking import find_candidates, split_words
from annotations.text.records import date_of
from articles.access import signed_in, with_access
from articles.models import Article

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

LARGEST = (1 << 63) - 1  # of the database's ids


@require_safe
@with_access
def pick_entity(request: HttpRequest) -> HttpResponse:
    """The candidates for `q` as options, and a place for what each authority proposes."""
    signed_in(request)
    typed = request.GET.get("q", "").replace("\0", " ")
    kind = request.GET.get("kind", "")
    day, _precision = date_of(request.GET.get("at", ""))
    words, _description = split_words(typed)
    found = find_candidates(
        typed,
        article_id=_seen_article(request),
        kind=kind if kind in EntityKind.values else "",
        at=day,
    )
    context = {
        "found": found,
        "words": words,
        "authorities": asking.authorities() if words else {},
        "kinds": dict(EntityKind.choices),
    }
    return render(request, "annotations/_candidates.html", context)


def _seen_article(request: HttpRequest) -> int | None:
    """The article the words are from, if this person may see it: its links say who is meant."""
    asked = request.GET.get("article", "")
    if not asked.isdecimal() or int(asked) > LARGEST:
        return None
    seen = Article.objects.visible_to(request.user).filter(pk=int(asked))
    return seen.values_list("pk", flat=True).first()
