"""The parser reads the marked texts at least as well as promised."""

from __future__ import annotations

import pytest

from benchmarks.parsing.fixtures import read_folders
from benchmarks.parsing.measure import Score
from benchmarks.parsing.score import FIXTURES, below, read_with_parser, score_all

LEAST: dict[str, float | None] = {
    "kind": 74 / 75,
    "turns": 0.97,
    "roles": 0.97,
    "speakers": 0.90,
    "exchanges": 0.97,
}


@pytest.fixture(scope="module")
def total() -> Score:
    """The pooled score of our own fixtures, which are named by kind and number."""
    fixtures = [one for one in read_folders([FIXTURES]) if one.name[1:3].isdigit()]
    return score_all(fixtures, read_with_parser)[0]


def test_the_marked_texts_are_read_as_promised(total: Score) -> None:
    assert total.kinds >= 150
    assert below(total, LEAST) == []
