"""What the page of names shows, as its address says it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

from django.http import Http404

from articles.text.checks import KINDS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from articles.queries.shelves import Shelves

UNLINKED, SPELLINGS, GARBLINGS, KNOWN, CHECKS = (
    "unlinked", "spellings", "garblings", "known", "checks",
)  # fmt: skip
VIEWS: Final = (UNLINKED, SPELLINGS, GARBLINGS, KNOWN, CHECKS)
ADDRESS: Final = "/names/"
LONGEST: Final = 300  # code points of a form
MOST_PAGES: Final = 10_000


@dataclass(frozen=True, slots=True)
class NamesQuery:
    """Which of its lists, over which texts, and from which page on."""

    view: str = UNLINKED
    collection: int | None = None
    article: int | None = None
    kind: str = ""
    page: int = 1

    @classmethod
    def read(cls, asked: Mapping[str, str]) -> NamesQuery:
        """Read an address; what makes no sense is left out."""
        view, kind = asked.get("view", ""), asked.get("kind", "")
        return cls(
            view=view if view in VIEWS else UNLINKED,
            collection=whole(asked.get("collection", "")),
            article=whole(asked.get("article", "")),
            kind=kind if kind in KINDS else "",
            page=min(whole(asked.get("page", "")) or 1, MOST_PAGES),
        )

    def places(self, shelves: Shelves) -> list[int]:
        """The collections to look in; one that the person may not see is not found."""
        if self.collection is None:
            return shelves.ids
        if self.collection not in shelves.names:
            raise Http404
        return [self.collection]

    def address(self, **changes: Any) -> str:
        """The address of this list with something else."""
        one = replace(self, **({"page": 1} | changes))
        return f"{ADDRESS}?{urlencode(one.values())}"

    def values(self) -> dict[str, str]:
        """What the address says."""
        said = {
            "view": self.view,
            "collection": self.collection,
            "article": self.article,
            "kind": self.kind,
            "page": self.page if self.page > 1 else None,
        }
        return {name: str(value) for name, value in said.items() if value}


def whole(said: str) -> int | None:
    """A whole number that an id may be; None for what is none."""
    fits = said.isascii() and said.isdigit() and len(said) < 19
    return int(said) if fits else None


def read_form(asked: Mapping[str, str]) -> str:
    """The form that is asked about, one line."""
    return " ".join(asked.get("text", "").replace("\0", " ").split())[:LONGEST]
