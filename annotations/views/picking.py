"""The picker of entities: local candidates at once; authorities fill theirs in when they come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from annotations.authorities import asking
from annotations.models import EntityKind
from annotations.queries.offers import offers_of
from annotations.queries.picking import LONGEST, find_candidates, split_words
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
    article, language = _seen_article(request)
    found = find_candidates(
        typed,
        article_id=article,
        kind=kind if kind in EntityKind.values else "",
        at=day,
    )
    replaced = replaced_words(request)
    offers = offers_of(replaced, language, [one.id for one in found]) if replaced else {}
    context = {
        "found": [(one, offers.get(one.id)) for one in found],
        "replaced": replaced,
        "language": language,
        "words": words,
        "authorities": asking.authorities() if words else {},
        "kinds": dict(EntityKind.choices),
    }
    return render(request, "annotations/_candidates.html", context)


def replaced_words(request: HttpRequest) -> str:
    """The words that are to be replaced, "" where it is only about a link."""
    return request.GET.get("words", "").replace("\0", " ").strip()[:LONGEST]


def _seen_article(request: HttpRequest) -> tuple[int | None, str]:
    """The article the words are from and its language, if this person may see it: its links say who
    is meant.
    """
    asked = request.GET.get("article", "")
    if not asked.isdecimal() or int(asked) > LARGEST:
        return None, ""
    seen = Article.objects.visible_to(request.user).filter(pk=int(asked))
    return seen.values_list("pk", "language").first() or (None, "")
