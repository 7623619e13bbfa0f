"""The starter list: countries and territories, and bodies, places and persons of diplomacy.

The names of territories are those of CLDR, as Babel has them; all else stands in readable tables
under `annotations/data`.
"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING, Final

from babel import Locale

from annotations.services.entity_files import EntityFile
from annotations.services.loading import load_records
from annotations.text.records import record_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from annotations.services.loading import Loaded
    from annotations.text.records import EntityRecord
    from articles.services.log import Agent

DATA: Final = Path(__file__).resolve().parent.parent / "data"
SOURCE: Final = "starter"


def load_starter(agent: Agent) -> Loaded:
    """Load the starter list; what is there already stays as people left it."""
    return load_records(starter_records(), agent=agent, source=SOURCE, origin=SOURCE)


def starter_records() -> Iterator[EntityRecord]:
    """All records of the starter list. Raises `WrongRecord` for one that cannot be read."""
    yield from _territories()
    with EntityFile(DATA / "starter.tsv") as file:
        for line in file:
            if line.fault is not None:
                raise line.fault
            if line.record is not None:
                yield line.record


def _territories() -> Iterator[EntityRecord]:
    french, english = Locale("fr").territories, Locale("en").territories
    with (DATA / "territories.tsv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            code = row["iso"]
            if code not in french or code not in english:
                continue
            yield record_of({
                "kind": "place",
                "wikidata": row["wikidata"],
                "label_fr": french[code],
                "label_en": english[code],
                "aliases": row["aliases"],
                "description_fr": "pays ou territoire",
                "description_en": "country or territory",
            })  # fmt: skip
