"""Old and new texts with spans on names and where those truly went.

The texts (`texts.txt`, written for this) are clean, names in braces, four paragraphs an article. In
the old text of each case stands a machine's reading of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from benchmarks.carry.noise import STRENGTHS, Piece, Strength, machine_reading

TEXTS = Path(__file__).parent / "texts.txt"
PARAGRAPHS = 4
_BRACES = re.compile(r"\{([^}]*)\}")
_SENTENCE = re.compile(r"(?<=[.!?]) (?=[A-ZÀ-Þ«])")
Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Span:
    """A name in the old text, and where it stands in the new one; None where it was taken out."""

    start: int
    end: int
    truth: Range | None


@dataclass(frozen=True, slots=True)
class Case:
    """Two versions of a text."""

    strength: str
    old: str
    new: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Marked:
    """A clean text and its names."""

    text: str
    names: list[Range]


def read_articles(path: Path = TEXTS) -> list[Marked]:
    """The articles, without their braces."""
    paragraphs = path.read_text("utf-8").strip().split("\n\n")
    return [
        _marked("\n\n".join(paragraphs[at : at + PARAGRAPHS]))
        for at in range(0, len(paragraphs), PARAGRAPHS)
    ]


def make_cases(seed: int, strengths: Sequence[Strength] = STRENGTHS) -> list[Case]:
    """Every article in every strength; the same for the same seed."""
    cases = []
    articles = read_articles()
    others = [each.text[a:b] for each in articles for a, b in each.names]
    for number, article in enumerate(articles):
        for strength in strengths:
            random = Random(f"{seed} {number} {strength.name}")
            cases.append(_case(article, strength, others, random))
    return cases


def _marked(text: str) -> Marked:
    names: list[Range] = []
    plain, last = "", 0
    for match in _BRACES.finditer(text):
        plain += text[last : match.start()]
        names.append((len(plain), len(plain) + len(match[1])))
        plain, last = plain + match[1], match.end()
    return Marked(plain + text[last:], names)


def _case(article: Marked, strength: Strength, others: Sequence[str], random: Random) -> Case:
    """The machine reads all but some sentences; the human reading lacks others, and swaps names."""
    sentences = _sentences(article.text)
    unread = {each for each in sentences if random.random() < strength.missing}
    cuts = {
        each: "" for each in sentences if each not in unread and random.random() < strength.added
    }
    for start, end in article.names:
        inside = any(a <= start < b for a, b in cuts)
        if not inside and random.random() < strength.swapped:
            cuts[start, end] = random.choice(others)
    pieces = machine_reading(article.text, article.names, strength, random)
    old, places = _put_together(pieces, unread)
    new, moved = _changed(article.text, cuts)
    spans = []
    for start, end in article.names:
        where = [places[at] for at in range(start, end) if at in places]
        if not where:
            continue
        here = min(a for a, _ in where), max(b for _, b in where)
        gone = any(a <= start < b and put != article.text[a:b] for (a, b), put in cuts.items())
        spans.append(Span(*here, None if gone else (moved(start), moved(end))))
    return Case(strength.name, old, new, tuple(spans))


def _sentences(text: str) -> list[Range]:
    """Sentences with the blank that follows them; the last of a paragraph stays where it is."""
    ends = [match.end() for match in _SENTENCE.finditer(text)]
    found, start = [], 0
    for end in ends:
        if "\n" not in text[start:end]:
            found.append((start, end))
        start = end
    return found


def _put_together(pieces: list[Piece], unread: set[Range]) -> tuple[str, dict[int, Range]]:
    """The old text, and for the signs of the clean one where their reading stands."""
    old = ""
    places: dict[int, Range] = {}
    for piece in pieces:
        if any(a <= piece.start < b for a, b in unread):
            continue
        for at in range(piece.start, piece.end):
            if piece.read.strip():
                places[at] = len(old), len(old) + len(piece.read)
        old += piece.read
    return old, places


def _changed(text: str, cuts: dict[Range, str]) -> tuple[str, Callable[[int], int]]:
    """The new text, and how its places are moved."""
    new, last = "", 0
    for (start, end), put in sorted(cuts.items()):
        new += text[last:start] + put
        last = end

    def moved(at: int) -> int:
        return at + sum(len(put) - (end - start) for (start, end), put in cuts.items() if end <= at)

    return new + text[last:], moved
