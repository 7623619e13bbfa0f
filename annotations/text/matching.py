"""Finding many names in a text at once: as whole words, however their case and accents.

Names and texts are compared as folded words (`annotations.text.folding`), so that the time is
linear in the text, however many names there are. Of names that begin at one word the longest is
taken, and what it covers is looked at no more. Ranges count code points of the text, end exclusive.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from annotations.text.folding import fold, folded_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from annotations.text.folding import FoldedWord

T = TypeVar("T")
# What parts the words of one name: not the end of a sentence or a part of it.
_WITHIN = re.compile(r"[\s\-‐‑–'’ʹʺʻʼʽʾʿ.·/&_\u00ad\u0300-\u036f]{0,3}")
_STOP_AFTER = 3  # letters: what a full stop may follow inside a name, "St. Louis"


class Hit(NamedTuple, Generic[T]):
    """Where a name stands, its folded form and what is known of it."""

    start: int
    end: int
    folded: str
    values: tuple[T, ...]


class Names(Generic[T]):
    """Folded names to be found, each with what is known of it; several may share a name."""

    def __init__(self, pairs: Iterable[tuple[str, T]]) -> None:
        """Prepare for many texts."""
        self.values: dict[str, tuple[T, ...]] = {}
        for folded, value in pairs:
            if folded:
                self.values[folded] = (*self.values.get(folded, ()), value)
        counts: dict[str, set[int]] = {}
        for folded in self.values:
            first, *rest = folded.split()
            counts.setdefault(first, set()).add(1 + len(rest))
        # By the first word how many words the names have, the longest first.
        self.counts = {first: sorted(found, reverse=True) for first, found in counts.items()}

    def __bool__(self) -> bool:
        """Whether there is a name to be found."""
        return bool(self.values)

    def find(self, text: str) -> list[Hit[T]]:
        """The names in a text in order, none over another."""
        return list(self._found(text, one_by_one=False))

    def find_all(self, text: str) -> list[Hit[T]]:
        """The longest name at each word, also inside another."""
        return list(self._found(text, one_by_one=True))

    def _found(self, text: str, *, one_by_one: bool) -> Iterator[Hit[T]]:
        # Most texts hold no first word of any name: that is told without looking where words stand.
        if self.counts.keys().isdisjoint(fold(text).split()):
            return
        words = folded_words(text)
        at = 0
        while at < len(words):
            count = self._longest(words, at, text)
            if count:
                first, last = words[at], words[at + count - 1]
                folded = _joined(words, at, count)
                yield Hit(first.start, last.end, folded, self.values[folded])
            at += 1 if one_by_one else max(count, 1)

    def _longest(self, words: Sequence[FoldedWord], at: int, text: str) -> int:
        """Of how many words the longest name is that begins here; 0: none does."""
        for count in self.counts.get(words[at].folded, ()):
            if at + count > len(words) or _joined(words, at, count) not in self.values:
                continue
            if _is_whole(words, at, count) and _is_together(words, at, count, text):
                return count
        return 0


def _joined(words: Sequence[FoldedWord], at: int, count: int) -> str:
    return " ".join(word.folded for word in words[at : at + count])


def _is_whole(words: Sequence[FoldedWord], at: int, count: int) -> bool:
    """Whether no sign is taken in part: one may fold to several words."""
    before = words[at - 1] if at else None
    after = words[at + count] if at + count < len(words) else None
    first, last = words[at], words[at + count - 1]
    return (before is None or before.end <= first.start) and (
        after is None or last.end <= after.start
    )


def _is_together(words: Sequence[FoldedWord], at: int, count: int, text: str) -> bool:
    """Whether the words are parted by blanks, hyphens, apostrophes only."""
    for one, next_one in zip(words[at : at + count - 1], words[at + 1 : at + count], strict=True):
        gap = text[one.end : next_one.start]
        if not _WITHIN.fullmatch(gap):
            return False
        if "." in gap and one.end - one.start > _STOP_AFTER:
            return False
    return True
