"""Hours that head the entries of a live report."""

from __future__ import annotations

from itertools import pairwise

from articles.text.marks import SOFT_END, Block
from articles.text.regex import regex

_HOUR = regex(
    r"\d{1,2}\s?(?:[:hH.]\s?\d{2}|[hH])\s?[–—|-]\s?(?=[«“\"A-ZÀ-ÖØ-Þ\d])|\d{1,2}\s?[hH]\s?\d{2}$"
)
# The hour and its zone, alone on a line over an entry: `20.05 BST`.
_ZONED = regex(r"\d{1,2}\s?[.:hH]\s?\d{2}(?: [AaPp]\.?[Mm]\.?)? [A-Z]{2,3}T")
_LINE = 20  # code points of such a line
_ENTRIES = 3  # entries from which a report is a live one


def tells_hour(text: str, block: Block) -> bool:
    """Say whether a line heads an entry of a live report: `19:42 - The dinner has begun`."""
    if not text[block.raw_start].isdigit() or block.length > 110:
        return False
    if text[block.start : block.end].rstrip(SOFT_END)[-1:] in tuple(".…;,:"):
        return False
    return bool(_HOUR.match(text, block.raw_start, block.raw_end))


def reports_live(text: str, blocks: list[Block]) -> bool:
    """Say whether lines that tell the hour head paragraphs that do not, as in a live report."""
    timed = [text[block.raw_start].isdigit() and tells_hour(text, block) for block in blocks]
    return sum(a and not b for a, b in pairwise(timed)) >= _ENTRIES


def numbered_lines(text: str, blocks: list[Block]) -> list[int]:
    """Give the blocks that open with a digit; none where too few do to be a live report."""
    found = [index for index, block in enumerate(blocks) if text[block.raw_start].isdigit()]
    return found if len(found) >= _ENTRIES else []


def zoned_hours(text: str, blocks: list[Block], numbered: list[int]) -> frozenset[int]:
    """Give the lines that are but an hour and its zone, where several head entries of a report."""
    found = [
        index
        for index in numbered
        if blocks[index].length < _LINE
        and _ZONED.fullmatch(text, blocks[index].raw_start, blocks[index].raw_end)
    ]
    return frozenset(found if len(found) >= _ENTRIES else ())
