"""Slips: how far two words are apart, and which sound alike."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text.likeness import distance, slips_allowed, sound_of

letters = st.text("abcé", max_size=7)


@pytest.mark.parametrize(
    ("one", "other", "slips"),
    [
        ("bliken", "blinken", 1), ("minsitre", "ministre", 1), ("macrom", "macron", 1),
        ("paix", "paix", 0), ("", "ab", 2), ("abcdef", "uvwxyz", 3),
    ],
)  # fmt: skip
def test_letters_changed_dropped_added_or_swapped_count_one(
    one: str, other: str, slips: int
) -> None:
    assert distance(one, other, 2) == slips


@given(letters, letters)
def test_distance_is_symmetric_and_bounded(one: str, other: str) -> None:
    far = distance(one, other, 9)
    assert far == distance(other, one, 9)
    assert (far == 0) == (one == other)
    assert distance(one, other, 1) == min(far, 2)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Blinquen", "Blinken"), ("Macrond", "Macron"), ("Kadafi", "Khadafi"), ("Lavrof", "Lavroff")],
)
def test_words_that_sound_alike(one: str, other: str) -> None:
    assert sound_of(one) == sound_of(other)


def test_short_words_allow_no_slip() -> None:
    assert [slips_allowed("a" * length) for length in (3, 4, 5, 6, 11)] == [0, 1, 1, 2, 3]
