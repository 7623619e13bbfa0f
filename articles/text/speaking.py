"""Who speaks in a new version of a source, found among the voices of the article."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from articles.text.operations import Voice

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from articles.text.operations import ArticleState, Operation


class Voices:
    """The positions of the new source's speakers, and what is to be done so that they stand."""

    def __init__(
        self,
        old: Sequence[Mapping[str, str]],
        new: Sequence[Mapping[str, str]],
        born: Mapping[int, int],
        standing: Mapping[int, Mapping[str, str]],
        pairs: Sequence[tuple[int, int]],
        last: int,
    ) -> None:
        """`born`: positions of the old source's speakers; `pairs`: of matched passages' voices."""
        self.places: dict[int, int] = {}
        self.operations: list[Operation] = []
        self._new, self._standing = new, dict(standing)
        self._born = born
        self._used_before = set(born.values())
        names = [one["name"] for one in old]
        self._by_name(names)
        self._by_words(names, pairs)
        for place, speaker in enumerate(new):
            if place not in self.places:
                last += 1
                self.places[place] = last
                self.operations.append(Voice(last, None, dict(speaker)))

    def position(self, place: int | None) -> int | None:
        """Where a speaker of the new source stands among the article's."""
        return None if place is None else self.places[place]

    def unused(self, state: ArticleState) -> list[Operation]:
        """What takes away the old source's voices that speak nowhere any more."""
        speaking = {held.speaker for held in state.passages.values() if not held.retired}
        kept = {*speaking, *self.places.values()}
        return [
            Voice(at, dict(state.voices[at]), None)
            for at in sorted(self._used_before - kept)
            if at in state.voices
        ]

    def _by_name(self, names: Sequence[str]) -> None:
        """Of the name that the old source has, or that the article has by now."""
        now = {voice["name"]: at for at, voice in reversed(self._standing.items())}
        for place, speaker in enumerate(self._new):
            at = None
            if speaker["name"] in names:
                at = self._born.get(names.index(speaker["name"]))
            if at is None or at not in self._standing:
                at = now.get(speaker["name"])
            if at is not None and at not in self.places.values():
                self.places[place] = at

    def _by_words(self, names: Sequence[str], pairs: Sequence[tuple[int, int]]) -> None:
        """Named otherwise by the new source: who says the same words."""
        counts = Counter(pairs)
        for (one, other), _count in counts.most_common():
            at = self._born.get(one)
            taken = at is None or at not in self._standing or at in self.places.values()
            if other in self.places or taken or names[one] in {s["name"] for s in self._new}:
                continue
            assert at is not None  # noqa: S101 - what is taken went on
            self.places[other] = at
            voice = self._standing[at]
            if voice["name"] == names[one]:
                after = {**voice, "name": self._new[other]["name"]}
                self.operations.append(Voice(at, dict(voice), after))
