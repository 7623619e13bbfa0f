"""Different pieces of text and a number for each, in little memory.

A piece of up to sixteen bytes is a pair of numbers (`cutting.Pairs`), found by a mixture of both in
a sorted array. Others are found as strings.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from articles.text.arrays import Flags, Numbers, Row, np
from articles.text.cutting import WHOLE, Cut, Pairs, odd_number, pairs_of

if TYPE_CHECKING:
    from collections.abc import Sequence


class Numbering:
    """Pieces numbered from 0 on as they are first asked for."""

    def __init__(self) -> None:
        """Nothing is numbered yet."""
        self.odds = odd_number(), odd_number()
        self.heads, self.tails = Row(np.uint64), Row(np.uint64)  # by number; 0 for a string
        self.mixed = Row(np.uint64)  # sorted
        self.numbers = Row(np.int32)  # of the pairs so mixed
        self.strings: dict[bytes, int] = {}
        self.spelled: dict[int, bytes] = {}

    def __len__(self) -> int:
        """How many pieces there are."""
        return len(self.heads)

    @property
    def pairs(self) -> Pairs:
        """Those of short pieces, by number; for a string there is nothing."""
        return Pairs(self.heads.all, self.tails.all)

    def of(self, pieces: Sequence[bytes]) -> Numbers:
        """The numbers of different pieces, new ones for those that are new."""
        is_short = np.array([len(piece) <= WHOLE for piece in pieces], bool)
        found = np.empty(len(pieces), np.int64)
        found[is_short] = self._of_pairs(pairs_of([p for p in pieces if len(p) <= WHOLE]))
        found[~is_short] = self._of_strings([p for p in pieces if len(p) > WHOLE])
        return found

    def of_cut(self, cut: Cut) -> Numbers:
        """The same for those of texts that were cut, the short ones before the long ones."""
        return np.concatenate([self._of_pairs(cut.short), self._of_strings(cut.long)])

    def written(self, numbers: Numbers) -> list[bytes]:
        """The pieces that have these numbers."""
        pieces = self.pairs.at(numbers).written()
        if self.spelled:
            for place in np.flatnonzero(self.heads.all[numbers] == 0).tolist():
                pieces[place] = self.spelled[int(numbers[place])]
        return pieces

    def since(self, number: int) -> list[bytes]:
        """The pieces from a number on."""
        return self.written(np.arange(number, len(self)))

    def _of_pairs(self, pairs: Pairs) -> Numbers:
        mixed = pairs.mixed(*self.odds)
        order = np.argsort(mixed)
        mixed, pairs = mixed[order], pairs.at(order)
        known = self.mixed.all
        places = np.searchsorted(known, mixed)
        numbers = np.full(len(mixed), -1, np.int64)
        inside = np.flatnonzero(places < len(known))
        there = inside[known[places[inside]] == mixed[inside]]
        numbers[there] = self.numbers.all[places[there]]
        wrong = self._unlike(pairs, numbers)
        wrong[1:] |= (mixed[1:] == mixed[:-1]) & (numbers[1:] < 0)
        new = np.flatnonzero((numbers < 0) & ~wrong)
        numbers[new] = np.arange(len(self), len(self) + len(new))
        self.mixed.insert(places[new], mixed[new])
        self.numbers.insert(places[new], numbers[new].astype(np.int32))
        self._add(pairs.at(new))
        if wrong.any():  # as good as never
            numbers[wrong] = self._of_strings(pairs.at(np.flatnonzero(wrong)).written())
        found = np.empty(len(numbers), np.int64)
        found[order] = numbers
        return found

    def _unlike(self, pairs: Pairs, numbers: Numbers) -> Flags:
        """Whether a number is that of another pair, which has the same mixture."""
        known = self.pairs.at(np.maximum(numbers, 0)) if len(self) else pairs
        unlike: Flags = (known.heads != pairs.heads) | (known.tails != pairs.tails)
        unlike &= numbers >= 0
        return unlike

    def _of_strings(self, pieces: list[bytes]) -> Numbers:
        new = [piece for piece in pieces if piece not in self.strings]
        for number, piece in enumerate(new, len(self)):
            self.strings[piece] = number
            self.spelled[number] = piece
        nothing = np.zeros(len(new), np.uint64)
        self._add(Pairs(nothing, nothing))
        return np.array([self.strings[piece] for piece in pieces], np.int64)

    def _add(self, pairs: Pairs) -> None:
        self.heads.add(pairs.heads)
        self.tails.add(pairs.tails)
