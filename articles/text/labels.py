"""The label printed before a turn: where it ends, and how much it looks like a voice.

Labels end with a colon, a dash, a full stop and a dash, or for `Q` and `R` a full stop or blanks;
they may be bold, follow a bullet or a time, and bear a title or an outlet in brackets.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from articles.text.outlets import names_outlet
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

REACH = 84  # code points in which a label must end
WEAK, STRONG, GENERIC = 1, 2, 3

_BLANK = " \t\u00a0\u202f\u2009"
_LEAD = re.compile(
    r"(?:(?:[—–►▶•●■▪‣]|-{1,2}|>{1,2})\s+)?"
    r"(?:[*_]{0,3}[\[(]?\d{1,2}[:hH]\d{2}(?:[:.]\d{2})?(?:[.,]\d+)?[\])]?\s*(?:[–—-]\s+)?)?"
    r"(?:#{1,6}\s+)?[*_]{0,3}\[?"
    r"(?:Q\d{1,3}[.:]?\s+(?=[A-ZÀ-ÖØ-Þ][\w'’.-]+(?:\s[^\s:]+){0,6}\s?:))?"
)
_SHORT = re.compile(
    r"(?P<label>(?:Q|R|A|D|Question|Réponse|Reponse|Answer|QUESTION|RÉPONSE|REPONSE|ANSWER|Rép|"
    r"Quest)"
    r"(?:(?: ?(?:n°|no\.?))? ?\d{1,3})?)(?P<mark>[*_\]]{0,3}"
    r"(?:\s?\.?\s?[–—-]{1,2}\s|\s?[:.)][*_]{0,3}(?:\s?[–—-](?!\s[a-zà-ÿ]))?|[ \t\u00a0]{2,}|\t)"
    r"[*_]{0,3})\s*"
)
_Q_SPACE = re.compile(r"(?P<label>Q)(?P<mark> )(?=[A-ZÉÀ«\"“(])")
_COLON_TAIL = re.compile(r"[*_\])]{0,4}\s*(?:[–—-]\s+(?![a-zà-ÿ]))?(?:[*_]{1,3}(?=\S))?")
_DASH = re.compile(
    r"\.?[*_]{1,3}\.?\s*[–—-]{1,2}\s+|\.\s?[–—-]{1,2}\s*|\s[–—]{1,2}\s+|\s-{1,2}\s+|\s?—\s?"
)
_CAPS_STOP = re.compile(
    r"(?P<label>(?:(?:The|Le|La|Mr|Mrs|Ms|Miss|Dr|Prof|Sir|Lord|Lady|Chairman|Chairwoman|Chair|"
    r"President|Minister|Judge|Senator|Secretary|Ambassador|General|M|MM|"
    r"Mme|Mlle|MR|MRS|MS|DR|M|MME|Représentative|Representative)\.?\s)?"
    r"[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ'’-]{2,}(?:\s[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ'’-]+){0,3})\.[*_]{0,3}\s+(?=[\w«“\"(\[])"
)
_TITLE_STOP = re.compile(
    r"(?P<label>(?:(?:M\.|Mme|Mlle|MM\.|Mr\.|Mrs\.|Ms\.|Dr\.)\s(?:[\w'’-]+\s?){1,7}|"
    r"(?:The )?(?:Senator|Chairman|Chairwoman|Representative|Secretary|Ambassador|General|Admiral|"
    r"Congress(?:man|woman)|Delegate|Professor|Judge|Speaker|Governor|Minister)"
    r"(?:\s[A-ZÀ-Þ][\w'’-]+){1,3})"
    r"(?:\([\w’' -]{1,30}\))?(?P<office>,\s[^.,:;?!«»\n]{3,80})?)\.[*_]{0,3}\s+"
    r"(?=[A-ZÀ-ÖØ-Þ«“\"(])"
)
_BOLD_NAME = re.compile(r"(?P<label>[^*_\n]{1,50}?)[*_]{2,3}\s+(?=\S)")
_TIME_AFTER = re.compile(r"\s*[(\[]\d{1,2}:\d{2}(?::\d{2})?[)\]]")
_TIMED = re.compile(r"\s+\d{1,2}:\d{2}(?::\d{2})?$")
_DASH_SIGNS = re.compile(r"[–—*_]|[ .]-")
_INNER_DASH = re.compile(r"\s[–—]\s|\.\s?[–—-]\s")
_INITIAL_NAME = re.compile(
    r"[A-Z]\.|(?:d['’]|de |du |von |van |le |la )[A-Z]|(?:[A-ZÀ-ÖØ-Þ][\w'’-]+ ?){1,3}(?::|"
    r"\.\s?[–—-]|\s[–—]\s)"
)
_DOUBLE_INITIAL = re.compile(r"\.-[A-ZÀ-ÖØ-Þ]\.")  # N.-K.
_NO_LABEL = re.compile(r"[?!;«»“”\"…|=]|\d:\d|https?|\.\.|#\d")
_EPISODE = re.compile(r"(?:[ée]pisode|saison|season|num[ée]ro|n°) ?\d", re.I)
_BRACKET_END = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\s*$|\s+\d{1,2}:\d{2}(?::\d{2})?$")
_BRACKETED = re.compile(r"(?P<who>[\w ]+?)\s*[(\[](?P<outlet>[^()\[\]]{2,40})[)\]]\s*$")
_DOTTED = re.compile(r"(?:\b(?:[A-ZÉÈ]|[Mm](?:me|lle|r|rs|s)?|MM(?:E|ES|LLE)?|Dr|DR|Pr|PR|St|MR|MS|"
                     r"MRS|Me|Gen|Sen|Rep|Amb|Hon|Col|Lt|Prof|Mgr|"
                     r"Gov|GOV|GEN|SEN|REP|AMB|HON|COL|LT|PROF|MGR|Ag|AG|Sec|SEC|Secy|SECY|Min|MIN|"
                     r"Pdt|PDT|Pres|PRES|Cdt|CDT|Gal|GAL|Cllr|CLLR|Adm|ADM|Maj|MAJ|Capt|CAPT|"
                     r"Supt|SUPT|Chanc|CHANC|Ch|Dir|DIR|Del|DEL)\.-?)")  # fmt: skip
_SAYING = words(
    "a est dit ajoute ont était sont fut avait poursuit explique conclut répond précise said says "
    "is was are were has had adds replied asked"
)
_FUNCTIONS = words("garde sous co suppleant suppleante questeur doyen doyenne membre nom auteur")
_NO_LABEL_FIRST = words(
    "je on il elle nous vous tu ils elles ce cela ca i you he she it we they this that these those "
    "et mais or donc car si quand comme pour dans sur avec sans parce que qui quoi and but if when "
    "as in for with from to at"
)
_CAPITAL = re.compile(r"[A-ZÀ-ÖØ-ÞŒŠŽŁČĆ]")
_INITIALS = re.compile(r"(?:[A-Z]\.?[ -]?(?:(?:de|du|d|l|v|von|van)\.?[ -]?)?){1,5}$")


@dataclass(frozen=True, slots=True)
class Label:
    """A label: as printed, its folded core, where the words after it begin, and its looks."""

    printed: str
    core: str
    key: str
    weight: int
    form: str
    words: int
    bold: bool = False


def find_label(text: str, start: int, end: int) -> Label | None:
    """Find the label that a block or line opens with, or give None."""
    lead = _LEAD.match(text, start, end)
    begin = lead.end() if lead else start
    if begin >= end:
        return None
    window = text[begin : min(end, begin + REACH)]
    first = window[0]
    if not (first.isupper() or first in "ldujaq"):
        return None
    if first in "QRAD":
        short = _SHORT.match(text, begin, end) or _Q_SPACE.match(text, begin, end)
        if short and _fits_short(text, short):
            return _short_label(short, begin > start and text[begin - 1] in "*_")
    bold = begin > start and text[begin - 1] in "*_"
    return (
        _colon_label(text, window, begin, end, bold)
        or _dash_label(window, begin, bold)
        or _stop_label(text, begin, end, bold)
    )


def judge(printed: str) -> tuple[str, str, int]:
    """Give a label's core (no title in brackets), its key, and how much it looks like a voice."""
    return _judge(printed)


def line_label(text: str, start: int, end: int) -> Label | None:
    """Take a whole line as a label that stands alone, or give None."""
    if end - start > 70:
        return None
    lead = _LEAD.match(text, start, end)
    begin = lead.end() if lead else start
    line = text[begin:end]
    if not line or "\n" in line or not line[0].isupper():
        return None
    printed = line.strip(" *_[]\u00a0\u202f:")
    if not printed or (line[-1] in ".?!…;," and not _DOTTED.search(printed[-5:])):
        return None
    core, key, weight = _judge(printed.rstrip("."))
    if not weight:
        return None
    return Label(printed, core, key, weight, "line", end, text[begin - 1] in "*_")


def opens_turn(text: str, start: int, end: int) -> bool:
    """Say whether a line surely opens a turn: a label that is strong, or Q. and R."""
    label = find_label(text, start, end)
    if label is None:
        return False
    return label.weight >= STRONG or (label.form == "colon" and label.printed.isupper())


def _fits_short(text: str, match: re.Match[str]) -> bool:
    """Keep prose that begins with a capital A or R from being a label."""
    label, mark = match["label"], match["mark"].strip(" *_]")
    if label in ("A", "D") and not mark:
        return len(match["mark"]) >= 3
    if mark in ("–", "—", "-") and label == "A":
        return True
    if mark == "." and len(label) > 3 and not label[-1].isdigit():
        return False
    if mark != "." or len(label) > 1 or label == "Q":
        return True
    after = text[match.end() : match.end() + 40]
    return not _INITIAL_NAME.match(after)


def _short_label(match: re.Match[str], bold: bool) -> Label:
    """Make the label of a question or an answer that names nobody."""
    printed = match["label"]
    key = fold(printed).rstrip("0123456789 ").removesuffix(" n°").removesuffix(" no.").strip()
    mark = match["mark"].strip(" *_]\t\u00a0")
    form = "colon" if ":" in mark else "dot" if mark[:1] == "." else "dash" if mark else "space"
    return Label(printed, printed, key, GENERIC, form, match.end(), bold)


def _colon_label(text: str, window: str, begin: int, end: int, bold: bool) -> Label | None:
    """Take what stands before the first colon as a label, if it looks like one."""
    colon = window.find(":")
    if colon < 1:
        return None
    printed = window[:colon]
    if "\n" in printed or _INNER_DASH.search(printed):
        return None
    after = begin + colon + 1
    if after < end and not (text[after] in _BLANK + '\n*_«“"])–—-(' or text[after].isupper()):
        return None
    core, key, weight = _judge(printed)
    if not weight:
        return None
    tail = _COLON_TAIL.match(text, after, end)
    words = tail.end() if tail else after
    return Label(_shown(printed), core, key, weight, "colon", words, bold)


def _dash_label(window: str, begin: int, bold: bool) -> Label | None:
    """Take what stands before the first dash as a label, if it looks like one."""
    if not _DASH_SIGNS.search(window):
        return None
    for match in _DASH.finditer(window):
        printed = window[: match.start()]
        if "\n" in printed or match.end() >= len(window):
            return None
        dot = "." in match[0]
        double = dot and _DOUBLE_INITIAL.match(window, match.start())
        if match[0] == "." or double or (dot and printed[-2:] in ("M", "J")):
            continue
        if dot and len(printed) == 1 and _INITIAL_NAME.match(window, match.end()):
            continue
        core, key, weight = _judge(printed)
        if not weight:
            return None
        form = "dotdash" if dot else "dash"
        return Label(_shown(printed), core, key, weight, form, begin + match.end(), bold)
    return None


def _stop_label(text: str, begin: int, end: int, bold: bool) -> Label | None:
    """Take a surname in capitals and its full stop as a label: `Mr. HOLLIS. `."""
    match = _CAPS_STOP.match(text, begin, end) or _TITLE_STOP.match(text, begin, end)
    if bold and not match:
        match = _BOLD_NAME.match(text, begin, end)
    if not match or not _is_function(match.groupdict().get("office") or ""):
        return None
    core, key, weight = _judge(match["label"])
    if not weight:
        return None
    return Label(match["label"], core, key, weight, "stop", match.end(), bold)


def _is_function(office: str) -> bool:
    """Say whether what follows a name's comma is nothing but the office held (or is empty)."""
    parts = fold(office.lstrip(", ")).replace("-", " ").split()
    if not parts:
        return True
    named = any(part in ROLE_WORDS or part in _FUNCTIONS for part in parts[:3])
    return named and _SAYING.isdisjoint(office.split())


def _shown(printed: str) -> str:
    """Give a label as printed, without markup and blanks at its sides."""
    return printed.strip(" *_[]\t\u00a0\u202f\u2009")


@lru_cache(maxsize=8192)
def _judge(printed: str) -> tuple[str, str, int]:
    """Judge the words of a label; weight 0 where they cannot be one."""
    if ":" in printed:
        printed = _TIMED.sub("", _TIME_AFTER.sub("", printed))
    outlet = _out_of_bracket(_shown(printed))
    bracketed = outlet != _shown(printed)
    core, _, extra = outlet.partition(",")
    if not core or _NO_LABEL.search(core) or "?" in extra or _EPISODE.search(extra):
        return "", "", 0
    for _ in range(2):
        core = _BRACKET_END.sub("", core)
    core = _shown(core).rstrip(".") if not _INITIALS.match(core) else core
    if len(extra.split()) > 10 or not core:
        return "", "", 0
    if "." in _DOTTED.sub("", core):
        return "", "", 0
    words = core.replace("’", "'").replace("_", " ").split()
    if not 1 <= len(words) <= 8:
        return "", "", 0
    key = fold(core.replace(".", " ").replace("*", "").replace("_", " "))  # SPEAKER_00
    return core, key, STRONG if bracketed else _weigh(words, key)


def _out_of_bracket(core: str) -> str:
    """Give the outlet that stands in brackets behind a label that names nobody."""
    match = _BRACKETED.match(core)
    if not match or fold(match["who"]) not in NAMELESS | ASKERS:
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
        return 0
    if not plain and len(words) == 1 and len(key) <= 3 and words[0].isupper():
        return WEAK  # initials that spell a particle: L, DO, DA, EL
    paper = folded[0] in ("la", "le", "the", "l'") and len(words) > 2 and names_outlet(key)
    if (
        not plain
        or (plain[0] in NO_VOICE and not (titled or paper))
        or not _SAYING.isdisjoint(words)
    ):
        return 0
    if key in NAMELESS:
        return GENERIC
    if plain[0] in ASKERS | ANSWERERS and len(plain[0]) > 1 and len(words) <= 5:
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
        return WEAK if len(lower) <= 2 and len(words) <= 4 and _is_capital(words[0]) else 0
    return _weigh_capitals(words, office or titled)


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
