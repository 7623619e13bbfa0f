"""Readers who ask once each, whom one answers: a chat, letters to an editor."""

from __future__ import annotations

from articles.text.headlines import form_of
from articles.text.marks import Block

_SEVERAL = 3  # from so many labels on, each of which stands once


def readers_ask(blocks: list[Block], of_block: list[int]) -> bool:
    """Say whether every label stands once, behind the same bullet, over an answer without one.

    `of_block` gives each block its voice, or less than 0 where it has none.
    """
    labelled = [i for i, voice in enumerate(of_block) if voice >= 0]
    if len(labelled) < _SEVERAL or labelled[-1] + 1 >= len(blocks):
        return False
    if len({of_block[i] for i in labelled}) < len(labelled):
        return False
    looks = {(blocks[i].bullet, form_of(blocks[i])) for i in labelled}
    answered = all(of_block[i + 1] < 0 and not blocks[i + 1].bullet for i in labelled)
    asking = sum(blocks[i].asks for i in labelled)
    return len(looks) == 1 and bool(looks.pop()[0]) and answered and 2 * asking > len(labelled)
