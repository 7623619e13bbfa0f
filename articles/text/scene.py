"""The blocks of a text with all that is known of them while they are read."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from articles.text import asides, credits, edges, imprint, rubrics
from articles.text.anywhere import note_anywhere
from articles.text.header import Header
from articles.text.hours import tells_hour
from articles.text.marks import Block, weigh
from articles.text.quotes import WHOLE, quote_state
from articles.text.regex import regex
from articles.text.settle import NOBODY
from articles.text.voices import Voice

_FRAME = 1500  # code points at the head in which those who answer are named
_ALONE = 26  # code points of a line that only heads links: `Sur le même sujet`
_QUOTES = dict.fromkeys(map(ord, '«»“”"'), " ")
_DATES = 2  # lines with a year that make a box
_BOX = 500  # code points of such a box
_YEAR = regex(r"(?:1[5-9]|20)\d\d\b")
_BORN = regex(r"(?:1[5-9]|20)\d\d\b.{0,16}\b(?:naissance|née?|naît|born|birth)\b", re.I)
_NOTES = regex(
    r"(?:end)?notes?(?: (?:to (?:the )?editors?|aux? (?:rédactions?|rédacteurs|lecteurs)))?\s?:?",
    re.I,
)
_SIGNERS = regex(
    r"(?:(?:les )?(?:premiers |autres )?signataires|(?:the )?(?:first |co-)?signatories)\s?:?", re.I
)
_SIGNER = 160  # code points of who signs, with the office
_TOLD = regex(r",[”\"]? (?:[^\W\d_]+-(?:t-)?(?:il|elle)|(?:he|she|they) (?:says?|said))\b")
_UNDER = 3  # lines under the first paragraph in which a day may stand
_BEFORE = 6000  # code points before a pull quote in which its words are looked for


@dataclass(slots=True)
class Scene:
    """The blocks with all that is known of them before and while they are read.

    `aside` says why a block is no part of a talk; `looked` whether a reading has added to it.
    `head` is the first block that is no note.
    """

    text: str
    blocks: list[Block]
    header: Header
    aside: list[str] = field(default_factory=list)
    head: int = 0
    voices: list[Voice] = field(default_factory=list)
    of_block: list[int] = field(default_factory=list)
    loose: bool = False
    quoting: bool = False
    quoted: int = 0
    musing: bool = False
    live: bool = False
    solid: bool = False
    hours: frozenset[int] = frozenset()
    letters: bool = False
    looked: bool = False


def aside_of(text: str, block: Block) -> str:
    """Tell beforehand what surely is no part of a talk: "-" a rule, else why it is a note."""
    first, length = text[block.start], block.end - block.start
    if first.isalpha():
        if length > asides.LONGEST and first != "h":
            return ""  # too long for any note, save a link
    elif asides.is_separator(text, block):
        return "-"
    word = asides.first_word(text, block)
    code = asides.note_code(text, block, word)
    if code or length > edges.LONGEST:
        return code
    if block.label and (edges.names_staff(text, block) or edges.is_filed(text, block)):
        block.label = None
        return "editor_note"
    if not block.label and edges.is_caption(text, block):
        return "editor_note"
    return note_anywhere(text, block, word)


def note_edges(scene: Scene) -> None:
    """Mark the notes before the first paragraph or turn, heads of pages and lists of links."""
    text, aside = scene.text, scene.aside
    for index in edges.running_heads(text, scene.blocks):
        aside[index], scene.blocks[index].label = "editor_note", None
    _spread_links(scene)
    if imprint.is_masthead(text, scene.blocks):
        aside[0], scene.blocks[0].label = aside[0] or "editor_note", None
    _note_head(scene)
    for index in rubrics.rubrics(text, scene.blocks, aside):
        aside[index], scene.blocks[index].label = "editor_note", None
    over = (i for i, code in enumerate(aside[: edges.REACH]) if not code)
    scene.head = next(over, 0)


def _note_head(scene: Scene) -> None:
    """Mark the lines before the first paragraph or turn that are worded as notes."""
    text, aside = scene.text, scene.aside
    keys = [block.label.key for block in scene.blocks if block.label]
    for index, block in enumerate(scene.blocks[: edges.REACH]):
        if index and (block.length > edges.LONGEST or (index > 1 and block.asks)):
            return  # the title may ask, below the kind of text
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
        if not listed:
            continue
        title = not block.label and asides.is_headline(text, block) and not block.asks
        begins = aside[index - 1] == "related_link" or not block.apart
        fits = bool(block.bullet) or (title and begins)
        listed = block.length < 100 and fits
        if listed:
            aside[index] = "related_link"


def note_dated_boxes(scene: Scene) -> None:
    """Mark the boxes of an article that tell a life by its years, line below line."""
    text, blocks, aside = scene.text, scene.blocks, scene.aside
    for index, block in enumerate(blocks):
        if aside[index] or not block.apart or block.length > _BOX:
            continue
        if not asides.is_biography_heading(text, block):
            continue
        end = index + 1
        born = end < len(blocks) and bool(_BORN.search(text, blocks[end].start, blocks[end].end))
        begin = end if born and blocks[end].apart else index  # set apart, its head stays a heading
        end += begin > index
        while end < len(blocks) and not blocks[end].apart and _opens_with_year(text, blocks[end]):
            end += 1
        if end - index > _DATES or _lines_with_years(text, block) >= _DATES:
            aside[begin:end] = ["biography"] * (end - begin)


def _opens_with_year(text: str, block: Block) -> bool:
    """Say whether a line opens with a year."""
    return bool(_YEAR.match(text, block.raw_start))


def _lines_with_years(text: str, block: Block) -> int:
    """Count the lines of a block, but the first, that open with a year."""
    lines = text[block.raw_start : block.raw_end].split("\n")[1:]
    return sum(1 for line in lines if _YEAR.match(line.lstrip()))


def mark_tail(scene: Scene, of_block: list[int], talk: bool) -> None:
    """Mark the notes after the last turn or paragraph."""
    text, blocks, aside = scene.text, scene.blocks, scene.aside
    frame = frame_of(scene)
    for index in range(len(blocks) - 1, 1, -1):
        block = blocks[index]
        if of_block[index] >= 0:
            return
        if aside[index] == "-" and edges.ends_release(text, block):
            aside[index] = "editor_note"
        if aside[index]:
            continue
        before = next((i for i in range(index - 1, -1, -1) if not aside[i]), 0)
        code = (
            ""
            if (talk and blocks[before].asks and not edges.is_sold(text, block)) or scene.loose
            else edges.tail_note(text, block, frame, talk)
        )
        if not code and block.bullet == "1" and (head := _head_of_notes(scene, index)):
            aside[head : index + 1] = ["editor_note"] * (index + 1 - head)
            return
        if talk or code:
            weigh(text, block)
        if not code or block.self_:
            return
        aside[index] = code


def _head_of_notes(scene: Scene, index: int) -> int:
    """Give the line that heads numbered notes, of which one is given: `Notes to editors`; or 0."""
    while index > 0 and scene.blocks[index].bullet == "1":
        index -= 1
    head = scene.blocks[index]
    heads = head.length < _ALONE and _NOTES.fullmatch(scene.text, head.start, head.end)
    return index if heads else 0


def note_signatories(scene: Scene) -> None:
    """Mark those who sign a letter, each on a line to its end, below a line that says so."""
    text, blocks, aside = scene.text, scene.blocks, scene.aside
    if not blocks or text[blocks[-1].end - 1] in ".?!" or "ignat" not in text:
        return
    for index in range(1, len(blocks) - 1):
        block = blocks[index]
        if block.length > _ALONE or not _SIGNERS.fullmatch(text, block.start, block.end):
            continue
        rest = blocks[index + 1 :]
        if all(b.length < _SIGNER and text[b.end - 1] not in ".?!" for b in rest):
            aside[index:] = ["editor_note"] * (len(rest) + 1)
        return


def note_under_title(scene: Scene, body: int) -> None:
    """Mark the book under the title of a review, and the day under a first paragraph."""
    blocks, aside, index = scene.blocks, scene.aside, scene.head + 1
    while index < min(len(blocks), body) and aside[index]:
        index += 1
    if index < len(blocks) and not aside[index] and credits.tells_book(scene.text, blocks[index]):
        aside[index] = "editor_note"
    index = body + 1
    while index < len(blocks) and aside[index]:
        index += 1
    if index < min(len(blocks), body + 1 + _UNDER) and _dates_below(scene, index, body):
        aside[index] = "editor_note"


def _dates_below(scene: Scene, index: int, body: int) -> bool:
    """Say whether a line below a title and the paragraph under it, notes apart, is but a day."""
    text, blocks = scene.text, scene.blocks
    block = blocks[index]
    if body > scene.head + 1 or not asides.is_dateline(text, block) or tells_hour(text, block):
        return False
    return not any(asides.is_dateline(text, later) for later in blocks[index + 1 :])


def frame_of(scene: Scene) -> str:
    """Give the first words of the text, in which those who answer are named."""
    blocks = scene.blocks
    return scene.text[blocks[0].start : blocks[0].start + _FRAME] if blocks else ""


def whole_quote(text: str, block: Block) -> bool:
    """Say whether quotation marks hold the whole block."""
    return block.quoted and quote_state(text, block.start, block.end)[0] == WHOLE


def tells_who(text: str, block: Block) -> bool:
    """Say whether a quotation tells amid its words who speaks: `« Jamais, dit-elle. »`"""
    return bool(_TOLD.search(text, block.start, block.end))


def repeats(text: str, block: Block) -> bool:
    """Say whether the last words of a block stand in the text before it (a pull quote)."""
    words = _bare(text[block.start : block.end]).split()
    if len(words) < 3 or block.length > 300:
        return False
    tail = " ".join(words[-5:] if len(words) > 5 else words[1:] if len(words) > 4 else words)
    before = text[max(0, block.raw_start - _BEFORE) : block.raw_start]
    said = _bare(before)
    return tail in said or (len(words) >= 5 and " ".join(words[:5]).rstrip(".!?…,") in said)


def _bare(words: str) -> str:
    """Give words in lower case as they are compared: no quotation marks, single blanks."""
    return " ".join(words.lower().translate(_QUOTES).split()).strip("*_.!?… ")


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
