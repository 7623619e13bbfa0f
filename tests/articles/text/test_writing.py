"""Corrected texts written as files again: read back, they give the same article."""

from __future__ import annotations

import datetime as dt
import random
import re
from dataclasses import replace
from pathlib import Path

import pytest

from articles.text.edits import Edit
from articles.text.operations import Text
from articles.text.parse import parse_text, words_of
from articles.text.provenance import Runs, trace, untouched
from articles.text.shapes import ParsedText
from articles.text.writing import Born, Details, Spoken, Written, write_text
from benchmarks.parsing.fixtures import read_folders
from tests.every import every

ROOT = Path(__file__).parents[3]
SAMPLES = sorted((ROOT / "samples").glob("*.txt"))
FIXTURES = read_folders([ROOT / "tests/fixtures/parsing"])
TEXTS = [(path.name, path.read_text()) for path in SAMPLES] + [
    (one.file_name or one.name, one.text) for one in FIXTURES[::8]
]
WORD = re.compile(r"\b[a-zéèàêûîôç]{6,}\b")


def spoken_of(read: ParsedText, text: str) -> list[Spoken]:
    return [
        Spoken(
            one.role, "" if one.speaker is None else read.speakers[one.speaker].name,
            one.exchange, words_of(text, one),
        )
        for one in read.passages
    ]  # fmt: skip


def details_of(read: ParsedText) -> Details:
    title = "" if read.title_derived else read.title
    return Details(
        read.kind, title, read.date, read.date_precision, read.source, read.url, read.language
    )


def written(name: str, text: str, changes: dict[int, Runs] | None = None) -> Written:
    read = parse_text(text, file_name=name)
    texts = [words_of(text, one) for one in read.passages]
    runs = [(changes or {}).get(n, untouched(words)) for n, words in enumerate(texts)]
    born = [
        Born(one.start, one.end, one.holes, run)
        for one, run in zip(read.passages, runs, strict=True)
    ]
    passages = [
        one._replace(text="".join(run.text for run in run_s))
        for one, run_s in zip(spoken_of(read, text), runs, strict=True)
    ]
    return Written(text, name, born, passages, details_of(read))


def reads_back(given: Written) -> bool:
    """Whether what is written gives the same passages and details."""
    file = write_text(given)
    read = parse_text(file, file_name=given.file_name)
    return (spoken_of(read, file), details_of(read)) == (list(given.passages), given.details)


@every(TEXTS, name=lambda one: one[0])
def test_an_unchanged_text_is_its_source(one: tuple[str, str]) -> None:
    name, text = one
    assert write_text(written(name, text)) == text


def corrected(name: str, text: str) -> Written:
    """A text with one word in each of some passages corrected."""
    chance = random.Random(name)  # noqa: S311 - the same corrections every time
    read = parse_text(text, file_name=name)
    changes = {}
    for number, passage in enumerate(read.passages):
        words = words_of(text, passage)
        places = list(WORD.finditer(words))
        if places and chance.random() < 0.5:
            place = chance.choice(places)
            edit = Edit(place.start(), place.group(), chance.choice(["corrigé", "un autre mot"]))
            changes[number] = trace({1: words}, [(2, Text(1, (edit,)))])[1]
    return written(name, text, changes)


@pytest.mark.parametrize("path", SAMPLES, ids=[path.name for path in SAMPLES])
def test_a_corrected_sample_reads_back(path: Path) -> None:
    assert reads_back(corrected(path.name, path.read_text()))


@pytest.mark.parametrize("path", SAMPLES, ids=[path.name for path in SAMPLES])
def test_a_sample_reads_back_with_its_labels_written_out(path: Path) -> None:
    assert reads_back(replace(written(path.name, path.read_text()), born=[]))


def test_nearly_all_conventions_read_back_after_corrections() -> None:
    """What is told by nothing but its wording may be read otherwise once the wording is another."""
    given = [corrected(name, text) for name, text in TEXTS]
    assert sum(map(reads_back, given)) >= 0.88 * len(given)


def test_nearly_all_conventions_read_back_with_labels_written_out() -> None:
    given = [replace(written(name, text), born=[]) for name, text in TEXTS]
    assert sum(map(reads_back, given)) >= 0.88 * len(given)


def test_changed_details_are_written_into_the_header() -> None:
    given = written("a.txt", " date 2021-10 Le ministre a parlé.\n\nIl est reparti.\n")
    details = replace(
        given.details, title="Une visite", date=dt.date(2021, 10, 5), precision="day",
        source="Le Courrier", url="https://example.org/visite",
    )  # fmt: skip
    file = write_text(replace(given, details=details))
    assert "title: Une visite\n" in file
    assert "date: 2021-10-05\n" in file
    assert details_of(parse_text(file)) == details


def test_labels_and_quotation_marks_stay_as_they_were_printed() -> None:
    text = 'France 2 : Avez-vous compris ?\n\nAntony Blingen : "J\'ai bien compris".\n'
    given = written("a.txt", text)
    words = given.passages[1].text
    edit = Edit(words.index("compris"), "compris", "entendu")
    changed = written("a.txt", text, {1: trace({1: words}, [(2, Text(1, (edit,)))])[1]})
    assert write_text(changed) == text.replace("bien compris", "bien entendu")
