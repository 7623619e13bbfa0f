"""Every marked fixture is well formed, so that its truth can be trusted."""

from __future__ import annotations

import unicodedata
from collections import Counter

from benchmarks.parsing.fixtures import Fixture, Span, read_folders
from benchmarks.parsing.score import FIXTURES
from tests.every import every

ALL = read_folders([FIXTURES])
INTERVIEWS = [fixture for fixture in ALL if fixture.kind == "interview"]
ARTICLES = [fixture for fixture in ALL if fixture.kind == "article"]
PAIRS = (("«", "»"), ("“", "”"), ('"', '"'), ("**", "**"))

each = every(ALL, name=lambda one: one.name)
each_interview = every(INTERVIEWS, name=lambda one: one.name)
each_article = every(ARTICLES, name=lambda one: one.name)


def words(fixture: Fixture, span: Span) -> str:
    return fixture.text[span.start : span.end]


def without_holes(fixture: Fixture, span: Span) -> str:
    parts, place = [], span.start
    for start, end in span.holes:
        parts.append(fixture.text[place:start])
        place = end
    return "".join([*parts, fixture.text[place : span.end]])


def wrapped(text: str) -> bool:
    return any(
        text.startswith(opening)
        and text.endswith(closing)
        and not set(text[len(opening) : -len(closing)]) & set(opening + closing)
        for opening, closing in PAIRS
    )


def test_there_are_enough_of_both_kinds_and_languages() -> None:
    assert len(INTERVIEWS) >= 34
    assert len(ARTICLES) >= 22
    languages = Counter(fixture.language for fixture in ALL)
    assert languages["fr"] > languages["en"] >= 10
    assert len({fixture.name for fixture in ALL}) == len(ALL)


@each
def test_the_source_text_is_what_decoding_gives(fixture: Fixture) -> None:
    assert unicodedata.is_normalized("NFC", fixture.text)
    controls = {sign for sign in fixture.text if unicodedata.category(sign) == "Cc"}
    assert controls <= {"\n", "\t"}
    assert 300 <= len(fixture.text) <= 6500
    assert fixture.note


@each
def test_passages_are_in_order_and_hold_bare_words(fixture: Fixture) -> None:
    end = 0
    for span in fixture.spans:
        text = words(fixture, span)
        assert span.start >= end
        assert text == text.strip()
        assert any(sign.isalnum() for sign in text)
        assert "\n\n" not in without_holes(fixture, span)
        end = span.end


@each
def test_what_is_no_passage_is_short(fixture: Fixture) -> None:
    marked = sum(span.end - span.start for span in fixture.spans)
    assert marked >= 0.65 * len(fixture.text.strip())


@each
def test_holes_lie_inside_their_passage(fixture: Fixture) -> None:
    for span in fixture.spans:
        assert all(span.start < start < end < span.end for start, end in span.holes)


@each_article
def test_articles_have_no_voices(fixture: Fixture) -> None:
    assert {span.role for span in fixture.spans} <= {"heading", "paragraph", "note"}
    assert all(not span.speaker and span.exchange is None for span in fixture.spans)


@each_interview
def test_only_questions_and_answers_bear_an_exchange(fixture: Fixture) -> None:
    for span in fixture.spans:
        assert (span.exchange is not None) == (span.role in {"question", "answer"}), words(
            fixture, span
        )
        if span.role in {"heading", "paragraph", "note"}:
            assert not span.speaker


@each_interview
def test_exchanges_count_up_and_open_with_a_question(fixture: Fixture) -> None:
    last = 0
    for span in fixture.spans:
        if span.exchange is None:
            continue
        assert span.exchange in {last, last + 1}
        assert span.exchange == last or span.role == "question"
        last = span.exchange
    assert last >= 2


@each_interview
def test_spoken_words_are_without_wrapping_quotation_marks(fixture: Fixture) -> None:
    spoken = [span for span in fixture.spans if span.role in {"question", "answer", "statement"}]
    assert {"question", "answer"} <= {span.role for span in spoken}
    assert not [words(fixture, span) for span in spoken if wrapped(words(fixture, span))]


@each_interview
def test_a_named_voice_is_named_in_the_text(fixture: Fixture) -> None:
    def fold(text: str) -> str:
        return " ".join(text.casefold().split())

    text = fold(fixture.text)
    for span in fixture.spans:
        for part in span.speaker.split():
            assert fold(part) in text
