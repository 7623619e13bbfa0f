"""The text of an article as it stands now, read anew by the conventions of transcripts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from articles.text.blocks import cut_blocks
from articles.text.header import Header
from articles.text.restructure import print_passages
from articles.text.roles import Composed, compose

if TYPE_CHECKING:
    from articles.text.operations import ArticleState


def read_again(state: ArticleState, kind: str) -> Composed:
    """The passages and speakers of a text of that kind; ranges in the printed text."""
    text, _places = print_passages(state)
    return compose(text, cut_blocks(text), Header(end=0), kind, [])
