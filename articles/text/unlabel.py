"""Labels taken off the words of their blocks, and put back where they made no talk."""

from __future__ import annotations

from articles.text.marks import Block, ends_asking, puts_question
from articles.text.quotes import OPENERS, trimmed


def cut_label(text: str, block: Block) -> None:
    """Take an accepted label off the words of its block."""
    label = block.label
    if label is None or label.words < block.start:
        return
    start, end = label.words, block.end
    half_bold = label.bold and not block.bold and text.endswith("**", start, end)
    if half_bold and text.count("**", start, end) % 2:
        end -= 2
    start, end = trimmed(text, start, max(start, end))
    if text.startswith(("*", "_"), start):
        start, end = trimmed(text, *_without_emphasis(text, start, end))
    block.start, block.end = start, end
    _look_anew(text, block, puts_question(text, start, end))


def _without_emphasis(text: str, start: int, end: int) -> tuple[int, int]:
    """Take emphasis off words that it holds from their first to their last."""
    for sign in ("**", "*", "_"):
        if text.startswith(sign, start) and text.endswith(sign, start + 2, end):
            inner = text.find(sign, start + len(sign), end)
            if inner == end - len(sign):
                start, end = start + len(sign), end - len(sign)
    return start, end


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
