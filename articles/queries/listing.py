"""The list as its address says it: search, facets, order and place; and its pages."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import quote_plus, urlencode

from django.db import connection
from django.http import QueryDict

from articles.queries.entities import FEW, FEW_FOUND, EntityCount, entity_links
from articles.queries.facets import FacetCounts, count_facets
from articles.queries.filters import Filters
from articles.queries.meant import Meant
from articles.queries.rows import COLUMNS, Row
from articles.queries.search import NO_DAY, SearchResult, run_search
from articles.text.query import LONGEST

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from articles.queries.entities import Condition

PAGE = 50  # articles of a list
SEARCH_PAGE = 20  # articles of a search, each with its places
NO_VALUE = "\0"  # of any facet: stands for one in an address
SORTS = ("newest", "oldest", "imported", "title")
# Key, direction: the id decides between equals.
ORDERS = {
    "newest": ("a.date_key", "DESC"),
    "oldest": ("a.date_key", "ASC"),
    "imported": ("", "DESC"),
    "title": ("a.title_key", "ASC"),
}


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a page begins: after (or before) the article with this key and id."""

    backwards: bool
    pk: int
    key: str

    def __str__(self) -> str:
        """As an address has it."""
        return f"{'b' if self.backwards else 'a'}{self.pk}.{self.key}"

    @classmethod
    def read(cls, said: str, sort: str) -> Cursor | None:
        """The cursor of an address; None for what is none."""
        number, dot, key = said[1:].partition(".")
        if said[:1] not in ("a", "b") or not dot or "\0" in key:
            return None
        if not (number.isascii() and number.isdigit() and len(number) < 19):
            return None
        if sort in ("newest", "oldest") and not _is_day(key):
            return None
        return cls(said[0] == "b", int(number), key)


@dataclass(frozen=True, slots=True)
class ListPage:
    """A page of the list: its rows, the facets, and the cursors of the pages beside it."""

    rows: list[Row]
    facets: FacetCounts
    next: str
    previous: str
    total: int  # articles
    is_capped: bool  # there are more than that
    passages: int = 0  # found by a search
    has_names: bool = False  # some articles answer by their title, source or voices alone
    meant: tuple[Meant, ...] = ()
    dropped: tuple[str, ...] = ()
    found_nothing_to_find: bool = False
    entities: Sequence[EntityCount] = ()  # whom and what most of few articles speak of


@dataclass(frozen=True, slots=True)
class ListQuery:
    """What the list shows; every part of it is in the address, but for who reads it."""

    q: str = ""
    filters: Filters = field(default_factory=Filters)
    sort: str = ""
    cursor: str = ""
    exact: bool = False
    reader: int | None = None

    @classmethod
    def from_querydict(cls, data: QueryDict, reader: int | None = None) -> ListQuery:
        """Read an address; what it cannot mean is left out."""
        q = " ".join(data.get("q", "").replace("\0", "").split())[:LONGEST]
        sort = data.get("sort", "")
        known = (*SORTS, "relevance") if q else SORTS
        return cls(
            q,
            Filters.read(data, reader),
            sort if sort in known else "",
            data.get("cursor", "")[:400],
            data.get("exact") == "1" and q != "",
            reader,
        )

    @classmethod
    def from_string(cls, said: str, reader: int | None = None) -> ListQuery:
        """Read what `querystring` wrote, as `?in=` carries it to the reader page."""
        return cls.from_querydict(QueryDict(said), reader)

    @property
    def order(self) -> str:
        """The order in force: a search's is by relevance unless another is chosen."""
        return self.sort or ("relevance" if self.q else "newest")

    def querystring(self) -> str:
        """The address's query, without the place."""
        pairs = [("q", self.q)] if self.q else []
        pairs += self.filters.pairs()
        pairs += [("sort", self.sort)] if self.sort else []
        pairs += [("exact", "1")] if self.exact else []
        return urlencode(pairs)

    def address(self) -> str:
        """The address within the site, with the place."""
        said = self.querystring()
        if self.cursor:
            said += ("&" if said else "") + urlencode({"cursor": self.cursor})
        return f"?{said}" if said else "?"

    def at(self, cursor: str) -> ListQuery:
        """The same at another place."""
        return replace(self, cursor=cursor)

    def filtered(self, filters: Filters) -> ListQuery:
        """The same with other filters, from the start."""
        return replace(self, filters=filters, cursor="")

    def toggling(self, facet: str) -> Callable[[str], str]:
        """What gives the address with one value of a facet chosen, or no longer chosen.

        But for the value, addresses that choose one are the same: that is made once.
        """
        chosen = self.filters.chosen(facet)
        one_more = self.filtered(self.filters.toggled(facet, NO_VALUE)).address()
        before, _one, after = one_more.partition(f"{facet}={quote_plus(NO_VALUE)}")

        def address(value: str) -> str:
            if value in chosen:
                return self.filtered(self.filters.toggled(facet, value)).address()
            return f"{before}{facet}={quote_plus(value)}{after}"

        return address

    def exactly(self) -> ListQuery:
        """The same search for nothing but what was typed."""
        return replace(self, exact=True, cursor="")

    def page(self, visible: Sequence[int]) -> ListPage:
        """The page of the list for a person who may read these collections."""
        return self._search_page(visible) if self.q else self._list_page(visible)

    # -- by search ------------------------------------------------------------------------------

    def _searched(self, visible: Sequence[int]) -> SearchResult:
        return run_search(self.q, self.filters, visible, sort=self.order, exact=self.exact)

    def _search_page(self, visible: Sequence[int]) -> ListPage:
        found = self._searched(visible)
        count = len(found.ranked)
        said = self.cursor.removeprefix("s")
        number = int(said) if said.isascii() and said.isdigit() and len(said) < 5 else 0
        first = min(number, max(0, count - 1) // SEARCH_PAGE) * SEARCH_PAGE
        place = first // SEARCH_PAGE
        return ListPage(
            rows=found.rows(first, SEARCH_PAGE) if count else [],
            facets=found.facets,
            next=f"s{place + 1}" if first + SEARCH_PAGE < count else "",
            previous=f"s{place - 1}" if place else "",
            total=count,
            is_capped=found.is_capped,
            passages=found.passages,
            has_names=any(not one.hits for one in found.ranked),
            meant=found.meant,
            dropped=found.query.dropped,
            found_nothing_to_find=found.query.is_empty,
            entities=self._entities(("a.id = ANY(%s)", [found.ids()]), count, FEW_FOUND),
        )

    # -- by key ---------------------------------------------------------------------------------

    def _list_page(self, visible: Sequence[int]) -> ListPage:
        facets = count_facets(self.filters, visible)
        cursor = Cursor.read(self.cursor, self.order)
        backwards = cursor is not None and cursor.backwards
        rows = self._keyset(visible, cursor, backwards=backwards, count=PAGE + 1)
        more, rows = len(rows) > PAGE, rows[:PAGE]
        if backwards:
            rows.reverse()
        has_next, has_previous = (True, more) if backwards else (more, cursor is not None)
        return ListPage(
            rows=[row for row, _ in rows],
            facets=facets,
            next=self._cursor(rows[-1:], backwards=False) if has_next else "",
            previous=self._cursor(rows[:1], backwards=True) if has_previous else "",
            total=facets.total,
            is_capped=facets.is_capped,
            entities=self._entities(self.filters.on_articles(visible), facets.total, FEW),
        )

    def _entities(self, among: Condition, count: int, most: int) -> Sequence[EntityCount]:
        """Only of few articles: each is looked at."""
        links = entity_links()
        return links.count(among, self.reader) if links and 0 < count <= most else ()

    def _keyset(
        self, visible: Sequence[int], cursor: Cursor | None, *, backwards: bool, count: int
    ) -> list[tuple[Row, str]]:
        if not visible:
            return []
        found: list[tuple[Row, str]] = []
        stretches = _stretches(self.order, cursor, backwards=backwards)
        for place, stretch in enumerate(stretches):
            wanted = count - len(found)
            start = None if place else cursor
            found += self._stretch(visible, stretch, start, backwards=backwards, count=wanted)
            if len(found) == count:
                break
        return found

    def _stretch(
        self,
        visible: Sequence[int],
        stretch: str,
        cursor: Cursor | None,
        *,
        backwards: bool,
        count: int,
    ) -> list[tuple[Row, str]]:
        key, direction = ORDERS[self.order]
        condition, values = self.filters.on_articles(visible)
        down = (direction == "DESC") != backwards
        if cursor is not None:
            said, more = _beyond(key, cursor, down=down)
            condition, values = f"{condition} AND {said}", values + more
        way = "DESC" if down else "ASC"
        order = f"{key} {way}, a.id {way}" if key else f"a.id {way}"
        sql = (
            f"SELECT {COLUMNS}, {key or 'NULL'}::text FROM articles_article AS a "  # noqa: S608 - constants
            f"WHERE {condition}{stretch} ORDER BY {order} LIMIT %s"
        )
        with connection.cursor() as database:
            database.execute(sql, [*values, count])
            return [(Row(*row[:-1]), row[-1] or "") for row in database.fetchall()]

    @staticmethod
    def _cursor(rows: Sequence[tuple[Row, str]], *, backwards: bool) -> str:
        return str(Cursor(backwards, rows[0][0].id, rows[0][1])) if rows else ""


def _stretches(order: str, cursor: Cursor | None, *, backwards: bool) -> list[str]:
    """The conditions whose articles follow each other from the cursor on: undated ones last.

    Two stretches of one index instead of an order of its own, which would need another.
    """
    if order != "oldest":
        return [""]
    dated, undated = f" AND a.date_key > '{NO_DAY}'", f" AND a.date_key = '{NO_DAY}'"
    in_undated = cursor is not None and cursor.key == NO_DAY
    if backwards:
        return [undated, dated] if in_undated or cursor is None else [dated]
    return [undated] if in_undated else [dated, undated]


def _beyond(key: str, cursor: Cursor, *, down: bool) -> tuple[str, list[Any]]:
    sign = "<" if down else ">"
    if not key:
        return f"a.id {sign} %s", [cursor.pk]
    kind = "::date" if key == "a.date_key" else ""
    return f"({key}, a.id) {sign} (%s{kind}, %s)", [cursor.key, cursor.pk]


def _is_day(said: str) -> bool:
    try:
        return datetime.date.fromisoformat(said).isoformat() == said
    except ValueError:
        return False
