"""Loading files of entities: every form of file, the second load, changed files, bad lines."""

from __future__ import annotations

import csv
import datetime
import gzip
import json
import os
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from annotations.models import Entity, EntityIdentifier, EntityName, Office
from annotations.services.entities import change_entity, merge_entities, retire_entity
from annotations.services.entity_files import EntityFile, WrongFile
from annotations.services.loading import load_records
from annotations.services.undoing import undo_act
from annotations.text.identifiers import wikidata_id
from annotations.text.records import WrongRecord, date_of, record_of
from articles.models import Activity
from articles.services.log import Agent
from diplowatch.accounts.models import User

pytestmark = pytest.mark.django_db
LOADER = Agent(name="tests")
STARTER = Path(__file__).parents[3] / "annotations" / "data" / "starter.tsv"
SHARED = Path(
    os.environ.get("DIPLOWATCH_ENTITIES")
    or Path(__file__).parents[4] / "shared" / "data" / "entities.jsonl.gz"
)
BLINKEN: dict[str, Any] = {
    "qid": "Q7821917", "type": "person", "en": "Antony Blinken", "fr": None, "aliases": ["Tony"],
    "country": "us-cabinet",
    "positions": [["Secretary of State", "2021-01-26", ""], ["Adviser", "2013", "2015-01"]],
}  # fmt: skip
PARIS = {
    "qid": "Q90", "type": "city", "en": "Paris", "fr": "Paris", "aliases": [],
    "geonameid": 2988507.0,
}  # fmt: skip


def load(path: Path, **options: Any) -> str:
    out = StringIO()
    call_command("load_entities", str(path), stdout=out, stderr=StringIO(), **options)
    return out.getvalue().strip()


def write(path: Path, *records: dict[str, Any]) -> Path:
    lines = "".join(json.dumps(record) + "\n" for record in records).encode()
    path.write_bytes(gzip.compress(lines) if path.suffix == ".gz" else lines)
    return path


def said() -> dict[str, list[Any]]:
    models = (Entity, EntityName, EntityIdentifier, Office)
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in models}


@pytest.fixture(autouse=True)
def _in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")


@pytest.mark.parametrize("name", ["some.jsonl", "some.jsonl.gz", "some.data"])
def test_json_lines_are_loaded_and_the_second_time_nothing_changes(
    tmp_path: Path, name: str
) -> None:
    path = write(tmp_path / name, BLINKEN, PARIS)
    assert load(path) == "2 entities new, 0 changed, 0 unchanged."
    blinken = Entity.objects.get(identifiers__value="Q7821917")
    assert (blinken.kind, blinken.label_fr, blinken.label_en) == ("person", "", "Antony Blinken")
    assert blinken.description_en == "US"
    assert blinken.origin == "file"
    assert list(blinken.names.order_by("pk").values_list("name", "language", "kind", "folded")) == [
        ("Antony Blinken", "en", "label", "antony blinken"), ("Tony", "", "alias", "tony"),
    ]  # fmt: skip
    adviser = blinken.offices.get(title_en="Adviser")
    assert (adviser.start, adviser.start_precision) == (datetime.date(2013, 1, 1), "year")
    assert (adviser.end, adviser.end_precision) == (datetime.date(2015, 1, 31), "month")
    paris = Entity.objects.get(identifiers__value="Q90")
    assert list(paris.names.values_list("name", "language")) == [("Paris", "")]
    assert paris.identifiers.get(authority="geonames").value == "2988507"
    before, acts = said(), Activity.objects.count()
    assert load(path) == "0 entities new, 0 changed, 2 unchanged."
    assert said() == before
    assert Activity.objects.count() == acts


@pytest.mark.parametrize(("name", "sign"), [("a.csv", ","), ("b.csv", ";"), ("c.tsv", "\t")])
def test_tables_are_loaded(tmp_path: Path, name: str, sign: str) -> None:
    path = tmp_path / name
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        table = csv.writer(file, delimiter=sign)
        table.writerow(["Kind", "wikidata", "label_fr", "label_en", "aliases", "offices"])
        table.writerow([
            "personne", "https://www.wikidata.org/wiki/Q3052772", "Emmanuel Macron", "",
            "Macron; E. Macron", "président / president @ 2017-05-14..; ministre",
        ])  # fmt: skip
    assert load(path).startswith("1 entity new")
    macron = Entity.objects.get()
    assert sorted(macron.names.values_list("name", flat=True)) == [
        "E. Macron", "Emmanuel Macron", "Macron",
    ]  # fmt: skip
    assert sorted(macron.offices.values_list("title_fr", "title_en", "start")) == [
        ("ministre", "", None), ("président", "president", datetime.date(2017, 5, 14)),
    ]  # fmt: skip
    assert load(path).startswith("0 entities new, 0 changed, 1 unchanged")


def test_a_changed_file_changes_what_it_made_by_id_and_that_is_undone(
    tmp_path: Path, editor: User
) -> None:
    path = write(tmp_path / "some.jsonl", BLINKEN, PARIS)
    load(path)
    before = said()
    ended = [["Secretary of State", "2021-01-26", "2025-01-20"]]
    changed = BLINKEN | {"fr": "Antony J. Blinken", "aliases": ["A. B."], "positions": ended}
    write(path, changed, PARIS)
    assert load(path) == "0 entities new, 1 changed, 1 unchanged."
    blinken = Entity.objects.get(identifiers__value="Q7821917")
    assert blinken.label_fr == "Antony J. Blinken"
    assert {"A. B.", "Tony", "Antony J. Blinken"} <= set(
        blinken.names.filter(retired=False).values_list("name", flat=True)
    )
    assert blinken.offices.get(title_en="Secretary of State").end == datetime.date(2025, 1, 20)
    assert load(path) == "0 entities new, 0 changed, 2 unchanged."
    undo_act(activity=Activity.objects.first(), agent=Agent(editor), allow=lambda places: None)
    blinken.refresh_from_db()
    assert blinken.label_fr == ""
    assert blinken.loaded == before["Entity"][0]["loaded"]


def test_what_people_changed_stays_when_the_same_file_comes_again(tmp_path: Path) -> None:
    path = write(tmp_path / "some.jsonl", BLINKEN, PARIS)
    load(path)
    blinken = Entity.objects.get(identifiers__value="Q7821917")
    paris = Entity.objects.get(identifiers__value="Q90")
    change_entity(entity_id=blinken.pk, version=1, agent=LOADER, label_en="Blinken")
    retire_entity(entity_id=paris.pk, version=1, agent=LOADER)
    before = said()
    assert load(path) == "0 entities new, 0 changed, 2 unchanged."
    assert said() == before
    write(path, BLINKEN, PARIS | {"fr": "Lutèce"})
    assert load(path) == "0 entities new, 0 changed, 2 unchanged."


def test_merged_entities_are_known_again_by_both_ids(tmp_path: Path) -> None:
    twin = BLINKEN | {"qid": "Q1", "en": "Anthony Blinken", "positions": []}
    path = write(tmp_path / "some.jsonl", BLINKEN, twin)
    load(path)
    winner = Entity.objects.get(identifiers__value="Q7821917")
    loser = Entity.objects.get(identifiers__value="Q1")
    merge_entities(entity_id=loser.pk, version=1, into_id=winner.pk, agent=LOADER)
    assert load(path) == "0 entities new, 0 changed, 2 unchanged."
    write(path, BLINKEN, twin | {"en": "A. Blinken"})
    load(path)
    winner.refresh_from_db()
    assert winner.label_en == "Antony Blinken"
    assert winner.names.filter(name="A. Blinken", kind="alias").exists()


def test_two_records_of_one_entity_may_give_it_the_same_name(tmp_path: Path) -> None:
    twin = BLINKEN | {"qid": "Q1", "positions": []}
    path = write(tmp_path / "some.jsonl", BLINKEN, twin)
    load(path)
    ids = {one: Entity.objects.get(identifiers__value=one).pk for one in ("Q7821917", "Q1")}
    merge_entities(entity_id=ids["Q1"], version=1, into_id=ids["Q7821917"], agent=LOADER)
    write(path, *(record | {"aliases": ["Tony", "A. B."]} for record in (BLINKEN, twin)))
    load(path)
    assert EntityName.objects.filter(name="A. B.", retired=False).count() == 1


def test_records_are_read_while_others_are_stored(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("annotations.services.entity_files.AHEAD", 1)
    path = write(tmp_path / "some.jsonl", BLINKEN, PARIS)
    assert load(path) == "2 entities new, 0 changed, 0 unchanged."
    with EntityFile(path) as file:
        lines = iter(file)
        assert next(lines).number == 1
        lines.close()  # whoever stops early waits for nothing
    path.write_bytes(json.dumps(BLINKEN).encode() + b"\n\xff")
    with EntityFile(path) as file, pytest.raises(WrongFile):
        list(file)


def test_names_are_in_their_indexes_after_the_load(tmp_path: Path) -> None:
    load(write(tmp_path / "some.jsonl", BLINKEN, PARIS))
    with connection.cursor() as cursor:
        cursor.execute("SELECT gin_clean_pending_list('entity_name_parts')")
        assert cursor.fetchone() == (0,)  # pages that were still to be sorted in


def test_another_file_fills_and_adds_but_changes_no_label(tmp_path: Path) -> None:
    load(write(tmp_path / "one.jsonl", BLINKEN))
    other = {
        "kind": "person", "wikidata": "Q7821917", "label_fr": "Antony Blinken",
        "label_en": "Tony Blinken", "description_fr": "diplomate",
        "offices": [
            {"title_fr": "secrétaire d’État", "from": "2021-01-26", "until": "2025-01-20"},
            {"title_fr": "stagiaire", "from": "1990"},
        ],
    }  # fmt: skip
    path = write(tmp_path / "two.jsonl", other)
    assert load(path) == "0 entities new, 1 changed, 0 unchanged."
    blinken = Entity.objects.get()
    assert (blinken.label_fr, blinken.label_en) == ("Antony Blinken", "Antony Blinken")
    assert blinken.names.get(name="Tony Blinken").kind == "alias"
    assert blinken.description_fr == "diplomate"
    assert blinken.offices.filter(start=datetime.date(2021, 1, 26)).count() == 1
    assert blinken.offices.filter(title_fr="stagiaire").exists()
    for name in ("one.jsonl", "two.jsonl"):
        assert load(tmp_path / name) == "0 entities new, 0 changed, 1 unchanged."


def test_records_without_an_id_are_known_again(tmp_path: Path) -> None:
    pact = {"kind": "organisation", "label_fr": "AUKUS"}
    path = write(tmp_path / "some.jsonl", pact, {"kind": "event", "label_fr": "AUKUS"})
    assert load(path) == "2 entities new, 0 changed, 0 unchanged."
    assert load(path) == "0 entities new, 0 changed, 2 unchanged."
    entity = Entity.objects.get(kind="organisation")
    change_entity(entity_id=entity.pk, version=1, agent=LOADER, description_fr="pacte")
    write(path, pact | {"aliases": ["Aukus"]})
    assert load(path) == "0 entities new, 1 changed, 0 unchanged."
    assert Entity.objects.count() == 2


def test_lines_that_are_no_records_are_said_and_the_others_loaded(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "some.jsonl"
    lines = [
        json.dumps(BLINKEN), "", "[1]", "{", '{"type": "ghost", "en": "x"}', '{"type": "person"}',
        '{"type": "person", "en": "x", "qid": "12"}', json.dumps(PARIS | {"en": "x" * 301}),
        '{"type": "person", "en": "a\\ud800"}', '{"type": "person", "en": {"a": 1}}',
        '{"type": "person", "en": "a", "aliases": 3}', json.dumps(PARIS), json.dumps(PARIS),
        '{"type": "person", "en": "Nul\\u0000 l", "positions": [["x", "2021-13", "2020-02-30"]]}',
    ]  # fmt: skip
    path.write_text("\n".join(lines))
    out, err = StringIO(), StringIO()
    with pytest.raises(SystemExit):
        call_command("load_entities", str(path), stdout=out, stderr=err)
    assert out.getvalue().strip() == (
        "3 entities new, 0 changed, 0 unchanged, 1 repeated, 9 lines not read."
    )
    assert "line 5 has no known kind: ghost" in err.getvalue()
    assert Entity.objects.filter(label_en="Nul l", offices__start=None).exists()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.csv", b"name,id\nx,y\n"),
        ("b.jsonl", b"\xff\xfe{"),
        ("c.csv", b"kind,label_fr\nperson,\xe9\n"),
        ("d.jsonl.gz", gzip.compress(b'{"type": "person", "en": "x"}\n' * 2000)[:-9]),
        ("e.jsonl", b'[{"type": "person"}]'),
        ("f.csv", b""),
    ],
)
def test_what_is_no_file_of_entities_is_refused_whole(
    tmp_path: Path, name: str, data: bytes
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(CommandError):
        load(path)
    assert not Entity.objects.exists()


def test_who_may_load(tmp_path: Path, editor: User, annotator: User) -> None:
    path = write(tmp_path / "some.jsonl", PARIS)
    for name in ("nobody", annotator.username):
        with pytest.raises(CommandError):
            load(path, user=name)
    load(path, user=editor.username)
    assert Activity.objects.get().actor == editor
    with pytest.raises(CommandError):
        load(tmp_path / "missing.jsonl")


def test_an_id_stays_with_whom_has_it_first(tmp_path: Path) -> None:
    load(write(tmp_path / "some.jsonl", PARIS, PARIS | {"qid": "Q2", "en": "Paris bis"}))
    assert EntityIdentifier.objects.get(authority="geonames").entity.label_en == "Paris"
    assert Entity.objects.count() == 2


@pytest.mark.parametrize(
    ("pasted", "found"),
    [
        ("Q90", "Q90"), (" q90 ", "Q90"), ("https://www.wikidata.org/wiki/Q90#P31", "Q90"),
        ("http://www.wikidata.org/entity/Q90", "Q90"), ("wikidata:Q90", "Q90"),
        ("https://m.wikidata.org/wiki/Special:EntityPage/Q90", "Q90"), ("Q0", ""), ("QE2", ""),
        ("le Q90", ""), ("https://example.org/Q90", ""), ("", ""),
    ],
)  # fmt: skip
def test_ids_of_wikidata_are_told_from_what_is_pasted(pasted: str, found: str) -> None:
    assert wikidata_id(pasted) == found


def test_dates_say_how_much_is_known() -> None:
    assert date_of("2020-02", last=True) == (datetime.date(2020, 2, 29), "month")
    assert date_of("2021-02-30") == (None, "")
    assert date_of("") == (None, "")


def test_offices_with_impossible_dates_keep_their_title() -> None:
    record = record_of(BLINKEN | {"positions": [["x", "2020-01-01", "2019-01-01"]]})
    assert record.offices[0].start is None
    with pytest.raises(WrongRecord):
        record_of(BLINKEN | {"positions": [[1]]})


def test_the_starter_list_loads_whole_and_once() -> None:
    out = load(STARTER)
    assert "not read" not in out
    assert load(STARTER).startswith("0 entities new, 0 changed")


@pytest.mark.skipif(not SHARED.exists(), reason="the large list is not here")
def test_every_line_of_the_large_list_is_a_record() -> None:
    with gzip.open(SHARED, "rt", encoding="utf-8") as file:
        records = [record_of(json.loads(line)) for line in file]
    assert len({record.key for record in records}) == len(records)
    assert load_records(records[:500], agent=LOADER, source="x").created == 500
