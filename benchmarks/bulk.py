"""One garbling corrected in many articles as one act, beside the bare statements that it makes.

Run inside a house (`python -m benchmarks.bulk ARTICLES ROUNDS`); prints the seconds of each round
as JSON. Each round is taken back, so that all of them are on the same rows.
"""

from __future__ import annotations

import json
import sys
from time import perf_counter
from typing import TYPE_CHECKING, Any

import django

django.setup()

from django.db import connection, transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from annotations.services.undoing import undo_act  # noqa: E402
from articles.models import Activity, Passage, Verb  # noqa: E402
from articles.services.log import Agent  # noqa: E402
from articles.services.operating import Act, Work, operate  # noqa: E402
from articles.text.edits import Edit  # noqa: E402
from articles.text.operations import Text  # noqa: E402
from articles.text.reading import vectors  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

AGENT = Agent(name="measuring")
FREE = 1_000_000  # a number of revisions that no article has come to
# A word in the first long passage of each article, and a highlight on every second of them.
PLACES = """
SELECT DISTINCT ON (p.article_id) p.article_id, p.number, substring(p.text FROM '\\w{6,}')
FROM articles_passage AS p
WHERE NOT p.retired AND length(p.text) BETWEEN 60 AND 2000 AND p.text ~ '\\w{6,}'
ORDER BY p.article_id, p.position LIMIT %s
"""


class TakenBack(Exception):
    """The round is over."""


def main() -> None:
    """Measure in turn."""
    articles, rounds = int(sys.argv[1]), int(sys.argv[2])
    with connection.cursor() as cursor:
        cursor.execute(PLACES, [articles])
        places = cursor.fetchall()
    passages = {
        one.article_id: one
        for one in Passage.objects.filter(article__in=[pk for pk, _n, _w in places])
        if (one.article_id, one.number) in {place[:2] for place in places}
    }
    edits = {pk: Edit(passages[pk].text.index(word), word, word + "ski") for pk, _n, word in places}
    times: dict[str, list[float]] = {"floor": [], "ours": [], "undo floor": [], "undo": []}
    for number in range(rounds + 1):
        for made in (_bare(passages, edits), _ours(passages, edits)):
            if number:
                for name, seconds in made.items():
                    times[name].append(seconds)
    print(json.dumps({"articles": len(edits), "times": times}))


def _bare(passages: dict[int, Passage], edits: dict[int, Edit]) -> dict[str, float]:
    """The same UPDATEs and INSERTs without any thought: one statement for each row."""
    after = {
        pk: one.text[: edits[pk].start] + edits[pk].inserted + one.text[edits[pk].end :]
        for pk, one in passages.items()
    }
    search = dict(zip(after, vectors(list(after.values()), "fr"), strict=True))
    before = dict(
        zip(passages, vectors([one.text for one in passages.values()], "fr"), strict=True)
    )
    return _taken(
        {
            "floor": lambda: _write(passages, after, search, FREE),
            "undo floor": lambda: _write(
                passages, {pk: one.text for pk, one in passages.items()}, before, FREE + 1
            ),
        }
    )


def _write(
    passages: dict[int, Passage], texts: dict[int, str], search: dict[int, str], number: int
) -> None:
    now = timezone.now()
    activity = Activity.objects.create(agent="measuring", verb=Verb.CORRECT, data={})
    with connection.cursor() as cursor:
        cursor.executemany(
            "UPDATE articles_passage SET text = %s, search = %s::tsvector, "
            "revision = revision + 1 WHERE id = %s",
            [(texts[pk], search[pk], one.pk) for pk, one in passages.items()],
        )
        cursor.executemany(
            "UPDATE articles_article SET version = version + 1, revision = revision + 1, "
            "updated = %s WHERE id = %s",
            [(now, pk) for pk in passages],
        )
        cursor.executemany(
            "INSERT INTO articles_revision (article_id, number, passage_id, operation, data, "
            "activity_id, created) VALUES (%s, %s, %s, 'text', %s, %s, %s)",
            [(pk, number, one.pk, '{"edits": [[0, "Blingen", "Blinken"]]}', activity.pk, now)
             for pk, one in passages.items()],
        )  # fmt: skip


def _ours(passages: dict[int, Passage], edits: dict[int, Edit]) -> dict[str, float]:
    works = [
        Work(pk, [Text(one.number, (edits[pk],))], {one.number: one.revision})
        for pk, one in passages.items()
    ]
    made: list[Activity] = []

    def correct() -> None:
        made.append(operate(works, Act(AGENT, Verb.CORRECT, _anybody)).activity)

    def undo() -> None:
        undo_act(activity=made[-1], agent=AGENT, allow=_anybody)

    return _taken({"ours": correct, "undo": undo})


def _taken(acts: dict[str, Callable[[], Any]]) -> dict[str, float]:
    """The seconds of each act, one on what the other left; then all is taken back."""
    seconds = {}
    try:
        with transaction.atomic():
            for name, act in acts.items():
                began = perf_counter()
                act()
                seconds[name] = perf_counter() - began
            raise TakenBack
    except TakenBack:
        return seconds


def _anybody(_places: Sequence[int] | set[int]) -> None:
    """Everybody may."""


if __name__ == "__main__":
    main()
