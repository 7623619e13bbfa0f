"""The best reading of a text: each convention tried, the one that explains it best kept."""

from __future__ import annotations

from articles.text import asides
from articles.text.accept import accept_voices, take_line_labels, take_unmarked_labels
from articles.text.amid import skipped
from articles.text.bare_names import take_bare_names
from articles.text.greetings import open_briefing
from articles.text.kind import bare_score, label_score
from articles.text.marks import Block, ask_unpunctuated
from articles.text.scene import Scene, carry_lines
from articles.text.settle import NOBODY, Reading
from articles.text.turns import read_bare, read_by_labels
from articles.text.unlabel import cut_label, uncut
from articles.text.voices import gather_voices

_LABELS_FAILED = 4.0  # weighed against a bare reading where labels were seen and made no talk


def best_reading(scene: Scene, forced: bool) -> tuple[Reading | None, float]:
    """Give the reading as a talk that explains the text best, and its score."""
    text, blocks = scene.text, scene.blocks
    scene.of_block = [NOBODY] * len(blocks)
    best: Reading | None = None
    score = -9.0
    take_line_labels(text, blocks)
    take_unmarked_labels(text, blocks)
    if any(b.label for b in blocks):
        best, score = _labelled(scene)
    asking = any(b.asks for b in blocks) or asides.unpunctuated(text, blocks)
    if score <= 0 and asking and take_bare_names(text, blocks):
        best, score = _labelled(scene)
    if best is not None and score > 0:
        return best, score
    if not forced and not _may_be_bare(text, blocks):
        return best, score
    if best is None:
        uncut(text, blocks)
    skip = skipped(scene, [NOBODY] * len(blocks))
    bare = read_bare(text, blocks, skip)
    other = bare_score(text, blocks, bare)
    if best is not None and best.labelled > 2:
        other -= _LABELS_FAILED
    if best is None or other > score:
        scene.of_block = [NOBODY] * len(blocks)
        return bare, other
    return best, score


def _may_be_bare(text: str, blocks: list[Block]) -> bool:
    """Say cheaply whether the text could be a talk without labels."""
    asking = sum(1 for b in blocks if b.asks)
    if asking >= 2:
        return True
    marked = sum(1 for b in blocks if b.bullet or b.bold or b.italic or b.quoted)
    if asking >= 1 and marked >= 2:
        return True
    return sum(1 for b in blocks if b.length < 120 and _addresses(text, b)) >= 2


def _addresses(text: str, block: Block) -> bool:
    """Say cheaply whether a short block speaks to somebody."""
    words = text[block.start : block.end].lower()
    return any(sign in words for sign in ("vous", "votre", " you", "tell us", "your "))


def _labelled(scene: Scene) -> tuple[Reading | None, float]:
    """Read the text by its labels, and score it."""
    text, blocks = scene.text, scene.blocks
    voices, of_block = gather_voices(blocks)
    of_block = accept_voices(text, voices, of_block, blocks)
    if not any(v >= 0 for v in of_block):
        return None, -9.0
    scene.voices = voices
    scene.of_block = of_block
    carry_lines(scene)
    for index, block in enumerate(blocks):
        if of_block[index] >= 0 and block.label:
            cut_label(text, block)
    if asides.unpunctuated(text, blocks):
        ask_unpunctuated(text, blocks)
    skip = skipped(scene, of_block)
    reading = read_by_labels(text, blocks, skip, voices, of_block)
    if reading is None:
        return None, -9.0
    open_briefing(text, blocks, reading)
    return reading, label_score(text, blocks, reading, voices)
