"""The blocks of a text with all that is known of them while they are read."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

from articles.text import asides, credits, edges, imprint
from articles.text.header import Header
from articles.text.marks import Block, weigh
from articles.text.quotes import WHOLE, quote_state
from articles.text.settle import NOBODY
from articles.text.voices import Voice

_FRAME = 1500  # code points at the head in which those who answer are named
_ALONE = 26  # code points of a line that only heads links: `Sur le même sujet`
_INITIALS = re.compile(r"[A-Z](?:\.?[ -]?(?:d[eu]?|l[ae]?|v)?\.?[A-Z]){1,4}\.?")
_RARE = 0.15  # share of paragraphs set off by a sign that still is rare
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
    live: bool = False
    solid: bool = False
    looked: bool = False


def aside_of(text: str, block: Block) -> str:
    """Tell beforehand what surely is no part of a talk: "-" a rule, else why it is a note."""
    if not text[block.start].isalpha() and asides.is_separator(text, block):
        return "-"
    code = asides.note_code(text, block)
    if code or block.length > edges.LONGEST:
        return code
    if block.label and (edges.names_staff(text, block) or edges.is_filed(text, block)):
        block.label = None
        return "editor_note"
    if not block.label and edges.is_caption(text, block):
        return "editor_note"
    return edges.note_anywhere(text, block, asides.first_word(text, block))


def note_edges(scene: Scene) -> None:
    """Mark the notes before the first paragraph or turn, heads of pages and lists of links."""
    text, aside = scene.text, scene.aside
    for index in edges.running_heads(text, scene.blocks):
        aside[index], scene.blocks[index].label = "editor_note", None
    _spread_links(scene)
    if imprint.is_masthead(text, scene.blocks):
        aside[0], scene.blocks[0].label = aside[0] or "editor_note", None
    keys = [block.label.key for block in scene.blocks if block.label]
    for index, block in enumerate(scene.blocks[: edges.REACH]):
        if index and (block.asks or block.length > edges.LONGEST):
            return
        speaks = block.label is not None and keys.count(block.label.key) > 1
        if aside[index] and not speaks:
            block.label = None  # `Rédaction - 3 mai` opens no talk
        if speaks or aside[index]:
            continue
        if (
            imprint.is_kicked(text, block, index)
            or imprint.is_imprint(text, block)
            or (index and edges.head_note(text, block))
        ):
            aside[index] = "editor_note"
            block.label = None


def _spread_links(scene: Scene) -> None:
    """Let the titles listed under a line that points to other texts be links as well."""
    text, blocks, aside = scene.text, scene.blocks, scene.aside
    listed = False
    for index, block in enumerate(blocks):
        if aside[index]:
            alone = text[block.end - 1] == ":" or block.length < _ALONE
            listed = aside[index] == "related_link" and alone
            continue
        title = not block.label and asides.is_headline(text, block) and not block.asks
        begins = aside[index - 1] == "related_link" or not block.apart
        fits = bool(block.bullet) or (title and begins)
        listed = listed and block.length < 100 and fits
        if listed:
            aside[index] = "related_link"


def mark_tail(scene: Scene, of_block: list[int], talk: bool) -> None:
    """Mark the notes after the last turn or paragraph."""
    text, blocks, aside = scene.text, scene.blocks, scene.aside
    frame = _frame(scene)
    for index in range(len(blocks) - 1, 1, -1):
        block = blocks[index]
        if of_block[index] >= 0:
            return
        if aside[index]:
            continue
        before = next((i for i in range(index - 1, -1, -1) if not aside[i]), 0)
        code = (
            ""
            if (talk and blocks[before].asks and not edges.is_sold(text, block)) or scene.loose
            else edges.tail_note(text, block, frame, talk)
        )
        weigh(text, block)
        if not code or block.self_:
            return
        aside[index] = code


@dataclass(frozen=True, slots=True)
class _Talk:
    """Where the labels of a talk lie, and what tells the notes amid it."""

    first: int
    last: int
    wholes: frozenset[int]
    rare: bool
    shorts: set[str]
    frame: str


def skipped(scene: Scene, of_block: list[int]) -> list[bool]:
    """Say which blocks no turn may take: asides, headings, biography boxes."""
    text, blocks, aside = scene.text, scene.blocks, scene.aside
    scene.looked = True
    scene.loose = asides.unpunctuated(text, blocks)
    scene.quoted = sum(1 for i, b in enumerate(blocks) if of_block[i] < 0 and b.quoted)
    hashes = [b for b in blocks if b.hashes and b.hashes > 1] or [b for b in blocks if b.hashes]
    asking = sum(1 for b in hashes if b.asks)
    marking = len(hashes) >= 2 and (asking >= 0.5 * len(hashes) or _prompt(scene, hashes))
    skip = [False] * len(blocks)
    talk = _look_at_talk(scene, of_block)
    box = headed = 0
    for index, block in enumerate(blocks):
        if of_block[index] >= 0:
            box = 0
            continue
        marked = marking and block.hashes == hashes[0].hashes
        if asides.is_biography_heading(text, block):
            aside[index], box = "biography", 3
        elif box and _in_box(text, block, box):
            aside[index], box = "biography", max(1, box - 1)
        elif not aside[index]:
            aside[index], box = _note_amid(scene, index, talk), 0
        heading = block.hashes and not marked
        heading = heading or (not scene.loose and not marked and _is_subheading(scene, index))
        heading = heading or (headed and _asks_above(scene, index))
        headed += bool(heading) and index > talk.first
        skip[index] = bool(aside[index]) or bool(heading)
    mark_tail(scene, of_block, talk=True)
    return [one or bool(code) for one, code in zip(skip, aside, strict=True)]


def _look_at_talk(scene: Scene, of_block: list[int]) -> _Talk:
    """Find where the labels lie and which blocks are whole quotations; see if quoting is usual."""
    text, blocks = scene.text, scene.blocks
    labelled = [i for i, voice in enumerate(of_block) if voice >= 0]
    first, last = (labelled[0], labelled[-1]) if labelled else (len(blocks), -1)
    wholes = [i for i, b in enumerate(blocks) if of_block[i] < 0 and i and whole_quote(text, b)]
    scene.quoting = sum(last < 0 or i > first for i in wholes) > 2  # over the talk: titles
    rare = sum(1 for b in blocks if b.bullet == ">") < _RARE * len(blocks)
    return _Talk(first, last, frozenset(wholes), rare, _short_labels(scene), _frame(scene))


def _frame(scene: Scene) -> str:
    """Give the first words of the text, in which those who answer are named."""
    blocks = scene.blocks
    return scene.text[blocks[0].start : blocks[0].start + _FRAME] if blocks else ""


def _note_amid(scene: Scene, index: int, talk: _Talk) -> str:
    """Tell why a block without label is a note amid a talk or around it, or give ''."""
    text, block = scene.text, scene.blocks[index]
    code, whole, arrow = "", index in talk.wholes, block.bullet == ">"
    if arrow and whole and talk.rare:
        code = "pull_quote"
    elif arrow or (whole and not scene.quoting):
        said = text.count(" ", block.start, block.end) > 4 or bool(block.bullet)
        code = "pull_quote" if said and _repeats(text, block) else ""
    told = asides.is_biography(text, block, talk=talk.first < index < talk.last)
    if told and not _speaks(text, block):
        code = "biography"
    sole = index < talk.first < index + 2 and _introduces(scene, index)
    if index < talk.first and not sole and _explains(text, block, talk.shorts):
        code = "editor_note"
    if index > 2 and not code and not _speaks(text, block):
        code = _apart(scene, index, talk.frame)
    if asides.is_dateline(text, block) or edges.opens_session(text, block):
        code = "stage_direction"
    return code


def _short_labels(scene: Scene) -> set[str]:
    """Give the accepted labels of a few letters: initials."""
    heard = {voice for voice in scene.of_block if voice >= 0}
    printed = (label for voice in heard for label in scene.voices[voice].printed)
    return {label for label in printed if _INITIALS.fullmatch(label)}


def _explains(text: str, block: Block, shorts: set[str]) -> bool:
    """Say whether a paragraph tells which initials stand for whom: `Anna Roy (AR)`."""
    if not shorts or block.length > edges.LONGEST:
        return False
    return any(text.find(f"({short})", block.start, block.end) > 0 for short in shorts)


def _introduces(scene: Scene, index: int) -> bool:
    """Say whether a paragraph of several sentences is all that introduces a talk."""
    text, blocks = scene.text, scene.blocks
    if text.find(". ", blocks[index].start, blocks[index].end) < 0:
        return False
    if text.startswith(("Avec ", "With "), blocks[index].start):
        return False
    return all(asides.is_headline(text, block, 200) for block in blocks[:index])


def _in_box(text: str, block: Block, box: int) -> bool:
    """Say whether a block goes on with a biography box, whose first paragraph it is at 3."""
    if asides.is_biography(text, block) or (box == 3 and not block.asks):
        return True
    return block.length < 120 and text[block.raw_start : block.raw_start + 4].isdecimal()


def _prompt(scene: Scene, heads: list[Block]) -> bool:
    """Say whether headings are the questions of a talk, though few ask.

    Nothing else asks, and what stands under most of them speaks in the first person.
    """
    blocks = scene.blocks
    told = 0
    for block, after in pairwise(blocks):
        if block.hashes == heads[0].hashes:
            weigh(scene.text, after)
            told += not after.hashes and (after.self_ or after.ours)
    others = sum(1 for b in blocks if b.asks and not b.hashes)
    return len(heads) > 2 and any(b.asks for b in heads) and others < 2 and told >= 0.6 * len(heads)


def _apart(scene: Scene, index: int, frame: str) -> str:
    """Tell why a paragraph that nobody speaks is a note: it tells a life, or advertises."""
    text, block = scene.text, scene.blocks[index]
    if credits.promotes(text, block):
        return "editor_note"
    answers = scene.blocks[index - 1].asks
    return "biography" if not answers and credits.tells_life(text, block, frame) else ""


def whole_quote(text: str, block: Block) -> bool:
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
    whole = whole_quote(text, block)
    if (
        index == 0
        and whole
        and block.length < 200
        and not (block.label and block.label.words >= block.end)
    ):
        return text[block.end - 2 : block.end - 1] not in ".…" and text[block.end - 1] != "."
    if block.asks or (block.label is not None and block.label.form == "line"):
        return False
    if _goes_on(scene, index):
        return False
    if scene.quoting and whole:
        return _heads_quotes(scene, index)
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


def _goes_on(scene: Scene, index: int) -> bool:
    """Say whether a block goes on in lower case behind a link that interrupts it."""
    after = scene.blocks[index + 2 : index + 3]
    linked = scene.aside[index + 1] == "related_link"
    return linked and bool(after) and scene.text[after[0].start].islower()


def _heads_quotes(scene: Scene, index: int) -> bool:
    """Say whether a short quotation heads a question, where whole answers are quoted."""
    text, blocks = scene.text, scene.blocks
    block, before, after = blocks[index], blocks[index - 1], blocks[index + 1]
    said = text[block.start : block.end].strip(' «»“”"\u00a0\u202f')
    short = block.length < 90 and said[-1:] not in (*".?!…;:,",)
    return short and before.quoted and not before.asks and not after.quoted


def _asks_above(scene: Scene, index: int) -> bool:
    """Say whether a line that asks, of no person, stands over a labelled turn as a heading."""
    block, blocks = scene.blocks[index], scene.blocks
    if not block.asks or not block.apart or index + 1 >= len(blocks) or _speaks(scene.text, block):
        return False
    return scene.of_block[index + 1] >= 0 and asides.is_headline(scene.text, block, 90)


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
