"""Many passages to search vectors, quickly: the same lexemes at the same places as `lexemes`.

Texts are cut into pieces, each different piece has a number, and what is known of it stands in
arrays under that number. A text is then a row of numbers: which lexemes stand where is found by
sorting, in how many passages a piece stands by counting. The vectors come as PostgreSQL takes a
`tsvector` in binary form (`tsvectorrecv` in its `tsvector.c`): the number of lexemes, then each one
with an end sign, the number of its places, and its places; numbers have the high byte first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from articles.text.arrays import NDArray, Numbers, Row, Small, np
from articles.text.cutting import HALF, WHOLE, cut_texts
from articles.text.lexemes import (
    LAST_POSITION,
    MADE_LENGTH,
    MOST_POSITIONS,
    WORD,
    lexemes_of,
    make_lexemes,
)
from articles.text.numbering import Numbering

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

KEPT = 200_000  # different pieces a language, from which the rarer ones are forgotten
STAYING = 100_000  # of the commonest that stay then
TOGETHER = 200_000  # code points indexed at once: arrays of their words stay small
SOME = 10_000  # pieces given at a time, as strings
NONE, END = 0, b"\0"  # the number of no lexeme; what stands after each

# How a lexeme at a place is one number: its passage, the lexeme, the place.
PLACE_BITS, LEXEME_BITS = 14, 26
PASSAGE_SHIFT = PLACE_BITS + LEXEME_BITS
LAST_PLACE, LAST_LEXEME = (1 << PLACE_BITS) - 1, (1 << LEXEME_BITS) - 1
SHORT, LONG = 2, 4  # bytes of the numbers in a vector


class Met(NamedTuple):
    """Pieces met in some passages: `counts[i]` of these have the piece numbered `numbers[i]`.

    `known` goes on growing while more is indexed; when it is another, pieces were forgotten.
    """

    language: str
    known: Numbering
    numbers: Numbers
    counts: Numbers

    def pieces(self) -> dict[str, int]:
        """Each piece with its count."""
        return dict(zip(_strings(self.known, self.numbers), self.counts.tolist(), strict=True))


class Total:
    """How many passages had each piece, as long as these keep their numbers."""

    def __init__(self, known: Numbering) -> None:
        """Nothing was met yet; `known` as in `Met`."""
        self.known = known
        self.counts = Row(np.int32)

    def add(self, met: Met) -> None:
        """Count what was met once more."""
        self.counts.add(np.zeros(len(self.known) - len(self.counts), np.int32))
        self.counts.all[met.numbers] += met.counts.astype(np.int32)

    def pieces(self) -> Iterator[dict[str, int]]:
        """Each piece that was met, with its count, some at a time."""
        numbers = np.flatnonzero(self.counts.all)
        for start in range(0, len(numbers), SOME):
            some = numbers[start : start + SOME]
            counts = self.counts.all[some].tolist()
            yield dict(zip(_strings(self.known, some), counts, strict=True))


class Indexed(NamedTuple):
    """The binary `tsvector` of each passage, and the pieces that were met."""

    vectors: list[bytes]
    met: list[Met]


def index_texts(texts: Sequence[str], language: str) -> Indexed:
    """Analyse the passages of one language together."""
    vectors: list[bytes] = []
    met: list[Met] = []
    for some in _groups(texts):
        pieces = _pieces(language)
        some_vectors, some_met = pieces.index(some)
        vectors += some_vectors
        met.append(some_met)
        if pieces.is_full:
            _kept[language] = pieces.thinned()
    return Indexed(vectors, met)


def _strings(known: Numbering, numbers: Numbers) -> list[str]:
    return _decoded(known.written(numbers))


def _decoded(pieces: list[bytes]) -> list[str]:
    """Pieces, in none of which there is a line's end, as strings."""
    return b"\n".join(pieces).decode().split("\n") if pieces else []


def _groups(texts: Sequence[str]) -> Iterator[Sequence[str]]:
    """The texts in groups of a bounded length: arrays of their words stay small."""
    start = size = 0
    for at, text in enumerate(texts):
        if size and size + len(text) > TOGETHER:
            yield texts[start:at]
            start, size = at, 0
        size += len(text)
    if start < len(texts):
        yield texts[start:]


class _Lexemes:
    """Different lexemes by number, from 1 on."""

    def __init__(self) -> None:
        self.known = Numbering()
        self.sizes = Row(np.int32)  # bytes of each one

    def number(self, lexemes: Sequence[str]) -> Small:
        """The numbers of lexemes, `NONE` for ""."""
        different = [*{*lexemes} - {""}]
        numbers = self.known.of([lexeme.encode() for lexeme in different]) + 1
        new = self.known.since(len(self.sizes))
        self.sizes.add(np.array([*map(len, new)], np.int32))
        found = {"": NONE} | dict(zip(different, numbers.tolist(), strict=True))
        return np.fromiter(map(found.__getitem__, lexemes), np.int32, len(lexemes))

    def of(self, numbers: Small) -> list[str]:
        """The lexemes that have these numbers, "" for `NONE`."""
        there = numbers != NONE
        known = iter(_strings(self.known, numbers[there] - 1))
        return [next(known) if is_there else "" for is_there in there.tolist()]

    def write(self, numbers: Numbers, data: NDArray[np.uint8], places: Numbers) -> None:
        """Put lexemes in their places, in ascending order; behind the last are eight bytes more.

        Eight bytes go at once. Those behind a lexeme become zero, as far as the next one: there
        they are written over.
        """
        eights = np.ndarray((len(data) - HALF + 1,), "<u8", data, strides=(1,))
        pairs, sizes = self.known.pairs.at(numbers - 1), self.sizes.all[numbers - 1]
        more = sizes > HALF
        eights[places[more] + HALF] = pairs.tails[more]
        eights[places] = pairs.heads
        view = data.data
        for at in np.flatnonzero(sizes > WHOLE).tolist():
            lexeme = self.known.spelled[int(numbers[at]) - 1]
            view[places[at] : places[at] + len(lexeme)] = lexeme


class _Pieces:
    """The pieces of one language met lately, by number, and their lexemes."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.known = Numbering()
        self.lexemes = _Lexemes()
        self.first, self.second = Row(np.int32), Row(np.int32)  # lexemes of each piece
        self.met = Row(np.int32)  # how many passages had each piece
        self.inside: dict[int, list[int]] = {}  # the words of a piece that is not just one
        self.has_long = False  # there is one that is too long to be kept

    @property
    def is_full(self) -> bool:
        """Whether it is time to forget some."""
        return self.has_long or len(self.known) > KEPT

    def thinned(self) -> _Pieces:
        """The commonest pieces alone, numbered anew."""
        others = {*self.inside, *self.known.spelled}
        commonest = np.argsort(-self.met.all, kind="stable")[:STAYING].tolist()
        common = np.array([number for number in commonest if number not in others], np.int64)
        thin = _Pieces(self.language)
        new = thin.known.of(self.known.written(common))
        for old, row in ((self.first, thin.first), (self.second, thin.second)):
            row.add(np.zeros(len(common), np.int32))
            row.all[new] = thin.lexemes.number(self.lexemes.of(old.all[common]))
        thin.met.add(np.zeros(len(common), np.int32))
        return thin

    def index(self, texts: Sequence[str]) -> tuple[list[bytes], Met]:
        """The vectors of passages, and the pieces they have."""
        cut = cut_texts(texts)
        numbers = self.known.of_cut(cut)
        self._learn()
        pieces, passages = numbers[cut.which], cut.texts
        if self.inside:
            pieces, passages = self._opened(pieces, passages)
        return self._vectors(pieces, passages, len(texts)), self._counted(pieces, passages)

    def _learn(self) -> None:
        """Find the lexemes of the pieces that are new."""
        # Again and again: what is inside of pieces may be new.
        while new := _decoded(self.known.since(len(self.first))):
            words = [piece for piece in new if piece.isalnum() and len(piece) <= MADE_LENGTH]
            made = make_lexemes(words, self.language)
            if len(words) < len(new):
                made = self._with_others(new, made)
            first, second = map(self.lexemes.number, made)
            self.first.add(first)
            self.second.add(second)
        self.met.add(np.zeros(len(self.known) - len(self.met), np.int32))

    def _with_others(
        self, pieces: list[str], made: tuple[list[str], list[str]]
    ) -> tuple[list[str], list[str]]:
        """The lexemes of new pieces, some of which are not of letters and digits alone, or long."""
        known = zip(*made, strict=True)
        lexemes: list[tuple[str, str]] = []
        opened: dict[int, list[bytes]] = {}
        for number, piece in enumerate(pieces, len(self.first)):
            if piece.isalnum() and len(piece) <= MADE_LENGTH:
                lexemes.append(next(known))
                continue
            self.has_long |= len(piece) > MADE_LENGTH
            if WORD.fullmatch(piece):
                one, two, *_ = (*lexemes_of(piece, self.language), "", "")
                lexemes.append((one, two))
            else:
                opened[number] = [word.encode() for word in WORD.findall(piece)]
                lexemes.append(("", ""))
        words = [*{word for inside in opened.values() for word in inside}]
        numbers = dict(zip(words, self.known.of(words).tolist(), strict=True))
        for number, inside in opened.items():
            self.inside[number] = [numbers[word] for word in inside]
        first, second = zip(*lexemes, strict=True)
        return [*first], [*second]

    def _opened(self, pieces: Numbers, passages: Numbers) -> tuple[Numbers, Numbers]:
        """The same with the words of each piece in its place."""
        words, odd = np.ones(len(self.first), np.int64), np.zeros(len(self.first), bool)
        for number, inside in self.inside.items():
            words[number], odd[number] = len(inside), True
        times = words[pieces]
        there = np.flatnonzero(odd[pieces])
        starts = (np.cumsum(times) - times)[there].tolist()
        opened = np.repeat(pieces, times)
        for start, number in zip(starts, pieces[there].tolist(), strict=True):
            inside = self.inside[number]
            opened[start : start + len(inside)] = inside
        return opened, np.repeat(passages, times)

    def _counted(self, pieces: Numbers, passages: Numbers) -> Met:
        """In how many passages each piece stands."""
        counts = np.bincount(_distinct(passages << 32 | pieces) & 0xFFFF_FFFF)
        self.met.all[: len(counts)] += counts.astype(np.int32)
        numbers = np.flatnonzero(counts)
        return Met(self.language, self.known, numbers, counts[numbers])

    def _vectors(self, pieces: Numbers, passages: Numbers, count: int) -> list[bytes]:
        """The vector of each passage."""
        keys = _distinct(self._placed(pieces, passages, count))
        entries = keys >> PLACE_BITS
        starts = np.flatnonzero(np.diff(entries, prepend=-1))
        places = np.diff(starts, append=len(keys))
        if len(places) and places.max() > MOST_POSITIONS:
            rank = np.arange(len(keys)) - np.repeat(starts, places)
            return self._written(keys[rank < MOST_POSITIONS], count)
        return self._written(keys, count)

    def _placed(self, pieces: Numbers, passages: Numbers, count: int) -> Numbers:
        """A number for each lexeme of each word: its passage, itself, its place."""
        lengths = np.bincount(passages, minlength=count)
        before = np.repeat(np.cumsum(lengths) - lengths, lengths)
        places = np.minimum(np.arange(1, len(pieces) + 1) - before, LAST_POSITION)
        placed = passages << PASSAGE_SHIFT | places
        found = []
        for lexemes in (self.first.all[pieces], self.second.all[pieces]):
            there = lexemes != NONE
            found.append(placed[there] | lexemes[there].astype(np.int64) << PLACE_BITS)
        return np.concatenate(found)

    def _written(self, keys: Numbers, count: int) -> list[bytes]:
        """Vectors of sorted keys: each lexeme, the number of its places, its places."""
        entries = keys >> PLACE_BITS
        starts = np.flatnonzero(np.diff(entries, prepend=-1))
        places = np.diff(starts, append=len(keys))
        lexemes, passages = entries[starts] & LAST_LEXEME, entries[starts] >> LEXEME_BITS
        heads = self.lexemes.sizes.all[lexemes - 1] + len(END)
        sizes = heads + SHORT + SHORT * places
        # Before each passage stands the number of its lexemes.
        at = np.cumsum(sizes) - sizes + LONG * (passages + 1)
        ends = np.cumsum(np.bincount(passages, sizes, count).astype(np.int64) + LONG)
        begins = np.concatenate([[0], ends[:-1]])
        data = np.zeros(ends[-1] + HALF, np.uint8)
        self.lexemes.write(lexemes, data, at)
        shorts = np.ndarray((len(data) - SHORT + 1,), ">u2", data, strides=(1,))
        shorts[at + heads] = places
        rank = np.arange(len(keys)) - np.repeat(starts, places)
        shorts[np.repeat(at + heads + SHORT, places) + SHORT * rank] = keys & LAST_PLACE
        longs = np.ndarray((len(data) - LONG + 1,), ">u4", data, strides=(1,))
        longs[begins] = np.bincount(passages, minlength=count)
        written = data.tobytes()
        return [
            written[start:end] for start, end in zip(begins.tolist(), ends.tolist(), strict=True)
        ]


def _distinct(keys: Numbers) -> Numbers:
    """The keys sorted, each once."""
    ordered: Numbers = np.sort(keys)
    distinct: Numbers = ordered[np.diff(ordered, prepend=-1) != 0]
    return distinct


_kept: dict[str, _Pieces] = {}


def _pieces(language: str) -> _Pieces:
    found = _kept.get(language)
    if found is None:
        found = _kept[language] = _Pieces(language)
    return found
