"""A new version of a source: what is to be done to the article that was made of the old one.

Pure: passages as the old and the new source have them, the article as it stands, and what came of
it as operations of its log.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from articles.text.edits import Edit, apply
from articles.text.operations import ATTRIBUTES, Attribute, Merge, Split, Text
from articles.text.parting import BREAK, runs_of
from articles.text.speaking import Voices
from articles.text.units import alike, units
from articles.text.weaving import THEIRS, Conflict, weave

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from articles.text.edits import Edits
    from articles.text.operations import ArticleState, Operation
    from articles.text.units import Link, Unit

_GAP = "\n"


@dataclass(frozen=True, slots=True)
class Piece:
    """A passage as a source has it; `voice` names who speaks by a place among its speakers."""

    text: str
    role: str
    voice: int | None = None
    exchange: int | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """A source file as it was read: passages, and who speaks (`{"name", "part"}`)."""

    pieces: Sequence[Piece]
    speakers: Sequence[Mapping[str, str]] = ()


@dataclass(frozen=True, slots=True)
class Ours:
    """The article as it stands, and what of it goes back to what of the old source.

    `links` pair passages of the old source (by place) with numbers, `voices` its speakers with
    positions. What somebody said something of (`annotated`, numbers) is never taken away unasked.
    """

    state: ArticleState
    links: Collection[tuple[int, int]]
    voices: Mapping[int, int]
    last_number: int
    last_voice: int
    annotated: frozenset[int] = frozenset()


class Changed(NamedTuple):
    """What becomes of some passages that belong together; empty texts for what comes or goes."""

    number: int
    before: str
    after: str


@dataclass(slots=True)
class Renewal:
    """Operations in order, conflicts, what changes; `places`: the numbers of the new passages."""

    operations: list[Operation] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    changes: list[Changed] = field(default_factory=list)
    places: list[int | None] = field(default_factory=list)
    voices: Mapping[int, int] = field(default_factory=dict)


def renew(old: Source, new: Source, ours: Ours, chosen: Mapping[str, str]) -> Renewal:
    """Bring what changed from the old source to the new one into the article.

    What we changed stays; where the source changed the same words, ours stays and the conflict is
    told, unless `chosen` gives "theirs" for its key.
    """
    return _Renewing(old, new, ours, chosen).done()


class _Renewing:
    """The article while the new source is brought into it, passage by passage."""

    def __init__(self, old: Source, new: Source, ours: Ours, chosen: Mapping[str, str]) -> None:
        self.old, self.new, self.ours, self.chosen = old, new, ours, chosen
        self.state = ours.state
        self.made = Renewal(places=[None] * len(new.pieces))
        self.number = ours.last_number
        self.order = list(ours.state.order)
        self.moved: dict[int, int] = {}  # numbers whose words have another number by now
        self.before: int | None = None  # the passage behind which we are
        self.leading: list[int] = []  # passages that go, before any that stays

    def done(self) -> Renewal:
        links = [*alike([one.text for one in self.old.pieces], [p.text for p in self.new.pieces])]
        place = {number: at for at, number in enumerate(self.order)}
        mine = [(base, place[number]) for base, number in self.ours.links if number in place]
        self.voices = self._voices(links)
        sizes = len(self.old.pieces), len(self.order), len(self.new.pieces)
        for unit in units(*sizes, mine, links):
            self._bring(unit)
        self._drop_leading()
        for operation in self.voices.unused(self.state):
            self._do(operation)
        self.made.voices = self.voices.places
        return self.made

    def _voices(self, links: Sequence[Link]) -> Voices:
        pairs = [(self.old.pieces[one].voice, self.new.pieces[other].voice) for one, other in links]
        voices = Voices(
            self.old.speakers, self.new.speakers, self.ours.voices, self.state.voices,
            [(one, other) for one, other in pairs if one is not None and other is not None],
            self.ours.last_voice,
        )  # fmt: skip
        for operation in voices.operations:
            self._do(operation)
        return voices

    def _do(self, operation: Operation) -> None:
        self.state.do(operation)
        self.made.operations.append(operation)

    def _text(self, number: int) -> str:
        return self.state.passages[number].text

    def _bring(self, unit: Unit) -> None:
        own = [self.order[at] for at in unit.ours]
        numbers = [self.moved.get(number, number) for number in own]
        if not unit.theirs:
            self._let_go(unit, numbers, is_free=self.ours.annotated.isdisjoint(own))
        elif not numbers:
            # Of what the old source had too nothing stands any more: it was taken away here.
            for place in () if unit.base else unit.theirs:
                self._insert(place)
        else:
            self._weave(unit, numbers)

    def _let_go(self, unit: Unit, numbers: Sequence[int], *, is_free: bool) -> None:
        """What the new source has no more goes, unless somebody worked on it."""
        if not numbers:
            return
        base = BREAK.join(self.old.pieces[at].text for at in unit.base)
        here = BREAK.join(self._text(number) for number in numbers)
        stays = not unit.base
        if unit.base and (base != here or not is_free):
            conflict = Conflict.of("gone", numbers[0], _shown(base), _shown(here), "")
            self.made.conflicts.append(conflict)
            stays = self.chosen.get(conflict.key) != THEIRS
        if stays:
            self.before = numbers[-1]
            return
        for number in numbers:
            self.made.changes.append(Changed(number, self._text(number), ""))
            if self.before is None:
                self.leading.append(number)
            else:
                self._merge_away(self.before, number)

    def _merge_away(self, number: int, gone: int) -> None:
        self._edit(gone, (Edit(0, self._text(gone), ""),))
        self._merge(number, gone)

    def _merge(self, number: int, other: int) -> None:
        held = self.state.passages[other]
        at = len(self._text(number))
        self._do(Merge(number, at, "", other, held.role, held.speaker, held.exchange))

    def _edit(self, number: int, edits: Edits) -> None:
        if edits:
            self._do(Text(number, edits))

    def _drop_leading(self, *, behind: int | None = None) -> None:
        """Take away the passages at the head that go, now that one behind them stays."""
        for number in reversed(self.leading):
            place = self.state.order.index(number)
            if place + 1 == len(self.state.order):
                return  # it is the last one: an article has one passage at least
            following = self.state.order[place + 1]
            held = self.state.passages[following]
            self._edit(number, (Edit(0, self._text(number), ""),))
            self._merge(number, following)
            for name in ATTRIBUTES:
                self._set(number, name, getattr(held, name))
            self._renumber(following, number)
            if behind == following:
                self.before = behind = number
        self.leading = []

    def _renumber(self, old: int, new: int) -> None:
        """The words of a passage have another number from now on."""
        self.made.places = [new if one == old else one for one in self.made.places]
        self.moved = {one: new if now == old else now for one, now in self.moved.items()}
        self.moved.setdefault(old, new)

    def _set(self, number: int, name: str, value: object) -> None:
        before = getattr(self.state.passages[number], name)
        if before != value:
            self._do(Attribute(number, name, before, value))

    def _values(self, place: int) -> dict[str, object]:
        piece = self.new.pieces[place]
        return {
            "role": piece.role, "speaker": self.voices.position(piece.voice),
            "exchange": piece.exchange,
        }  # fmt: skip

    def _split(self, number: int, at: int, gap: str, values: Mapping[str, object]) -> int:
        self.number += 1
        self._do(Split(number, at, gap, self.number, **values))  # type: ignore[arg-type]  # as named
        return self.number

    def _insert(self, place: int) -> None:
        """Put a passage of the new source behind the one where we are."""
        text, values = self.new.pieces[place].text, self._values(place)
        if not text.strip():
            return
        if self.before is not None:
            at = len(self._text(self.before))
            self._edit(self.before, (Edit(at, "", _GAP + text),))
            self.before = self._split(self.before, at, _GAP, values)
        else:
            self.before = self._insert_first(text, values)
        self.made.places[place] = self.before
        self.made.changes.append(Changed(self.before, "", text))

    def _insert_first(self, text: str, values: Mapping[str, object]) -> int:
        if self.leading:  # in place of the first that goes
            first, *others = self.leading
            self.leading = []
            for number in others:
                self._merge_away(first, number)
            self._edit(first, (Edit(0, self._text(first), text),))
        else:
            first = self.state.order[0]
            held = self.state.passages[first]
            self._edit(first, (Edit(0, "", text + _GAP),))
            own = {name: getattr(held, name) for name in ATTRIBUTES}
            self._renumber(first, self._split(first, len(text), _GAP, own))
        for name, value in values.items():
            self._set(first, name, value)
        return first

    def _weave(self, unit: Unit, numbers: Sequence[int]) -> None:
        """Bring the changes of the words, then of roles, speakers and exchanges."""
        texts = (
            [self.old.pieces[at].text for at in unit.base],
            [self._text(number) for number in numbers],
            [self.new.pieces[at].text for at in unit.theirs],
        )
        base, here, there = map(BREAK.join, texts)
        is_one = max(map(len, texts)) == 1
        edits, conflicts = weave(base, here, there, passage=numbers[0], chosen=self.chosen)
        pieces = runs_of(texts[1], here, edits, is_one=is_one)
        if pieces is None:  # the passages were parted otherwise here and there
            conflict = Conflict.of("words", numbers[0], base, here, there)
            conflicts, edits = [conflict], ()
            if self.chosen.get(conflict.key) == THEIRS:
                edits, _ = weave(here, here, there, passage=numbers[0], chosen={})
            pieces = runs_of(texts[1], here, edits, is_one=is_one)
        if pieces is None:  # a sign of ours for breaks stands in the text
            edits, pieces = (), []
        self.made.conflicts += [_told(conflict) for conflict in conflicts]
        standing = list(numbers)
        if edits:
            after = apply(here, edits)
            self.made.changes.append(Changed(numbers[0], _shown(here), _shown(after)))
            standing = self._parted(unit, numbers, pieces)
        self._attribute(unit, numbers, standing)
        self.before = standing[-1]
        self._drop_leading(behind=self.before)

    def _parted(
        self, unit: Unit, numbers: Sequence[int], runs: Sequence[tuple[int, Edits, list[str]]]
    ) -> list[int]:
        """Join passages, edit them, part them; gives the numbers that stand then."""
        standing = []
        at, count = 0, sum(len(parts) for _length, _edits, parts in runs)
        for length, edits, parts in runs:
            number, *others = numbers[at : at + length]
            at += length
            for other in others:
                self._merge(number, other)
            self._edit(number, tuple(
                edit._replace(inserted=edit.inserted.replace(BREAK, _GAP)) for edit in edits
            ) if len(parts) > 1 else edits)  # fmt: skip
            standing.append(number)
            for part in parts[:-1]:
                held = self.state.passages[number]
                values: Mapping[str, object] = {name: getattr(held, name) for name in ATTRIBUTES}
                if count == len(unit.theirs):
                    values = self._values(unit.theirs[len(standing)])
                number = self._split(number, len(part), _GAP, values)
                standing.append(number)
        return standing

    def _attribute(self, unit: Unit, numbers: Sequence[int], standing: Sequence[int]) -> None:
        """What the new source says otherwise of a passage, where nobody here had changed it."""
        if len(standing) != len(unit.theirs):
            for place in unit.theirs:
                self.made.places[place] = standing[0]
            return
        born = {number: self.old.pieces[at] for number, at in zip(numbers, unit.base, strict=False)}
        for number, place in zip(standing, unit.theirs, strict=True):
            self.made.places[place] = number
            piece = born.get(number)
            if piece is None:
                continue
            stood = {
                "role": piece.role, "exchange": piece.exchange,
                "speaker": self.ours.voices.get(piece.voice) if piece.voice is not None else None,
            }  # fmt: skip
            held = self.state.passages[number]
            for name, value in self._values(place).items():
                if getattr(held, name) == stood[name]:
                    self._set(number, name, value)


def _shown(text: str) -> str:
    return text.replace(BREAK, "\n\n")


def _told(conflict: Conflict) -> Conflict:
    return conflict._replace(
        base=_shown(conflict.base), ours=_shown(conflict.ours), theirs=_shown(conflict.theirs),
        head=_shown(conflict.head), tail=_shown(conflict.tail),
    )  # fmt: skip
