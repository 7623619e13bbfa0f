"""The voices of a text: labels that recur or resemble each other, gathered and accepted."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache

from articles.text.labels import Label
from articles.text.marks import Block
from articles.text.vocab import ASKERS, HONORIFICS, NAMELESS, OFFICES, PARTICLES, fold

_FULL = 5  # letters of a first name, and of the beginning of a surname, that tell a person
_ENDING = 3  # most letters after those that are heard in several ways
_GIVEN = 3  # letters of a first name, or of a surname's beginning, that are enough in one talk
_OFTEN = 2  # turns under the right name beside one under a slip
_LONG = 7  # letters of a long surname
_MOST_KEYS = 200  # distinct labels beyond which only equal ones are gathered


@dataclass(slots=True)
class Voice:
    """One voice: its folded labels, the labels as printed with their counts, and its looks."""

    keys: list[str]
    printed: dict[str, int] = field(default_factory=dict)
    cores: dict[str, int] = field(default_factory=dict)
    count: int = 0
    first: int = 0
    weight: int = 0
    lines: int = 0
    bare: bool = False

    @property
    def nameless(self) -> bool:
        """Whether the labels only say that somebody asks or answers."""
        return all(key in NAMELESS for key in self.keys)


def gather_voices(blocks: list[Block]) -> tuple[list[Voice], list[int]]:
    """Gather labels into voices; give them and, for each block, its voice or -1."""
    by_key: dict[str, list[int]] = {}
    for index, block in enumerate(blocks):
        if block.label:
            by_key.setdefault(block.label.key, []).append(index)
    of_block = [-1] * len(blocks)
    if not by_key:
        return [], of_block
    voices: list[Voice] = []
    for keys in _kindred(by_key, blocks):
        voice = Voice(keys)
        places = sorted(i for key in keys for i in by_key[key])
        for index in places:
            of_block[index] = len(voices)
        _count_in(voice, [label for i in places if (label := blocks[i].label)])
        voice.first = places[0]
        voices.append(voice)
    return voices, of_block


def _count_in(voice: Voice, labels: list[Label]) -> None:
    """Count the labels of a voice, in their order."""
    voice.printed = dict(Counter([label.printed for label in labels]))
    voice.cores = dict(Counter([label.core for label in labels]))
    voice.count = len(labels)
    voice.weight = max([label.weight for label in labels])
    forms = [label.form for label in labels]
    voice.lines, voice.bare = forms.count("line"), "bare" in forms


def _kindred(by_key: dict[str, list[int]], blocks: list[Block]) -> list[list[str]]:
    """Group keys that name one voice: parts of a fuller name, initials, spelling slips."""
    order = sorted(by_key, key=lambda key: by_key[key][0])
    if len(order) > _MOST_KEYS:
        return [[key] for key in order]
    fullest = sorted(order, key=lambda key: (-len(tokens_of(key)), by_key[key][0]))
    home: dict[str, str] = {}
    heads: list[str] = []
    for key in fullest:
        if _names_two(key, by_key):
            home[key] = key
            continue
        head = next((h for h in heads if is_kin(key, h, _printed(by_key, blocks, h))), None)
        if head is None and len(by_key) > 2:
            head = next((h for h in heads if _slips_once(key, h, by_key)), None)
        home[key] = head if head is not None else key
        if head is None:
            heads.append(key)
    groups: dict[str, list[str]] = {}
    for key in order:
        groups.setdefault(home[key], []).append(key)
    return list(groups.values())


def _names_two(key: str, by_key: dict[str, list[int]]) -> bool:
    """Say whether a title joins the surnames of two whose labels come later: Roy-Diallo."""
    parts = tokens_of(key)
    if by_key[key] != [0] or "-" not in key or len(parts) != 2:
        return False
    surnames = {tokens_of(other)[-1] for other in by_key if other != key}
    return surnames.issuperset(parts)


def _printed(by_key: dict[str, list[int]], blocks: list[Block], key: str) -> str:
    """Give the first printed form of a key, folded, with what stands in its brackets."""
    label = blocks[by_key[key][0]].label
    return fold(label.printed) if label else key


@lru_cache(maxsize=8192)
def tokens_of(key: str) -> tuple[str, ...]:
    """Give the words of a folded name that tell it from others: no title, no particle."""
    words = key.replace("-", " ").replace(".", " ").split()
    plain = tuple(w for w in words if w not in PARTICLES and w not in HONORIFICS)
    if key[1:2] == "." and len(words) > 1 and words[0] in PARTICLES:
        plain = (words[0], *plain)  # a first name cut to a letter that is a particle: Y. Benali
    named = tuple(w for w in plain if w not in OFFICES)
    return named or plain or tuple(words)


def is_kin(key: str, fuller: str, printed: str = "") -> bool:
    """Say whether a folded label names the same voice as a fuller one."""
    if key in NAMELESS or fuller in NAMELESS:
        return _same_generic(key, fuller)
    short, long = tokens_of(key), tokens_of(fuller)
    if long[-1].isdigit() and long[:1] == short and short[0] in ASKERS:
        return False
    if len(key) < 10 and _are_letters(key, fuller):
        return True
    if short == long and _compatible(key, fuller):
        return True
    if len(short) < len(long) and (short == long[-len(short) :] or short == long[: len(short)]):
        return all(len(word) > 1 for word in short) or is_initials(key, fuller)
    if short and all(w in OFFICES for w in short) and set(short) <= set(printed.split()):
        return len(short) < len(printed.split())
    if is_initials(key, fuller):
        return True
    if len(short) == len(long) > 1 and all(
        a == b
        or (b.startswith(a) and len(a) < 3)
        or (place and len(short[0]) == 1 and is_slip(a, b))
        for place, (a, b) in enumerate(zip(short, long, strict=True))
    ):
        return True
    if len(short) > 1 and "".join(short) == "".join(long):
        return True
    if len(short) == len(long) and all(map(is_slip, short, long)):
        return True
    return _slipped_part(short, long) or _heard_otherwise(short, long)


def _heard_otherwise(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Say whether two full names begin alike and end as an ear may take it: Hlavac, Hlavatch."""
    if not len(short) == len(long) == 2 or short[0] != long[0] or len(short[0]) < _FULL:
        return False
    surnames = (short[1], long[1])
    beginnings = {name[:_FULL] for name in surnames}
    return len(beginnings) == 1 and all(_FULL <= len(n) <= _FULL + _ENDING for n in surnames)


def _slips_once(key: str, other: str, by_key: dict[str, list[int]]) -> bool:
    """Say whether one of two full names, alike but for letters of a long surname, stands but once.

    Whoever takes down a talk may hear a surname otherwise, once: Wetherbee beside Wetterby.
    """
    short, long = tokens_of(key), tokens_of(other)
    if not len(short) == len(long) == 2 or short[0] != long[0] or len(short[0]) < _GIVEN:
        return False
    fewer, more = sorted([len(by_key[key]), len(by_key[other])])
    if fewer > 1 or more < _OFTEN:
        return False
    one, two = short[1], long[1]
    if one[:_GIVEN] != two[:_GIVEN] or min(len(one), len(two)) < _LONG:
        return False
    return _distance_within(one, two, _GIVEN)


def _are_letters(key: str, fuller: str) -> bool:
    """Say whether two labels are the same initials, in one of them with blanks: S d M, SdM."""
    apart = [one.replace(".", " ").split() for one in (key, fuller)]
    letters = "".join(apart[0])
    if letters != "".join(apart[1]) or not 1 < len(letters) < 6:
        return False
    return any(all(len(part) == 1 for part in parts) for parts in apart)


def _same_generic(key: str, fuller: str) -> bool:
    """Say whether two labels that name nobody mean the same."""
    asks = {"q", "d", "question", "questions", "quest", "relance", "demande"}
    slip = min(len(key), len(fuller)) > 5 and is_slip(key, fuller)
    return (
        slip
        or (key in asks and fuller in asks)
        or (key in NAMELESS - asks and fuller in NAMELESS - asks)
    )


def _compatible(key: str, fuller: str) -> bool:
    """Keep M. Dupont and Mme Dupont apart."""
    women = {"mme", "mlle", "mrs", "ms", "miss", "madame", "mademoiselle", "lady"}
    men = {"m", "mr", "monsieur", "sir", "lord"}
    one, two = set(key.split()[:1]), set(fuller.split()[:1])
    return not ((one & women and two & men) or (one & men and two & women))


def _slipped_part(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Say whether a single name is a slip of a fuller one's surname, or a long one of its first."""
    if len(short) != 1 or len(long) < 2:
        return False
    return is_slip(short[0], long[-1]) or (len(short[0]) > 4 and is_slip(short[0], long[0]))


def is_slip(one: str, two: str) -> bool:
    """Say whether two folded words differ by a slip: one letter, or two in long words."""
    if one == two:
        return True
    shorter = min(len(one), len(two))
    if shorter < 4 or abs(len(one) - len(two)) > 2 or one[0] != two[0]:
        return False
    return _distance_within(one, two, 2 if shorter >= 7 else 1)


def _distance_within(one: str, two: str, most: int) -> bool:
    """Say whether the edit distance, a swap counting as one, is at most `most`."""
    before: list[int] = []
    row = list(range(len(two) + 1))
    for i, a in enumerate(one, start=1):
        last, row, older = row, [i], before
        for j, b in enumerate(two, start=1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a != b))
            if i > 1 and j > 1 and a == two[j - 2] and one[i - 2] == b:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        before = last
    return row[-1] <= most


def is_initials(key: str, fuller: str) -> bool:
    """Say whether a folded label is made of the first letters of a fuller name."""
    apart = key.split()
    spelt = [w[0] if w in PARTICLES and len(apart) > 2 else w for w in apart]  # S. de M.
    letters = "".join(c for w in spelt for c in w if c.isalnum())
    if not 1 <= len(letters) <= 5 or (len(letters) > 1 and len(key.split()) == 1 and len(key) > 5):
        return False
    words = fuller.replace("-", " ").replace("'", " ").replace(".", " ").split()
    words = [w for w in words if w not in HONORIFICS] or words
    if not words or (len(words) < 2 and len(letters) > 1):
        return False
    named = [w for w in words if w not in PARTICLES] or words
    if len(letters) == 1:
        return letters == named[-1][0] or (len(named) > 1 and letters == named[0][0])
    every = "".join(w if w.isdigit() else w[0] for w in words)
    some = "".join(w if w.isdigit() else w[0] for w in named)
    most = "".join(w[0] for w in words if w not in ("de", "du", "des", "d", "of", "et", "and"))
    paper = every[1:] if words[0] in ("le", "la", "l", "les", "the") else every
    return letters in (every, paper, some, most)  # JDD: Le Journal du Dimanche
