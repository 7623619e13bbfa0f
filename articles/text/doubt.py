"""Whether it is sure who speaks where: told by how near other readings of the turns come."""

from __future__ import annotations

from articles.text.marks import Block
from articles.text.scene import Scene
from articles.text.settle import Reading
from articles.text.vocab import fold
from articles.text.voices import tokens_of

_CLOSE = 1.0  # log-odds below which a paragraph may as well be of the other voice
_MOST_CLOSE = 0.11  # share of such paragraphs from which turns are doubtful
_NEAR = 2.0  # log-odds below which it is likely, not sure, whose a paragraph is
_MOST_NEAR = 0.27  # share of such paragraphs from which turns are doubtful
_MOST_STRAY = 0.05  # share of paragraphs that may open with an unread name, beyond which they are
_LINE = 40  # code points of a line that may be but a name


def turns_doubtful(scene: Scene, reading: Reading) -> bool:
    """Say whether many turns may as well be another voice's, or look as if a label was missed."""
    if reading.margins:
        close = sum(1 for margin in reading.margins if margin < _CLOSE)
        near = sum(1 for margin in reading.margins if margin < _NEAR)
        share = 1.0 / len(reading.margins)
        return (close > 1 and close * share >= _MOST_CLOSE) or near * share >= _MOST_NEAR
    if reading.code != "labels":
        return False
    talk = [i for i, role in enumerate(reading.classes) if role in "QAS"]
    bare = [i for i in talk if scene.of_block[i] < 0]
    if not bare:
        return False
    names = {tokens_of(key)[0] for voice in scene.voices for key in voice.keys if " " in key}
    stray = sum(1 for i in bare if _may_be_labelled(scene.text, scene.blocks[i], names))
    return stray > _MOST_STRAY * len(talk)


def _may_be_labelled(text: str, block: Block, names: set[str]) -> bool:
    """Say whether a paragraph opens as if with a label, is but a name, or begins with one."""
    if block.label is not None:
        return True
    if not text[block.start].isupper():
        return False
    if block.length < _LINE and text[block.end - 1].isalnum():
        return text.count(" ", block.start, block.end) < 4
    first, _, rest = text[block.start : min(block.end, block.start + _LINE)].partition(" ")
    return rest[:1].isupper() and fold(first) in names
