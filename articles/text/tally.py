"""What the questions and answers of a reading look like, counted turn by turn."""

from __future__ import annotations

from dataclasses import dataclass

from articles.text.marks import Block
from articles.text.settle import Reading


@dataclass(slots=True)
class Tally:
    """What a reading's questions and answers look like, as shares of one."""

    questions: int = 0
    answers: int = 0
    paragraphs: int = 0
    asking: float = 0.0
    addressed: float = 0.0
    own: float = 0.0
    first_person: float = 0.0
    plural: float = 0.0
    told_you: float = 0.0
    short: float = 0.0
    around: float = 0.0


def tally(blocks: list[Block], reading: Reading) -> Tally:
    """Count what the blocks of each class look like, turn by turn."""
    groups: list[tuple[str, list[Block]]] = []
    around = total = 0
    last = ""
    for block, role, voice in zip(blocks, reading.classes, reading.voices, strict=True):
        if role == "-":
            continue
        length = block.end - block.start
        total += length
        if role == "I":
            around += length
        elif role == last and not (role == "S" and block.label is not None and voice >= 0):
            groups[-1][1].append(block)
        else:
            groups.append((role, [block]))
            last = role
    if not reading.labelled and groups and groups[-1][0] == "A":
        around += sum(b.length for b in groups[-1][1][1:] if not (b.self_ or b.ours or b.yours))
    asked = [members for role, members in groups if role == "Q"]
    told = [members for role, members in groups if role in "AS"]
    found = Tally(len(asked), len(told), sum(map(len, told)))
    found.around = around / total if total else 0.0
    found.asking, found.addressed, found.own, _ = _shares(asked)
    _, found.told_you, found.first_person, found.plural = _shares(told)
    means = [sum(b.length for m in side for b in m) / max(1, len(side)) for side in (asked, told)]
    found.short = means[0] / max(1.0, means[1])
    return found


def _shares(groups: list[list[Block]]) -> tuple[float, float, float, float]:
    """Give the shares of turns in which some block asks, says you, says I, says we."""
    if not groups:
        return 0.0, 0.0, 0.0, 0.0
    asks = yours = own = ours = 0
    for members in groups:
        if len(members) == 1:
            block = members[0]
            asks += block.asks
            yours += block.yours
            own += block.self_
            ours += block.ours
        else:
            asks += any(b.asks for b in members)
            yours += any(b.yours for b in members)
            own += any(b.self_ for b in members)
            ours += any(b.ours for b in members)
    count = len(groups)
    return asks / count, yours / count, own / count, ours / count
