"""Names with a full stop that open the turns of a talk, taken as the labels of their blocks.

News open with towns (`Paris. The minister…`), lists with names: such texts neither ask behind the
names nor speak to anybody there.
"""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from articles.text.labels import Label
from articles.text.marks import Block, weigh
from articles.text.stop_names import REACH, opening
from articles.text.voices import is_kin
from articles.text.weighing import STRONG

_FEWEST = 4  # turns that such a talk has
_MOST = 40  # names that come again beyond which a text is no talk
_SHARE = 0.2  # of the blocks that open with a name; answers may have several paragraphs
_WEAK_SHARE = 0.35  # of them, where some names are a single word
_OTHERS = 0.2  # labels of another form, for each such name, beyond which those are the text's
_ALTERNATE = 0.6  # of the turns that are followed by another's
_SPEAKING = 0.2  # of the turns that say I, we or you
_WEAK_SPEAKING = 0.4  # of them, where some names are a single word
_SOME_ASK = 0.3  # of the turns of the voice that asks most
_ASKS = 0.5  # of the turns of a voice from which it is one that asks
_LETTERED = 2  # turns that open with the same letter and name from which these are one
_ANSWERS = 3  # turns of one who answers unlabelled questions


def take_stop_names(text: str, blocks: list[Block]) -> None:
    """Let the names that open block after block before a full stop be their labels."""
    find = text.find  # asked of every block before anything else, for few stop so soon
    may = [
        index
        for index, b in enumerate(blocks)
        if (b.label is None or _is_letter(b.label))
        and find(".", b.start, min(b.start + REACH, b.end - 1)) > 0
    ]
    if not may:
        return
    named = ((i, opening(text, blocks[i].start, blocks[i].end)) for i in may)
    found = _without_letters(blocks, {i: label for i, label in named if label})
    if not found:
        return
    stops = {i: b.label for i, b in enumerate(blocks) if b.label and b.label.form == "stop"}
    others = sum(1 for i, b in enumerate(blocks) if b.label and i not in stops and i not in found)
    often = _often(Counter([label.key for label in (*found.values(), *stops.values())]))
    if others > _OTHERS * len(found) or not often:
        return
    taken = {i: label for i, label in found.items() if label.key in often}
    turns = dict(sorted((taken | stops).items()))
    if taken and (_take_turns(text, blocks, turns) or _only_answer(blocks, taken)):
        for index, label in taken.items():
            blocks[index].label = label._replace(weight=max(label.weight, STRONG))


def _is_letter(label: Label) -> bool:
    """Say whether a label is a letter and a full stop, perhaps but of a first name: `A. Roy`."""
    return label.form == "dot" and len(label.printed) == 1


def _without_letters(blocks: list[Block], found: dict[int, Label]) -> dict[int, Label]:
    """Drop names whose letter opens other blocks, too: there `R. Oui.` is a label and a reply."""
    letters = {b.label.printed for b in blocks if b.label and _is_letter(b.label)}
    for letter in letters:
        opened = [i for i, b in enumerate(blocks) if b.label and b.label.printed == letter]
        keys = {found[i].key if i in found else "" for i in opened}
        if len(keys) > 1 or len(opened) < _LETTERED:
            found = {i: label for i, label in found.items() if i not in opened}
    return found


def _often(counts: Counter[str]) -> set[str]:
    """Give the names that come again, in full or in part."""
    often = {key for key, count in counts.items() if count > 1}
    if not 0 < len(often) < _MOST:
        return set()
    rare = [key for key in counts if key not in often][:_MOST]
    return often | {
        key for key in rare for other in counts if key != other and _are_one(key, other)
    }


def _are_one(key: str, other: str) -> bool:
    """Say whether one of two names is a part or another form of the other."""
    return is_kin(key, other) or is_kin(other, key)


def _take_turns(text: str, blocks: list[Block], turns: dict[int, Label]) -> bool:
    """Say whether blocks that open with names take turns: one asks, another speaks of itself."""
    keys = [label.key for label in turns.values()]
    weak = any(label.weight < STRONG for label in turns.values())
    if len(turns) < max(_FEWEST, (_WEAK_SHARE if weak else _SHARE) * len(blocks)):
        return False
    if sum(a != b for a, b in pairwise(keys)) < _ALTERNATE * (len(keys) - 1):
        return False
    asking = Counter([label.key for i, label in turns.items() if blocks[i].asks])
    unnamed = sum(b.asks for i, b in enumerate(blocks) if i not in turns)
    if asking.total() < max(1, unnamed):
        return False
    shares = [asking[key] / count for key, count in Counter(keys).items()]
    if max(shares) < (_ASKS if weak else _SOME_ASK) or min(shares) >= _ASKS:
        return False
    for index in turns:
        weigh(text, blocks[index])
    speaking = sum(blocks[i].self_ or blocks[i].ours or blocks[i].yours for i in turns)
    return speaking >= (_WEAK_SPEAKING if weak else _SPEAKING) * len(turns)


def _only_answer(blocks: list[Block], taken: dict[int, Label]) -> bool:
    """Say whether one full name stands before answers, the questions above them unlabelled."""
    if len({label.printed for label in taken.values()}) > 1 or len(taken) < _ANSWERS:
        return False
    if any(label.weight < STRONG or blocks[i].asks for i, label in taken.items()):
        return False
    return all(i and blocks[i - 1].asks and i - 1 not in taken for i in taken)
