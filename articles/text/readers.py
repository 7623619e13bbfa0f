"""Readers who ask once each, whom one answers: a chat, letters to an editor."""

from __future__ import annotations

from articles.text.headlines import form_of
from articles.text.marks import Block
from articles.text.weighing import STRONG

_SEVERAL = 3  # from so many labels on, each of which stands once
READERS = 4  # readers from which a text whose lines bear no bullet is a chat
_ONCE = 0.6  # of the questions of a chat, those of readers who ask but once
_ASKING = 0.6  # of the questions of a chat, those that end in asking


def readers_ask(blocks: list[Block], of_block: list[int]) -> bool:
    """Say whether every label stands once, behind the same bullet, over an answer without one.

    `of_block` gives each block its voice, or less than 0 where it has none.
    """
    labelled = [i for i, voice in enumerate(of_block) if voice >= 0]
    if len(labelled) < _SEVERAL or labelled[-1] + 1 >= len(blocks):
        return False
    if len({of_block[i] for i in labelled}) < len(labelled):
        return _many_ask(blocks, of_block, labelled)
    looks = {(blocks[i].bullet, form_of(blocks[i])) for i in labelled}
    answered = all(of_block[i + 1] < 0 and not blocks[i + 1].bullet for i in labelled)
    asking = sum(blocks[i].asks for i in labelled)
    bulleted = len(looks) == 1 and bool(looks.pop()[0])
    if bulleted and answered and 2 * asking > len(labelled):
        return True
    return _many_ask(blocks, of_block, labelled)


def _many_ask(blocks: list[Block], of_block: list[int], labelled: list[int]) -> bool:
    """Say whether many ask, most of them once, each over paragraphs that neither ask nor name."""
    if len({of_block[i] for i in labelled}) < READERS or labelled[-1] + 1 >= len(blocks):
        return False
    heard = [of_block[i] for i in labelled]
    once = sum(heard.count(voice) == 1 for voice in heard)
    asking = sum(blocks[i].asks for i in labelled)
    if once < _ONCE * len(heard) or asking < _ASKING * len(heard):
        return False
    if len({form_of(blocks[i]) for i in labelled}) > 1:
        return False
    return all(of_block[i + 1] < 0 and not blocks[i + 1].asks for i in labelled)


def chatters(blocks: list[Block], of_block: list[int]) -> list[int]:
    """Give the voices of the readers of a chat, without titles and replies that hold a colon.

    Empty where the text is none.
    """
    kept = list(of_block)
    begin = next((i for i, b in enumerate(blocks) if kept[i] >= 0 and b.asks), len(blocks))
    for index, block in enumerate(blocks):
        if kept[index] < 0 or block.label is None:
            continue
        weak = block.label.weight < STRONG and not block.asks
        if weak and (index < begin or kept[index - 1] >= 0):
            kept[index] = -1  # `Oui : …` answers what stands above
    labelled = [i for i, voice in enumerate(kept) if voice >= 0]
    return kept if len(labelled) >= READERS and _many_ask(blocks, kept, labelled) else []
