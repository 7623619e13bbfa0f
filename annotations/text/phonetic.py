"""How a name sounds to a French ear: a key that a name and its mishearings often share.

What a machine mishears are vowels first, then the voice of a consonant (b for p, g for k), silent
letters, and m for n. So the key keeps the consonants by where they are spoken, a word at a time,
and of the vowels only that a word begins with one: "Blingen" and "Blinken" are both PLNKN.
"""

from __future__ import annotations

import re

from annotations.text.folding import fold

# In this order; what comes later sees what came before. Capitals are sounds, done with.
_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"^(?:h?[aeiouy]|h(?=[^aeiouy]))", "A"),
        (r"^[wh]h", "F"),
        (r"sch|tsh|tch|dj|sh|ch(?=[aeiouy])|cz", "J"),
        (r"ph|gh(?=t)", "F"),
        (r"sc(?=[eiy])|c(?=[eiy])|ts|tz|[sz]", "S"),
        (r"x", "KS"),
        (r"qu|ck|ch|kh|gh|gu(?=[eiy])|[ckqg]", "K"),
        (r"j", "J"),
        (r"[fvw]", "F"),
        (r"[bp]", "P"),
        (r"[dt]h?", "T"),
        (r"gn|[mn]", "N"),
        (r"l", "L"),
        (r"r", "R"),
        (r"[aeiouyh]", ""),
    )
)  # fmt: skip
_DOUBLED = re.compile(r"([A-Z])\1+")


def sound(name: str) -> str:
    """The key of a whole name: a group of capitals and digits a word, separated by blanks."""
    keys = (sound_of_word(word) for word in fold(name).split())
    return " ".join(key for key in keys if key)


def sound_of_word(word: str) -> str:
    """The key of one folded word; letters of other scripts stay as they are."""
    for pattern, said in _SOUNDS:
        word = pattern.sub(said, word)
    return _DOUBLED.sub(r"\1", word)
