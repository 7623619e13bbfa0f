"""Names that open turns without any sign after them: `France 2 Est-ce que…`."""

from __future__ import annotations

from articles.text.asides import unpunctuated
from articles.text.labels import Label
from articles.text.marks import Block
from articles.text.outlets import looks_outlet
from articles.text.persons import NAME
from articles.text.regex import regex
from articles.text.vocab import HONORIFICS, NOT_FIRST, ROLE_WORDS, fold
from articles.text.voices import is_kin
from articles.text.weighing import STRONG, judge

_RUN = regex(
    r"(?:(?:[MD]RS?|MME|MS|PR|Mrs?|Mme|Ms|Dr|Pr|Prof|Sen|Gen|Rep|Amb|M)\.? )?"
    rf"(?:{NAME})(?:(?:[ \u00a0](?:al|el|de|du|des|von|van)[- ](?:la )?|[ \u00a0])"
    rf"(?:{NAME}))*(?:\s\d{{1,2}})?"
)
_OPENS = regex(r"[\s]+(?=[«“\"(—–A-ZÀ-ÖØ-Þ0-9])")
_LETTERS = regex(r"(?:[A-ZÀ-ÖØ-Þ]\.[ \u00a0-]?){2,4}(?=[ \u00a0\t«“])(?<![ \u00a0])")
_OFFICE = regex(r"(?:Le|La|The|Un|Une) (?P<office>[a-zà-ÿ-]+)(?= )|L['’](?P<other>[a-zà-ÿ-]+)(?= )")
_OUTLET = regex(r"\s?\((?P<name>[^()\n]{2,50})\)")
_NEXT = regex(r"\s+([A-ZÀ-ÖØ-Þ][\w'’-]+)")
_LOWER = regex(r"[\s]+(?=[a-zà-ÿ])")
_MOST = 0.35  # share of blocks that open with a name, answers of several paragraphs counted
_MOST_VOICES = 100  # recurring names beyond which a text is no talk
_MANY = 400  # names from which those that open one block only are left alone
_LONGEST = 6  # words in a name


def take_bare_names(text: str, blocks: list[Block]) -> bool:
    """Let names that open several blocks before a new sentence be their labels.

    Only where two of them recur and most blocks open with one; says whether any was taken.
    """
    openings: dict[int, list[str]] = {}
    counts: dict[str, int] = {}
    small = unpunctuated(text, blocks)
    for index, block in enumerate(blocks):
        if block.label and block.label.weight >= STRONG:
            continue
        names = _openings(text, block, small)
        if names:
            openings[index] = names
            for name in names:
                counts[name] = counts.get(name, 0) + 1
    often = {name for name, count in counts.items() if count > 1 and judge(name)[2]}
    if len(often) > _MOST_VOICES:
        return False
    kept = _voices(text, blocks, openings, counts, often)
    taken = {i: _longest(text, blocks[i], names, kept) for i, names in openings.items()}
    taken = {i: name for i, name in taken.items() if name}
    if len(set(taken.values())) < 2 or len(taken) < max(4, _MOST * len(blocks)):
        return False
    for index, name in taken.items():
        block = blocks[index]
        core, key, weight = judge(name)
        after = block.start + len(name)
        outlet = _OUTLET.match(text, after, block.end)
        after = outlet.end() if outlet and looks_outlet(outlet["name"]) else after
        match = _OPENS.match(text, after, block.end) or _LOWER.match(text, after, block.end)
        if match:
            block.label = Label(name, core, key, max(weight, STRONG), "bare", match.end())
    return True


def _voices(
    text: str,
    blocks: list[Block],
    openings: dict[int, list[str]],
    counts: dict[str, int],
    often: set[str],
) -> set[str]:
    """Give the names that are voices: those met often, made whole, and the rarer ones they bear."""
    often = {name for name in often if not _is_part(name, often, counts)}
    often = {name for name in often if not _overruns(name, often, counts)}
    for name in [one for one in often if " " not in one]:
        opened = [blocks[i] for i in openings if name in openings[i]]
        if fuller := _always_before(text, name, opened):
            often.remove(name)
            often |= {fuller} & set(counts)
    kept = set(often)
    keys = {judge(name)[1] for name in kept}
    for name in sorted(counts if len(counts) < _MANY else (), key=lambda n: (" " not in n, len(n))):
        longer = any(name.startswith(f"{one} ") for one in kept if one in often or " " in one)
        if name not in kept and not longer and _belongs(name, keys):
            kept.add(name)
    return kept


def _openings(text: str, block: Block, small: bool) -> list[str]:
    """List the names a block may open with: each beginning of its first run of capitals.

    Where sentences begin `small`, without a capital, the whole run is one.
    """
    if not text[block.start].isupper():
        return []
    office = _OFFICE.match(text, block.start, block.end)
    if office and fold(office["office"] or office["other"]) in ROLE_WORDS:
        return [office[0]] if _OPENS.match(text, office.end(), block.end) else []
    letters = _LETTERS.match(text, block.start, block.end)
    if letters and _OPENS.match(text, letters.end(), block.end):
        return [letters[0]]
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
    if small and len(words) > 1 and _LOWER.match(text, match.end(), block.end):
        found.append(match[0])
    return found


def _longest(text: str, block: Block, names: list[str], kept: set[str]) -> str:
    """Give the longest of the names a block may open with, but no mere beginning of another."""
    fuller = [k for k in kept if text.startswith(k, block.start)]
    whole = [n for n in names if n in kept and not any(k.startswith(f"{n} ") for k in fuller)]
    known = [n for n in names if n in kept]
    return max(whole if fuller else known, key=len, default="")


def _belongs(name: str, keys: set[str]) -> bool:
    """Say whether a name that opens one block only is of one that opens several."""
    _, key, weight = judge(name)
    if weight >= STRONG and _abbreviates(key, keys):
        return True
    return bool(weight) and any(is_kin(key, other) or key.endswith(f" {other}") for other in keys)


def _abbreviates(key: str, keys: set[str]) -> bool:
    """Say whether a name is one of others with its first name cut to a letter: `h castagnier`."""
    first, _, last = key.partition(" ")
    return len(first) == 1 and any(
        other.startswith(first) and other.endswith(f" {last}") for other in keys if last
    )


def _overruns(name: str, names: set[str], counts: dict[str, int]) -> bool:
    """Say whether a name is a far more frequent one and the first word of what is said."""
    return any(
        other != name and name.startswith(f"{other} ") and counts[name] < 0.5 * counts[other]
        for other in names
    )


def _always_before(text: str, name: str, blocks: list[Block]) -> str:
    """Give a first name with the one surname that always follows it, or ''."""
    after = {_NEXT.match(text, block.start + len(name), block.end) for block in blocks}
    words = {match[1] for match in after if match}
    word = words.pop() if len(words) == 1 else ""
    return f"{name} {word}" if word and fold(word) not in NOT_FIRST else ""


def _is_part(name: str, names: set[str], counts: dict[str, int]) -> bool:
    """Say whether a name is only the beginning of a longer one that is as frequent."""
    return any(
        other != name and other.startswith(name + " ") and counts[other] >= 0.8 * counts[name]
        for other in names
    )
