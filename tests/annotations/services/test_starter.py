"""The starter list: whole, readable, its ids those of the list of checks where that is there."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from annotations.models import Entity, EntityName, Office
from annotations.services.starter import load_starter, starter_records
from annotations.text.folding import fold
from articles.services.log import Agent

CHECKS = Path(__file__).resolve().parents[4] / "shared" / "data" / "entities.jsonl.gz"
AGENT = Agent(name="test")
OF_THE_SEEDS = (
    "Antony Blinken", "Jean-Yves Le Drian", "Katherine Tai", "Ned Price", "John Kerry",
    "Philippe Étienne", "Joe Biden", "Emmanuel Macron", "Quai d’Orsay", "AUKUS", "OCDE",
    "Covid-19", "Indo-Pacifique", "Sahel", "France", "États-Unis", "Australie", "Paris",
    "Vladimir Poutine", "Alexandre Loukachenko", "Volodymyr Zelensky",
)  # fmt: skip


def test_every_record_can_be_read_and_stands_once() -> None:
    records = list(starter_records())

    assert len(records) > 600
    assert len({record.key for record in records}) == len(records)
    assert sum(record.kind == "person" and bool(record.offices) for record in records) > 150
    assert all(record.label_fr and record.label_en for record in records)


def test_offices_end_after_they_begin() -> None:
    offices = [office for record in starter_records() for office in record.offices]

    assert all(office.start and office.title_fr and office.title_en for office in offices)
    assert all(o.end is None or o.start is None or o.start < o.end for o in offices)


@pytest.mark.skipif(not CHECKS.exists(), reason="the list of checks is not here")
def test_ids_are_those_of_the_list_of_checks() -> None:
    with gzip.open(CHECKS, "rt") as file:
        known = {row["qid"]: row for row in map(json.loads, file)}
    wrong, checked = [], 0
    for record in starter_records():
        row = known.get(dict(record.identifiers).get("wikidata", ""))
        if row is None:
            continue
        checked += 1
        theirs = {fold(name) for name in (row["en"], row["fr"], *row["aliases"]) if name}
        ours = {fold(name) for name in (record.label_fr, record.label_en, *record.aliases)}
        if not theirs & ours:
            wrong.append((record.label_en, row["en"]))

    assert checked > 450
    # The list writes these two in another way.
    assert [pair for pair in wrong if pair[0] not in SPELT_APART] == []


SPELT_APART = ("Organisation for Economic Co-operation and Development",)


@pytest.mark.django_db
def test_it_is_loaded_once_and_has_what_texts_name() -> None:
    first = load_starter(AGENT)
    again = load_starter(AGENT)

    assert first.created == Entity.objects.count() > 600
    assert (again.created, again.updated) == (0, 0)
    for name in OF_THE_SEEDS:
        assert EntityName.objects.filter(folded=fold(name)).exists(), name
    assert Office.objects.filter(entity__label_fr="Jean-Yves Le Drian").count() == 2


@pytest.mark.django_db
def test_the_command_loads_it(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("load_entities", "--starter")

    assert Entity.objects.filter(origin="starter").exists()
    assert capsys.readouterr().out


@pytest.mark.django_db
def test_the_command_without_a_file_says_what_it_wants() -> None:
    with pytest.raises(CommandError, match="--starter"):
        call_command("load_entities")
