"""Pages over a collection: list, search and reading, each in turn with its floors."""

from __future__ import annotations

import re
from contextlib import ExitStack
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import quote, quote_plus

from benchmarks.corpus import COMMON_WORD, RARE_PHRASE
from benchmarks.house import BARE_DJANGO, BARE_SQL, OURS
from benchmarks.timing import Result, in_turn, medians, milliseconds, ratio

if TYPE_CHECKING:
    from collections.abc import Callable

    from benchmarks.house import Client, Database

NEXT = re.compile(r'rel="next"\s+href="([^"]+)"|href="([^"]+)"[^>]*rel="next"')
LATE_PAGE = 200
ID_OF = """
SELECT a.id FROM articles_article AS a JOIN articles_sourcefile AS s ON s.id = a.source_file_id
WHERE s.name = %s ORDER BY a.id LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class Pages:
    """The addresses that are measured."""

    small: int
    long: int
    late: str  # the address of a late page of the list
    late_number: int

    @property
    def paths(self) -> dict[str, str]:
        """Our pages by name."""
        return {
            "list page 1": "/",
            f"list page {self.late_number}": self.late,
            "search rare phrase": f"/?q={quote_plus(chr(34) + RARE_PHRASE + chr(34))}",
            "search common word": f"/?q={quote_plus(COMMON_WORD)}",
            "open article 3 KB": f"/articles/{self.small}/",
            "open article 300 KB": f"/articles/{self.long}/",
        }


def measure(database: Database, rounds: int, late_page: int = LATE_PAGE) -> list[Result]:
    """Measure every page and every floor in turn on one database."""
    with ExitStack() as servers:
        ours = servers.enter_context(database.serving(OURS))
        sql = servers.enter_context(database.serving(BARE_SQL))
        plain = servers.enter_context(database.serving(BARE_DJANGO))
        pages = find_pages(database, ours, late_page)
        acts = {name: _getting(ours, path) for name, path in pages.paths.items()}
        acts |= _floors(database, pages, sql, plain)
        times = medians(in_turn(acts, rounds))
    return [*results(times, pages), *_counts(database, pages)]


def find_pages(database: Database, client: Client, late_page: int) -> Pages:
    """Find the articles to open, and walk to the late page as a person would."""
    path, number = "/", 1
    while number < late_page:
        found = NEXT.search(client.get(path).body.decode())
        if found is None:
            break
        path = unescape(found[1] or found[2])
        path = path if path.startswith("/") else f"/{path}"
        number += 1
    small = database.execute(ID_OF, ["article-000001.txt"])[0][0]
    long = database.execute(ID_OF, ["long.txt"])[0][0]
    return Pages(small, long, path, number)


def results(times: dict[str, float], pages: Pages) -> list[Result]:
    """The ratios that are promised, from the medians."""
    django, late = times["bare Django SELECT"], f"list page {pages.late_number}"
    figures = [
        _against(times, "list page 1", 3 * django, "3 × bare Django"),
        _against(times, late, 3 * django, "3 × bare Django"),
        _against(
            times, "search rare phrase", 3 * django + times["bare SQL rare phrase"],
            "3 × bare Django + bare SQL",
        ),
        _against(
            times, "search common word", 3 * django + times["bare SQL common word"],
            "3 × bare Django + bare SQL",
        ),
        _against(times, "open article 3 KB", 3 * django, "3 × bare Django"),
        _against(
            times, "open article 300 KB", 4 * times["bare SQL article 300 KB"], "4 × bare SQL"
        ),
    ]  # fmt: skip
    floors = [
        Result(name, seconds * 1000, None, unit="ms")
        for name, seconds in times.items()
        if name.startswith("bare ")
    ]
    return figures + floors


def _against(times: dict[str, float], name: str, allowed: float, what: str) -> Result:
    """A page's time as a share of what it may take: at most 1."""
    detail = f"{milliseconds(times[name])} of {milliseconds(allowed)} ({what})"
    return Result(f"{name}, of {what}", ratio(times[name], allowed), 1.0, detail=detail)


def _floors(
    database: Database, pages: Pages, sql: Client, plain: Client
) -> dict[str, Callable[[], object]]:
    rare = database.inside("tsquery", f'"{RARE_PHRASE}"')
    common = database.inside("tsquery", COMMON_WORD)
    return {
        "bare Django SELECT": _getting(plain, f"/select/{pages.small}"),
        "bare Django INSERT": _getting(plain, "/insert"),
        "bare SQL article 3 KB": _getting(sql, f"/document?id={pages.small}"),
        "bare SQL article 300 KB": _getting(sql, f"/document?id={pages.long}"),
        "bare SQL list": _getting(sql, "/page"),
        "bare SQL rare phrase": _getting(sql, f"/search?q={quote(rare)}"),
        "bare SQL common word": _getting(sql, f"/search?q={quote(common)}"),
        "bare SQL INSERT": _getting(sql, "/insert"),
    }


def _getting(client: Client, path: str) -> Callable[[], object]:
    return lambda: client.get(path)


def _counts(database: Database, pages: Pages) -> list[Result]:
    """The queries of each page; a page of the same kind takes as many, however large."""
    counts = database.inside("count-queries", *pages.paths.values())
    by_name = {name: counts[path] for name, path in pages.paths.items()}
    late = f"list page {pages.late_number}"
    pairs = (("list page 1", late), ("open article 3 KB", "open article 300 KB"))
    return [
        *(Result(f"queries: {name}", count, None, unit="") for name, count in by_name.items()),
        *(
            Result(f"queries more for {more} than for {less}", by_name[more] - by_name[less], 0.0,
                   unit="")
            for less, more in pairs
        ),
    ]  # fmt: skip
