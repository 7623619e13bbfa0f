"""Numpy, loaded so that it starts no threads: they are of no use here and must not be forked."""

from __future__ import annotations

import os
from typing import Generic, TypeVar

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
Small = NDArray[np.int32]
Keys = NDArray[np.uint64]
Flags = NDArray[np.bool_]

Kind = TypeVar("Kind", bound=np.generic)
ROOM = 1024  # numbers in a new row

__all__ = ["Flags", "Keys", "NDArray", "Numbers", "Row", "Small", "np"]


class Row(Generic[Kind]):
    """Numbers in a row to which more are added, with room for as many again.

    An array made anew for each of them would leave holes in the memory that none of the next fits.
    """

    def __init__(self, kind: type[Kind]) -> None:
        """Nothing stands in it yet."""
        self.room: NDArray[Kind] = np.zeros(ROOM, kind)
        self.count = 0

    def __len__(self) -> int:
        """How many numbers there are."""
        return self.count

    @property
    def all(self) -> NDArray[Kind]:
        """The numbers, to be read and changed where they stand."""
        return self.room[: self.count]

    def add(self, more: NDArray[Kind]) -> None:
        """Put more behind them."""
        before = self._grow(len(more))
        self.room[before : self.count] = more

    def insert(self, places: Numbers, more: NDArray[Kind]) -> None:
        """Put each of some more before the number that stands at a place."""
        both = np.insert(self.all, places, more)
        self._grow(len(more))
        self.room[: self.count] = both

    def _grow(self, more: int) -> int:
        before, self.count = self.count, self.count + more
        if self.count > len(self.room):
            room = np.zeros(2 * self.count, self.room.dtype)
            room[:before] = self.room[:before]
            self.room = room
        return before
