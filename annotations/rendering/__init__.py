"""The one place where reading text becomes HTML: escaped, built in Python, no template loop."""

from __future__ import annotations

from annotations.rendering.again import render_card, render_cards, render_gone, render_passages
from annotations.rendering.cards import CardRenderer
from annotations.rendering.outline import render_outline, render_source
from annotations.rendering.passages import PassageRenderer

__all__ = [
    "CardRenderer",
    "PassageRenderer",
    "render_card",
    "render_cards",
    "render_gone",
    "render_outline",
    "render_passages",
    "render_source",
]
