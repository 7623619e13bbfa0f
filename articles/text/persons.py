"""Names of persons as running text prints them, and who is said to lead a talk."""

from __future__ import annotations

import re

from articles.text.outlets import looks_outlet
from articles.text.regex import regex
from articles.text.vocab import (
    BORNE_OFFICES,
    HONORIFICS,
    NO_PERSON,
    NOT_FIRST,
    OFFICES,
    PARTICLES,
    RANKS,
    SMALL,
    fold,
)

_UP = "A-ZÀ-ÖØ-Þ"
_UP += "ĀĂĄĆČĎĐĒĖĘĚĞĢĪĮİĶŁĽŅŃŇŌŐŒŘŚŞŠŢŤŪŮŰŲŹŻŽȘȚ"
_WORD = rf"(?:[dDlL]['’])?(?:Mc|Mac|O['’])?[{_UP}](?:[\w]*(?:['’-][\w]+)*)"
_INITIAL = rf"(?<![{_UP}a-z])[{_UP}]\.(?:-?[{_UP}]\.)*"
_LINK = (
    r"(?:de la|de l['’]|de|du|des|d['’]|von der|von|van der|van den|van|"
    r"bin|ben|ibn|al|el|da|di|dos|af|zu|y|e)"
)
# Small words that a headline prints with a capital, or in capitals.
_BETWEEN = (
    r"(?:A(?:t|T|nd|ND|fter|FTER|board|BOARD)|B(?:y|Y|efore|EFORE)|D(?:uring|URING)|En|"
    r"F(?:rom|ROM)|I[nN]|O[nN]|T[oO]|W(?:ith|ITH))"
)
NAME = (
    rf"(?:{_INITIAL}(?=[ \u00a0]{_WORD})|{_WORD}|{_INITIAL})(?:[ "
    rf"\u00a0\u202f](?:{_INITIAL}(?=[ \u00a0]{_WORD})|"
    rf"(?:{_LINK}[ \u00a0]?)?(?!{_BETWEEN}\b)"
    rf"(?:{_WORD}|{_INITIAL})))*"
)
OUTLET = (
    rf"(?:l['’]|L['’])?{_WORD}(?:[ \u00a0](?:{_WORD}|\d+|(?:(?:de la|du|des|de|of the|of|and|et)"
    r"[ \u00a0]|(?:de l|d)['’][ \u00a0]?)[\w'’-]+))*"
)
NAMES = regex(NAME)
_TITLED_AS = ("M.", "Mme", "Mlle", "Mr", "Mr.", "Mrs", "Mrs.", "Ms", "Ms.", "Dr", "Dr.")
_NO_NAME = regex(
    r"(?:I|It|He|She|We|You|They|That|This|Here|There|What|Who|Let)['’](?:m|ve|d|ll|re|s)|Q\d{1,3}"
)  # what stands before a name with a capital: I'm Anna Roy; Q4 Mr Roy
_TITLES = r"(?:(?:[Dd]r|[Mm]rs?|[Mm]s|[Pp]rof|M|Mme|Pr)\.? )?"
EXCELLENCY = regex(r"^(?:S\. ?E\.(?: ?M(?:me|\.))?|H\. ?E\.) (?=\w)")
_IS_OF = regex(  # what an office is of, before the name: Secretary of State Anna Roy
    r"^(?:d['’]État|(?:Foreign |External )?(?:State|Affairs|Defen[cs]e|Commerce))"
    r" (?=[\w.-]+ [^\W\d_])(?!Department|Council|Office|House|University|Press)"
)
_SITTINGS = (  # what is led while it is spoken; a commission is led all the year
    r"(?:séances?|débats?|discussions?|tables?|réunions?|auditions?|échanges?|rencontres?|"
    r"conférences?|soirées?|entretiens?|sessions?|debates?|panels?|meetings?|conversations?|"
    r"evenings?|hearings?|events?)\b"
)
_LEADS = regex(
    r"(?:(?i:moderated|chaired|hosted|presided over|facilitated|chair (?:was |is )?taken) by|"
    r"(?i:animée?|modérée?|présidée?|présentée?|"
    r"présidence (?:de séance )?(?:\w+ ){0,2}assurée) par|"
    rf"sous la présidence de|(?<![^\n])Présidence de) {_TITLES}(?P<by>{NAME})|"
    rf"\b(?i:moderator|modérat(?:eur|rice|ion)|animat(?:eur|rice|ion)|chair|"
    rf"facilitator)(?:\s?[:,]| was| is| était| est) {_TITLES}(?P<name>{NAME})|"
    rf"(?P<before>{NAME})(?:,[^.;\n]{{2,80}},| \([^)\n]{{2,60}}\))? (?:in the chair|presiding|"
    r"(?:is |was )?(?:moderat(?:ed|es|ing)|chair(?:ed|s|ing)"
    rf"(?! (?:the|an?) (?!(?:\w+ )?{_SITTINGS})))|anim(?:e|ait)|modérait|modère|"
    rf"présid(?:e|ait) (?=(?:le |la |les |l['’]|cette |ce )(?:\w+ )?{_SITTINGS})|"
    r"reçoi(?:t|vent) |recev(?:ait|aient) |accueill(?:e|ait) |"
    r"(?:les? )?interroge(?:ait)? )(?! by\b| par\b)"
)
_LIST = rf"(?:{NAME})(?:(?:, | et | and | & )(?:{NAME}))*"
_JOURNALISTS = regex(
    rf"(?P<names>{_LIST}),? \(?(?i:journalistes?|intervieweurs?|interviewers?|hosts?|"
    rf"animat(?:eur|rice)s?|"
    r"présentat(?:eur|rice)s?|journalists?|reporters?)\b"
)
_SHOWN_BY = regex(
    rf"(?i:(?:une (?:émission|interview)|émission|podcast|présenté\w*|animé\w*|hosted|presented)"
    rf"[^.\n]{{0,30}}? (?:par|by|de)|hosts?\s?:|(?:journalistes?|animation|présentation)\s?:|"
    rf"[Aa]vec(?= [^.\n]{{4,60}}\. Invité))"
    rf" (?P<names>{_LIST})"
)
_COHOST = regex(
    rf"(?i:avec|with) (?P<names>{_LIST}),? (?i:nous|on|we) (?i:recev|re[cç]oi|accueill|"
    rf"interrog|welcome|are)|"
    rf"(?P<timer>{NAME}) (?i:tient|tiendra|garde|surveille|keeps?|will keep|watches|has|holds) "
    r"(?i:le (?:chronomètre|chrono|temps)|(?:the |an eye on the )?(?:time|clock|stopwatch))\b|"
    rf"(?i:à mes côtés|beside me|alongside me|co-host)[^.]{{0,60}}?,? (?P<other>{_LIST})"
)
_NEVER_BORNE = OFFICES - BORNE_OFFICES
_KEPT_SMALL = PARTICLES | SMALL
_LEADING = (
    "moder",
    "modér",
    "chair",
    "présid",
    "presid",
    "anim",
    "host",
    "facilit",
    "présent",
    "reçoi",
    "recev",
    "accueill",
    "interrog",
)


def uncapital(line: str) -> str:
    """Give a line in capitals with but the first letters of names and nouns capital."""
    if not line.isupper():
        return line
    small = ((w.lower() if fold(w) in _KEPT_SMALL else w.capitalize()) for w in line.split())
    return " ".join(re.sub(r"(?<=[-'’.])\w", lambda m: m[0].upper(), w) for w in small)


def names_in(words: str) -> list[str]:
    """List the names of persons in running text, in order, at least two words each."""
    found: list[str] = []
    for match in NAMES.finditer(words):
        name = clean_name(match[0])
        if name and " " in name:
            found.append(name)
    return found


def heading_names(heads: str) -> list[str]:
    """List the names in headings; where every word has a capital, only two words make a name."""
    found: list[str] = []
    for line in heads.split("\n"):
        words = [w for w in line.split() if w[:1].isalpha() and len(w) > 3]
        capitals = sum(1 for w in words if w[0].isupper())
        title_case = len(words) > 3 and capitals > 0.75 * len(words) and not line.isupper()
        for name in names_in(uncapital(line)):
            parts = name.split()
            if title_case and (len(parts) > 2 or any(fold(p) in SMALL for p in parts)):
                parts = parts[: 3 if parts[1].endswith(".") else 2]
            if not any(fold(p) in SMALL for p in parts):
                found.append(" ".join(parts))
    return found


def clean_name(name: str) -> str:
    """Take titles and sentence openers off the front of a name; '' where none is left."""
    name = name.replace("\u00a0", " ").replace("\u202f", " ")
    parts = _IS_OF.sub("", EXCELLENCY.sub("", name)).split()
    rank = ""
    while parts and _droppable(parts[0], len(parts)):
        if fold(rank) in RANKS and parts[0] in ("Le", "La", "De", "Du", "Des") and len(parts) > 1:
            break
        rank = parts[0]
        parts = parts[1:]
    for place in range(len(parts) - 2, 0, -1):
        if parts[place] in _TITLED_AS and fold(parts[place - 1]) in PARTICLES:
            parts = parts[place + 1 :]
            break
    for place in range(len(parts) - 3, 0, -1):
        if fold(parts[place]) in _NEVER_BORNE:
            parts = parts[place + 1 :]
            break
    while parts and fold(parts[-1]).strip(".") in PARTICLES:
        parts = parts[:-1]
    if not parts or (not parts[0][0].isupper() and parts[0][:2].lower() not in ("d'", "d’")):
        return ""
    if len(parts) > 6 or any(fold(p) in NO_PERSON for p in parts):
        return ""
    surname = [p for p in parts if fold(p) not in PARTICLES]
    if len(surname) == 1 and fold(rank) in RANKS:
        return " ".join([rank, *parts])
    return " ".join(parts)


def _droppable(word: str, left: int) -> bool:
    """Say whether a first word is a title or a sentence opener rather than a name."""
    bare = fold(word).rstrip(".")
    if left == 1 and bare not in NOT_FIRST:
        return bare in HONORIFICS
    if bare in NOT_FIRST or bare in HONORIFICS or bare in OFFICES or _NO_NAME.fullmatch(word):
        return True
    return word[:2] in ("L'", "L’", "l'", "l’") or (
        len(bare) > 1
        and bare in PARTICLES
        and bare not in ("le", "la", "van", "von", "al", "el", "ben", "bin", "de")
    )


def journalists_in(words: str) -> list[str]:
    """List the persons said to be the journalists or hosts of a talk."""
    low = words.lower()
    if not any(
        stem in low for stem in ("journalist", "animat", "présentat", "host", "avec ", "with ")
    ):
        return []
    found = [m["names"] for pattern in (_JOURNALISTS, _SHOWN_BY) for m in pattern.finditer(words)]
    return [name for some in found for name in names_in(some)]


def cohosts_in(words: str) -> list[str]:
    """List who receives the guest together with the one whose first words these are."""
    return [
        name
        for match in _COHOST.finditer(words[:600])
        for name in names_in(match["names"] or match["other"] or match["timer"])
    ]


def leader_in(words: str) -> str:
    """Give the name of who is said to moderate, chair or host, or ''."""
    low = words.lower()
    if not any(stem in low for stem in _LEADING):
        return ""
    for match in _LEADS.finditer(words):
        name = clean_name(match["by"] or match["name"] or match["before"])
        if " " in name and not looks_outlet(name):
            return name
    return ""
