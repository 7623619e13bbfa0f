"""A made-up list of persons for where no real one is at hand: always the same, of its size."""

from __future__ import annotations

import gzip
import json
import os
import random
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.house import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

COUNT = 32_129
BEGINNINGS = ("", "b", "ch", "d", "f", "g", "j", "k", "l", "m", "n", "p", "r", "s", "t", "v", "z")
VOWELS = ("a", "e", "i", "o", "u", "ai", "ou")
ENDS = ("", "n", "r", "s", "l", "k", "ov", "ski", "dez", "sson")
OFFICES = ("Minister of Defence", "Minister of Finance", "Foreign Minister", "Prime Minister")


def entity_list(folder: Path) -> Path:
    """The large list: the one that is named or lies beside the project, else one made up."""
    beside = ROOT.parent / "shared" / "data" / "entities.jsonl.gz"
    path = Path(os.environ.get("DIPLOWATCH_ENTITIES") or beside)
    if path.exists():
        return path
    made = folder / "people.jsonl.gz"
    with gzip.open(made, "wt", encoding="utf-8") as file:
        for person in people():
            file.write(json.dumps(person) + "\n")
    return made


def people(count: int = COUNT) -> Iterator[dict[str, Any]]:
    """So many persons as records; many share their first name, few their surname."""
    dice = random.Random(count)
    first_names = [_word(dice, 2) for _ in range(2_000)]
    for number in range(count):
        first = first_names[min(int(dice.paretovariate(0.5)), len(first_names)) - 1]
        begun = dice.randint(1950, 2020)
        yield {
            "type": "person",
            "qid": f"Q{900_000_000 + number}",
            "en": f"{first.title()} {_word(dice, 3).title()}",
            "positions": [[dice.choice(OFFICES), str(begun), str(begun + dice.randint(0, 9))]],
        }


def _word(dice: random.Random, syllables: int) -> str:
    said = [
        dice.choice(BEGINNINGS) + dice.choice(VOWELS) for _ in range(dice.randint(1, syllables))
    ]
    return "".join(said) + dice.choice(ENDS)
