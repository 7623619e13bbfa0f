"""Ranges as nested pieces: nothing is lost, nothing crosses, nothing is cut without need."""

from __future__ import annotations

from html import escape, unescape
from html.parser import HTMLParser
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.text.segments import LIMIT, Piece, nest, weave

# Letters, combining signs, astral ones, joined emoji, blanks of all kinds.
SIGNS = st.sampled_from(list("aéÉœ’ \u00a0\u202f\u0301\u0327\u200d𝄞😀👩🏽<&>\"'"))
TEXTS = st.text(SIGNS | st.characters(exclude_categories=("Cs",)), max_size=40)


@st.composite
def texts_with_ranges(draw: st.DrawFn) -> tuple[str, list[tuple[int, int]]]:
    """A text and ranges over it, as many and as crossing as it comes."""
    text = draw(TEXTS.filter(bool))
    edge = st.integers(0, len(text))
    pairs = st.tuples(edge, edge).filter(lambda pair: pair[0] != pair[1])
    found = draw(st.lists(pairs.map(lambda pair: (min(pair), max(pair))), max_size=LIMIT))
    return text, found


def pieces_of(pieces: list[Piece], index: int) -> list[Piece]:
    return [piece for piece in pieces if piece.which == index]


@given(given=texts_with_ranges())
def test_each_range_is_covered_by_its_pieces(given: tuple[str, list[tuple[int, int]]]) -> None:
    text, ranges = given
    pieces, hidden = nest(ranges, len(text))
    assert hidden == []
    for index, (start, end) in enumerate(ranges):
        mine = pieces_of(pieces, index)
        edges = [piece.start for piece in mine] + [mine[-1].end]
        assert edges[0] == start
        assert edges[-1] == end
        assert [piece.end for piece in mine] == edges[1:]
        assert [piece.first for piece in mine] == [True] + [False] * (len(mine) - 1)
        assert [piece.last for piece in mine] == [False] * (len(mine) - 1) + [True]


@given(given=texts_with_ranges())
def test_any_two_pieces_are_nested_or_apart(given: tuple[str, list[tuple[int, int]]]) -> None:
    text, ranges = given
    pieces = nest(ranges, len(text)).pieces
    for outer, inner in combinations(pieces, 2):  # in the order they come
        apart = inner.start >= outer.end
        assert apart or inner.end <= outer.end
        assert apart or inner.depth > outer.depth


@given(given=texts_with_ranges())
def test_a_range_is_cut_only_where_an_earlier_one_ends_inside_it(
    given: tuple[str, list[tuple[int, int]]],
) -> None:
    text, ranges = given
    for piece in nest(ranges, len(text)).pieces:
        if not piece.last:
            start, end = ranges[piece.which]
            crossing = [
                other for other in ranges if other[0] <= start < other[1] < end
                and other[1] == piece.end and other[0] < start
            ]  # fmt: skip
            assert crossing


class _Marks(HTMLParser):
    """Reads the woven HTML back: its text, and the text of each mark."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.open: list[str] = []
        self.said: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.append(str(dict(attrs)["n"]))

    def handle_endtag(self, tag: str) -> None:
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.text += data
        for name in self.open:
            self.said[name] = self.said.get(name, "") + data


@given(given=texts_with_ranges())
def test_woven_html_is_well_formed_and_gives_text_and_quotes_back(
    given: tuple[str, list[tuple[int, int]]],
) -> None:
    text, ranges = given
    made = weave(
        text, nest(ranges, len(text)).pieces,
        begin=lambda piece: f'<mark n="{piece.which}">', end="</mark>", plain=escape,
    )  # fmt: skip
    read = _Marks()
    read.feed(made)
    read.close()
    assert read.open == []
    assert read.text == unescape(escape(text))
    assert read.said == {str(n): text[start:end] for n, (start, end) in enumerate(ranges)}


@given(given=texts_with_ranges(), limit=st.integers(1, 4))
def test_never_deeper_than_the_limit_and_what_is_hidden_is_said(
    given: tuple[str, list[tuple[int, int]]], limit: int
) -> None:
    text, ranges = given
    pieces, hidden = nest(ranges, len(text), limit)
    assert max([piece.depth for piece in pieces], default=0) <= limit
    shown = {piece.which for piece in pieces}
    assert sorted([*shown, *hidden]) == list(range(len(ranges)))
    depth_at = [sum(start <= at < end for start, end in ranges) for at in range(len(text))]
    for at, depth in enumerate(depth_at):
        here = [piece for piece in pieces if piece.start <= at < piece.end]
        assert len({piece.which for piece in here}) == min(depth, limit)


def test_the_longer_of_two_that_begin_together_is_outside() -> None:
    pieces = nest([(0, 3), (0, 8), (0, 5)], 8).pieces
    assert [(piece.which, piece.depth) for piece in pieces] == [(1, 1), (2, 2), (0, 3)]


def test_a_crossing_cuts_the_later_one_once() -> None:
    pieces = nest([(0, 5), (3, 8)], 8).pieces
    assert pieces == [
        Piece(0, 0, 5, 1, True, True),
        Piece(1, 3, 5, 2, True, False),
        Piece(1, 5, 8, 1, False, True),
    ]


@pytest.mark.parametrize("wrong", [(5, 5), (6, 2), (9, 12), (-4, 0), (-9, -1)])
def test_what_covers_nothing_of_the_text_is_hidden_by_no_fault(wrong: tuple[int, int]) -> None:
    assert nest([wrong], 8) == ([], [0])


def test_what_stands_over_the_edge_is_cut_off() -> None:
    assert nest([(-3, 4), (6, 99)], 8).pieces == [
        Piece(0, 0, 4, 1, True, True),
        Piece(1, 6, 8, 1, True, True),
    ]


def test_stairs_grow_no_faster_than_the_limit_allows() -> None:
    for count in (200, 400):
        stairs = [(n, count + n) for n in range(count)]
        assert len(nest(stairs, 2 * count).pieces) <= 2 * LIMIT * count
