"""How much the words printed before a turn look like a voice: a name, an office, `Question`."""

from __future__ import annotations

import re
from functools import lru_cache

from articles.text.outlets import names_outlet
from articles.text.regex import regex
from articles.text.vocab import (
    ANSWERERS,
    ASKERS,
    HONORIFICS,
    NAMELESS,
    NO_VOICE,
    PARTICLES,
    ROLE_WORDS,
    fold,
    words,
)

WEAK = 1
STRONG = 2
GENERIC = 3
_TIME_AFTER = regex(r"\s*[(\[]\d{1,2}:\d{2}(?::\d{2})?[)\]]")
_TIMED = regex(r"\s+\d{1,2}:\d{2}(?::\d{2})?$")
_INNER_DASH = regex(r"\s[–—]\s|\.\s?[–—-]\s")
_NO_LABEL = regex(r"[?!;«»“”\"…|=]|\d:\d|https?|\.\.|#\d")
_EPISODE = regex(r"(?:[ée]pisode|saison|season|num[ée]ro|n°) ?\d", re.I)
_NEXT_SENTENCE = regex(r"[^\W\d_]{4,}\. [A-ZÀ-ÖØ-Þ]")
_BRACKET_END = regex(r"\s*[(\[][^()\[\]]*[)\]]\s*$|\s+\d{1,2}:\d{2}(?::\d{2})?$")
_BRACKETED = regex(r"(?P<who>[\w ]+?)\s*[(\[](?P<outlet>[^()\[\]]{2,40})[)\]]\s*$")
DOTTED = regex(r"(?:\b(?:[A-ZÉÈ]|[Mm](?:me|lle|r|rs|s)?|MM(?:E|ES|LLE)?|Dr|DR|Pr|PR|St|MR|MS|"
                     r"MRS|Me|Gen|Sen|Rep|Amb|Hon|Col|Lt|Prof|Mgr|"
                     r"Gov|GOV|GEN|SEN|REP|AMB|HON|COL|LT|PROF|MGR|Ag|AG|Sec|SEC|Secy|SECY|Min|MIN|"
                     r"Pdt|PDT|Pres|PRES|Cdt|CDT|Gal|GAL|Cllr|CLLR|Adm|ADM|Maj|MAJ|Capt|CAPT|"
                     r"Supt|SUPT|Chanc|CHANC|Ch|Dir|DIR|Del|DEL)\.-?)")  # fmt: skip
_NOBODYS = NAMELESS | ASKERS
_GENERIC = ASKERS | ANSWERERS
SAYING = words(
    "a est dit ajoute ont était sont fut avait poursuit explique conclut répond précise said says "
    "is was are were has had adds replied asked"
)
_NO_LABEL_FIRST = words(
    "je on il elle nous vous tu ils elles ce cela ca i you he she it we they this that these those "
    "et mais or donc car si quand comme pour dans sur avec sans parce que qui quoi and but if when "
    "as in for with from to at"
)
_CAPITAL = regex(r"[A-ZÀ-ÖØ-ÞŒŠŽŁČĆ]")
_INITIALS = regex(r"(?:[A-Z]\.?[ -]?(?:(?:de|du|d|l|v|von|van)\.?[ -]?)?){1,5}$")


def shown(printed: str) -> str:
    """Give a label as printed, without markup and blanks at its sides."""
    return printed.strip(" *_[]\t\u00a0\u202f\u2009")


@lru_cache(maxsize=8192)
def judge_before_colon(printed: str) -> tuple[str, str, str, int]:
    """Give words before a colon as shown, and as they are judged; no label spans lines or dashes.

    Turn after turn begins with the same few.
    """
    if "\n" in printed or _INNER_DASH.search(printed):
        return "", "", "", 0
    return shown(printed), *judge(printed)


@lru_cache(maxsize=8192)
def judge(printed: str) -> tuple[str, str, int]:
    """Give a label's core (no title in brackets), its key, and how much it looks like a voice.

    The weight is 0 where the words cannot be a label.
    """
    if ":" in printed:
        printed = _TIMED.sub("", _TIME_AFTER.sub("", printed))
    outlet = _out_of_bracket(shown(printed))
    bracketed = outlet != shown(printed)
    core, _, extra = outlet.partition(",")
    if not core or _NO_LABEL.search(core) or "?" in extra or _EPISODE.search(extra):
        return "", "", 0
    if "." in extra and _NEXT_SENTENCE.search(extra):
        return "", "", 0
    for _ in range(2):
        core = _BRACKET_END.sub("", core)
    core = shown(core).rstrip(".") if not _INITIALS.match(core) else core
    if len(extra.split()) > 10 or not core:
        return "", "", 0
    if "." in DOTTED.sub("", core):
        return "", "", 0
    words = core.replace("’", "'").replace("_", " ").split()
    if not 1 <= len(words) <= 8:
        return "", "", 0
    key = fold(core.replace(".", " ").replace("*", "").replace("_", " "))  # SPEAKER_00
    return core, key, STRONG if bracketed else _weigh(words, key)


def _out_of_bracket(core: str) -> str:
    """Give the outlet that stands in brackets behind a label that names nobody."""
    match = _BRACKETED.match(core)
    if not match or fold(match["who"]) not in _NOBODYS:
        return core
    outlet = re.sub(
        r"^(?:l['’])?(?:agence|journal|radio|pour|de|du) (?=[A-ZÀ-Þ])", "", match["outlet"]
    )
    return outlet if outlet[0].isupper() else core


def _weigh(words: list[str], key: str) -> int:
    """Weigh a label by its words: a name, an office, a generic asker, or just a capital."""
    folded = key.split()
    if not folded or folded[0].isdigit():
        return 0
    plain = [word for word in folded if word not in PARTICLES]
    titled = folded[0] in HONORIFICS and len(words) > 1
    if plain and plain[0] in ("premier", "premiere", "second", "seconde") and len(plain) == 1:
        return 0
    if all(word in HONORIFICS or word in ("dear", "cher", "chere") for word in folded):
        letters = len(words) == 1 and len(key) == 2 and words[0].isupper()
        return WEAK if letters else 0  # initials that spell a title: LT, DR
    if not plain and len(words) == 1 and len(key) <= 3 and words[0].isupper():
        return WEAK  # initials that spell a particle: L, DO, DA, EL
    paper = _is_paper(words, folded[0], key)
    if (
        not plain
        or (plain[0] in NO_VOICE and not (titled or paper))
        or not SAYING.isdisjoint(words)
    ):
        return 0
    if key in NAMELESS:
        return GENERIC
    if plain[0] in _GENERIC and len(plain[0]) > 1 and len(words) <= 5:
        return STRONG
    lower = [
        w for w in words if not _is_capital(w) and fold(w) not in PARTICLES and not w.isdigit()
    ]
    office = any(
        part in ROLE_WORDS for word in plain for part in (word, *word.split("'"), word[:-1])
    )
    if lower:
        if folded[0] in _NO_LABEL_FIRST:
            return 0
        if office and len(words) <= 7:
            return STRONG
        few = len(lower) <= 2 and (len(words) <= 4 or paper)
        return WEAK if few and _is_capital(words[0]) else 0
    return _weigh_capitals(words, office or titled)


def _is_paper(words: list[str], first: str, key: str) -> bool:
    """Say whether several words name an outlet whole: with an article, or in capitals each."""
    if first in ("la", "le", "the", "l'"):
        return len(words) > 2 and names_outlet(key)
    return len(words) > 1 and all(map(_is_capital, words)) and names_outlet(key)


def _weigh_capitals(words: list[str], titled: bool) -> int:
    """Weigh a label that holds nothing in lower case but particles."""
    capitals = sum(map(_is_capital, words))
    numbered = len(words) > 1 and any(w.isdigit() for w in words)
    if titled or capitals >= 2 or (capitals and numbered):
        return STRONG
    return WEAK if capitals else 0


def _is_capital(word: str) -> bool:
    """Say whether a word begins with a capital, also after an elided article or a bracket."""
    bare = word.lstrip("(-'")
    if "'" in bare[:3] and bare[0] in "ldLD":
        bare = bare.split("'", 1)[1]
    return bool(bare) and bool(_CAPITAL.match(bare) or (bare[0].isupper()))
