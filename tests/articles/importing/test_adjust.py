"""Setting a text right before it is stored: pure functions, so their laws are tested."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from articles.text.adjust import (
    ARTICLE_ROLES,
    INTERVIEW_ROLES,
    SPOKEN,
    Overrides,
    adjusted,
    counted,
    exchanged,
    from_json,
    to_json,
    without_structure,
)
from articles.text.parse import parse_text
from articles.text.reading import Choices
from articles.text.shapes import ParsedText

TALK = """Léa Morin : Que faites-vous ici ?

Paul Aubry : J'attends la délégation.

Léa Morin : Depuis longtemps ?

Paul Aubry : Depuis mardi. La salle est froide.

(Rires)

Léa Morin : Et demain ?

Paul Aubry : Nous verrons bien.
"""
PARSED = parse_text(TALK, kind="interview")
COUNT = len(PARSED.passages)
places = st.integers(0, COUNT + 2)
voices = st.integers(0, 3)
names = st.sampled_from(["", "Paul Aubry", "Léa Morin", "Un autre", "  Jean  Cot "])
choices = st.builds(
    Choices,
    title=st.none() | st.sampled_from(["Titre", ""]),
    date=st.none() | st.sampled_from(["", "2021", "2021-10", "5 octobre 2021", "jamais"]),
    source=st.none() | st.sampled_from(["", "AFP"]),
    language=st.none() | st.just("en"),
)
overrides = st.builds(
    Overrides,
    choices=choices,
    roles=st.dictionaries(places, st.sampled_from([*INTERVIEW_ROLES])),
    voices=st.dictionaries(places, names),
    names=st.dictionaries(voices, names),
    same=st.dictionaries(voices, voices),
    swapped=st.booleans(),
)


def ranges(parsed: ParsedText) -> list[object]:
    """Where the words of each passage lie."""
    return [(p.start, p.end, p.holes) for p in parsed.passages]


@given(overrides)
def test_no_word_moves(given_: Overrides) -> None:
    assert ranges(adjusted(PARSED, given_)) == ranges(PARSED)


@given(overrides)
def test_what_comes_out_is_sound(given_: Overrides) -> None:
    parsed = adjusted(PARSED, given_)
    used = {p.speaker for p in parsed.passages if p.speaker is not None}
    if given_.of_structure:
        assert used == set(range(len(parsed.speakers)))
        assert all(p.speaker is None for p in parsed.passages if p.role not in SPOKEN)
        numbers = [p.exchange for p in parsed.passages if p.exchange is not None]
        assert numbers == sorted(numbers)
        assert all(b - a <= 1 for a, b in zip([0, *numbers], numbers, strict=False))
    assert {p.role for p in parsed.passages} <= set(INTERVIEW_ROLES)
    assert (parsed.date is None) == (parsed.date_precision == "")


@given(overrides)
def test_it_is_kept_as_plain_values(given_: Overrides) -> None:
    assert from_json(json.loads(json.dumps(to_json(given_)))) == given_


@given(overrides)
def test_doing_it_again_from_the_start_gives_the_same(given_: Overrides) -> None:
    assert adjusted(PARSED, given_) == adjusted(PARSED, from_json(to_json(given_)))


@given(choices)
def test_details_alone_leave_the_structure(given_: Choices) -> None:
    parsed = adjusted(PARSED, without_structure(Overrides(given_, swapped=True)))
    assert (parsed.passages, parsed.speakers) == (PARSED.passages, PARSED.speakers)


def test_nothing_set_changes_nothing() -> None:
    assert adjusted(PARSED, Overrides()) == PARSED


def test_counting_agrees_with_reading() -> None:
    again = counted(PARSED.passages)
    assert [p.exchange for p in again] == [p.exchange for p in PARSED.passages]


def test_swapped_twice_is_as_before() -> None:
    once = adjusted(PARSED, Overrides(swapped=True))
    assert [p.role for p in once.passages] != [p.role for p in PARSED.passages]
    twice = adjusted(once, Overrides(swapped=True))
    assert [p.role for p in twice.passages] == [p.role for p in PARSED.passages]
    assert [p.exchange for p in twice.passages] == [p.exchange for p in PARSED.passages]
    assert [s.part for s in twice.speakers] == [s.part for s in PARSED.speakers]


def test_exchanging_takes_what_was_set_by_hand_along() -> None:
    set_by_hand = Overrides(roles={0: "answer", 1: "statement"})
    before = adjusted(PARSED, set_by_hand)
    after = adjusted(PARSED, exchanged(set_by_hand))
    assert [p.role for p in after.passages] == [
        {"question": "answer", "answer": "question"}.get(p.role, p.role) for p in before.passages
    ]
    assert exchanged(exchanged(set_by_hand)) == set_by_hand


def test_a_ring_of_same_speakers_ends_in_one() -> None:
    parsed = adjusted(PARSED, Overrides(same={0: 1, 1: 0}))
    assert [speaker.name for speaker in parsed.speakers] == ["Léa Morin"]
    assert {p.speaker for p in parsed.passages if p.role in SPOKEN} == {0}


def test_labels_of_joined_speakers_are_kept() -> None:
    parsed = adjusted(PARSED, Overrides(same={1: 0}))
    labels = {label for speaker in PARSED.speakers for label in speaker.labels}
    assert set(parsed.speakers[0].labels) == labels


def test_a_new_voice_is_added_once() -> None:
    parsed = adjusted(PARSED, Overrides(voices={0: "Un autre", 2: "Un  autre"}))
    assert [s.name for s in parsed.speakers].count("Un autre") == 1
    assert parsed.passages[0].speaker == parsed.passages[2].speaker


def test_an_article_takes_no_spoken_roles() -> None:
    article = parse_text("Le ministre est arrivé mardi.\n\nIl repartira jeudi.", kind="article")
    parsed = adjusted(article, Overrides(roles={0: "question", 1: "note"}))
    assert [p.role for p in parsed.passages] == [article.passages[0].role, "note"]
    assert {p.role for p in parsed.passages} <= set(ARTICLE_ROLES)


def test_what_was_set_bears_its_evidence() -> None:
    parsed = adjusted(PARSED, Overrides(Choices(title="Titre"), roles={0: "statement"}))
    assert parsed.title_evidence.code == "given"
    assert not parsed.title_derived
    assert parsed.passages[0].evidence is not None
    assert parsed.passages[0].evidence.code == "given"
