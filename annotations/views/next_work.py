"""On to the next text that needs work, of the kind that the person has chosen."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from annotations.rendering.choices import Choice, render_selects
from annotations.views.origin import origin_of
from articles.access import find_article, with_access
from articles.forms.languages import language_name
from articles.models import Kind, Status
from articles.queries.filters import Filters
from articles.queries.neighbours import next_needing_work
from diplowatch.lib.dates import date_words, read_date

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.utils.safestring import SafeString

    from articles.models import Article

KEPT = "next_work"  # in the session: the choice as an address has it
ASKED = ("status", "kind", "date", "language")


@require_safe
@with_access
def go_to_next_work(request: HttpRequest, pk: int) -> HttpResponse:
    """On to the next article that needs work; what an address chooses is kept for the next time."""
    article, shelves = find_article(request, pk)
    if "chosen" in request.GET and request.user.is_authenticated:
        asked = [(name, request.GET.get(name, "")) for name in ASKED]
        request.session[KEPT] = "&".join(f"{name}={value}" for name, value in asked if value)
    filters = _filters(request.GET if "chosen" in request.GET else QueryDict(_kept(request)))
    found = next_needing_work(request.user, article, shelves.ids, filters)
    if found is None:
        messages.info(request, _("No other article needs work."))
    address = reverse("read_article", args=(found or pk,))
    return HttpResponseRedirect(f"{address}{origin_of(request.GET).suffix}")


def choices_of_work(request: HttpRequest, article: Article) -> SafeString:
    """The fields of what may be chosen at an article, with what the person has chosen before."""
    month = article.date.strftime("%Y-%m") if article.date else ""
    return _fields(get_language() or "en", _kept(request), month, article.language)


@lru_cache(maxsize=1_000)
def _fields(mine: str, kept: str, month: str, language: str) -> SafeString:
    held = _filters(QueryDict(kept))
    statuses = [
        ("", _("Raw or in progress")),
        (Status.RAW.value, str(Status.RAW.label)),
        (Status.IN_PROGRESS.value, str(Status.IN_PROGRESS.label)),
        (Status.PROOFREAD.value, _("To validate")),
        (Status.PROBLEMATIC.value, str(Status.PROBLEMATIC.label)),
    ]
    kinds = [("", _("No matter which")), *((value, str(label)) for value, label in Kind.choices)]
    languages = _languages(mine, (language, *held.language))
    return render_selects(
        (
            _choice("status", _("Status"), statuses, held),
            _choice("kind", _("Kind"), kinds, held),
            _choice("date", _("Month"), _months((month, *held.date)), held),
            _choice("language", _("Language"), languages, held),
        )
    )


def _choice(name: str, label: str, options: list[tuple[str, str]], held: Filters) -> Choice:
    return Choice(name, label, options, next(iter(held.chosen(name)), ""))


def _months(months: Iterable[str]) -> list[tuple[str, str]]:
    known = sorted({month for month in months if month and month[0].isdigit()}, reverse=True)
    return [
        ("", _("No matter which")),
        *((month, date_words(*read_date(month))) for month in known),
    ]


def _languages(mine: str, codes: Iterable[str]) -> list[tuple[str, str]]:
    others = sorted({code for code in codes if code and code != mine})
    own = _("Mine (%(language)s)") % {"language": language_name(mine)}
    return [
        ("", _("No matter which")),
        (mine, own),
        *((code, language_name(code)) for code in others),
    ]


def _kept(request: HttpRequest) -> str:
    return str(request.session.get(KEPT, "")) if request.user.is_authenticated else ""


def _filters(asked: QueryDict) -> Filters:
    """The choice alone: of other filters an address may have, nothing is taken; "" is none."""
    read = Filters.read(asked)
    values: dict[str, Any] = {name: tuple(filter(None, read.chosen(name)))[:1] for name in ASKED}
    return Filters(**values)
