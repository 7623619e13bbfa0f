"""How a name sounds to a French ear: a key that a name and its mishearings often share.

What a machine mishears are vowels first, then the voice of a consonant (b for p, g for k), silent
letters, and m for n. So the key keeps the consonants by where they are spoken, a word at a time,
and of the vowels only that a word begins with one: "Blingen" and "Blinken" are both PLNKN.
"""

from __future__ import annotations

import re
from typing import Final

from annotations.text.folding import fold

# In this order; what comes later sees what came before. Capitals are sounds, done with.
_BEGINNING = re.compile(r"(?<![^ ])(?:h?[aeiouy]|h(?=[^aeiouy ]))")
_RUNS = re.compile(
    r"sch|tsh|tch|dj|sh|ch(?=[aeiouy])|cz|ph|gh(?=t(?!ch|sh))|c(?=[eiy])|ts(?!ch)|tz"
)
_OF_RUNS: Final = dict.fromkeys(("sch", "tsh", "tch", "dj", "sh", "ch", "cz"), "J") | {
    "ph": "F", "gh": "F", "c": "S", "ts": "S", "tz": "S",
}  # fmt: skip
_OF_LETTERS: Final = str.maketrans({
    letter: said
    for letters, said in (
        ("sz", "S"), ("x", "KS"), ("kcqg", "K"), ("j", "J"), ("fvw", "F"), ("bp", "P"),
        ("dt", "T"), ("mn", "N"), ("l", "L"), ("r", "R"), ("aeiouyh", ""),
    )
    for letter in letters
})  # fmt: skip
_DOUBLED = re.compile(r"([A-Z])\1+")


def sound(name: str) -> str:
    """The key of a whole name: a group of capitals and digits a word, separated by blanks.

    Letters of other scripts stay as they are.
    """
    said = _BEGINNING.sub("A", fold(name))
    said = _RUNS.sub(lambda run: _OF_RUNS[run[0]], said).translate(_OF_LETTERS)
    return " ".join(_DOUBLED.sub(r"\1", said).split())
