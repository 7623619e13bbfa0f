"""The fullest name that a text gives each voice: labels, introduction and title put together."""

from __future__ import annotations

import re

from articles.text.introductions import name_in_lower_case
from articles.text.mentions import Said
from articles.text.offices import FAR, held_by, holders, is_office
from articles.text.outlets import looks_outlet
from articles.text.persons import EXCELLENCY, NAMES, clean_name
from articles.text.regex import regex
from articles.text.vocab import (
    ANSWERERS,
    ASKERS,
    DOMAINS,
    HEARD,
    HONORIFICS,
    MODERATORS,
    OFFICES,
    PARTICLES,
    fold,
)
from articles.text.voices import Voice, is_initials, is_slip, tokens_of

_ARTICLE = regex(r"l[ae] |the |l'")
_LETTERS = regex(r"(?:[A-ZÀ-Þ]\.?[ -]?|[dl]['’ ]?|d[eu]|l[ae])+")
_VOWEL = regex(r"[AEIOUYÀÂÉÈÊËÎÏÔÛÙÜŒ]")
_ONE = frozenset({"un", "une", "an"})
_SMALL_WORDS = PARTICLES | _ONE
_ASKING = ASKERS | (MODERATORS - OFFICES)
_FIRST_NAMES = frozenset({"al", "ben", "van"})  # particles that are first names, too: Ben Hollis
_KEEP_LOWER = PARTICLES - {"le", "la", "les", "l"}


def name_voice(
    voice: Voice, part: str, text: str, said: Said, only: bool, introduced: str, crowd: bool
) -> str:
    """Give a voice's fullest name.

    `part` is "Q", "A" or other, `only` whether it is alone in it, `introduced` the name by which
    it introduces itself, `crowd` whether others who ask are named.
    """
    if voice.nameless:
        return introduced or nobody_name(part, said)
    core = EXCELLENCY.sub("", fullest_core(voice))
    folded, tokens = _without_domain(fold(core))
    if initials := _by_initials(voice, said, part):
        return initials
    if _is_numbered(folded):
        told = said.answerers if part == "A" and only else said.askers if part == "Q" else []
        return introduced or (told[0] if len(told) == 1 else cleaned(core))
    if _is_heard(folded):
        return introduced
    if _has_two_names(folded) and not (is_office(folded) or _is_asker(folded)):
        return best_spelling(core, text, said)
    if introduced and (
        _is_asker(folded)
        or is_office(folded)
        or _is_answerer(folded)
        or (len(tokens) == 1 and tokens[0] in fold(introduced).split())
    ):
        return introduced
    if is_office(folded):
        beside = by_surname(tokens, "", said)  # LE PRÉSIDENT BATHILY beside LE PRÉSIDENT
        return beside or _by_office(core, part, text, said, only) or cleaned(core)
    if _is_asker(folded):
        return _who_asks(core, said, crowd)
    if _is_answerer(folded):
        return nobody_name("A", said) or cleaned(core)
    return _by_one_name(core, tokens, text, said, voice.bare)


def _by_one_name(
    core: str, tokens: tuple[str, ...], text: str, said: Said, without_sign: bool
) -> str:
    """Give the full name that a label of one name is of, else the label; papers stay as printed."""
    if fold(core).split()[0] in ("le", "la", "les", "the") and " " in core:
        return cleaned(core)
    fuller = by_surname(tokens, "" if without_sign else text, said)
    if not fuller and len(tokens) == 1:
        fuller = name_in_lower_case(cleaned(core), text)
    return fuller or cleaned(core)


def _without_domain(folded: str) -> tuple[str, tuple[str, ...]]:
    """Give a folded label and its telling words, without what an office in it is of."""
    tokens = tokens_of(folded)
    if len(tokens) > 1 and tokens[0] in DOMAINS and not OFFICES.isdisjoint(folded.split()):
        return f"minister {'-'.join(tokens[1:])}", tokens[1:]
    return folded, tokens


def _who_asks(core: str, said: Said, crowd: bool) -> str:
    """Name one who asks or leads by trade: a person said to, the outlet, `The moderator`, or ''."""
    folded = fold(core)
    leads = not MODERATORS.isdisjoint(folded.split())
    if leads and said.leader:
        return said.leader
    if len(said.askers) == 1:
        return said.askers[0]
    if leads and _ARTICLE.match(folded):
        return cleaned(core)
    return "" if leads or crowd else said.outlet


def _is_heard(folded: str) -> bool:
    """Say whether a label is of somebody heard and not named: Woman in the front row."""
    plain = [w for w in folded.split() if w not in _SMALL_WORDS]
    if len(plain) < len(folded.split()) and not plain:
        return False
    return bool(plain) and plain[0] in HEARD and not any(w.isdigit() for w in plain)


def _is_numbered(folded: str) -> bool:
    """Say whether a label is but a number given to a voice: Speaker 1, Locuteur 2."""
    return bool(
        re.fullmatch(r"(?:speaker|locuteur|intervenant|voix|voice|orateur)[ _]?\d+", folded)
    )


def _has_two_names(folded: str) -> bool:
    """Say whether a folded label holds a first name and a surname, not just a double one."""
    words = [w.rstrip(".") for w in folded.replace("'", " ").split() if w not in PARTICLES]
    return sum(1 for w in words if w not in HONORIFICS and w not in OFFICES) >= 2


def nobody_name(part: str, said: Said) -> str:
    """Give the name of a voice that no label names, from what the text says around the talk."""
    if part == "Q":
        if len(said.askers) == 1:
            return said.askers[0]
        return _in_usual_case(said.outlet)
    if part != "A":
        return ""
    return said.answerers[0] if said.answerers else ""


def _in_usual_case(outlet: str) -> str:
    """Give an outlet's name without capitals all through, but for one that is but letters."""
    if " " not in outlet or not outlet.isupper():
        return outlet
    words = zip(outlet.split(), cleaned(outlet).split(), strict=True)
    return " ".join(usual if _VOWEL.search(printed) else printed for printed, usual in words)


def fullest_core(voice: Voice) -> str:
    """Give the label with the most words of a name, the commonest of these, else the first."""
    order = list(voice.cores)
    most: dict[str, int] = {}
    for tokens in (tokens_of(fold(core)) for core in order):
        letters = "".join(tokens)
        most[letters] = max(most.get(letters, 0), sum(len(token) > 1 for token in tokens))

    def rank(core: str) -> tuple[int, int, int]:
        folded = fold(core)
        return (
            most["".join(tokens_of(folded))],
            voice.cores[core],
            -order.index(core),
        )

    named = [core for core in order if not is_office(fold(core))] or order
    return max(named, key=rank)


def best_spelling(core: str, text: str, said: Said) -> str:
    """Give a full name as the text spells it most often, without title, in its usual case."""
    name = without_title(core)
    folded = fold(name)
    for person in said.persons:
        if _is_abbreviated(tokens_of(folded), tokens_of(fold(person))):
            return person
    for person in said.persons:
        if _is_fuller(tokens_of(folded), tokens_of(fold(person))):
            return person
    for person in said.persons:
        if fold(person) == folded:
            return cleaned(person) if name.isupper() else name
    return cleaned(name)


def _is_fuller(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Say whether a name holds all words of a shorter one, in order, the same first and last."""
    if len(long) <= len(short) or (short[0], short[-1]) != (long[0], long[-1]):
        return False
    rest = iter(long)
    return all(word in rest for word in short)


def _is_abbreviated(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Say whether a name is a fuller one with its first name cut to a letter: J. Ancelin."""
    if len(short) < 2 or len(long) < 2 or short[-1] != long[-1]:
        return False
    return len(short[0]) == 1 < len(long[0]) and long[0].startswith(short[0])


def _uncut(name: str, said: Said) -> str:
    """Give the person whose first name another form of the name cuts to a letter, else that."""
    tokens = tokens_of(fold(name))
    full = (p for p in said.persons if _is_abbreviated(tokens, tokens_of(fold(p))))
    return next(full, name)


def by_surname(tokens: tuple[str, ...], text: str, said: Said) -> str:
    """Find the full name that one word of a name belongs to: around the talk, then anywhere."""
    if not tokens:
        return ""
    for person in [*said.answerers, *said.askers, *said.persons]:
        parts = tokens_of(fold(person))
        if len(parts) > len(tokens) and (
            parts[-len(tokens) :] == tokens or parts[: len(tokens)] == tokens
        ):
            return cleaned(person)
    for person in said.persons:
        first, *rest = fold(person).split()
        if first in _FIRST_NAMES and tuple(rest) == tokens:
            return cleaned(person)
    for person in said.persons:
        parts = tokens_of(fold(person))
        if len(tokens) == 1 and len(parts) > 1 and is_slip(tokens[0], parts[-1]):
            return person
    return _anywhere(tokens, text)


def _anywhere(tokens: tuple[str, ...], text: str) -> str:
    """Find a fuller name in the talk itself."""
    last = tokens[-1]
    counts: dict[str, int] = {}
    lowered = text[:FAR]
    for match in re.finditer(re.escape(last), lowered, re.I):
        begin = max(0, match.start() - 60)
        for found in NAMES.finditer(lowered, begin, min(len(lowered), match.end() + 40)):
            if not found.start() <= match.start() < found.end():
                continue
            name = clean_name(found[0])
            parts = tokens_of(fold(name)) if name else ()
            ends = parts[-len(tokens) :] == tokens or parts[: len(tokens)] == tokens
            if " " in name and ends and len(parts) > len(tokens):
                shown = cleaned(name)
                counts[shown] = counts.get(shown, 0) + 1
        if len(counts) > 20:
            break
    return max(counts, key=lambda name: counts[name]) if counts else ""


def _by_initials(voice: Voice, said: Said, part: str) -> str:
    """Find the name or outlet whose first letters a label is."""
    if not all(map(_LETTERS.fullmatch, voice.cores)):
        return ""
    key = voice.keys[0]
    for name in said.hearers if part == "Q" and len(key) == 1 else ():
        if fold(name)[:1] == key and name not in said.answerers:
            return name
    for name in [*said.answerers, *said.askers, *said.persons, said.outlet, *said.others]:
        if name and (" " in name or name == said.outlet) and is_initials(key, fold(name)):
            return _uncut(name, said)
    return ""


def _is_asker(folded: str) -> bool:
    """Say whether a label names somebody who asks by trade, and no person."""
    words = [w for w in folded.replace("'", " ").split() if w not in _SMALL_WORDS]
    return len(words) == 1 and words[0] in _ASKING


def _is_answerer(folded: str) -> bool:
    """Say whether a label only says that somebody answers."""
    words = [w for w in folded.replace("'", " ").split() if w not in PARTICLES]
    return len(words) == 1 and words[0] in ANSWERERS


def _by_office(core: str, part: str, text: str, said: Said, only: bool) -> str:
    """Find the person whose office a label names."""
    held = held_by(core, text)
    if held:
        last = fold(held).split()[-1]
        full = (p for p in said.persons if " " in p and fold(p).split()[-1] == last)
        return next((cleaned(p) for p in full if not is_office(fold(p))), cleaned(held))
    for name, close in holders(core, text):
        if " " in name and not looks_outlet(name):
            return name
        if name and part == "A" and only and close:
            fuller = by_surname(tokens_of(fold(name)), text, said)
            if fuller:
                return fuller
    if said.leader and not MODERATORS.isdisjoint(fold(core).replace("'", " ").split()):
        return said.leader
    if part == "A" and only and said.answerers:
        return said.answerers[0]
    return ""


def without_title(name: str) -> str:
    """Take honorifics and offices off the front of a name of two words or more."""
    parts = name.split()
    while len(parts) > 2 and _is_title(parts[0]):
        if fold(parts[0]) in ("le", "la", "the") and not _is_title(parts[1]):
            break
        parts = parts[1:]
    if len(parts) == 2 and _is_title(parts[0]):
        return name
    return " ".join(parts)


def _is_title(word: str) -> bool:
    """Say whether a word is an honorific, an office or an article before one."""
    bare = fold(word).rstrip(".")
    return bare in HONORIFICS or bare in OFFICES or bare in ("le", "la", "the")


def cleaned(name: str) -> str:
    """Give a label as a name: capitals to title case, no stop at the end."""
    name = name.strip(" \u00a0\u202f:-–—")
    if not name.isupper() or len(name) < 4:
        words = [_titled(w) if w.isupper() and len(w) > 3 else w for w in name.split()]
        return " ".join(words)
    words = name.split()
    if len(words) == 1 and len(name) <= 4:
        return name
    return " ".join(
        _titled(w) if i == 0 or fold(w) not in _KEEP_LOWER else w.lower()
        for i, w in enumerate(words)
    )


def _titled(word: str) -> str:
    """Title a word in capitals, part by part."""
    if re.fullmatch(r"(?:[A-Z]\.-?)+", word):
        return word
    parts = re.split(r"([-'’])", word)
    return "".join(p[:1].upper() + p[1:].lower() for p in parts)
