"""Labels taken off the words of their blocks, and put back where they made no talk."""

from __future__ import annotations

from articles.text.marks import Block, ends_asking, puts_question
from articles.text.quotes import OPENERS, trimmed


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
    block.asks = puts_question(text, block.start, block.end)
    block.quoted = block.start < block.end and text[block.start] in OPENERS
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
        block.quoted = block.start < block.end and text[block.start] in OPENERS
        block.weighed, block.told = False, None
    return changed
