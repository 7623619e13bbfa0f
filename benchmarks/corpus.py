"""Synthetic texts for measuring: French and English articles and interviews, always the same.

Words are drawn by Zipf's law from our own lists and from forms built of them, so that the
vocabulary grows with the collection as that of real texts does. A text depends on its number
alone, so any process can make any part of the collection.
"""

from __future__ import annotations

import itertools
import random
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ARTICLE_BYTES = 3_000
INTERVIEW_BYTES = 20_000
LONG_BYTES = 300_000
VOCABULARY = 60_000  # word forms a language
EXPONENT, SHIFT = 1.07, 2.7  # of the Zipf-Mandelbrot law
RARE_PHRASE = "lanterne sourde du quai"
RARE_EVERY = 2_500  # one article in so many holds the rare phrase
COMMON_WORD = "ministre"
ENGLISH_EVERY = 7

GARBLED = str.maketrans({"é": "e", "è": "ai", "ç": "s", "œ": "oe", "y": "i", "q": "k"})
_LISTS = tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))
SYLLABLES = _LISTS["both"]["syllables"].split()
FIRST_NAMES = _LISTS["both"]["first_names"].split()
LAST_NAMES = _LISTS["both"]["last_names"].split()
OUTLETS: list[str] = _LISTS["both"]["outlets"]


@dataclass(frozen=True, slots=True)
class Document:
    """A file to import."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class _Words:
    forms: list[str]
    weights: list[float]


def article(number: int, size: int = ARTICLE_BYTES) -> Document:
    """Make article `number`, of about `size` bytes: a header and paragraphs."""
    dice = random.Random(f"article {number} {size}")
    language = "en" if number % ENGLISH_EVERY == 3 else "fr"
    words = _drawn(dice, language)
    parts, length = [_header(dice, number, language)], 0
    while length < size:
        parts.append(_paragraph(dice, words))
        length += len(parts[-1].encode()) + 2
    if number % RARE_EVERY == 7:
        parts[1] += f" On y reparla de la {RARE_PHRASE}."
    return Document(f"article-{number:06}.txt", "\n\n".join(parts).lstrip("\n").encode())


def interview(number: int, size: int = INTERVIEW_BYTES) -> Document:
    """Make interview `number`, of about `size` bytes: turns under their speakers' names."""
    dice = random.Random(f"interview {number} {size}")
    language = "en" if number % ENGLISH_EVERY == 3 else "fr"
    words = _drawn(dice, language)
    asking, answering = OUTLETS[number % len(OUTLETS)], _name(dice)
    colon = ": " if language == "en" else " : "
    parts, length = [], 0
    while length < size:
        turn = f"{asking}{colon}{_sentence(dice, words, '?' if language == 'en' else ' ?')}"
        reply = f"{answering}{colon}{_paragraph(dice, words)}"
        more = [_paragraph(dice, words)] if dice.random() < 0.4 else []
        parts += [turn, reply, *more]
        length += sum(len(part.encode()) + 2 for part in (turn, reply, *more))
    parts[0] = f" date {_month(dice)} {parts[0]}"
    return Document(f"interview-{number:06}.txt", "\n\n".join(parts).encode())


def document(number: int) -> Document:
    """Make the collection's text `number`: an interview for every ten articles."""
    if number % 11 == 10:
        return interview(number // 11)
    return article(number - number // 11)


def long_article() -> Document:
    """Make one article of 300 KB."""
    return Document("long.txt", article(999_983, LONG_BYTES).data)


def _header(dice: random.Random, number: int, language: str) -> str:
    if number % 3:
        return f" date {_month(dice)} {_name(dice)} "
    fields = [
        f"date: {_month(dice)}-{dice.randint(1, 28):02}",
        f"title: {_name(dice)} — {OUTLETS[number % 7]} {number}",
        f"source: {OUTLETS[number % len(OUTLETS)]}",
        f"lang: {language}",
    ]
    return "\n".join(fields)


def _month(dice: random.Random) -> str:
    return f"{dice.randint(2008, 2025)}-{dice.randint(1, 12):02}"


def _name(dice: random.Random) -> str:
    name = f"{dice.choice(FIRST_NAMES)} {dice.choice(LAST_NAMES)}"
    return name.translate(GARBLED) if dice.random() < 0.2 else name


def _paragraph(dice: random.Random, words: Iterator[str]) -> str:
    return " ".join(_sentence(dice, words, ".") for _ in range(dice.randint(2, 5)))


def _sentence(dice: random.Random, words: Iterator[str], end: str) -> str:
    length = dice.randint(9, 24)
    taken = list(itertools.islice(words, length))
    if dice.random() < 0.35:
        taken.insert(length // 2, _name(dice))
    if dice.random() < 0.15:
        taken[2:4] = [f"« {' '.join(taken[2:4])} »"]
    if length > 14:
        taken[length // 2] += ","
    if dice.random() < 0.1:
        taken.append(str(dice.randint(1950, 2030)))
    sentence = " ".join(taken)
    return sentence[0].upper() + sentence[1:] + end


def _drawn(dice: random.Random, language: str) -> Iterator[str]:
    words = _words(language)
    while True:
        yield from dice.choices(words.forms, cum_weights=words.weights, k=200)


@cache
def _words(language: str) -> _Words:
    """The word forms of a language, the commonest first, and their summed weights."""
    dice = random.Random(language)
    lists = {name: found.split() for name, found in _LISTS[language].items()}
    built = [stem + ending for stem in lists["stems"] for ending in lists["endings"]]
    dice.shuffle(built)
    seen = dict.fromkeys(itertools.chain(lists["first"], built))
    while len(seen) < VOCABULARY:
        word = "".join(dice.choice(SYLLABLES) for _ in range(dice.randint(2, 4)))
        seen[word.capitalize() if dice.random() < 0.3 else word] = None
    forms = list(seen)[:VOCABULARY]
    weights = itertools.accumulate((rank + SHIFT) ** -EXPONENT for rank in range(1, len(forms) + 1))
    return _Words(forms, list(weights))
