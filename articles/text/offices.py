"""The person who holds an office that a label names, as the text says it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from articles.text.outlets import looks_outlet
from articles.text.persons import NAME, clean_name, uncapital
from articles.text.regex import regex
from articles.text.vocab import HONORIFICS, OFFICES, PARTICLES, fold

_NO_MORE = (
    r"(?=[\n,.;:]|\s(?i:and|upon|before|after|during|at|in|to|on|with|from|aboard|following)\b|$)"
)
_BESIDE_NAMES = frozenset({"and", "upon", "before", "after", "during", "the", "with", "elect"})
_OF = frozenset({"de", "du", "des", "d"})
_DATED = regex(r"\s*date \d[\d./-]* ", re.I)  # the head of a first line
_HEAD_LINES = 8  # lines at the head of a text that may be headings in capitals
_NEAR = 1_500  # code points at the head in which titles present who will speak
FAR = 60_000  # code points searched for a holder


def holders(core: str, text: str) -> Iterator[tuple[str, bool]]:
    """Give the names that stand by the office a label names, the likeliest first.

    With each, whether no comma stands between the two.
    """
    office = next((w for w in fold(core).replace("'", " ").split() if w in OFFICES), "")
    head = _uncapital_head(text[:FAR])
    forms = rf"(?i:(?:le |la |l['’]|the |mr\.? |madame |monsieur )?{_loose(office)})"
    words = r"(?:\s(?!(?:et|and)\b)[\w'’-]+){0,7}?"
    beside = _beside(forms, head)
    if beside:
        yield beside, False
    for pattern in (
        rf"{forms}(?:\s[\w'’-]+){{1,7}},\s(?P<name>{NAME})",
        rf"{forms}[^.\n]{{0,60}}?[,:]?\s(?:M\.|Mme|Mr\.?|Mrs\.?|Ms\.?)\s(?P<name>{NAME})",
        rf"{forms}{words},?\s(?P<name>{NAME})",
        rf"(?P<name>{NAME}),\s(?:\S+\s){{0,3}}?{forms}",
        rf"(?P<name>{NAME})\s\({forms}\)",
        rf"(?i:{_loose(office[:6], '')}\w* (?:de|par|by)|chaired by)\s"
        rf"(?:(?:M\.|Mme|Mr\.?|Mrs\.?|Ms\.?)\s)?(?P<name>{NAME})",
    ):
        for match in re.finditer(pattern, head):
            if "," in match[0] and _is_vocative(match[0], head[: match.start()]):
                continue
            yield clean_name(match["name"]), "," not in match[0]


def held_by(core: str, text: str) -> str:
    """Give the office and the surname beside it in the head, where no first name stands there.

    `REMARKS BY PRESIDENT HOLLISTER` names who speaks as THE PRESIDENT.
    """
    label = fold(core).split()
    if label[:1] != ["the"] or not label[1:] or not OFFICES.issuperset(label[1:]):
        return ""
    office = r"\s".join(map(re.escape, label[1:]))
    head = _uncapital_head(text[:_NEAR])
    found = re.search(rf"\b(?i:{office})\s(?P<name>[A-ZÀ-Þ][\w'’-]{{2,}}){_NO_MORE}", head)
    if not found or fold(found["name"]) in _BESIDE_NAMES | OFFICES:
        return ""
    return f"{core.split(' ', 1)[1]} {found['name']}"


def is_office(folded: str) -> bool:
    """Say whether a label names an office and no person."""
    words = [w for w in folded.replace("'", " ").split() if w not in PARTICLES]
    if not words or not any(w in OFFICES for w in words):
        return False
    rest = [w for w in words if w.rstrip(".") not in HONORIFICS]  # M. le Président
    return bool(rest) and rest[0] in OFFICES and len(rest) <= 5 and not _names_person(folded)


def _names_person(folded: str) -> bool:
    """Say whether a title is followed by a name: SECRETARY BLINKEN, Président Macron."""
    words = [w for w in folded.replace("'", " ").split() if w not in PARTICLES]
    rest = [w for w in words if w not in HONORIFICS and w not in OFFICES]
    every = folded.replace("'", " ").split()
    return bool(rest) and every[0] in OFFICES and len(every) <= 4 and _OF.isdisjoint(every)


def _beside(forms: str, head: str) -> str:
    """Give the person whose name an office follows, where both stand on one line of the head."""
    title = r"(?:M\.|Mme|Mr\.?|Mrs\.?|Ms\.?|Dr\.?|S\. ?E\. ?M\.) "
    named = (
        rf"(?:^|\n|\b(?i:de|et|d['’]|avec|par|with|and|by|of) ?)(?:{title})?(?P<name>{NAME}), "
        rf"{forms}"
    )
    match = re.search(named, head[:_NEAR])
    name = clean_name(match["name"]) if match else ""
    return name if " " in name and not looks_outlet(name) else ""


def _is_vocative(found: str, before: str) -> bool:
    """Say whether an office addresses its holder, so that the name behind it is another's."""
    called = ("monsieur", "madame", "mister", "mr", "mr.", "m.", "mme")
    first, last = fold(found).split()[:1], fold(before[-14:]).split()[-1:]
    return [*first, *last][0] in called or (bool(last) and last[0] in called)


def _uncapital_head(head: str) -> str:
    """Give a text with the lines in capitals among its first ones in title case."""
    lines = _DATED.sub("", head, count=1).split("\n", _HEAD_LINES)
    return "\n".join([*map(uncapital, lines[:_HEAD_LINES]), *lines[_HEAD_LINES:]])


def _loose(office: str, end: str = r"\b") -> str:
    """Make a pattern that finds a folded office with its accents and in the feminine."""
    return "".join({"e": "[eéè]", "c": "[cç]"}.get(c, re.escape(c)) for c in office) + end
