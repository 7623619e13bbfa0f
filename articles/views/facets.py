"""The facets, the chosen filters and the orders of the list, as links."""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from articles.forms.languages import language_name
from articles.models import Kind, Status
from articles.queries.candidates import MOST as MOST_FOUND
from articles.queries.entities import entity_links
from articles.queries.facets import COUNTED
from articles.queries.filters import ENTITY, TAG, UNDATED
from articles.rendering import FacetValue, FacetView, grouped, render_facets
from diplowatch.lib.dates import date_words, read_date

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping

    from django.db.models import TextChoices
    from django.utils.safestring import SafeString

    from articles.queries.facets import FacetCounts
    from articles.queries.listing import ListPage, ListQuery

SHOWN = 10  # values of a facet; the rest is behind "more"
SHOWN_DATES = 14
MOST = 100
YEAR = 4  # code points of "2021"
KEPT = 256  # rendered facets kept in a process

_kept: OrderedDict[Hashable, SafeString] = OrderedDict()


class Chip(NamedTuple):
    """A chosen filter and the address without it."""

    label: str
    address: str


class SortLink(NamedTuple):
    """An order and its address."""

    label: str
    address: str
    is_current: bool


def count_words(query: ListQuery, page: ListPage) -> str:
    """How many were found, in words; "" for nothing."""
    if not page.total:
        return ""
    articles = ngettext("%(count)s article", "%(count)s articles", page.total)
    if not query.q:
        if page.is_capped:
            return _("More than %(count)s articles") % {"count": grouped(COUNTED)}
        return articles % {"count": grouped(page.total)}
    if page.is_capped:
        return _("More than %(count)s passages; the latest of them are shown") % {
            "count": grouped(MOST_FOUND)
        }
    articles = articles % {"count": grouped(page.total)}
    if not page.passages:
        return articles
    passages = ngettext("%(count)s passage", "%(count)s passages", page.passages)
    passages = passages % {"count": grouped(page.passages)}
    if page.has_names:
        return f"{articles} · {passages}"
    return _("%(passages)s in %(articles)s") % {"passages": passages, "articles": articles}


def facets_html(query: ListQuery, facets: FacetCounts, shelves: Mapping[int, str]) -> SafeString:
    """The facets rendered; kept for as long as their counts are."""
    if facets.key is None:
        return render_facets(facet_views(query, facets, shelves))
    shared = replace(query, cursor="", reader=None)  # the same for all who see these shelves
    key = (facets.key, shared, tuple(shelves.items()), get_language())
    found = _kept.get(key)
    if found is None:
        while len(_kept) >= KEPT:
            _kept.popitem(last=False)
        found = _kept[key] = render_facets(facet_views(query, facets, shelves))
    return found


def facet_views(
    query: ListQuery, facets: FacetCounts, shelves: Mapping[int, str]
) -> list[FacetView]:
    """The facets worth showing: those that part the articles, and those with a value chosen."""
    views = [
        _in_order(query, facets, "kind", _("Kind"), _labels(Kind)),
        _in_order(query, facets, "status", _("Status"), _labels(Status)),
        _dates(query, facets),
        _by_count(query, facets, "language", _("Language"), _language),
        _by_count(query, facets, "source", _("Source"), _source),
        _in_order(
            query,
            facets,
            "collection",
            _("Collection"),
            {str(pk): name for pk, name in shelves.items()},
        ),
        _by_count(query, facets, TAG, _("Tags"), str),
    ]
    return [
        view
        for view in views
        if len(view.values) > 1
        or any(value.is_chosen for value in view.values)
        or (view.name == TAG and view.values)
    ]


def entities_html(query: ListQuery, page: ListPage, labels: Mapping[str, str]) -> SafeString:
    """The facet of entities: those chosen, and of few articles whom and what most speak of.

    It is nobody else's: one's own private links count too.
    """
    chosen = query.filters.entity
    counts = {one.entity: one.articles for one in page.entities}
    made = _Values(query, ENTITY)
    values = [
        made.one(pk, labels[pk], counts.get(pk, page.total))
        for pk in dict.fromkeys((*chosen, *counts))
    ]
    return render_facets([FacetView(ENTITY, _("Entities"), values)] if values else [])


def entity_labels(query: ListQuery, page: ListPage) -> dict[str, str]:
    """What the entities on the page are called; a query where one is chosen."""
    chosen, links = query.filters.entity, entity_links()
    named = links.labels(chosen) if chosen and links else {}
    known = {one.entity: one.label for one in page.entities}
    return {pk: f"#{pk}" for pk in chosen} | known | named


def chips(query: ListQuery, shelves: Mapping[int, str], entities: Mapping[str, str]) -> list[Chip]:
    """The chosen filters, each with the address without it."""
    labels: dict[str, Callable[[str], str]] = {
        "kind": lambda value: str(Kind(value).label),
        "status": lambda value: str(Status(value).label),
        "date": _date,
        "language": _language,
        "source": _source,
        "collection": lambda value: shelves.get(int(value)) or _("A collection you may not see"),
        "tag": lambda value: _("Tag: %(tag)s") % {"tag": value},
        "batch": lambda _value: _("One import"),
        "entity": lambda value: entities[value],
    }
    return [
        Chip(labels[facet](value), query.filtered(query.filters.toggled(facet, value)).address())
        for facet, value in query.filters.pairs()
    ]


def sort_links(query: ListQuery) -> list[SortLink]:
    """The orders the list may have."""
    orders = {
        "newest": _("Newest"),
        "oldest": _("Oldest"),
        "imported": _("Last imported"),
        "title": _("Title"),
    }
    if query.q:
        orders = {"relevance": _("Best match"), **orders}
    return [
        SortLink(
            label,
            replace(query, sort=name, cursor="").address(),
            name == query.order,
        )
        for name, label in orders.items()
    ]


class _Values:
    """Makes the values of one facet."""

    def __init__(self, query: ListQuery, facet: str) -> None:
        """What their addresses have in common is worked out once."""
        self.chosen, self.address = query.filters.chosen(facet), query.toggling(facet)

    def one(self, value: str, label: str, count: int, *, is_part: bool = False) -> FacetValue:
        """A value as it is shown."""
        return FacetValue(value, label, count, self.address(value), value in self.chosen, is_part)


def _labels(choices: type[TextChoices]) -> dict[str, str]:
    return {value: str(label) for value, label in choices.choices}


def _in_order(
    query: ListQuery, facets: FacetCounts, facet: str, title: str, labels: Mapping[str, str]
) -> FacetView:
    counts, made = facets.counts[facet], _Values(query, facet)
    values = [
        made.one(value, label, counts.get(value, 0))
        for value, label in labels.items()
        if counts.get(value) or value in made.chosen
    ]
    return FacetView(facet, title, values[:SHOWN], values[SHOWN:MOST])


def _by_count(
    query: ListQuery, facets: FacetCounts, facet: str, title: str, label: Callable[[str], str]
) -> FacetView:
    counts, made = facets.counts[facet], _Values(query, facet)
    ordered = sorted(
        {*counts, *made.chosen},
        key=lambda value: (value not in made.chosen, value == "", -counts.get(value, 0), value),
    )
    values = [made.one(value, label(value), counts.get(value, 0)) for value in ordered[:MOST]]
    return FacetView(facet, title, values[:SHOWN], values[SHOWN:])


def _dates(query: ListQuery, facets: FacetCounts) -> FacetView:
    """Years, the newest first; the months of chosen years, or of the only one, under them."""
    counts, made = facets.counts["date"], _Values(query, "date")
    chosen = made.chosen
    years: dict[str, int] = defaultdict(int)
    for month, count in counts.items():
        if month != UNDATED:
            years[month[:YEAR]] += count
    for value in chosen:
        if value != UNDATED:
            years[value[:YEAR]] += 0
    opened = {value[:YEAR] for value in chosen} if chosen else set()
    if len(years) == 1:
        opened = set(years)
    values = []
    for year in sorted(years, reverse=True):
        values.append(made.one(year, year, years[year]))
        if year in opened:
            values += _months(made, counts, year)
    if counts.get(UNDATED) or UNDATED in chosen:
        values.append(made.one(UNDATED, _date(UNDATED), counts.get(UNDATED, 0)))
    return FacetView("date", _("Date"), values[:SHOWN_DATES], values[SHOWN_DATES:MOST])


def _months(made: _Values, counts: Mapping[str, int], year: str) -> list[FacetValue]:
    months = {month for month in counts if month[:YEAR] == year and len(month) > YEAR}
    months |= {v for v in made.chosen if v[:YEAR] == year and len(v) > YEAR}
    return [
        made.one(month, _date(month), counts.get(month, 0), is_part=True)
        for month in sorted(months, reverse=True)
    ]


def _date(value: str) -> str:
    return _("Undated") if value == UNDATED else date_words(*read_date(value))


def _language(value: str) -> str:
    return language_name(value) if value else _("Unknown")


def _source(value: str) -> str:
    return value or _("Unknown")
