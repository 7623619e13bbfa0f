"""Names that open turns without any sign after them: `France 2 Est-ce que…`."""

from __future__ import annotations

import re

from articles.text.labels import STRONG, Label, judge
from articles.text.marks import Block
from articles.text.persons import NAME
from articles.text.vocab import HONORIFICS

_RUN = re.compile(rf"(?:{NAME})(?:\s\d{{1,2}})?")
_OPENS = re.compile(r"[\s]+(?=[«“\"(—–A-ZÀ-ÖØ-Þ0-9])")
_LONGEST = 6  # words in a name


def take_bare_names(text: str, blocks: list[Block]) -> bool:
    """Let names that open several blocks before a new sentence be their labels.

    Only where two of them recur and most blocks open with one; says whether any was taken.
    """
    openings: dict[int, list[str]] = {}
    counts: dict[str, int] = {}
    for index, block in enumerate(blocks):
        if block.label and block.label.weight >= STRONG:
            continue
        names = _openings(text, block)
        if names:
            openings[index] = names
            for name in names:
                counts[name] = counts.get(name, 0) + 1
    kept = {name for name, count in counts.items() if count > 1 and judge(name)[2]}
    kept = {name for name in kept if not _is_part(name, kept, counts)}
    keys = {judge(name)[1] for name in kept}
    kept |= {n for n in counts if judge(n)[2] >= STRONG and _abbreviates(judge(n)[1], keys)}
    taken = {
        i: max((n for n in names if n in kept), key=len, default="")
        for i, names in openings.items()
    }
    taken = {i: name for i, name in taken.items() if name}
    if len(set(taken.values())) < 2 or len(taken) < max(4, 0.5 * len(blocks)):
        return False
    for index, name in taken.items():
        block = blocks[index]
        core, key, weight = judge(name)
        match = _OPENS.match(text, block.start + len(name), block.end)
        if match:
            block.label = Label(name, core, key, max(weight, STRONG), "bare", match.end())
    return True


def _openings(text: str, block: Block) -> list[str]:
    """List the names a block may open with: each beginning of its first run of capitals."""
    match = _RUN.match(text, block.start, min(block.end, block.start + 80))
    if not match:
        return []
    words = match[0].split(" ")[:_LONGEST]
    found: list[str] = []
    for count in range(1, len(words) + 1):
        name = " ".join(words[:count])
        if count == 1 and name.lower().rstrip(".") in HONORIFICS:
            continue
        if _OPENS.match(text, block.start + len(name), block.end):
            found.append(name)
    return found


def _abbreviates(key: str, keys: set[str]) -> bool:
    """Say whether a name is one of others with its first name cut to a letter: `h castagnier`."""
    first, _, last = key.partition(" ")
    return len(first) == 1 and any(
        other.startswith(first) and other.endswith(f" {last}") for other in keys if last
    )


def _is_part(name: str, names: set[str], counts: dict[str, int]) -> bool:
    """Say whether a name is only the beginning of a longer one that is as frequent."""
    return any(
        other != name and other.startswith(name + " ") and counts[other] >= 0.8 * counts[name]
        for other in names
    )
