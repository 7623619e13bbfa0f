"""Saying something: one annotation made alone, and by sixteen people at once, beside bare INSERTs.

Every annotation is a highlight of twelve signs of a passage that nobody has said anything about
yet; what comes back is the passage and the card, rendered.
"""

from __future__ import annotations

import json
import uuid
from contextlib import ExitStack
from itertools import count
from threading import Barrier, Thread
from time import perf_counter
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlencode

from benchmarks.house import BARE_DJANGO, OURS, Client
from benchmarks.timing import Result, in_turn, medians, milliseconds, ratio

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from benchmarks.house import Database

CLIENTS = 16
EACH = 40  # acts of each of them
MOST_TIMES, LEAST_RATE = 2.5, 1 / 2.5
CSRF = "measuring0measuring0measuring012"
# Places: the first passages of many articles, or all passages of one; no article twice in a row.
PLACES = """
SELECT a.id, p.number, p.revision, substr(p.text, 1, 12) FROM articles_article AS a
JOIN articles_passage AS p ON p.article_id = a.id
JOIN articles_sourcefile AS s ON s.id = a.source_file_id
WHERE length(p.text) > 40 AND NOT p.retired AND {which}
ORDER BY p.number, a.id LIMIT %s
"""


class Place(NamedTuple):
    """Where something is said."""

    article: int
    number: int
    revision: int
    words: str

    def form(self) -> str:
        """What the browser sends."""
        span = {
            "passage": self.number, "revision": self.revision, "start": 0,
            "end": len(self.words), "exact": self.words,
        }  # fmt: skip
        fields = {
            "id": str(uuid.uuid4()), "motivation": "highlighting", "spans": json.dumps([span]),
        }  # fmt: skip
        return urlencode(fields)


def measure(database: Database, rounds: int) -> list[Result]:
    """Alone and together, each in turn with its floor."""
    alone = rounds * 5  # each act is short: more of them tell more
    small = _places(database, "s.name <> 'long.txt'", 2 * (alone + 1) + 3 * CLIENTS * EACH)
    long = _places(database, "s.name = 'long.txt'", alone + 1)
    with ExitStack() as servers:
        ours = servers.enter_context(database.serving(OURS))
        plain = servers.enter_context(database.serving(BARE_DJANGO))
        times = medians(
            in_turn(
                {
                    "bare Django INSERT": lambda: plain.get("/insert"),
                    "create in 3 KB": _saying(ours, iter(small)),
                    "create in 300 KB": _saying(ours, iter(long)),
                },
                min(alone, len(long) - 1),
            )
        )
        free = iter(small[alone + 1 :])
        rates = {"floor": 0.0, "ours": 0.0}
        for _ in range(3):  # in turn, the best of each
            rates["floor"] = max(rates["floor"], _rate(plain, lambda client: client.get("/insert")))
            rates["ours"] = max(rates["ours"], _together(ours, free))
    return [*_results(times), _rate_result(rates)]


def _places(database: Database, which: str, most: int) -> list[Place]:
    found = database.execute(PLACES.format(which=which), [most])
    return [Place(*row) for row in found]


def _saying(client: Client, places: Iterator[Place]) -> Callable[[], object]:
    return lambda: _say(client, next(places))


def _say(client: Client, place: Place) -> object:
    address = f"/articles/{place.article}/annotations/new"
    headers = {
        "Content-Type": "application/x-www-form-urlencoded", "HX-Request": "true",
        "X-CSRFToken": CSRF, "Cookie": f"{client.headers['Cookie']}; csrftoken={CSRF}",
    }  # fmt: skip
    return client.post(address, place.form(), headers)


def _together(client: Client, places: Iterator[Place]) -> float:
    """Annotations a second by all clients at once, each in its own articles."""
    shares = {number: [next(places) for _ in range(EACH)] for number in range(CLIENTS)}
    numbers = count()

    def acting(one: Client) -> None:
        mine = shares[next(numbers)]
        for place in mine:
            _say(one, place)

    return _run(client, acting)


def _rate(client: Client, act: Callable[[Client], object]) -> float:
    def acting(one: Client) -> None:
        for _ in range(EACH):
            act(one)

    return _run(client, acting)


def _run(client: Client, acting: Callable[[Client], None]) -> float:
    """Acts a second of all clients together; an act that fails ends the measuring."""
    start = Barrier(CLIENTS + 1)
    failed: list[BaseException] = []

    def one() -> None:
        mine = Client(client.connection.port, client.headers.get("Cookie", ""))
        start.wait()
        try:
            acting(mine)
        except Exception as fault:  # noqa: BLE001 - handed on to the measuring thread
            failed.append(fault)

    threads = [Thread(target=one) for _ in range(CLIENTS)]
    for thread in threads:
        thread.start()
    start.wait()
    began = perf_counter()
    for thread in threads:
        thread.join()
    taken = perf_counter() - began
    if failed:
        raise failed[0]
    return CLIENTS * EACH / taken


def _results(times: dict[str, float]) -> list[Result]:
    floor = times["bare Django INSERT"]
    found = [
        Result(
            f"{name}, of bare Django INSERT",
            ratio(times[name], floor),
            MOST_TIMES,
            detail=f"{milliseconds(times[name])} of {milliseconds(floor)}",
        )
        for name in ("create in 3 KB", "create in 300 KB")
    ]
    growth = ratio(times["create in 300 KB"], times["create in 3 KB"])
    return [*found, Result("create in 300 KB, of create in 3 KB", growth, None)]


def _rate_result(rates: dict[str, float]) -> Result:
    detail = f"{rates['ours']:.0f}/s of {rates['floor']:.0f}/s"
    name = f"creates a second by {CLIENTS} clients, of bare Django INSERTs"
    return Result(
        name, ratio(rates["ours"], rates["floor"]), LEAST_RATE, at_least=True, detail=detail
    )
