"""The measures: kind, turn starts, roles and speakers of a reading against the truth.

A turn is consecutive passages of one voice (same speaker, same spoken role); a note between does
not end it. Turn starts match within two code points.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby

from benchmarks.parsing.fixtures import SPOKEN, Fixture, Span

NEAR = 2
BAD = 0.9  # turns F below which a text is badly read
QUOTE_LENGTH = 44


@dataclass(frozen=True, slots=True)
class Reading:
    """What a parser made of a source text, in the fixtures' own shape."""

    kind: str
    spans: tuple[Span, ...]
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Turn:
    """One voice speaking: who, as what, from where."""

    role: str
    speaker: str
    start: int


@dataclass(slots=True)
class Score:
    """Counts of one fixture; those of several are added up."""

    kinds_right: int = 0
    kinds: int = 0
    starts_right: int = 0
    starts_true: int = 0
    starts_read: int = 0
    roles_right: int = 0
    roles: int = 0
    speakers_right: int = 0
    exchanges_right: int = 0
    exchanges: int = 0
    doubtful: bool = False
    misses: list[str] = field(default_factory=list)

    def add(self, other: Score) -> None:
        """Pool another fixture's counts (not its misses) into this one."""
        for name in COUNTS:
            setattr(self, name, getattr(self, name) + getattr(other, name))

    @property
    def kind_share(self) -> float:
        return _share(self.kinds_right, self.kinds)

    @property
    def turns_f(self) -> float:
        return _share(2 * self.starts_right, self.starts_true + self.starts_read)

    @property
    def roles_share(self) -> float:
        return _share(self.roles_right, self.roles)

    @property
    def speakers_share(self) -> float:
        if self.starts_true and not self.starts_right:
            return 0.0
        return _share(self.speakers_right, self.starts_right)

    @property
    def is_bad(self) -> bool:
        """Whether the kind is wrong, or more than one turn start in ten."""
        return self.kinds_right < self.kinds or (self.starts_true > 0 and self.turns_f < BAD)

    @property
    def exchanges_share(self) -> float:
        return _share(self.exchanges_right, self.exchanges)


COUNTS = (
    "kinds_right",
    "kinds",
    "starts_right",
    "starts_true",
    "starts_read",
    "roles_right",
    "roles",
    "speakers_right",
    "exchanges_right",
    "exchanges",
)


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def fold(name: str) -> str:
    """A name without case, accents, apostrophe kinds and spacing, for comparison."""
    bare = unicodedata.normalize("NFKD", name.replace("’", "'").replace("ʼ", "'"))
    letters = "".join(sign for sign in bare if not unicodedata.combining(sign))
    return " ".join(letters.casefold().split())


def turns_of(spans: Sequence[Span]) -> list[Turn]:
    """The turns of an interview, in order."""
    turns: list[Turn] = []
    voice: tuple[str, str] | None = None
    for span in spans:
        if span.role == "note":
            continue
        if span.role not in SPOKEN:
            voice = None
            continue
        if (span.role, fold(span.speaker)) != voice:
            turns.append(Turn(span.role, span.speaker, span.start))
        voice = (span.role, fold(span.speaker))
    return turns


def score(fixture: Fixture, reading: Reading) -> Score:
    """How well one reading meets the truth, with its misses in words."""
    found = Score(kinds=1, kinds_right=int(fixture.kind == reading.kind))
    found.doubtful = reading.doubtful
    if fixture.kind != reading.kind:
        found.misses.append(f"kind: expected {fixture.kind}, got {reading.kind}")
    if fixture.kind == "interview":
        _score_turns(found, fixture, reading)
    _score_roles(found, fixture, reading)
    return found


def _score_turns(found: Score, fixture: Fixture, reading: Reading) -> None:
    true, read = turns_of(fixture.spans), turns_of(reading.spans)
    pairs = _match_starts(true, read)
    found.starts_true, found.starts_read, found.starts_right = len(true), len(read), len(pairs)
    matched_true = {id(one) for one, _ in pairs}
    matched_read = {id(two) for _, two in pairs}
    for turn in true:
        if id(turn) not in matched_true:
            quote = _quote(fixture.text, turn.start)
            found.misses.append(f"turn missed: {turn.role} {turn.speaker!r} {quote}")
    for turn in read:
        if id(turn) not in matched_read:
            quote = _quote(fixture.text, turn.start)
            found.misses.append(f"turn too many: {turn.role} {turn.speaker!r} {quote}")
    for one, two in pairs:
        if fold(one.speaker) == fold(two.speaker):
            found.speakers_right += 1
            continue
        quote = _quote(fixture.text, one.start)
        found.misses.append(f"speaker: expected {one.speaker!r}, got {two.speaker!r} {quote}")


def _match_starts(true: Sequence[Turn], read: Sequence[Turn]) -> list[tuple[Turn, Turn]]:
    """Pairs of turns whose starts are near, each turn in one pair at most."""
    pairs: list[tuple[Turn, Turn]] = []
    place = 0
    for turn in true:
        while place < len(read) and read[place].start < turn.start - NEAR:
            place += 1
        if place < len(read) and read[place].start <= turn.start + NEAR:
            pairs.append((turn, read[place]))
            place += 1
    return pairs


def _score_roles(found: Score, fixture: Fixture, reading: Reading) -> None:
    true = _spread(fixture.spans, len(fixture.text))
    read = _spread(reading.spans, len(fixture.text))
    wrong: list[tuple[int, str, str]] = []
    for place, (truth, got) in enumerate(zip(true, read, strict=True)):
        if truth is None:
            continue
        found.roles += 1
        if got is not None and got.role == truth.role:
            found.roles_right += 1
        elif not fixture.text[place].isspace():
            wrong.append((place, truth.role, got.role if got else "no passage"))
        _score_exchange(found, truth, got)
    for (role, got_role), run in groupby(wrong, key=lambda one: one[1:]):
        places = [place for place, _, _ in run]
        quote = _quote(fixture.text, places[0])
        found.misses.append(
            f"role: expected {role}, got {got_role} ({len(places)} characters) {quote}"
        )


def _score_exchange(found: Score, truth: Span, got: Span | None) -> None:
    if truth.exchange is None:
        return
    found.exchanges += 1
    found.exchanges_right += int(got is not None and got.exchange == truth.exchange)


def _spread(spans: Sequence[Span], length: int) -> list[Span | None]:
    """For each code point of the text, the passage it belongs to."""
    owners: list[Span | None] = [None] * length
    for span in spans:
        owners[span.start : span.end] = [span] * (span.end - span.start)
        for start, end in span.holes:
            owners[start:end] = [None] * (end - start)
    return owners


def _quote(text: str, start: int) -> str:
    words = " ".join(text[start : start + QUOTE_LENGTH].split())
    return f"at {start} “{words}…”"
