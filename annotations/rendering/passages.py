"""Passages and exchanges as HTML, with their marks and hits."""

from __future__ import annotations

from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from annotations.rendering.marks import MarkRenderer, plain
from articles.models import Status
from articles.text.title import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from annotations.queries.said import Mark
    from articles.queries.passages import Exchange, Row


TAGS = {"heading": "h2"}
NUMBER = "\0"  # stands for a passage's number in what is the same for all; no text has it
FIRST_SIGNS = 4_000  # more than a large screen shows
PIECE_SIGNS = 40_000

_escaped = lru_cache(maxsize=64)(escape)  # for words of ours, of which there are few


def _around_number(words: str) -> tuple[str, str]:
    """What stands before and after the number, escaped."""
    before, _number, after = escape(words).partition("%(number)s")
    return before, after


class PassageRenderer:
    """Renders passages of one article; counts the hits it marks on its way."""

    def __init__(
        self,
        *,
        title: str = "",
        find_hits: Callable[[str], Sequence[tuple[int, int]]] | None = None,
        marks: Mapping[int, Sequence[Mark]] | None = None,
        selected: str = "",
        address: str = "",
        may_mark: bool = False,
    ) -> None:
        """`find_hits` gives ranges in a passage's text (code points, end exclusive), in order.

        A heading that only says the `title` again is marked, to be typeset quietly. `marks` are by
        the passages' primary keys, `selected` is an annotation's id. With the article's `address`
        each passage leads to the form that says something about it, and if they `may_mark`, to
        those of its words, of its structure and of how far it is.
        """
        self.title = one_line(title)
        self.find_hits = find_hits
        self.hits = 0
        self.marks = marks or {}
        self.marking = MarkRenderer(selected)
        self.address = escape(address)
        self.ways: list[tuple[str, str, tuple[str, str]]] = []
        if address:
            self.ways = [("say", "+", _around_number(_("Say something about passage %(number)s")))]
        if address and may_mark:
            self.ways += [
                ("edit", "✎", _around_number(_("Type passage %(number)s anew"))),
                ("structure", "¶", _around_number(_("Structure at passage %(number)s"))),
            ]
        self.may_mark = may_mark and bool(address)
        self.signs = {status: self._sign_of(str(label)) for status, label in Status.choices}
        self.roles = {"question": escape(_("Question")), "answer": escape(_("Answer"))}
        self.permalink = _around_number(_("Passage %(number)s"))
        # The words around the text are the interface's, the text may be in another language.
        self.lang = f'lang="{escape(get_language() or "")}"'
        self.labels = self._labels()

    def render(self, rows: Iterable[Row], starts: set[int]) -> SafeString:
        """All passages, one after the other."""
        return SafeString("\n".join([self._passage(row, row.number in starts) for row in rows]))

    def render_pieces(self, rows: Sequence[Row], starts: set[int]) -> Iterator[str]:
        """The same in pieces, the first little more than a screen; each is made when asked."""
        begin, signs, most = 0, 0, FIRST_SIGNS
        for end, row in enumerate(rows, 1):
            signs += len(row.text)
            if signs >= most or end == len(rows):
                between = "\n" if begin else ""
                yield f"{between}{self.render(rows[begin:end], starts)}"
                begin, signs, most = end, 0, PIECE_SIGNS

    def render_again(self, rows: Iterable[Row], starts: set[int]) -> SafeString:
        """Passages to take the place of those that a page shows."""
        swap = ' hx-swap-oob="true"'
        return SafeString(
            "\n".join([self._passage(row, row.number in starts, swap) for row in rows])
        )

    def render_exchanges(
        self, exchanges: Iterable[Exchange], *, address: str, opened: bool
    ) -> SafeString:
        """Question and answer pairs that fold; `address` is the reader page's."""
        made = [self._exchange(exchange, address, opened) for exchange in exchanges]
        return SafeString("\n".join(made))

    def _exchange(self, exchange: Exchange, address: str, opened: bool) -> str:
        number = exchange.number
        first = (exchange.question or exchange.answer)[0].number
        here = f"{first}".join(self.permalink)
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
            parts.append(
                f'<{tag} class="words" data-role="{escape(row.role)}" data-number="{row.number}">'
                f"{self.words(row)}</{tag}> "
            )
        return "".join(parts)

    def _passage(self, row: Row, starts_turn: bool, more: str = "") -> str:
        number, role = f"{row.number}", row.role
        tag, name = TAGS.get(role, "p"), ""
        if tag == "h2" and one_line(row.text) == self.title:
            more = f" data-again{more}"
        if starts_turn:
            name = self._name(row)
            more = f' data-speaker="{row.speaker_id}"{more}' if row.speaker_id else more
        problem = f'<span class="problem">{escape(row.problem)}</span>' if row.problem else ""
        before, after = self.labels[row.status]
        return (
            f'<div class="passage" id="p{number}" data-number="{number}"'
            f' data-revision="{row.revision}" data-role="{_escaped(role)}"{more}>'
            f'<div class="label">{number.join(before)}{problem}{number.join(after)}{name}</div>'
            f'<{tag} class="words">{self.words(row)}</{tag}></div>'
        )

    def _labels(self) -> dict[str, tuple[list[str], list[str]]]:
        """By its status what stands beside a passage, before and behind what its problem is.

        The same for all passages but for their number, which stands between the parts.
        """
        said = NUMBER.join(self.permalink)
        link = f'<a class="permalink" href="#p{NUMBER}" aria-label="{said}">{NUMBER}</a>'
        ways = "".join([
            f'<a class="say" href="{self.address}passages/{NUMBER}/{way}" {self.lang}'
            f' data-way="{way}" aria-label="{NUMBER.join(label)}">{sign}</a>'
            for way, sign, label in self.ways
        ])  # fmt: skip
        if len(self.ways) > 1:
            ways = f'<span class="ways">{ways}</span>'
        after = ways.split(NUMBER)
        return {
            status: (f"{link}{self._sign(status)}".split(NUMBER), after) for status in Status.values
        }

    def _sign_of(self, label: str) -> tuple[str, str]:
        """What is read out of a passage's status, around its number where it may be changed."""
        if not self.may_mark:
            return escape(label), ""
        said = _("Passage %(number)s: %(status)s. Change it")
        return _around_number(said.replace("%(status)s", label))

    def _sign(self, status: str) -> str:
        """How far a passage is: a sign of its own for each status."""
        said = (NUMBER if self.may_mark else "").join(self.signs[status])
        if self.may_mark:
            return (
                f'<a class="sign" href="{self.address}passages/{NUMBER}/status"'
                f' data-status="{status}" {self.lang} aria-label="{said}"></a>'
            )
        if status == Status.RAW:  # the head of the page says it for all
            return ""
        return (
            f'<span class="sign" role="img" data-status="{status}" {self.lang}'
            f' aria-label="{said}"></span>'
        )

    def _name(self, row: Row) -> str:
        role = self.roles.get(row.role, "")
        if not row.speaker:
            return f'<span class="speaker unnamed" {self.lang}>{role}</span>' if role else ""
        hidden = ""
        if row.role == "question":
            hidden = f'<span class="visually-hidden" {self.lang}>{role} – </span>'
        return f'{hidden}<b class="speaker">{escape(row.speaker)}</b>'

    def words(self, row: Row) -> str:
        """A passage's text as HTML, what is said of it and its numbered hits marked."""
        if self.find_hits is None and row.pk not in self.marks:
            return plain(row.text)  # most are
        hits = self.find_hits(row.text) if self.find_hits else ()
        first = self.hits + 1
        self.hits += len(hits)
        return self.marking.words(row.text, self.marks.get(row.pk, ()), hits, first)
