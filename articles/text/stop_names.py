"""Names behind which a full stop opens turn after turn: `Aline Roy. Why did you stay?`.

One such line tells nothing, for a sentence may be a name: only those that come again do.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from articles.text.labels import Label
from articles.text.outlets import names_outlet
from articles.text.vocab import HONORIFICS, NOT_FIRST, fold, words
from articles.text.weighing import STRONG, judge

REACH = 48  # code points in which the full stop behind a name stands
_BLANK = " \t\u00a0\u202f"
_AMID = frozenset('?!:;«»“”"…\n()[]|')  # what no such name holds
_REPLIES = words(
    "oui non si yes no absolument exactement certainement evidemment justement effectivement "
    "jamais toujours peut-etre merci bonjour bonsoir voila bien rien tout personne beaucoup "
    "absolutely exactly certainly never always maybe perhaps thanks hello nothing everything "
    "nobody sure right correct indeed ok okay vrai faux true false"
)


def opening(text: str, start: int, end: int) -> Label | None:
    """Give what stands before the first full stop as a label, if it may name a voice."""
    if start >= end or not text[start].isupper():
        return None
    stop = _name_end(text, start, min(end - 1, start + REACH))
    if stop < 0:
        return None
    printed, after = text[start:stop], stop + 2
    while after < end and text[after] in _BLANK:
        after += 1
    if after >= end or text[after].islower() or not _AMID.isdisjoint(printed):
        return None
    core, key, weight = judge(printed)
    if not weight or not _names(printed, key, weight):
        return None
    return Label(printed, core, key, weight, "stop", after)


def _name_end(text: str, start: int, last: int) -> int:
    """Give the first full stop before a blank that ends no initial and no title, or -1."""
    stop = text.find(".", start, last)
    while stop > 0:
        if text[stop + 1] in _BLANK and not _is_short(text[start:stop]):
            return stop
        stop = text.find(".", stop + 1, last)
    return -1


def _is_short(words_before: str) -> bool:
    """Say whether words end in an initial or a title, whose point ends no sentence."""
    last = words_before.replace("-", " ").replace(".", " ").split()[-1]
    return (len(last) == 1 and last.isupper()) or fold(last) in HONORIFICS


def _names(printed: str, key: str, weight: int) -> bool:
    """Say whether words are a name, an office or an outlet, and no short reply."""
    if key.rpartition(" ")[2] in _REPLIES:
        return False
    if weight >= STRONG or names_outlet(key):
        return True
    return " " not in printed and key not in NOT_FIRST and key not in _REPLIES


def recurring(text: str, lines: Iterable[tuple[int, int]]) -> tuple[str, ...]:
    """Give how lines open that begin with the same two names, or more, again and again."""
    found = [label.printed for line in lines if (label := opening(text, *line))]
    often = [printed for printed, count in Counter(found).items() if count > 1]
    if len(often) < 2:
        return ()
    return tuple(f"{printed}.{blank}" for printed in often for blank in _BLANK)
