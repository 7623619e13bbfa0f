"""Where the reader of a text came from: the list and the search, as the page's address has them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlencode, urlsplit

from django.http import QueryDict

from annotations.views.requests import current_address
from articles.queries.neighbours import words_wanted
from articles.queries.shelves import visible_shelves
from articles.text.snippets import HitFinder

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from django.http import HttpRequest

    from articles.models import Article
    from articles.text.query import Query

    FindHits = Callable[[str], Sequence[tuple[int, int]]]

LONGEST_LIST = 2_000  # code points of a list's query string that are carried along


class Origin(NamedTuple):
    """Where the reader came from: the list's query string and the search."""

    listed: str
    query: str

    @property
    def back(self) -> str:
        """The address of that list."""
        return f"/?{self.listed}" if self.listed else "/"

    @property
    def suffix(self) -> str:
        """What the addresses of neighbours carry along, with its question mark."""
        kept = {"in": self.listed, "q": self.query}
        said = urlencode({name: value for name, value in kept.items() if value})
        return f"?{said}" if said else ""

    @property
    def more(self) -> str:
        """The same for addresses that have a query string already, with its ampersand."""
        return self.suffix.replace("?", "&", 1)


def origin_of(asked: QueryDict) -> Origin:
    """As the address of a reader page says it."""
    listed = (asked.get("in") or asked.get("list") or "").removeprefix("?")
    typed = asked.get("q") or QueryDict(listed[:LONGEST_LIST]).get("q") or ""
    return Origin(listed[:LONGEST_LIST], typed.strip())


def origin_here(request: HttpRequest) -> Origin:
    """As the address of the page whose script asks says it."""
    return origin_of(QueryDict(urlsplit(current_address(request)).query))


def hits_for(wanted: Query, article: Article) -> FindHits | None:
    """What finds the places to mark in a passage of the article; None where nothing is wanted."""
    return None if wanted.is_empty else HitFinder(wanted, article.language).ranges


def hits_on_page(request: HttpRequest, article: Article) -> FindHits | None:
    """What the page that asks has marked of a search; asks the database only after one."""
    origin = origin_here(request)
    if not origin.query:
        return None
    visible = visible_shelves(request.user).ids
    wanted = words_wanted(visible, origin.listed, origin.query, request.user.pk)
    return hits_for(wanted, article)
