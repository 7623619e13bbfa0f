"""Amid the turns of a talk: notes, sub-headings and biography boxes, which no turn may take."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from articles.text import asides, credits, edges
from articles.text.greetings import heads_item
from articles.text.marks import Block, weigh
from articles.text.regex import regex
from articles.text.scene import Scene, frame_of, mark_tail, repeats, whole_quote

_INITIALS = regex(r"[A-Z](?:\.?[ -]?(?:d[eu]?|l[ae]?|v)?\.?[A-Z]){1,4}\.?")
_HEAD = 3  # blocks at the head of a text that may be headings of another kind
_FEW_WORDS = 40  # code points of a sub-heading that asks
_DASHES = ("-", "–", "—")
_MOST = 0.5  # share of lines with a dash that ask, where dashes open questions
_CLOSING = ' »”"\u00a0\u202f'
_RARE = 0.15  # share of paragraphs set off by a sign that still is rare


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
    asked = 0 < talk.first < len(blocks) and blocks[talk.first - 1].asks
    box = headed = topics = tight = 0
    for index, block in enumerate(blocks):
        if of_block[index] >= 0:
            box = 0
            continue
        marked = marking and block.hashes == hashes[0].hashes
        if asides.is_biography_heading(text, block):
            aside[index], box, tight = "biography", 3, block.apart
        elif box and (_in_box(text, block, box) or (tight and not block.apart)):
            aside[index], box = "biography", max(1, box - 1)
        elif not aside[index]:
            aside[index], box = _note_amid(scene, index, talk), 0
        heading = block.hashes and not marked
        heading = heading or (not scene.loose and not marked and _is_subheading(scene, index))
        heading = heading or (headed and not asked and _asks_above(scene, index))
        heading = heading or (topics and _asks_over(scene, index, skip))
        topics += bool(heading) and index > _HEAD
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
    amid = sum(i != scene.head and (last < 0 or i > first) for i in wholes)
    scene.quoting = amid > 2  # over the talk: titles
    rare = sum(1 for b in blocks if b.bullet == ">") < _RARE * len(blocks)
    return _Talk(first, last, frozenset(wholes), rare, _short_labels(scene), frame_of(scene))


def _note_amid(scene: Scene, index: int, talk: _Talk) -> str:
    """Tell why a block without label is a note amid a talk or around it, or give ''."""
    text, block = scene.text, scene.blocks[index]
    code, whole, arrow = "", index in talk.wholes, block.bullet == ">"
    if arrow and whole and talk.rare:
        code = "pull_quote"
    elif arrow or (whole and not scene.quoting):
        said = text.count(" ", block.start, block.end) > 4 or bool(block.bullet)
        code = "pull_quote" if said and repeats(text, block) else ""
    told = asides.is_biography(text, block, talk=talk.first < index < talk.last)
    if told and not _speaks(text, block):
        code = "biography"
    sole = index < talk.first < index + 2 and _introduces(scene, index)
    if index < talk.first and not sole and _explains(text, block, talk.shorts):
        code = "editor_note"
    if index > 2 and not code and not _speaks(text, block):
        code = _apart(scene, index, talk.frame)
    if asides.is_dateline(text, block) or edges.opens_session(text, block):
        code = "editor_note"
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


def _speaks(text: str, block: Block) -> bool:
    """Say whether a block is in the first or second person."""
    weigh(text, block)
    return block.self_ or block.ours or block.yours


def _is_subheading(scene: Scene, index: int) -> bool:
    """Say whether an unlabelled block is a heading between turns."""
    blocks, text = scene.blocks, scene.text
    block = blocks[index]
    if index + 1 >= len(blocks):
        return False
    if block.bullet:
        return block.bullet == "1" and _heads_point(scene, index)
    whole = whole_quote(text, block)
    if (
        index == scene.head
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
    if not asides.is_headline(text, block, 200 if index == scene.head else 90):
        return False
    if index == scene.head or _in_capitals(scene, index):
        return True
    few = text.count(" ", block.start, block.end) < 4
    if few and not block.quoted and not _speaks(text, block) and scene.quoted < 2:
        return True
    if whole and block.length < 90 and not scene.quoting:
        return text[block.start : block.end].rstrip(_CLOSING)[-1:] not in ".?!…"
    if index and _over_dash(blocks, index):
        return True
    if text[block.end - 1] in '»”"' or scene.of_block[index + 1] >= 0:
        return scene.of_block[index + 1] >= 0 and not whole
    return blocks[index + 1].asks or any(v >= 0 for v in scene.of_block[index + 1 :])


def _over_dash(blocks: list[Block], index: int) -> bool:
    """Say whether a line stands between an answer and a question, where dashes open questions."""
    before, block, after = blocks[index - 1 : index + 2]
    if not block.apart or after.bullet not in _DASHES or before.bullet or before.asks:
        return False
    dashed = [b for b in blocks if b.bullet == after.bullet]
    return sum(b.asks for b in dashed) > _MOST * len(dashed)


def _in_capitals(scene: Scene, index: int) -> bool:
    """Say whether a line in capitals, and it alone, is set apart over a turn that bears a sign."""
    text, block, after = scene.text, scene.blocks[index], scene.blocks[index + 1]
    if not block.apart or not after.bullet or not text[block.start : block.end].isupper():
        return False
    beside = scene.blocks[index - 1], after
    return not any(text[b.raw_start : b.raw_end].isupper() for b in beside)


def _heads_point(scene: Scene, index: int) -> bool:
    """Say whether a numbered line between turns heads one of several points: no list is told."""
    block, before = scene.blocks[index], scene.blocks[index - 1]
    over = block.apart and scene.of_block[index + 1] >= 0 and before.bullet != "1"
    return over and index > 0 and not block.asks and heads_item(scene.text, block)


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


def _asks_over(scene: Scene, index: int, skip: list[bool]) -> bool:
    """Say whether a few words that ask, of no person, head an unlabelled question below them."""
    block, blocks, text = scene.blocks[index], scene.blocks, scene.text
    if not block.asks or not block.apart or block.length > _FEW_WORDS or index + 2 >= len(blocks):
        return False
    after, before = blocks[index + 1], blocks[index - 1]
    if not after.asks or not after.apart or after.quoted or before.asks or skip[index - 1]:
        return False
    plain = (
        not (block.bold or block.bullet or after.bold or after.bullet)
        and scene.of_block[index + 1] < 0
    )
    return plain and not blocks[index + 2].asks and not _speaks(text, block)


def _asks_above(scene: Scene, index: int) -> bool:
    """Say whether a line that asks, of no person, stands over a labelled turn as a heading."""
    block, blocks = scene.blocks[index], scene.blocks
    if not block.asks or not block.apart or index + 1 >= len(blocks) or _speaks(scene.text, block):
        return False
    return scene.of_block[index + 1] >= 0 and asides.is_headline(scene.text, block, 90)
