"""Titles that look like a turn: a name, a colon and a quotation over the talk."""

from __future__ import annotations

from articles.text.asides import unpunctuated
from articles.text.labels import Label
from articles.text.marks import Block
from articles.text.quotes import WHOLE, quote_state
from articles.text.voices import Voice

_HEAD_LINES = 5  # blocks from the head within which a title stands
_HEAD_LINE = 110  # code points of a line over a title
SENTENCE_ENDS = frozenset('.?!…»”")]*_')


def form_of(block: Block) -> str:
    """Give the form of a block's label; full stops and dashes are one."""
    form = block.label.form if block.label else ""
    return "dash" if form == "dotdash" else form


def without_titles(
    text: str, voices: list[Voice], of_block: list[int], blocks: list[Block]
) -> list[int]:
    """Drop the label of a title: a name, a colon and a quotation, with nothing asked before."""
    kept = list(of_block)
    for index, block in enumerate(blocks[:2]):
        label = block.label
        if kept[index] < 0 or label is None or label.words >= block.raw_end:
            continue
        begin, end = label.words, block.end
        whole = quote_state(text, begin, end)[0] == WHOLE and end - begin < 200
        bare = text[end - 1] not in SENTENCE_ENDS and end - begin < 120
        bare = bare and not (len(blocks) > 1 and kept[1] >= 0 and not blocks[1].asks)
        once = voices[kept[index]].count == 1 or _alone_in_form(blocks, kept, index)
        if index == 0 and _heads_in_capitals(text, block, blocks[1:]) and once:
            kept[index] = -1
            continue
        once = once or _is_but_kin(voices[kept[index]], label)
        if index == 0 and bare and (once or _stands_above(text, blocks, kept)):
            kept[index] = -1
            continue
        if index and blocks[0].asks:
            continue
        if whole and text[end - 1] not in ".…":
            kept[index] = -1
    if _is_late_title(text, blocks, kept):
        kept[next(i for i, voice in enumerate(kept) if voice >= 0)] = -1
    return kept


def _is_late_title(text: str, blocks: list[Block], of_block: list[int]) -> bool:
    """Say whether the first label is a title's, under the outlet and the date, over a paragraph."""
    index = next((i for i, voice in enumerate(of_block) if voice >= 0), 0)
    if not 2 <= index < _HEAD_LINES or index + 2 >= len(blocks) or of_block[index + 1] >= 0:
        return False
    lines = blocks[:index]
    if any(b.asks or b.length > _HEAD_LINE or text[b.end - 1] in ".!…" for b in lines):
        return False
    label, end = blocks[index].label, blocks[index].end
    if label is None or label.words >= end or end - label.words > 200 or text[end - 1] in ".…":
        return False
    over = of_block[index + 2] >= 0 or _alone_in_form(blocks, of_block, index)
    return over and quote_state(text, label.words, end)[0] == WHOLE


def _stands_above(text: str, blocks: list[Block], of_block: list[int]) -> bool:
    """Say whether paragraphs without label come between a first line and a label that asks."""
    later = next((i for i in range(1, len(blocks)) if of_block[i] >= 0), 0)
    if later < 2 or not blocks[later].asks or of_block[later] == of_block[0]:
        return False
    return not unpunctuated(text, blocks) and text[blocks[later - 1].end - 1] in ".!…"


def _is_but_kin(voice: Voice, label: Label) -> bool:
    """Say whether a voice's later labels are single letters, with which no name was meant."""
    others = [core for core in voice.cores if core != label.core]
    return len(label.core.split()) > 2 and bool(others) and all(len(one) == 1 for one in others)


def _alone_in_form(blocks: list[Block], of_block: list[int], index: int) -> bool:
    """Say whether no later label is printed as this one is, though its voice comes back."""
    form = form_of(blocks[index])
    later = [i for i in range(index + 1, len(blocks)) if of_block[i] >= 0]
    return bool(later) and all(form_of(blocks[i]) != form for i in later)


def _heads_in_capitals(text: str, block: Block, later: list[Block]) -> bool:
    """Say whether a first line is a title all in capitals over a paragraph that is not."""
    if block.length > 160 or not later or later[0].label:
        return False
    below = text[later[0].start : later[0].end]
    return text[block.raw_start : block.raw_end].isupper() and not below.isupper()
