"""The list's HTML: rows and facets, built and escaped here because templates are too slow."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.models import Kind, Status
from diplowatch.lib.dates import date_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from articles.queries.rows import Row, Snippet
    from articles.text.snippets import Piece

LADDER = '<span class="ladder" aria-hidden="true"><i></i><i></i><i></i><i></i></span>'


@dataclass(slots=True)
class RowRenderer:
    """Renders rows of one page: what is the same for all of them is made once."""

    listed: str  # the list's own address, for the way back
    query: str  # what the reader page shall mark
    editable: frozenset[int]  # collections whose articles may be selected
    shelves: dict[int, str]  # names, empty where there is but one
    kinds: dict[str, str] = field(init=False)
    statuses: dict[str, str] = field(init=False)
    address: str = field(init=False)
    all_articles: str = field(init=False)
    carried: str = field(init=False)
    select: str = field(init=False)
    original: str = field(init=False)
    share: str = field(init=False)
    share_title: str = field(init=False)
    dates: dict[tuple[object, str], str] = field(init=False)
    exchanges: dict[int, str] = field(init=False)

    def __post_init__(self) -> None:
        """Fetch the labels once, in the interface's language."""
        self.kinds = {value: escape(str(label)) for value, label in Kind.choices}
        self.statuses = {value: escape(str(label)) for value, label in Status.choices}
        self.address = reverse("read_article", args=(0,))
        self.all_articles = reverse("list_articles")
        kept = {"in": self.listed, "q": self.query}
        said = urlencode({name: value for name, value in kept.items() if value})
        self.carried = escape(f"?{said}") if said else ""
        self.select = escape(_("Select “%(title)s”"))
        self.original = f' <span class="pill">{escape(_("the machine’s text"))}</span>'
        self.share = escape(_("%(done)s of %(all)s"))
        self.share_title = escape(_("passages proofread"))
        self.dates, self.exchanges = {}, {}

    def render(self, rows: Iterable[Row]) -> SafeString:
        """The rows as list items."""
        return mark_safe("".join([self._row(row) for row in rows]))  # noqa: S308 - escaped below

    def _row(self, row: Row) -> str:
        href = self.address.replace("0", str(row.id), 1)
        title = _pieces(row.title_pieces) if row.title_pieces else escape(row.title)
        words = self._places(href, row.snippets) if row.snippets else self._words(row)
        return (
            f'<li class="row" data-article="{row.id}">{self._box(row)}'
            f'<h2><a class="row-title" href="{href}{self.carried}">{title}</a></h2>'
            f'<span class="status" data-status="{row.status}">{LADDER}'
            f"{self.statuses[row.status]}{self._share(row)}</span>"
            f'<div class="meta">{self._meta(row)}</div>{words}</li>'
        )

    def _share(self, row: Row) -> str:
        """How many passages of a text in progress are done."""
        if row.status != Status.IN_PROGRESS or not row.passages_all:
            return ""
        said = self.share % {"done": row.passages_done, "all": row.passages_all}
        return f' · <span title="{self.share_title}">{said}</span>'

    def _box(self, row: Row) -> str:
        if row.collection not in self.editable:
            return ""
        label = self.select % {"title": escape(row.title)}
        return (
            f'<label class="pick"><input type="checkbox" form="bulk" name="article"'
            f' value="{row.id}" aria-label="{label}"></label>'
        )

    def _meta(self, row: Row) -> str:
        parts = [self._date(row), self._kind(row)]
        if row.speaker_names:
            parts.append(escape(row.speaker_names))
        if row.source:
            parts.append(escape(row.source))
        if self.shelves:
            parts.append(escape(self.shelves.get(row.collection, "")))
        said = "".join([f"<span>{part}</span>" for part in parts if part])
        if row.tags == "[]":
            return said
        tags = json.loads(row.tags)
        return said + "".join(
            [
                f'<a class="pill" href="{self.all_articles}?tag={quote(tag)}">{escape(tag)}</a>'
                for tag in tags
            ]
        )

    def _date(self, row: Row) -> str:
        key = (row.date, row.date_precision)
        if key not in self.dates:
            self.dates[key] = escape(date_words(row.date, row.date_precision))
        return self.dates[key]

    def _kind(self, row: Row) -> str:
        if not row.exchange_count:
            return self.kinds[row.kind]
        count = row.exchange_count
        if count not in self.exchanges:
            said = ngettext("%(count)s exchange", "%(count)s exchanges", count)
            self.exchanges[count] = escape(said % {"count": count})
        return f"{self.kinds[row.kind]} · {self.exchanges[count]}"

    @staticmethod
    def _words(row: Row) -> str:
        return f'<p lang="{escape(row.language)}">{escape(row.first_words)}</p>'

    def _carried(self, original: bool) -> str:
        """What addresses carry along; where the machine's words answer, that its text is asked."""
        if not original:
            return self.carried
        return f"{self.carried}{'&amp;' if self.carried else '?'}text=original"

    def _places(self, href: str, snippets: Sequence[Snippet]) -> str:
        items = [
            f'<li><a href="{href}{self._carried(original)}#p{number}">{_pieces(pieces)}</a>'
            f"{self.original if original else ''}</li>"
            for number, pieces, original in snippets
        ]
        return f'<ul class="places">{"".join(items)}</ul>'


def _pieces(pieces: Sequence[Piece]) -> str:
    return "".join(
        [f"<mark>{escape(text)}</mark>" if is_hit else escape(text) for text, is_hit in pieces]
    )


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value of a facet: its label, its count, the address that chooses it or no longer."""

    value: str
    label: str
    count: int
    address: str
    is_chosen: bool
    is_part: bool = False  # a month under its year


@dataclass(frozen=True, slots=True)
class FacetView:
    """A facet as it is shown: its first values, and those behind "more"."""

    name: str
    title: str
    values: Sequence[FacetValue]
    more: Sequence[FacetValue] = ()


def grouped(number: int) -> str:
    """A number with its thousands apart, as the interface's language does."""
    if number < 1_000:
        return str(number)
    return number_format(number, use_l10n=True, force_grouping=True)


def render_facets(facets: Iterable[FacetView]) -> SafeString:
    """The facets as lists of links that look like boxes to tick."""
    return mark_safe("".join([_facet(facet) for facet in facets]))  # noqa: S308 - escaped below


def _facet(facet: FacetView) -> str:
    title = f'<h2 id="facet-{facet.name}">{escape(facet.title)}</h2>'
    values = f'<ul aria-labelledby="facet-{facet.name}">{_values(facet.name, facet.values)}</ul>'
    more = ""
    if facet.more:
        said = ngettext("%(count)s more", "%(count)s more", len(facet.more))
        summary = escape(said % {"count": len(facet.more)})
        more = (
            f'<details class="more"><summary>{summary}</summary>'
            f'<ul aria-labelledby="facet-{facet.name}">{_values(facet.name, facet.more)}</ul>'
            "</details>"
        )
    return f'<section class="facet" data-facet="{facet.name}">{title}{values}{more}</section>'


def _values(facet: str, values: Iterable[FacetValue]) -> str:
    return "".join([_value(facet, value) for value in values])


def _value(facet: str, value: FacetValue) -> str:
    marks = ' aria-current="true"' if value.is_chosen else ""
    marks += " data-part" if value.is_part else ""
    return (  # the id keeps the focus when htmx swaps the shelf
        f'<li><a id="{facet}-{escape(quote(value.value))}" href="{escape(value.address)}"{marks}>'
        f'<i class="box" aria-hidden="true"></i><span>{escape(value.label)}</span>'
        f"<data>{grouped(value.count)}</data></a></li>"
    )
