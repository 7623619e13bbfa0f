"""What an import met in the texts it stored: their pieces, counted process by process."""

from __future__ import annotations

from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING

from articles.services.words import NONE, Shares, lines_of
from articles.text.indexing import Total

if TYPE_CHECKING:
    from articles.services.store import Seen

MOST_NAMES = 10_000  # different pieces of names and titles counted before they leave


class PiecesMet:
    """Pieces of text counted by one process, as many as the indexing keeps."""

    def __init__(self) -> None:
        self.totals: dict[str, Total] = {}  # by language
        self.names: Counter[str] = Counter()

    def count(self, seen: Seen) -> Shares:
        """Count pieces once more; gives the words that leave, as lines."""
        leaving = [NONE]
        for met in seen.met:
            total = self.totals.get(met.language)
            if total is None or total.known is not met.known:  # pieces are numbered anew
                if total is not None:
                    leaving += map(lines_of, total.pieces())
                total = self.totals[met.language] = Total(met.known)
            total.add(met)
        self.names.update(seen.names)
        if len(self.names) > MOST_NAMES:
            leaving.append(lines_of(self.names))
            self.names.clear()
        return _together(leaving)

    def rest(self) -> Shares:
        """All words that are still here, as lines."""
        some = chain.from_iterable(total.pieces() for total in self.totals.values())
        return _together([*map(lines_of, some), lines_of(self.names)])


def _together(shares: list[Shares]) -> Shares:
    before, after = zip(*shares, strict=True)
    return "".join(before), "".join(after)
