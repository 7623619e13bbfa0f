"""The one place where reading text becomes HTML: escaped, built in Python, no template loop."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from articles.text.title import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from annotations.turns import Outline, Voice
    from articles.queries.passages import Exchange, Row


TAGS = {"heading": "h2"}


class PassageRenderer:
    """Renders passages of one article; counts the hits it marks on its way."""

    def __init__(
        self,
        *,
        title: str = "",
        find_hits: Callable[[str], Sequence[tuple[int, int]]] | None = None,
    ) -> None:
        """`find_hits` gives ranges in a passage's text (code points, end exclusive), in order.

        A heading that only says the `title` again is marked, to be typeset quietly.
        """
        self.title = one_line(title)
        self.find_hits = find_hits
        self.hits = 0
        self.roles = {"question": escape(_("Question")), "answer": escape(_("Answer"))}
        self.permalink = escape(_("Passage %(number)s"))
        # The words around the text are the interface's, the text may be in another language.
        self.lang = f'lang="{escape(get_language() or "")}"'

    def render(self, rows: Iterable[Row], starts: set[int]) -> SafeString:
        """All passages, one after the other."""
        return SafeString("\n".join([self._passage(row, row.number in starts) for row in rows]))

    def render_exchanges(
        self, exchanges: Iterable[Exchange], *, address: str, opened: bool
    ) -> SafeString:
        """Question and answer pairs that fold; `address` is the reader page's."""
        made = [self._exchange(exchange, address, opened) for exchange in exchanges]
        return SafeString("\n".join(made))

    def _exchange(self, exchange: Exchange, address: str, opened: bool) -> str:
        number = exchange.number
        first = (exchange.question or exchange.answer)[0].number
        here = self.permalink % {"number": first}
        return (
            f'<details class="exchange" id="e{number}"{" open" if opened else ""}>'
            f'<summary><span class="number">{number}</span>'
            f'<span class="asked">{self._said(exchange.question, "span")}</span></summary>'
            f'<div class="answered">{self._said(exchange.answer, "p")}'
            f'<p class="in-text" {self.lang}><a href="{escape(address)}#p{first}">{here}</a></p>'
            "</div></details>"
        )

    def _said(self, rows: Iterable[Row], tag: str) -> str:
        parts, last = [], None
        for row in rows:
            if row.speaker and row.speaker != last:
                parts.append(f'<b class="speaker">{escape(row.speaker)}</b> ')
            last = row.speaker
            role = escape(row.role)
            parts.append(f'<{tag} class="words" data-role="{role}">{self.words(row.text)}</{tag}> ')
        return "".join(parts)

    def _passage(self, row: Row, starts_turn: bool) -> str:
        number, tag = row.number, TAGS.get(row.role, "p")
        speaker = f' data-speaker="{row.speaker_id}"' if starts_turn and row.speaker_id else ""
        name = self._name(row) if starts_turn else ""
        again = " data-again" if tag == "h2" and one_line(row.text) == self.title else ""
        said = self.permalink % {"number": number}
        return (
            f'<div class="passage" id="p{number}" data-role="{escape(row.role)}"{speaker}{again}>'
            f'<div class="label"><a class="permalink" href="#p{number}" aria-label="{said}">'
            f"{number}</a>{name}</div><{tag}>{self.words(row.text)}</{tag}></div>"
        )

    def _name(self, row: Row) -> str:
        role = self.roles.get(row.role, "")
        if not row.speaker:
            return f'<span class="speaker unnamed" {self.lang}>{role}</span>' if role else ""
        hidden = ""
        if row.role == "question":
            hidden = f'<span class="visually-hidden" {self.lang}>{role} – </span>'
        return f'{hidden}<b class="speaker">{escape(row.speaker)}</b>'

    def words(self, text: str) -> str:
        """A passage's text as HTML, its hits marked and numbered."""
        ranges = self.find_hits(text) if self.find_hits else ()
        if not ranges:
            return escape(text)
        parts, at = [], 0
        for start, end in ranges:
            self.hits += 1
            marked = f'<mark class="hit" id="hit-{self.hits}">{escape(text[start:end])}</mark>'
            parts += [escape(text[at:start]), marked]
            at = end
        return "".join([*parts, escape(text[at:])])


def render_outline(outline: Outline, language: str) -> SafeString:
    """Who speaks, and the headings and questions; `language` is the text's."""
    parts = []
    if outline.voices:
        said = "".join(_voice(voice) for voice in outline.voices)
        parts.append(f'<h2>{escape(_("Speakers"))}</h2><ul class="voices">{said}</ul>')
    if outline.entries:
        title = _("Questions") if outline.voices else _("Sections")
        lines = "".join(
            f'<li><a href="#p{entry.number}">{escape(entry.text)}</a></li>'
            for entry in outline.entries
        )
        lang = f' lang="{escape(language)}"' if language else ""
        parts.append(f'<h2>{escape(title)}</h2><ol class="entries"{lang}>{lines}</ol>')
    return SafeString("".join(parts))


def _voice(voice: Voice) -> str:
    count = len(voice.turns)
    turns = ngettext("%(turns)s turn", "%(turns)s turns", count) % {"turns": count}
    title = _("To the next turn of %(name)s") % {"name": voice.name}
    return (
        f'<li><a href="#p{voice.turns[0]}" data-next-turn="{voice.speaker_id}"'
        f' title="{escape(title)}"><b>{escape(voice.name)}</b> <span>{escape(turns)}</span>'
        "</a></li>"
    )


def render_source(source: str, url: str) -> SafeString:
    """The source of a text, a link where an http address is known."""
    if not url.startswith(("http://", "https://")):
        return format_html("{}", source)
    return format_html(
        '<a class="source-link" href="{}" rel="noopener noreferrer">{}</a>', url, source or url
    )
