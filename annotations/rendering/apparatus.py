"""The text with its apparatus: what gave way beside what took its place, who did it and why."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from annotations.rendering.differences import said_of
from annotations.rendering.passages import PassageRenderer
from diplowatch.lib.addresses import address_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from annotations.queries.revisions import Made
    from annotations.queries.said import Mark
    from articles.queries.passages import Row
    from articles.text.provenance import Run, Runs

BLANK = "␣"  # a blank alone cannot be seen


class ApparatusRenderer(PassageRenderer):
    """Renders passages with their changes; each leads to the last revision that made it."""

    def __init__(
        self, *, article: int, runs: Mapping[int, Runs], made: Mapping[int, Made], **more: Any
    ) -> None:
        """`runs` are by passages' numbers, `made` by revisions'."""
        super().__init__(**more)
        self.runs, self.made = runs, made
        self.history = escape(address_of("show_article_history", article))
        self.inside = _("instead of “%(was)s”")

    def words(self, row: Row) -> str:
        """A passage's text as HTML, with its changes, marks and hits."""
        marks = sorted(self.marks.get(row.pk, ()), key=lambda mark: (mark.start, -mark.end))
        hits = self.find_hits(row.text) if self.find_hits else ()
        parts, at = [], 0
        for run in self.runs[row.number]:
            end = at + len(run.text)
            parts.append(self._run(run, at, marks, hits))
            at = end
        return "".join(parts)

    def _run(
        self, run: Run, at: int, marks: Sequence[Mark], hits: Sequence[tuple[int, int]]
    ) -> str:
        end = at + len(run.text)
        here = [mark for mark in marks if mark.start < end and mark.end > at]
        going_on = frozenset(n for n, mark in enumerate(here) if mark.end > end)
        inside = [
            mark._replace(
                start=max(mark.start, at) - at, end=min(mark.end, end) - at,
                leads=mark.leads and mark.start >= at,
            )
            for mark in here
        ]  # fmt: skip
        found = [(max(s, at) - at, min(e, end) - at) for s, e in hits if s < end and e > at]
        first = self.hits + 1
        self.hits += sum(start >= at for start, stop in hits if start < end and stop > at)
        words = ""
        if run.text:
            words = self.marking.words(run.text, inside, found, first, going_on)
        return self._change(run, words) if run.is_changed else words

    def _change(self, run: Run, words: str) -> str:
        pieces = [piece for piece in run.pieces if piece.revision in self.made]
        acts = [self.made[piece.revision] for piece in pieces if piece.revision is not None]
        if not acts:
            return words
        latest = max(acts, key=lambda made: made.number)
        said = "; ".join(
            said_of(made) + (f" – {self.inside % {'was': piece.was}}" if piece.was else "")
            for made, piece in zip(acts, pieces, strict=True)
        )
        by = "machine" if latest.is_machine else "person"
        told = escape(said)
        if not (run.original + run.text).strip():
            words = BLANK if run.text else ""
        old = f"<del>{escape(run.original)}</del>" if run.original.strip() else ""
        if run.original and not old:
            old = f"<del>{BLANK}</del>"
        new = f"<ins>{words}</ins>" if words else ""
        return (
            f'<a class="change" data-by="{by}" data-revision="{latest.number}"'
            f' href="{self.history}?revision={latest.number}#r{latest.number}"'
            f' data-says="{told}" aria-description="{told}">{old}{new}</a>'
        )
