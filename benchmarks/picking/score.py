"""`python -m benchmarks.picking.score`: how well and how fast the picker finds garbled names.

Run it on a database with the starter list and the large list loaded (`manage.py load_entities`).
"""

from __future__ import annotations

import csv
import os
import time
from pathlib import Path
from statistics import median, quantiles
from typing import Any

PAIRS = Path(__file__).with_name("garbled.tsv")


def main() -> None:
    """Score each pair, and time the look-up beside its bare statements."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "diplowatch.settings")
    from diplowatch.bootstrap import prepare

    prepare(["score"])
    import django

    django.setup()
    _score(list(csv.DictReader(PAIRS.open(encoding="utf-8"), delimiter="\t")))


def _score(pairs: list[dict[str, str]]) -> None:
    from annotations.models import EntityName
    from annotations.queries import picking
    from annotations.text.folding import fold

    spent = _Spent(picking)
    at_once, among_five, wrong, times, floors = 0, 0, 0, [], []
    for pair in pairs:
        names = EntityName.objects.filter(folded=fold(pair["meant"]), retired=False)
        meant = set(names.values_list("entity", flat=True))
        picking.find_candidates(pair["heard"])
        spent.seconds, began = 0.0, time.perf_counter()
        found = picking.find_candidates(pair["heard"])
        times.append((time.perf_counter() - began) * 1000)
        floors.append(spent.seconds * 1000)
        ids = [one.id for one in found]
        at_once += bool(meant & set(ids[:1]))
        among_five += bool(meant & set(ids[:5]))
        wrong += bool(found and found[0].strong and found[0].id not in meant)
    count = len(pairs)
    print(f"hits@1 {at_once}/{count}, hits@5 {among_five}/{count}, marked wrongly {wrong}")
    print(f"median {median(times):.1f} ms, p95 {quantiles(times, n=20)[-1]:.1f} ms")
    print(f"bare SQL median {median(floors):.1f} ms, p95 {quantiles(floors, n=20)[-1]:.1f} ms")
    print(f"ratio of sums {sum(times) / sum(floors):.2f}")


class _Spent:
    """The time that the statements themselves take."""

    def __init__(self, picking: Any) -> None:
        self.seconds = 0.0
        fetch = picking._fetch

        def timed(*asked: Any) -> Any:
            began = time.perf_counter()
            try:
                return fetch(*asked)
            finally:
                self.seconds += time.perf_counter() - began

        picking._fetch = timed


if __name__ == "__main__":
    main()
