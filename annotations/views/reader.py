"""The page that shows a text to read, and an interview as question and answer pairs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from annotations.models import Certainty, FlagKind
from annotations.queries.arranged import Arranged, arrange, open_in
from annotations.queries.filters import read_filters
from annotations.queries.identities import identities_in
from annotations.queries.said import fetch_marks
from annotations.queries.tags import offered_tags
from annotations.rendering import PassageRenderer, render_outline, render_source
from annotations.turns import outline_of, turn_starts
from annotations.views.acted import speakers_address
from annotations.views.cards import margin, selected_in
from annotations.views.next_work import choices_of_work
from annotations.views.origin import Origin, hits_for, origin_of
from annotations.views.texts import Shown, switch, text_asked_for
from articles.access import find_article, with_access
from articles.forms.languages import language_name
from articles.models import Article, Status
from articles.queries.neighbours import NEEDS_WORK, Place, find_place
from articles.queries.passages import exchanges_of
from articles.queries.shares import may_validate_in, share_in
from diplowatch.lib.dates import date_words
from diplowatch.lib.pieces import answer_in_pieces
from diplowatch.lib.roles import Role

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from django.http.response import HttpResponseBase

    from articles.queries.passages import Row
    from articles.queries.shelves import Shelves

TEXT = SafeString("<!-- the text -->")  # stands for it in the template
SIGNS_A_MINUTE = 1_150  # read silently, about 200 words
MUCH_SAID = 60  # marked passages; making fewer takes less than sending them by themselves
LONG_READING = 90  # minutes; from there on hours are said


@require_safe
@with_access
def read_article(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One text in one column, what is said of it beside it; hits marked after a search."""
    reading = _read(request, pk)
    article, rows, renderer = reading.article, reading.rows, reading.renderer
    starts = turn_starts(rows)
    in_pieces = _comes_in_pieces(renderer)
    text = renderer.render_pieces(rows, starts)
    if not in_pieces:
        text = iter(list(text))  # now, for what stands above says how many hits there are
    outline = outline_of(rows, starts, article.title)
    may_identify = reading.role >= Role.ANNOTATOR
    context = reading.context | {
        "text": TEXT if rows else "",
        "hits": renderer.hits,
        "outline": render_outline(
            outline,
            article.language,
            article.pk if may_identify else None,
            identities_in(article) if outline.voices else None,
            speakers=speakers_address(article, reading.role),
        ),
    }
    page = render_to_string("annotations/read_article.html", context, request)
    # The text comes in last: every level of a template copies what it holds.
    before, _place, after = page.partition(TEXT)
    pieces = _around(before, text, after)
    return answer_in_pieces(request, pieces) if in_pieces else HttpResponse(pieces)


def _comes_in_pieces(renderer: PassageRenderer) -> bool:
    """Whether the text is made while its beginning is read: where much is said of it.

    Not after a search: what stands above the text says how many hits it has.
    """
    return renderer.find_hits is None and len(renderer.marks) >= MUCH_SAID


def _around(before: str, text: Iterator[str], after: str) -> Iterator[str]:
    """What stands before the text with its first piece, the others, what stands after it."""
    yield before + next(text, "")
    yield from text
    yield after


@require_safe
@with_access
def read_exchanges(request: HttpRequest, pk: int) -> HttpResponse:
    """An interview as question and answer pairs that fold."""
    reading = _read(request, pk)
    opened = request.GET.get("open") == "all"
    exchanges = exchanges_of(reading.rows)
    listed = reading.context["origin"].suffix
    context = reading.context | {
        "text": reading.renderer.render_exchanges(
            exchanges, address=reading.article.get_absolute_url() + listed, opened=opened
        ),
        "exchanges": len(exchanges),
        "hits": reading.renderer.hits,
        "opened": opened,
    }
    return render(request, "annotations/read_exchanges.html", context)


class Reading(NamedTuple):
    """What both pages of a text have in common."""

    article: Article
    rows: Sequence[Row]
    renderer: PassageRenderer
    role: Role
    context: dict[str, Any]


def _read(request: HttpRequest, pk: int) -> Reading:
    article, shelves = find_article(request, pk)
    origin = origin_of(request.GET)
    place = find_place(shelves.ids, article, origin.listed, origin.query, request.user.pk)
    shown = text_asked_for(request, article)
    rows = shown.rows
    filters = read_filters(request.GET)
    marks = shown.carried(fetch_marks(article, request.user, filters))
    said = arrange(marks, [row.pk for row in rows])
    selected = selected_in(request, article, said)
    role = shelves.roles[article.collection_id]
    renderer = _renderer(request, article, shown, place, said, selected, role)
    context = _frame(article, shelves, origin, rows) | {
        "open_count": 0 if filters.decision else open_in(marks),
        "may_validate": role >= Role.EDITOR and may_validate_in(rows, request.user),
        "neighbours": place,
        "work": choices_of_work(request, article),
        "role": role.name.lower() if shown.is_today else "anonymous",
        "shown": shown,
        "texts": switch(article, shown, origin),
        "flag_kinds": FlagKind.choices,
        "statuses": Status.choices,
        "certainties": Certainty.choices,
        "tags": offered_tags() if role > Role.ANONYMOUS else (),
        **margin(request, article, role, said, filters, selected),
    }
    return Reading(article, rows, renderer, role, context)


def _renderer(
    request: HttpRequest,
    article: Article,
    shown: Shown,
    place: Place,
    said: Arranged,
    selected: str,
    role: Role,
) -> PassageRenderer:
    says = request.user.is_authenticated and shown.is_today
    return shown.renderer(
        article,
        find_hits=hits_for(place.wanted, article),
        marks=said.marks,
        selected=selected,
        address=article.get_absolute_url() if says else "",
        may_mark=role >= Role.EDITOR and shown.is_today,
    )


def _frame(
    article: Article, shelves: Shelves, origin: Origin, rows: Sequence[Row]
) -> dict[str, Any]:
    """What stands around the text on both pages."""
    signs = sum(len(row.text) for row in rows)
    return {
        "article": article,
        "collection": shelves.names[article.collection_id],
        "may_edit": shelves.roles[article.collection_id] >= Role.EDITOR,
        "origin": origin,
        "date": date_words(article.date, article.date_precision),
        "language": language_name(article.language),
        "source": render_source(article.source, article.url),
        "file_name": article.source_file.name,
        "reading_time": _reading_time(signs),
        "needs_work": article.status in NEEDS_WORK,
        "share": share_in(rows),
        "citation": citation_of(article, date_words(article.date, article.date_precision)),
    }


def citation_of(article: Article, date: str) -> str:
    """What stands under quoted words: title, source and date, as far as they are known."""
    return ", ".join(part for part in (article.title, article.source, date) if part)


def _reading_time(signs: int) -> str:
    minutes = max(1, round(signs / SIGNS_A_MINUTE))
    if minutes < LONG_READING:
        said = ngettext("%(number)s minute to read", "%(number)s minutes to read", minutes)
        return said % {"number": minutes}
    hours = round(minutes / 60)
    said = ngettext("about %(number)s hour to read", "about %(number)s hours to read", hours)
    return said % {"number": hours}
