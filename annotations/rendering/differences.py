"""What changed between two texts, word by word, as HTML: escaped, built in Python."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString

from articles.text.edits import minimal_edits

if TYPE_CHECKING:
    from articles.text.edits import Edits


def render_difference(old: str, new: str) -> SafeString:
    """The new text with what went and what came marked in it."""
    return render_edits(old, minimal_edits(old, new))


def render_edits(old: str, edits: Edits) -> SafeString:
    """A text with edits of it marked."""
    parts, at = [], 0
    for edit in edits:
        parts.append(escape(old[at : edit.start]))
        parts += [f"<del>{escape(edit.removed)}</del>"] if edit.removed else []
        parts += [f"<ins>{escape(edit.inserted)}</ins>"] if edit.inserted else []
        at = edit.end
    return SafeString("".join([*parts, escape(old[at:])]))
