"""The label printed before a turn: where it ends, and how much it looks like a voice.

Labels end with a colon, a dash, a full stop and a dash, or for `Q` and `R` a full stop or blanks;
they may be bold, follow a bullet or a time, and bear a title or an outlet in brackets.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from articles.text.regex import regex
from articles.text.vocab import (
    ROLE_WORDS,
    fold,
    words,
)
from articles.text.weighing import DOTTED, GENERIC, SAYING, STRONG, judge, judge_before_colon, shown

REACH = 84  # code points in which a label must end

_BLANK = " \t\u00a0\u202f\u2009"
_AFTER_COLON = frozenset(_BLANK + '\n*_«“"])–—-(')
_LEAD = regex(
    r"(?:(?:[—–►▶•●■▪‣]|-{1,2}|>{1,2})\s+)?"
    r"(?:[*_]{0,3}[\[(]?\d{1,2}[:hH]\d{2}(?:[:.]\d{2})?(?:[.,]\d+)?[\])]?\s*(?:[–—-]\s+)?)?"
    r"(?:#{1,6}\s+)?[*_]{0,3}\[?"
    r"(?:Q\d{1,3}[.:]?\s+(?=[A-ZÀ-ÖØ-Þ][\w'’.-]+(?:\s[^\s:]+){0,6}\s?:))?"
)
_SHORT = regex(
    r"(?P<label>(?:Q|R|A|D|Question|Réponse|Reponse|Answer|QUESTION|RÉPONSE|REPONSE|ANSWER|Rép|"
    r"Quest)"
    r"(?:(?: ?(?:n°|no\.?))? ?\d{1,3})?)(?P<mark>[*_\]]{0,3}"
    r"(?:\s?\.?\s?[–—-]{1,2}\s|\s?[:.)][*_]{0,3}(?:\s?[–—-](?!\s[a-zà-ÿ]))?|[ \t\u00a0]{2,}|\t)"
    r"[*_]{0,3})\s*"
)
_Q_SPACE = regex(r"(?P<label>Q)(?P<mark> )(?=[A-ZÉÀ«\"“(])")
_COLON_TAIL = regex(r"[*_\])]{0,4}\s*(?:[–—-]\s+(?![a-zà-ÿ]))?(?:[*_]{1,3}(?=\S))?")
_DASH = regex(
    r"\.?[*_]{1,3}\.?\s*[–—-]{1,2}\s+|\.\s?[–—-]{1,2}\s*|\s[–—]{1,2}\s+|\s-{1,2}\s+|\s?—\s?"
)
_TITLES = (
    "The|Le|La|Mr|Mrs|Ms|Miss|Dr|Prof|Sir|Lord|Lady|Chairman|Chairwoman|Chair|President|Minister|"
    "Judge|Senator|Secretary|Ambassador|General|M|MM|Mme|Mlle|MR|MRS|MS|DR|M|MME|Représentative|"
    "Representative"
)
_OFFICES = (
    "Senator|Chairman|Chairwoman|Representative|Secretary|Ambassador|General|Admiral|Congressman|"
    "Congresswoman|Delegate|Professor|Judge|Speaker|Governor|Minister"
)
_CAPS_STOP = regex(
    rf"(?P<label>(?:(?:{_TITLES})\.?\s)?"
    r"[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ'’-]{2,}(?:\s[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ'’-]+){0,3})\.[*_]{0,3}\s+(?=[\w«“\"(\[])"
)
_TITLE_STOP = regex(
    r"(?P<label>(?:(?:M\.|Mme|Mlle|MM\.|Mr\.|Mrs\.|Ms\.|Dr\.)\s(?:[\w'’-]+\s?){1,7}|"
    rf"(?:The )?(?:{_OFFICES})"
    r"(?:\s[A-ZÀ-Þ][\w'’-]+){1,3})"
    r"(?:\([\w’' -]{1,30}\))?(?P<office>,\s[^.,:;?!«»\n]{3,80})?)\.[*_]{0,3}\s+"
    r"(?=[A-ZÀ-ÖØ-Þ«“\"(])"
)
_LONG_OFFICE = regex(
    r"(?P<label>(?:M\.|Mme|Mlle|Mr\.|Mrs\.|Ms\.|Dr\.)\s(?:[\w'’-]+\s?){1,5}"
    r"(?P<office>,\s[^.:;?!«»\n]{20,160}))\.\s?[–—-]\s+"
)
_STOP_TITLES = frozenset(f"{_TITLES}|{_OFFICES}".split("|"))
_STOP_TITLES |= {f"{title}." for title in _STOP_TITLES}
_STOP_LETTERS = frozenset(title[0] for title in _STOP_TITLES)
_BOLD_NAME = regex(r"(?P<label>[^*_\n]{1,50}?)[*_]{2,3}\s+(?=\S)")
_INITIAL_NAME = regex(
    r"[A-Z]\.|(?:d['’]|de |du |von |van |le |la )[A-Z]|(?:[A-ZÀ-ÖØ-Þ][\w'’-]+ ?){1,3}(?::|"
    r"\.\s?[–—-]|\s[–—]\s)"
)
_DOUBLE_INITIAL = regex(r"\.-[A-ZÀ-ÖØ-Þ]\.")  # N.-K.
_FUNCTIONS = words("garde sous co suppleant suppleante questeur doyen doyenne membre nom auteur")


class Label(NamedTuple):
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
    begin = _after_lead(text, start, end)
    if begin >= end:
        return None
    window = text[begin : begin + REACH if begin + REACH < end else end]
    first = window[0]
    if not (first.isupper() or first in "ldujaq"):
        return None
    if first in "QRAD" and _may_be_short(window):
        short = _SHORT.match(text, begin, end) or _Q_SPACE.match(text, begin, end)
        if short and _fits_short(text, short):
            return _short_label(short, begin > start and text[begin - 1] in "*_")
    bold = begin > start and text[begin - 1] in "*_"
    if ":" in window and (label := _colon_label(text, window, begin, end, bold)):
        return label
    if _has_dash(window) and (label := _dash_label(window, begin, bold)):
        return label
    if len(window) == REACH and _opens_with_title(window) and (far := _far_label(text, begin, end)):
        return far
    # Without a capital for its second letter no surname in capitals opens, if not behind a title.
    if bold or not window[1:2].islower() or _opens_with_title(window):
        return _stop_label(text, begin, end, bold)
    return None


def _after_lead(text: str, start: int, end: int) -> int:
    """Give where the words begin behind a bullet, a time, emphasis or a number."""
    if start < end and text[start].isalpha() and text[start] != "Q":
        return start  # a letter: nothing stands before it, save Q1 before a name
    lead = _LEAD.match(text, start, end)
    return lead.end() if lead else start


def _may_be_short(window: str) -> bool:
    """Say cheaply whether words may open with `Q`, `R`, `Answer`…, by their second letter."""
    second = window[1:2]
    return not second.isalpha() or second in "uUéÉeEnN"  # n of n°


def line_label(text: str, start: int, end: int) -> Label | None:
    """Take a whole line as a label that stands alone, or give None."""
    if end - start > 70:
        return None
    begin = _after_lead(text, start, end)
    line = text[begin:end]
    if not line or "\n" in line or not line[0].isupper():
        return None
    printed = line.strip(" *_[]\u00a0\u202f:")
    if not printed or (line[-1] in ".?!…;," and not DOTTED.search(printed[-5:])):
        return None
    core, key, weight = judge(printed.rstrip("."))
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
    after = begin + colon + 1
    if after < end and not (text[after] in _AFTER_COLON or text[after].isupper()):
        return None
    shown, core, key, weight = judge_before_colon(window[:colon])
    if not weight:
        return None
    if after + 1 < end and text[after] == " " and text[after + 1].isalnum():
        words = after + 1  # as nearly all print it
    else:
        tail = _COLON_TAIL.match(text, after, end)
        words = tail.end() if tail else after
    return Label(shown, core, key, weight, "colon", words, bold)


def _has_dash(window: str) -> bool:
    """Say cheaply whether words hold a dash, or emphasis that ends."""
    if "–" in window or "—" in window or "*" in window or "_" in window:
        return True
    return "-" in window and (" -" in window or ".-" in window)


def _dash_label(window: str, begin: int, bold: bool) -> Label | None:
    """Take what stands before the first dash as a label, if it looks like one."""
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
        core, key, weight = judge(printed)
        if not weight:
            return None
        form = "dotdash" if dot else "dash"
        return Label(shown(printed), core, key, weight, form, begin + match.end(), bold)
    return None


def _stop_label(text: str, begin: int, end: int, bold: bool) -> Label | None:
    """Take a surname in capitals and its full stop as a label: `Mr. HOLLIS. `."""
    match = _CAPS_STOP.match(text, begin, end) or _TITLE_STOP.match(text, begin, end)
    if bold and not match:
        match = _BOLD_NAME.match(text, begin, end)
    if not match or not _is_function(match.groupdict().get("office") or ""):
        return None
    core, key, weight = judge(match["label"])
    if not weight:
        return None
    return Label(match["label"], core, key, weight, "stop", match.end(), bold)


def _far_label(text: str, begin: int, end: int) -> Label | None:
    """Take a titled name with a long office and a full stop and a dash as a label."""
    match = _LONG_OFFICE.match(text, begin, end)
    if not match or not _is_function(match["office"]):
        return None
    core, key, weight = judge(match["label"].partition(",")[0])
    if not weight:
        return None
    return Label(match["label"], core, key, weight, "dotdash", match.end())


def _opens_with_title(window: str) -> bool:
    """Say cheaply whether words open with a title that a label may begin with."""
    return window[0] in _STOP_LETTERS and window.split(None, 1)[0] in _STOP_TITLES


def _is_function(office: str) -> bool:
    """Say whether what follows a name's comma is nothing but the office held (or is empty)."""
    parts = fold(office.lstrip(", ")).replace("-", " ").split()
    if not parts:
        return True
    named = any(part in ROLE_WORDS or part in _FUNCTIONS for part in parts[:3])
    return named and SAYING.isdisjoint(office.split())
