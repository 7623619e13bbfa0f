"""`python -m benchmarks.picking.score`: how well and how fast the picker finds garbled names.

Run it on a database with the starter list and the large list loaded (`manage.py load_entities`).
The lists of garbled names were each written before the picker saw them: `garbled.tsv` before it was
made, `second.tsv` and `third.tsv` before it was made better.
"""

from __future__ import annotations

import csv
import os
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

FOLDER = Path(__file__).parent
LISTS = ("garbled", "second", "third")


@dataclass(slots=True)
class Scored:
    """What became of a list: whom the picker put first and among five, and the milliseconds of each
    look-up, whole and of its statements alone. `kinds` counts hits@1 and names by kind of slip.
    """

    names: int = 0
    first: int = 0
    five: int = 0
    wrong: int = 0  # another one marked as sure
    whole: list[float] = field(default_factory=list)
    statements: list[float] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    kinds: dict[str, tuple[int, int]] = field(default_factory=dict)


def main() -> None:
    """Score each list, and time the look-ups beside their bare statements."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "diplowatch.settings")
    from diplowatch.bootstrap import prepare

    prepare(["score"])
    import django

    django.setup()
    scored = score_lists()
    for name, one in scored.items():
        found = f"hits@1 {one.first}/{one.names}, hits@5 {one.five}/{one.names}"
        print(f"{name}: {found}, marked wrongly {one.wrong}")
        if len(one.kinds) > 1:
            print("  " + ", ".join(f"{kind} {n}/{of}" for kind, (n, of) in one.kinds.items()))
        print("  not first: " + "; ".join(one.missed))
    whole, statements = times(scored.values())
    print(f"median {median(whole):.1f} ms, p95 {p95(whole):.1f} ms")
    print(f"bare SQL median {median(statements):.1f} ms, p95 {p95(statements):.1f} ms")
    print(f"ratio of sums {sum(whole) / sum(statements):.2f}")


def score_lists() -> dict[str, Scored]:
    """Score all lists on the database at hand."""
    return {name: _score(read_pairs(name)) for name in LISTS}


def read_pairs(name: str) -> list[dict[str, str]]:
    """The garbled names of a list, who was meant, and of what kind the slip is."""
    with (FOLDER / f"{name}.tsv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def times(scored: Iterable[Scored]) -> tuple[list[float], list[float]]:
    """The milliseconds of all look-ups, whole and of their statements."""
    lists = list(scored)
    whole = [each for one in lists for each in one.whole]
    return whole, [each for one in lists for each in one.statements]


def p95(values: Sequence[float]) -> float:
    """What one in twenty exceeds."""
    return quantiles(values, n=20)[-1]


def _score(pairs: Sequence[Mapping[str, str]]) -> Scored:
    from annotations.models import EntityName
    from annotations.queries import picking
    from annotations.text.folding import fold

    scored, kinds, hits = Scored(), Counter[str](), Counter[str]()
    with _Spent(picking) as spent:
        for pair in pairs:
            names = EntityName.objects.filter(folded=fold(pair["meant"]), retired=False)
            meant = set(names.values_list("entity", flat=True))
            picking.find_candidates(pair["heard"])
            spent.seconds, began = 0.0, time.perf_counter()
            found = picking.find_candidates(pair["heard"])
            scored.whole.append((time.perf_counter() - began) * 1000)
            scored.statements.append(spent.seconds * 1000)
            ids, kind = [one.id for one in found], pair.get("kind", "")
            is_first = bool(meant & set(ids[:1]))
            scored.five += bool(meant & set(ids[:5]))
            scored.wrong += bool(found and found[0].strong and found[0].id not in meant)
            kinds[kind] += 1
            hits[kind] += is_first
            if not is_first:
                scored.missed.append(pair["heard"])
    scored.names, scored.first = kinds.total(), hits.total()
    scored.kinds = {kind: (hits[kind], count) for kind, count in kinds.items()}
    return scored


class _Spent:
    """The time that the statements themselves take."""

    def __init__(self, picking: Any) -> None:
        self.seconds, self.picking, self.fetch = 0.0, picking, picking._fetch

    def __enter__(self) -> _Spent:
        self.picking._fetch = self._timed
        return self

    def __exit__(self, *fault: object) -> None:
        self.picking._fetch = self.fetch

    def _timed(self, *asked: Any) -> Any:
        began = time.perf_counter()
        try:
            return self.fetch(*asked)
        finally:
            self.seconds += time.perf_counter() - began


if __name__ == "__main__":
    main()
