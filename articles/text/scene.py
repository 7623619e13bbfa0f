"""The blocks of a text with all that is known of them while they are read."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

from articles.text import asides, credits
from articles.text.header import Header
from articles.text.labels import STRONG
from articles.text.marks import Block, ends_asking, weigh
from articles.text.quotes import WHOLE, quote_state, trimmed
from articles.text.settle import NOBODY
from articles.text.vocab import fold
from articles.text.voices import Voice

_QUOTED = re.compile(r"«[^»]*»|“[^”]*”|\"[^\"]*\"")
_BYLINE = re.compile(r"(?:par|by|de notre (?:envoyée?|correspondante?))\s", re.I)
_FRAME = 1500  # code points at the head in which those who answer are named
_BEFORE = 6000  # code points before a pull quote in which its words are looked for


@dataclass(slots=True)
class Scene:
    """The blocks with all that is known of them before and while they are read.

    `aside` says why a block is no part of a talk; `looked` whether a reading has added to it.
    """

    text: str
    blocks: list[Block]
    header: Header
    aside: list[str] = field(default_factory=list)
    voices: list[Voice] = field(default_factory=list)
    of_block: list[int] = field(default_factory=list)
    loose: bool = False
    quoting: bool = False
    quoted: int = 0
    musing: bool = False
    looked: bool = False


def aside_of(text: str, block: Block) -> str:
    """Tell beforehand what surely is no part of a talk: "-" a rule, else why it is a note."""
    if not text[block.start].isalpha() and asides.is_separator(text, block):
        return "-"
    return asides.note_code(text, block)


def skipped(scene: Scene, of_block: list[int]) -> list[bool]:
    """Say which blocks no turn may take: asides, headings, biography boxes."""
    text, blocks, aside = scene.text, scene.blocks, scene.aside
    scene.looked = True
    loose = asides.unpunctuated(text, blocks)
    scene.loose = loose
    wholes = [i for i, b in enumerate(blocks) if of_block[i] < 0 and i and _whole_quote(text, b)]
    scene.quoting = len(wholes) > 2
    scene.quoted = sum(1 for i, b in enumerate(blocks) if of_block[i] < 0 and b.quoted)
    hashes = [b for b in blocks if b.hashes and b.hashes > 1] or [b for b in blocks if b.hashes]
    asking = sum(1 for b in hashes if b.asks)
    marking = len(hashes) >= 2 and (asking >= 0.5 * len(hashes) or _prompt(scene, hashes))
    skip = [False] * len(blocks)
    frame = fold(text[blocks[0].start : blocks[0].start + _FRAME]) if blocks else ""
    box = 0
    for index, block in enumerate(blocks):
        if of_block[index] >= 0:
            box = 0
            continue
        marked = marking and block.hashes == hashes[0].hashes
        if asides.is_biography_heading(text, block):
            aside[index], box = "biography", 3
        elif box and (asides.is_biography(text, block) or (box == 3 and not block.asks)):
            aside[index], box = "biography", box - 1
        elif not aside[index]:
            box = 0
            if (index in wholes and not scene.quoting) or block.bullet == ">":
                said = text.count(" ", block.start, block.end) > 4 or bool(block.bullet)
                aside[index] = "pull_quote" if said and _repeats(text, block) else ""
            if asides.is_biography(text, block) and not _speaks(text, block):
                aside[index] = "biography"
            if index > 2 and not aside[index] and not _speaks(text, block):
                aside[index] = _apart(scene, index, frame)
            if asides.is_dateline(text, block):
                aside[index] = "stage_direction"
        heading = block.hashes and not marked
        heading = heading or (not loose and not marked and _is_subheading(scene, index))
        skip[index] = bool(aside[index]) or bool(heading)
    return skip


def _prompt(scene: Scene, heads: list[Block]) -> bool:
    """Say whether headings are the questions of a talk: some ask or are numbered, nothing else
    asks, and what stands under most of them speaks in the first person.
    """
    blocks = scene.blocks
    told = numbered = 0
    for block, after in pairwise(blocks):
        if block.hashes == heads[0].hashes:
            weigh(scene.text, after)
            told += not after.hashes and (after.self_ or after.ours)
            numbered += block.bullet == "1"
    signs = numbered >= 0.5 * len(heads) or any(b.asks for b in heads)
    others = sum(1 for b in blocks if b.asks and not b.hashes)
    return len(heads) > 2 and signs and others < 2 and told >= 0.6 * len(heads)


def _apart(scene: Scene, index: int, frame: str) -> str:
    """Tell why a paragraph that nobody speaks is a note: it tells a life, or advertises."""
    text, block = scene.text, scene.blocks[index]
    if credits.promotes(text, block):
        return "editor_note"
    answers = scene.blocks[index - 1].asks
    return "biography" if not answers and credits.tells_life(text, block, frame) else ""


def _whole_quote(text: str, block: Block) -> bool:
    """Say whether quotation marks hold the whole block."""
    return block.quoted and quote_state(text, block.start, block.end)[0] == WHOLE


def _speaks(text: str, block: Block) -> bool:
    """Say whether a block is in the first or second person."""
    weigh(text, block)
    return block.self_ or block.ours or block.yours


def _repeats(text: str, block: Block) -> bool:
    """Say whether the last words of a block stand in the text before it (a pull quote)."""
    words = text[block.start : block.end].strip(' «»“”"*_.!?…\u00a0\u202f').split()
    if len(words) < 3 or block.length > 300:
        return False
    tail = " ".join(words[-5:] if len(words) > 5 else words[1:] if len(words) > 4 else words)
    before = text[max(0, block.raw_start - _BEFORE) : block.raw_start]
    return tail.lower() in " ".join(before.lower().split())


def _is_subheading(scene: Scene, index: int) -> bool:
    """Say whether an unlabelled block is a heading between turns."""
    blocks, text = scene.blocks, scene.text
    block = blocks[index]
    if index + 1 >= len(blocks) or block.bullet:
        return False
    whole = _whole_quote(text, block)
    if (
        index == 0
        and whole
        and block.length < 200
        and not (block.label and block.label.words >= block.end)
    ):
        return text[block.end - 2 : block.end - 1] not in ".…" and text[block.end - 1] != "."
    if block.asks or (block.label is not None and block.label.form == "line"):
        return False
    if not asides.is_headline(text, block, 200 if index == 0 else 90):
        return False
    if index == 0:
        return True
    few = text.count(" ", block.start, block.end) < 4
    if few and not block.quoted and not _speaks(text, block) and scene.quoted < 2:
        return True
    if whole and block.length < 90 and not scene.quoting:
        return text[block.end - 2] not in ".?!…"
    if text[block.end - 1] in '»”"' or scene.of_block[index + 1] >= 0:
        return scene.of_block[index + 1] >= 0 and not whole
    return blocks[index + 1].asks or any(v >= 0 for v in scene.of_block[index + 1 :])


def heads_article(scene: Scene, index: int, loose: bool) -> bool:
    """Say whether an article's block is a heading."""
    block, text, blocks = scene.blocks[index], scene.text, scene.blocks
    if block.hashes:
        return True
    if loose and index and not (block.apart and _stands_above(scene, index)):
        return False
    if _BYLINE.match(text, block.start, block.end):
        return False
    if not asides.is_headline(text, block, 200 if index == 0 else 110):
        return block.bullet == "1" and block.asks and block.length < 90 and block.apart
    if index + 1 >= len(blocks):
        return False
    whole = block.quoted and quote_state(text, block.start, block.end)[0] == WHOLE
    if text[block.end - 1] in '»”"' and not whole:
        return index == 0
    if whole and text[block.end - 2] in (".?!…" if scene.quoting else "."):
        return index == 0
    if block.asks and index and scene.musing and not block.bold and not block.bullet:
        return text[block.start : block.end].isupper()
    if block.asks:
        words = text[block.start : block.end]
        single = "? " not in words and ". " not in words and not whole
        follows = blocks[index + 1].length > block.length or block.label is not None
        return index == 0 or (follows and single)
    return not block.label or block.label.weight < STRONG or index == 0


def quotes_often(text: str, blocks: list[Block]) -> bool:
    """Say whether many paragraphs are whole quotations, so that none of them is a heading."""
    wholes = sum(1 for b in blocks if b.quoted and _whole_quote(text, b))
    return wholes > 2 and wholes > 0.3 * len(blocks)


def muses(text: str, blocks: list[Block]) -> bool:
    """Say whether the author of an article puts questions to himself or to those he addresses.

    Then a question set apart is a paragraph. Explainers ask in headings and answer in prose
    that neither asks nor says I.
    """
    if not any(b.asks for b in blocks[1:]):
        return False
    prose = [b for b in blocks if b.length > 60 and not b.asks]
    if not prose:
        return False
    for block in prose:
        weigh(text, block)
    asking = sum(1 for b in prose if "?" in _QUOTED.sub("", text[b.start : b.end]))
    own = sum(1 for b in prose if b.self_ and not b.quoted)
    greets = any(b.length < 60 and text[b.end - 1] == "," for b in blocks[:4])
    return greets or asking > 0.2 * len(prose) or own > 0.25 * len(prose)


def _stands_above(scene: Scene, index: int) -> bool:
    """Say whether a line stands over a longer paragraph that ends in a full stop, or over a "
    "list."""
    after = scene.blocks[index + 1 : index + 2]
    return bool(after) and (
        (
            after[0].length > 2 * scene.blocks[index].length
            and scene.text[after[0].end - 1] in ".!?»"
        )
        or bool(after[0].bullet)
    )


def carry_lines(scene: Scene) -> None:
    """Give the voice of a label that stands alone to the block after it."""
    of_block, blocks = scene.of_block, scene.blocks
    for index in range(len(blocks) - 1):
        label = blocks[index].label
        if of_block[index] < 0 or label is None:
            continue
        if label.words < blocks[index].end and label.form != "line":
            continue
        target = index + 1
        while target < len(blocks) - 1 and scene.aside[target]:
            target += 1
        if of_block[target] < 0:
            of_block[target] = of_block[index]
            blocks[target].label = None
        of_block[index] = NOBODY
        scene.aside[index] = "L"


def cut_label(text: str, block: Block) -> None:
    """Take an accepted label off the words of its block."""
    if block.label is None or block.label.words < block.start:
        return
    block.start = block.label.words
    half_bold = block.label.bold and not block.bold and text.endswith("**", block.start, block.end)
    if half_bold and text.count("**", block.start, block.end) % 2:
        block.end -= 2
    block.start, block.end = trimmed(text, block.start, max(block.start, block.end))
    for sign in ("**", "*", "_"):
        if text.startswith(sign, block.start) and text.endswith(sign, block.start + 2, block.end):
            inner = text.find(sign, block.start + len(sign), block.end)
            if inner == block.end - len(sign):
                block.start, block.end = block.start + len(sign), block.end - len(sign)
    block.start, block.end = trimmed(text, block.start, block.end)
    block.asks = ends_asking(text, block.start, block.end)
    block.quoted = block.start < block.end and text[block.start] in '«“"„'
    block.weighed = False
    block.told = None


def uncut(text: str, blocks: list[Block]) -> bool:
    """Put labels back to the words of their blocks, where they made no talk; say if there were."""
    changed = False
    for block in blocks:
        if (block.start, block.end) == (block.bare_start, block.bare_end):
            continue
        changed = True
        block.start, block.end = block.bare_start, block.bare_end
        block.asks = ends_asking(text, block.start, block.end)
        block.quoted = block.start < block.end and text[block.start] in '«“"„'
        block.weighed, block.told = False, None
    return changed
