"""How likely a name is meant by some words: typed in part, with slips, or misheard."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from annotations.text.folding import fold
from annotations.text.phonetic import sound
from annotations.text.variants import asked_initials, initials, variants
from articles.text.likeness import distance

if TYPE_CHECKING:
    from collections.abc import Iterator

EXACT: Final = 1.0
BEGINNING: Final = 0.9
VARIANT: Final = 0.88
INSIDE: Final = 0.82
INITIALS: Final = 0.8
HELD: Final = 0.48  # a name beside other words, and more for its share of the letters
LETTERS: Final = 0.55  # what letters count beside sounds, where neither is quite right
LEAST_SLIP_LENGTH: Final = 10  # letters of a name in which one slip changes nothing
MOST_FAR: Final = 0.5  # the share of letters that may be wrong before a name is another one
PART: Final = 0.93  # what it costs that only a part of the name was said


@dataclass(frozen=True, slots=True)
class Asked:
    """The words looked for: as folded, as they sound, their words, and what they may stand for."""

    folded: str
    sound: str
    words: tuple[str, ...]
    letters: str  # without blanks
    run: str  # the sounds without borders of words
    variants: tuple[str, ...]
    initials: str

    @property
    def telling_sounds(self) -> list[str]:
        """The sounds of words that tell names apart: not those of articles and particles.

        Neighbours also together, for a machine may hear one word as two or three.
        """
        sounds = self.sound.split()
        told = [one for one in sounds if len(one) > 2] or sounds
        joined = (
            _run(" ".join(sounds[start : start + count]))
            for count in (2, 3)
            for start in range(len(sounds) - count + 1)
        )
        return [*told, *joined]


def asked_by(words: str) -> Asked:
    """What is looked for by these words."""
    folded = fold(words)
    sounds = sound(folded)
    return Asked(
        folded=folded, sound=sounds, words=tuple(folded.split()), letters=folded.replace(" ", ""),
        run=_run(sounds), variants=variants(folded), initials=asked_initials(words),
    )  # fmt: skip


def likeness(asked: Asked, folded: str, sounds: str) -> float:
    """From 0 to 1 how well a name, folded and as it sounds, fits; 1 only for the name itself."""
    if folded == asked.folded:
        return EXACT
    if not asked.folded:
        return 0.0
    if folded.startswith(asked.folded):
        whole_word = folded[len(asked.folded)] == " "
        return BEGINNING + 0.05 * whole_word
    if f" {asked.folded}" in folded:
        return INSIDE + 0.05 * f"{folded} ".endswith(f" {asked.folded} ")
    if folded in asked.variants:
        return VARIANT
    best = _alike(asked, folded, sounds)
    if asked.initials and initials(folded) == asked.initials:
        best = max(best, INITIALS)
    if f" {folded} " in f" {asked.folded} ":
        best = max(best, HELD + 0.25 * len(folded) / len(asked.folded))
    for part in _parts(folded.split(), len(asked.words)):
        if _may_fit(asked.folded, part):
            best = max(best, PART * _alike(asked, part, _sound(part), best / PART))
    return min(best, INSIDE)


def _parts(names: list[str], said: int) -> Iterator[str]:
    """The parts of a name of as many words as were said, or less: one may be heard as two."""
    for count in range(max(1, said - 2), min(said, len(names) - 1) + 1):
        for start in range(len(names) - count + 1):
            yield " ".join(names[start : start + count])


def is_small_slip(asked: Asked, folded: str) -> bool:
    """Whether only one letter of a long name of several words is wrong."""
    if len(folded) < LEAST_SLIP_LENGTH or " " not in folded or " " not in asked.folded:
        return False
    return distance(asked.folded, folded, 1) == 1


def _may_fit(one: str, other: str) -> bool:
    longer = max(len(one), len(other))
    return abs(len(one) - len(other)) <= MOST_FAR * longer / 2


def _alike(asked: Asked, name: str, sounds: str, least: float = 0.0) -> float:
    """How alike a name is by letters and sounds; 0 where that is not above `least`."""
    letters = _share(asked.letters, name.replace(" ", ""))
    if INSIDE * (LETTERS * letters + 1 - LETTERS) <= least:
        return 0.0  # whatever it sounds like
    heard = _share(asked.run, _run(sounds))
    return INSIDE * (LETTERS * letters + (1 - LETTERS) * heard)


def _run(sounds: str) -> str:
    """The sounds without borders of words, which are misheard as easily; a first vowel stays."""
    return sounds[:1] + sounds[1:].replace(" A", "").replace(" ", "")


def _share(one: str, other: str) -> float:
    """The share of letters that need no change."""
    longer = max(len(one), len(other))
    if not longer:
        return 0.0
    limit = int(MOST_FAR * longer)
    far = distance(one, other, limit)
    return 0.0 if far > limit else 1 - far / longer


_sound = lru_cache(maxsize=20_000)(sound)
