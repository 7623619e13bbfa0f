"""Whether words are ordinary ones of a language: then they are no name, and no garbling of one.

A word is ordinary if the list of its language has it. Articles and pronouns run in before an
apostrophe, numbers and single letters say nothing.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from spellchecker import SpellChecker

from annotations.text.variants import SMALL_WORDS

LANGUAGES: Final = ("fr", "en")
_WORD = re.compile(r"[^\W_]+(?:[\u0300-\u036f]+[^\W_]*)*")
# With their hyphens and apostrophes, as lists of words have them: "peut-être", "aujourd'hui".
_JOINED = re.compile(r"[^\W_]+(?:[-‑'’][^\W_]+)+")
_RUN_IN: Final = "c d j l m n qu s t jusqu lorsqu presqu puisqu quelqu quoiqu aujourd hui"
# What machines and capitals leave away; the list of words has neither ligatures.
_LIGATURES: Final = str.maketrans({"œ": "oe", "æ": "ae"})
_FIRST_ACCENTS: Final = {"a": "àâ", "c": "ç", "e": "éèê", "i": "î", "o": "ô", "u": "ù"}
# Of peoples and the like the list lacks some: they are written with a small letter in French.
_MISSING: Final = """
albanais albanaise azéri bosniaque brésilien brésilienne chypriote croate danubien danubienne
géorgien géorgienne kosovar kosovare letton lettone macédonien macédonienne moldave monténégrin
monténégrine ouzbek portugais portugaise serbe slovaque slovène turkmène eût fût internet
"""
FRENCH_TOO: Final = frozenset(
    f"{word}{ending}" for word in _MISSING.split() for ending in ("", "s")
) | frozenset(_RUN_IN.split())


def is_ordinary_word(word: str, language: str = "fr") -> bool:
    """Whether one word is in the language's list, however it is written; of another: the French."""
    lowered = word.lower().replace("’", "'").replace("‑", "-").translate(_LIGATURES)
    letters = sum(sign.isalpha() for sign in lowered)
    if len(lowered) < 2 or (letters < 3 and letters < len(lowered)):
        return True  # a letter, or a number: "19", "2e"
    known = _words(language if language in LANGUAGES else "fr")
    if lowered in known or (language != "en" and lowered in FRENCH_TOO):
        return True
    accents = _FIRST_ACCENTS.get(lowered[0], "")  # "Etat" for État
    return any(accent + lowered[1:] in known for accent in accents)


def is_ordinary(words: str, language: str = "fr") -> bool:
    """Whether words are ordinary: each of them is one, and small letters prevail among them.

    "En termes de prix" is, "Quai de Arsay" and "Maison Blanche" are not; a single word counts
    however it is written.
    """
    said = _told(words, language)
    if not all(ordinary for _word, ordinary in said):
        return False
    telling = [word for word, _ in said if word.lower() not in SMALL_WORDS and len(word) > 1]
    if len(telling) < 2:
        return True
    # The first has its capital perhaps from the sentence.
    capitals = sum(word[0].isupper() for word in telling[1:])
    small = sum(word[0].islower() for word in telling)
    return not capitals or small > capitals


def _told(words: str, language: str) -> list[tuple[str, bool]]:
    """The words, each with whether it is ordinary; of compounds one is enough that is known."""
    joined = {
        match.span()
        for match in _JOINED.finditer(words)
        if is_ordinary_word(match[0], language) and not match[0].isalnum()
    }
    return [
        (
            match[0],
            any(start <= match.start() < end for start, end in joined)
            or is_ordinary_word(match[0], language),
        )
        for match in _WORD.finditer(words)
    ]


@cache
def _words(language: str) -> frozenset[str]:
    """The words of a language, loaded when they are first asked for."""
    return frozenset(SpellChecker(language=language, distance=1).word_frequency.keys())
