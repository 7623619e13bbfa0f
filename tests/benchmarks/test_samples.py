"""The sample collection keeps to its format and is read as it is meant."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from articles.text.parse import parse_text, words_of

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
TEXTS = sorted(SAMPLES.glob("*.txt"))
VOICES = {
    "11_entretien_radio_cinq_fleuves": ({"Radio Cinq-Fleuves", "Mathilde Kerstenholz"}, 4),
    "12_entretien_historien_vienne": ({"Judith Morel-Thann", "Aurélien Passavant"}, 4),
    "13_interview_montreal_protocol": ({"Desmond Achterberg", "Philippa Oduya-Lane"}, 4),
}
ARTICLES = [path for path in TEXTS if path.stem not in VOICES]
INTERVIEWS = [path for path in TEXTS if path.stem in VOICES]


def test_there_are_ten_articles_and_three_interviews() -> None:
    assert (len(ARTICLES), len(INTERVIEWS)) == (10, 3)


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_a_sample_has_the_header_and_a_short_text(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert re.match(r" date \d{4}-\d{2} \S", text)
    assert 600 <= len(text) <= 2500
    parsed = parse_text(text, file_name=path.name)
    assert parsed.date is not None
    assert (parsed.date_precision, parsed.notices) == ("month", ())


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.stem)
def test_a_sample_article_is_read_as_paragraphs(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    parsed = parse_text(text, file_name=path.name)
    assert (parsed.kind, parsed.language) == ("article", "fr")
    assert {passage.role for passage in parsed.passages} == {"paragraph"}
    assert len(parsed.passages) == text.count("\n\n") + 1


@pytest.mark.parametrize("path", INTERVIEWS, ids=lambda path: path.stem)
def test_a_sample_interview_says_it_is_invented_and_is_read_in_turns(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    parsed = parse_text(text, file_name=path.name)
    names, exchanges = VOICES[path.stem]
    assert parsed.kind == "interview"
    notes = [words_of(text, one) for one in parsed.passages if one.role == "note"]
    assert any(re.search("fictif|Fictitious", note) for note in notes)
    assert {speaker.name for speaker in parsed.speakers} == names
    assert max(one.exchange or 0 for one in parsed.passages) == exchanges
