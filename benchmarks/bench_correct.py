"""Correcting: one correction beside a bare INSERT, one garbling in many texts, a crowd at work.

The single corrections are on a text of 3 KB and on one of 300 KB with 2,000 annotations, as the
browser sends them; what comes back is the passage and its cards, rendered.
"""

from __future__ import annotations

import json
import subprocess
import sys
import uuid
from contextlib import ExitStack
from statistics import median
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from benchmarks.bench_annotate import CSRF
from benchmarks.bench_pages import ID_OF
from benchmarks.bench_reading import MANY, fill
from benchmarks.house import BARE_DJANGO, OURS, ROOT
from benchmarks.timing import Result, in_turn, medians, milliseconds, ratio

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from benchmarks.house import Client, Database, House

ALONE, MANY_TEXTS = 3.5, 6.0  # times their floors
TEXTS, QUICK_TEXTS = 1_000, 200
PEOPLE, SECONDS = 50, 60
ARTICLES = "SELECT id FROM articles_article ORDER BY id LIMIT 10"
# One word of each long passage, each passage once.
WORDS = """
SELECT p.number, p.revision, substring(p.text FROM '\\w{6,}') FROM articles_passage AS p
WHERE p.article_id = %s AND NOT p.retired AND p.text ~ '\\w{6,}' ORDER BY p.position
"""
# What is linked has a name: the integrity of it all is checked at the end.
NAMES = """
INSERT INTO annotations_entityname (entity_id, name, language, kind, folded, sound, retired)
SELECT id, label_fr, 'fr', 'label', lower(label_fr), '', false FROM annotations_entity AS e
WHERE NOT EXISTS (SELECT FROM annotations_entityname AS n WHERE n.entity_id = e.id)
"""
TEXT = "SELECT text FROM articles_passage WHERE article_id = %s AND number = %s"


def measure(house: House, texts: Database, rounds: int, *, quick: bool = False) -> list[Result]:
    """On a copy of the texts, of which something is said."""
    database = house.database("corrected").make(template=texts)
    small, long = (
        database.execute(ID_OF, [name])[0][0] for name in ("article-000001.txt", "long.txt")
    )
    fill(database, {long: MANY})
    database.execute(NAMES)
    results = _alone(database, small, long, rounds)
    results += _at_once(database, QUICK_TEXTS if quick else TEXTS)
    return results + _together(database, SECONDS // 4 if quick else SECONDS)


def _alone(database: Database, small: int, long: int, rounds: int) -> list[Result]:
    with ExitStack() as servers:
        ours = servers.enter_context(database.serving(OURS))
        plain = servers.enter_context(database.serving(BARE_DJANGO))
        times = medians(
            in_turn(
                {
                    "bare Django INSERT": lambda: plain.get("/insert"),
                    "correct in 3 KB": _correcting(ours, database, small),
                    "correct in 300 KB": _correcting(ours, database, long),
                },
                rounds * 2,
            )
        )
    floor = times["bare Django INSERT"]
    found = [
        Result(
            f"{name}, of bare Django INSERT", ratio(times[name], floor), ALONE,
            detail=f"{milliseconds(times[name])} of {milliseconds(floor)}",
        )
        for name in ("correct in 3 KB", "correct in 300 KB")
    ]  # fmt: skip
    growth = ratio(times["correct in 300 KB"], times["correct in 3 KB"])
    return [*found, Result("correct in 300 KB, of correct in 3 KB", growth, None)]


def _correcting(client: Client, database: Database, article: int) -> Callable[[], object]:
    """Each time another passage's word; in a short text the same words anew."""
    places = _places(database, article)
    headers = {
        "Content-Type": "application/x-www-form-urlencoded", "HX-Request": "true",
        "X-CSRFToken": CSRF, "Cookie": f"{client.headers['Cookie']}; csrftoken={CSRF}",
    }  # fmt: skip

    def act() -> object:
        return client.post(f"/articles/{article}/correct", next(places), headers)

    return act


def _places(database: Database, article: int) -> Iterator[str]:
    """Forms that make a word longer by a letter, passage by passage, for ever."""
    rows = [list(row) for row in database.execute(WORDS, [article])]
    texts = {row[0]: database.execute(TEXT, [article, row[0]])[0][0] for row in rows}
    while True:
        for row in rows:
            number, revision, word = row
            start = texts[number].index(word)
            span = {
                "passage": number, "revision": revision, "start": start,
                "end": start + len(word), "exact": word,
            }  # fmt: skip
            new = word + "a"
            yield urlencode(
                {"id": str(uuid.uuid4()), "spans": json.dumps([span]), "replacement": new}
            )
            row[1:] = revision + 1, new
            texts[number] = texts[number][:start] + new + texts[number][start + len(word) :]


def _at_once(database: Database, texts: int) -> list[Result]:
    made = _inside(database, "benchmarks.bulk", str(texts), "5")
    times = {name: median(seconds) for name, seconds in made["times"].items()}
    return [
        Result(
            f"{what} in {made['articles']} texts as one act, of bare statements",
            ratio(times[ours], times[floor]), MANY_TEXTS,
            detail=f"{times[ours]:.2f} s of {times[floor]:.2f} s",
        )
        for what, ours, floor in (
            ("one garbling corrected", "ours", "floor"), ("the same undone", "undo", "undo floor"),
        )
    ]  # fmt: skip


def _together(database: Database, seconds: int) -> list[Result]:
    """Two processes of people on ten texts; every fault and every breach counts."""
    ids = [str(pk) for (pk,) in database.execute(ARTICLES)]
    shares = [
        subprocess.Popen(
            [sys.executable, "-m", "benchmarks.crowd", str(seconds), str(PEOPLE // 2), f"s{n}",
             *ids],
            cwd=ROOT, env=database.environment(), stdout=subprocess.PIPE, text=True,
        )
        for n in range(2)
    ]  # fmt: skip
    reports = [json.loads(share.communicate()[0]) for share in shares]
    faults = sum(len(report["faults"]) for report in reports)
    done = sum(count for report in reports for what, count in report["done"].items()
               if "refused" not in what)  # fmt: skip
    kept = int(database.execute(
        "SELECT count(*) FROM articles_activity AS a JOIN accounts_user AS u ON u.id = a.actor_id "
        "WHERE u.username LIKE 'crowd-%%'", [])[0][0])  # fmt: skip
    checked = subprocess.run(
        [sys.executable, "manage.py", "check_integrity"], cwd=ROOT, env=database.environment(),
        stdout=subprocess.PIPE, check=False,
    )  # fmt: skip
    name = f"{PEOPLE} people on ten texts for {seconds} s"
    return [
        Result(f"{name}: faults", faults, 0.0, unit=""),
        Result(f"{name}: acts done and not in the log", done - kept, 0.0, unit="",
               detail=f"{done} acts"),
        Result(f"{name}: integrity broken", checked.returncode, 0.0, unit=""),
    ]  # fmt: skip


def _inside(database: Database, module: str, *arguments: str) -> Any:
    made = subprocess.run(
        [sys.executable, "-m", module, *arguments], cwd=ROOT, env=database.environment(),
        check=True, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    return json.loads(made.stdout)
