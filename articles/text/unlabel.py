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
    _look_anew(text, block, puts_question(text, block.start, block.end))


def uncut(text: str, blocks: list[Block]) -> bool:
    """Put labels back to the words of their blocks, where they made no talk; say if there were."""
    changed = False
    for block in blocks:
        if (block.start, block.end) == (block.bare_start, block.bare_end):
            continue
        changed = True
        block.start, block.end = block.bare_start, block.bare_end
        _look_anew(text, block, ends_asking(text, block.start, block.end))
    return changed


def _look_anew(text: str, block: Block, asks: bool) -> None:
    """Forget what was weighed of a block's words, which are others now."""
    block.asks = asks
    block.quoted = block.start < block.end and text[block.start] in OPENERS
    block.weighed, block.told = False, None
