"""Make a machine's reading of clean texts, knowing for every sign where it comes from.

A strength says how often each kind of slip happens. Kinds are those of scanners (letters taken for
others, specks, words broken and run together, lines that end in a hyphen) and of ears (names
spelled as they sound, or heard as several words).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from random import Random

SCANNED = {
    "rn": ["m"], "m": ["rn", "in", "iu"], "l": ["1", "I", "i", "!"], "i": ["l", "1", "ï", "í"],
    "é": ["e", "ê", "è", "6", "ë"], "è": ["é", "e", "ô"], "ê": ["é", "e"], "à": ["a", "â", "ù"],
    "ç": ["c", "g"], "c": ["e", "o"], "e": ["c", "o", "é"], "n": ["u", "ri", "ii", "a"],
    "u": ["n", "ii", "o"], "h": ["b", "li", "k"], "b": ["h", "l)"], "t": ["l", "f", "i"],
    "f": ["t", "r", "l"], "d": ["cl", "il"], "a": ["u", "n", "o", "e"], "o": ["0", "c", "e"],
    "r": ["i", "v", "t"], "v": ["y", "r"], "g": ["q", "y", "9"], "s": ["a", "8", "."],
    "p": ["n", "j)"], "q": ["g", "o"], "x": ["z"], "z": ["s", "x"], "k": ["lc", "h"],
    "S": ["5", "8", "s"], "O": ["0", "Q"], "B": ["8", "R", "E"], "R": ["B", "K", "H"],
    "A": ["Â", "4", "V"], "E": ["F", "Ë", "B"], "G": ["C", "6"], "C": ["G", "(", "O"],
    "M": ["IVI", "JI", "H"], "N": ["IV", "K", "H"], "P": ["l'", "F", "B"], "D": ["I)", "O", "B"],
    "T": ["ï", "I", "F"], "L": ["I,", "J", "1"], "V": ["Y", "T", "v"], "J": [".T", "I"],
    "K": ["lv", "R"], "I": ["l", "1", "T"], "F": ["P", "E"], "H": ["II", "TI"], "U": ["ll", "D"],
    "’": ["'", "`", " ", "’ "], "œ": ["oe", "œ"], "-": ["—", " ", "-"], "«": ["<<", "(", "c"],
}  # fmt: skip
HEARD = (
    ("ph", ["f"]), ("f", ["ph", "ff"]), ("k", ["qu", "c", "ck"]), ("ou", ["oo", "u"]),
    ("eau", ["o", "aut"]), ("au", ["o"]), ("ch", ["sh", "sch"]), ("sh", ["ch"]),
    ("an", ["en", "anne"]), ("en", ["ène", "an"]), ("in", ["ain", "ine"]),
    ("on", ["onne", "ont"]), ("y", ["i", "ille"]),
    ("i", ["y"]), ("z", ["s", "tz"]), ("w", ["v", "ou"]), ("v", ["f", "w"]),
    ("é", ["er", "ait", "e"]),
    ("er", ["eur", "air", "é"]), ("o", ["eau", "aut"]), ("r", ["rr"]), ("l", ["ll"]), ("n", ["nn"]),
    ("t", ["tt", "th"]), ("s", ["ss", "c"]), ("g", ["gu", "j"]), ("j", ["dj", "g"]), ("h", [""]),
    ("b", ["p"]), ("d", ["t"]), ("a", ["ah", "at"]), ("e", ["é", "eu"]),
)  # fmt: skip
VOWELS = frozenset("aeiouyéèêàâîôûëïüöáíóú")
TOKEN = re.compile(r"\w+|\s+|[^\w\s]")
WIDTH = 52


@dataclass(frozen=True, slots=True)
class Strength:
    """How often what goes wrong: of letters, of words, of names, of sentences."""

    name: str
    letter: float = 0.0
    case: float = 0.0
    broken: float = 0.0
    joined: float = 0.0
    dropped: float = 0.0  # words that are no names
    sign_dropped: float = 0.0
    sign_added: float = 0.0
    heard: float = 0.0  # names
    parted: float = 0.0  # of names that are heard: as several words
    columns: bool = False  # lines end where the column does, in a hyphen inside a word
    added: float = 0.0  # sentences that only the machine's reading has
    missing: float = 0.0  # sentences that only the human reading has
    swapped: float = 0.0  # names that the human reading replaces by another
    bad_lines: float = 0.0  # stretches read six times worse


STRENGTHS = (
    Strength("light", 0.008, 0.001, 0.002, 0.002, 0.001, 0.01, 0.003),
    Strength("scanned", 0.03, 0.003, 0.01, 0.008, 0.004, 0.05, 0.012, columns=True, bad_lines=0.04),
    Strength("worn", 0.07, 0.01, 0.025, 0.02, 0.01, 0.12, 0.03, columns=True, bad_lines=0.08),
    Strength("heard", 0.0, 0.03, 0.0, 0.004, 0.02, 0.3, 0.0, heard=0.3, parted=0.3),
    Strength(
        "edited", 0.012, 0.002, 0.003, 0.003, 0.004, 0.03, 0.004,
        columns=True, added=0.08, missing=0.08, swapped=0.04,
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Piece:
    """What the machine read, and which signs of the clean text it stands for."""

    read: str
    start: int
    end: int


def machine_reading(
    clean: str, names: list[tuple[int, int]], strength: Strength, random: Random
) -> list[Piece]:
    """The pieces of a machine's reading, in order."""
    pieces: list[Piece] = []
    within = {at for start, end in names for at in range(start, end)}
    heard = {
        start: _heard(clean[start:end], strength, random)
        for start, end in names
        if random.random() < strength.heard
    }
    name_at = dict(names)
    bad_until, until = -1, -1
    for match in TOKEN.finditer(clean):
        at = match.start()
        if at < until:
            continue
        if at in heard:
            until = name_at[at]
            pieces.append(Piece(heard[at], at, until))
            continue
        if random.random() < strength.bad_lines / 8:
            bad_until = at + WIDTH
        now = (
            replace(strength, letter=min(strength.letter * 6, 0.3)) if at < bad_until else strength
        )
        pieces += _token(match, now, random, at in within)
    return _in_columns(pieces, random) if strength.columns else pieces


def _token(match: re.Match[str], strength: Strength, random: Random, named: bool) -> list[Piece]:
    token, at = match[0], match.start()
    whole = Piece("", at, match.end())
    if token.isspace():
        if "\n" not in token and random.random() < strength.joined:
            return [whole]
        return [replace(whole, read=token)]
    if not token[0].isalnum():
        if random.random() < strength.sign_dropped:
            return [whole]
        return _letters(token, at, strength, random)
    if not named and random.random() < strength.dropped:
        return [whole]
    pieces = _letters(token, at, strength, random)
    if len(pieces) > 3 and random.random() < strength.broken * len(pieces) / 5:
        place = random.randrange(1, len(pieces))
        pieces.insert(place, Piece(" ", pieces[place].start, pieces[place].start))
    if random.random() < strength.case:
        change = random.choice((str.lower, str.upper, str.swapcase))
        pieces = [replace(piece, read=change(piece.read)) for piece in pieces]
    if random.random() < strength.sign_added:
        sign = random.choice((".", ",", "'", "•", "-", "^", ":", "|"))
        ends = random.choice((at, match.end()))
        pieces.insert(0 if ends == at else len(pieces), Piece(sign, ends, ends))
    return pieces


def _letters(token: str, at: int, strength: Strength, random: Random) -> list[Piece]:
    pieces: list[Piece] = []
    place = 0
    while place < len(token):
        two = token[place : place + 2]
        size = 2 if two in SCANNED and random.random() < 0.5 else 1
        seen = token[place : place + size]
        read = seen
        if random.random() < strength.letter * size:
            read = random.choice([*SCANNED.get(seen, [seen]), random.choice(["", "i", "^", "."])])
        pieces.append(Piece(read, at + place, at + place + size))
        place += size
    return pieces


def _heard(name: str, strength: Strength, random: Random) -> str:
    """A name as an ear that does not know it writes it."""
    said = name
    for _ in range(random.randint(1, 3)):
        sound, ways = random.choice(HEARD)
        places = [match.start() for match in re.finditer(sound, said)]
        if places:
            at = random.choice(places)
            said = said[:at] + random.choice(ways) + said[at + len(sound) :]
    if random.random() < 0.3:
        said = said.replace("-", " ")
    if random.random() < strength.parted:
        cuts = [
            at
            for at in range(2, len(said) - 2)
            if said[at - 1] in VOWELS and said[at].isalpha() and said[at] not in VOWELS
        ]
        if cuts:
            at = random.choice(cuts)
            rest = said[at:]
            said = (
                said[:at] + " " + (rest[:1].upper() + rest[1:] if random.random() < 0.6 else rest)
            )
    return said if said.strip() else name


def _in_columns(pieces: list[Piece], random: Random) -> list[Piece]:
    """Lines that end where the column does; now and then in the middle of a word."""
    lined: list[Piece] = []
    width = 0
    for place, piece in enumerate(pieces):
        if "\n" in piece.read:
            width = 0
        elif piece.read == " " and width > WIDTH - 6:
            piece, width = replace(piece, read="\n"), 0
        elif width > WIDTH and _inside_word(pieces, place):
            lined.append(
                Piece(random.choice(("-\n", "-\n", "-\n", "\n", "¬\n", "- \n")), *[piece.start] * 2)
            )
            width = 0
        width += len(piece.read)
        lined.append(piece)
    return lined


def _inside_word(pieces: list[Piece], place: int) -> bool:
    around = pieces[max(place - 2, 0) : place + 2]
    return len(around) == 4 and all(piece.read[:1].isalpha() for piece in around)
