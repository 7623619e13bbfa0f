"""Marks: what is said of a passage, as nested elements around its words."""

from __future__ import annotations

from functools import cache
from html import escape
from typing import TYPE_CHECKING

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from annotations.models import EntityKind, FlagKind, LinkStatus, Motivation, TargetState
from annotations.text.segments import Piece, nest, weave

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotations.queries.said import Mark

SHOWN = 60  # code points of what a proposal puts in
DEEPEST = 5  # deeper ones look alike and bear their number


class _Terms:
    """The words of marks in the language at hand; looked up once for each language."""

    def __init__(self) -> None:
        """Look them up."""
        kinds = (*EntityKind.choices, *FlagKind.choices)
        self.kinds = {value: str(label) for value, label in kinds}
        self.states = {value: str(label) for value, label in TargetState.choices}
        self.statuses = {value: str(label) for value, label in LinkStatus.choices}
        self.phrases = {
            Motivation.HIGHLIGHTING.value: _("Highlight by %(name)s"),
            Motivation.COMMENTING.value: _("Comment by %(name)s: %(said)s"),
            Motivation.TAGGING.value: _("Tag by %(name)s: %(label)s"),
            Motivation.IDENTIFYING.value: _("Link: %(label)s, %(kind)s"),
            Motivation.QUESTIONING.value: _("Flag by %(name)s: %(kind)s"),
            Motivation.EDITING.value: _("Correction proposed by %(name)s: %(new)s"),
        }
        self.nobody = _("Link: not identifiable")
        self.private = _("private")
        self.empty = _("nothing")


@cache
def _terms(_language: str) -> _Terms:
    return _Terms()


def plain(words: str) -> str:
    """Words as HTML between tags; quotation marks need no escape there."""
    if "&" in words or "<" in words or ">" in words:
        return escape(words, quote=False)
    return words  # most have none: asking takes a fifth of replacing


class MarkRenderer:
    """Puts marks around the words of passages; `selected` is the annotation that stands out.

    The text of the elements is the passage's text, sign by sign: what a mark says is in attributes.
    """

    def __init__(self, selected: str = "") -> None:
        """Nothing is rendered yet."""
        self.selected = selected
        self.terms = _terms(get_language() or "")

    def words(
        self,
        text: str,
        marks: Sequence[Mark],
        hits: Sequence[tuple[int, int]] = (),
        number: int = 1,
        going_on: frozenset[int] = frozenset(),
    ) -> str:
        """A passage's text as HTML, its marks and hits in it; hits are numbered from `number`.

        `going_on` are those of the marks that do not end with this text.
        """
        if not marks and not hits:
            return plain(text)
        ranges = [(mark.start, mark.end) for mark in marks]
        pieces, hidden = nest([*ranges, *hits], len(text))

        def begin(piece: Piece) -> str:
            if piece.which < len(marks):
                return self._begin(marks[piece.which], piece, goes_on=piece.which in going_on)
            name = f' id="hit-{number + piece.which - len(marks)}"' if piece.first else ""
            return f'<mark class="hit"{name}>'

        made = weave(text, pieces, begin=begin, end="</mark>", plain=plain)
        return made + "".join(self._hidden(marks[index]) for index in hidden if index < len(marks))

    def _begin(self, mark: Mark, piece: Piece, *, goes_on: bool) -> str:
        parts = ['<mark class="m"']
        if piece.first:
            if mark.leads:
                parts.append(f' id="a-{mark.id}"')
            parts.append(f' aria-description="{escape(self.says(mark))}"')
        parts.append(self._data(mark))
        if piece.depth > 1:
            deep = str(piece.depth) if piece.depth <= DEEPEST else f"{DEEPEST}+"
            parts.append(f' data-depth="{deep}"')
            if piece.depth > DEEPEST:
                parts.append(f' data-count="{piece.depth}"')
        parts.append(" data-last>" if piece.last and not goes_on else ">")
        return "".join(parts)

    def _data(self, mark: Mark) -> str:
        said = f' data-a="{mark.id}" data-m="{mark.motivation}"'
        if mark.kind:
            said += f' data-kind="{mark.kind}"'
        if mark.status:
            said += f' data-status="{mark.status}"'
        if mark.state == TargetState.NEEDS_CHECK:
            said += ' data-state="needs_check"'
        if mark.by is not None:
            said += f' data-by="{mark.by}"'
        if mark.tag is not None:
            said += f' data-tag="{mark.tag}"'
        if mark.motivation == Motivation.EDITING:
            said += f' data-new="{escape(self._new(mark.replacement))}"'
        if mark.private:
            said += " data-private"
        if mark.id == self.selected:
            said += " data-on"
        return said

    def _new(self, replacement: str) -> str:
        """What a proposal puts in, as the sign behind its words shows it."""
        if len(replacement) > SHOWN:
            return f"{replacement[: SHOWN - 1]}…"
        return replacement or "∅"

    def _hidden(self, mark: Mark) -> str:
        """A mark without words: too much lies upon each other there to show it."""
        name = f' id="a-{mark.id}"' if mark.leads else ""
        return f'<mark class="m"{name}{self._data(mark)} data-hidden></mark>'

    def says(self, mark: Mark) -> str:
        """What a mark says, in the words of the interface: "Link: Jean-Yves Le Drian, person"."""
        kind = self.terms.kinds.get(mark.kind, "")
        if mark.motivation == Motivation.IDENTIFYING and mark.status == LinkStatus.NOT_IDENTIFIABLE:
            said = self.terms.nobody
        else:
            said = self.terms.phrases[mark.motivation] % {
                "name": mark.name, "label": mark.label, "kind": kind.lower(), "said": mark.said,
                "new": mark.replacement or self.terms.empty,
            }  # fmt: skip
        more = []
        if mark.status == LinkStatus.UNVERIFIED:
            more.append(self.terms.statuses[mark.status].lower())
        if mark.state == TargetState.NEEDS_CHECK:
            more.append(self.terms.states[mark.state].lower())
        if mark.private:
            more.append(self.terms.private)
        return ", ".join([said, *more])
