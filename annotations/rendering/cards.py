"""Cards: one annotation each, with its replies, beside the words it is about."""

from __future__ import annotations

from functools import cache, cached_property
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from annotations.models import (
    Certainty,
    CorrectionState,
    EntityKind,
    FlagKind,
    LinkStatus,
    Motivation,
    TargetState,
)
from annotations.queries.said import name_said
from annotations.rendering.changes import render_change
from annotations.text.quotes import words_mark
from articles.models import Rule
from articles.queries.rules import allows
from diplowatch.lib.dates import day_words
from diplowatch.lib.roles import Role

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable, Sequence

    from annotations.queries.said import Card, TargetRow
    from articles.models import Article
    from diplowatch.lib.roles import Person

QUOTED = 240  # code points of a quote; a longer one loses its middle
VERIFIED = f', "status": "{LinkStatus.VERIFIED.value}"'
KEYS = {"accept": "y", "reject": "n", "confirm": "v"}
WIKIDATA_PAGE = "https://www.wikidata.org/wiki/"


class _Terms:
    """The words of cards in the language at hand; looked up once for each language."""

    def __init__(self) -> None:
        """Look them up."""
        self.kinds = {value: escape(str(label)) for value, label in EntityKind.choices}
        self.flags = {value: escape(str(label)) for value, label in FlagKind.choices}
        self.motivations = {value: escape(str(label)) for value, label in Motivation.choices}
        self.statuses = {value: escape(str(label)) for value, label in LinkStatus.choices}
        self.states = {
            TargetState.NEEDS_CHECK.value: escape(_("To check: its words have changed.")),
            TargetState.DETACHED.value: escape(_("Detached: its words are gone.")),
        }
        self.note = escape(_("Note on the article"))
        self.private = escape(_("Private"))
        self.corrections = {
            CorrectionState.PROPOSED.value: escape(_("Proposed correction")),
            CorrectionState.ACCEPTED.value: escape(_("Accepted correction")),
            CorrectionState.REJECTED.value: escape(_("Rejected correction")),
        }
        self.certainties = {value: escape(str(label)) for value, label in Certainty.choices}
        self.links = escape(_("Links with"))
        self.closed = escape(_("Closed by %(name)s, %(day)s"))
        self.decided = escape(_("Decided by %(name)s, %(day)s"))
        self.changed = escape(_("changed"))
        self.acts = {
            "edit": escape(_("Edit")), "reply": escape(pgettext("on a button", "Reply")),
            "remove": escape(_("Delete")),
            "verify": escape(_("Verify")), "link": escape(_("Link to this")),
            "history": escape(_("History")), "mentions": escape(_("Other mentions")),
            "accept": escape(pgettext("on a button", "Accept")), "amend": escape(_("Amend")),
            "reject": escape(pgettext("on a button", "Reject")),
            "confirm": escape(pgettext("on a button", "Confirm")),
        }  # fmt: skip


@cache
def _terms(_language: str) -> _Terms:
    return _Terms()


class CardRenderer:
    """Renders cards of one article for one person, who acts there in one role.

    `selected` is the annotation that stands out.
    """

    def __init__(self, *, article: Article, user: Person, role: Role, selected: str = "") -> None:
        """Nothing is rendered yet."""
        self.user, self.role, self.selected = user.pk, role, selected
        self.quote_lang = f' lang="{escape(article.language)}"' if article.language else ""
        self.lang = escape(get_language() or "")
        self.terms = _terms(self.lang)
        self.today = timezone.localdate()
        self.day = pgettext("date format of a day, short", "j N Y")

    def render(self, cards: Iterable[Card]) -> SafeString:
        """Cards, each followed by its replies in what is given, one after the other."""
        return SafeString("\n".join(self._cards(cards, "")))

    def render_again(self, cards: Iterable[Card]) -> SafeString:
        """Cards to take the place of those that a page shows."""
        return SafeString("\n".join(self._cards(cards, ' hx-swap-oob="true"')))

    def _cards(self, cards: Iterable[Card], swap: str) -> list[str]:
        made = []
        for _thread, some in groupby(cards, key=lambda card: card.parent or card.id):
            card, *replies = some
            made.append(self._card(card, "".join(map(self._reply, replies)), swap))
        return made

    def _card(self, card: Card, replies: str, swap: str) -> str:
        targets = card.targets or []
        inner = f'<div class="replies">{replies}</div>' if replies else ""
        return (
            f'<article class="card" id="c-{card.id}"{self._data(card)} tabindex="-1"{swap}>'
            f"{self._header(card, self._title(card))}"
            f"{''.join(self._quote(card, target) for target in targets)}"
            f"{self._about(card)}{self._correction(card)}{self._body(card)}"
            f"{self._decision(card)}{self._footer(card)}"
            f'<div class="card-form" id="f-{card.id}"></div>{inner}</article>'
        )

    def _reply(self, card: Card) -> str:
        return (
            f'<article class="card reply" id="c-{card.id}"{self._data(card)} tabindex="-1">'
            f"{self._header(card, escape(card.name))}{self._body(card)}{self._footer(card)}"
            f'<div class="card-form" id="f-{card.id}"></div></article>'
        )

    def _data(self, card: Card) -> str:
        said = [f' data-a="{card.id}" data-m="{card.motivation}" data-version="{card.version}"']
        first = _first_place(card.targets or [])
        values = {
            "kind": card.kind, "status": card.status, "by": card.by, "tag": card.tag,
            "correction": card.correction,
            "passage": first[0] if first else None, "start": first[1] if first else None,
        }  # fmt: skip
        said += [
            f' data-{name}="{value}"' for name, value in values.items() if value not in ("", None)
        ]
        if card.private:
            said.append(" data-private")
        if card.id == self.selected:
            said.append(' data-on aria-current="true"')
        return "".join(said)

    def _title(self, card: Card) -> str:
        if card.motivation == Motivation.IDENTIFYING:
            if card.entity is None:
                return self.terms.statuses[LinkStatus.NOT_IDENTIFIABLE]
            return f'<a href="/entities/{card.entity}/">{escape(card.label)}</a>'
        if card.motivation == Motivation.TAGGING:
            return escape(card.label)
        if card.motivation == Motivation.QUESTIONING:
            return self.terms.flags[card.kind]
        if card.motivation == Motivation.EDITING:
            return self.terms.corrections[card.correction]
        return self.terms.motivations[card.motivation] if card.targets else self.terms.note

    def _header(self, card: Card, title: str) -> str:
        said = [f"<b>{title}</b>"]
        if card.motivation == Motivation.IDENTIFYING and card.entity is not None:
            said.append(f'<span class="kind">{self.terms.kinds[card.kind]}</span>')
            said.append(f'<span class="status">{self.terms.statuses[card.status]}</span>')
        if card.private:
            said.append(f'<span class="private">{self.terms.private}</span>')
        if card.parent is None:
            said.append(f'<span class="by">{escape(name_said(card.name, card.by))}</span>')
        when = escape(self._when(card.created))
        changed = ""
        if card.version > 1:
            changed = f' title="{self.terms.changed} {escape(self._when(card.modified))}"'
        said.append(f'<time datetime="{card.created.isoformat()}"{changed}>{when}</time>')
        return f"<header>{' '.join(said)}</header>"

    def _when(self, moment: datetime.datetime) -> str:
        local = timezone.localtime(moment)
        if local.date() == self.today:
            return f"{local:%H:%M}"
        return day_words(local, self.day)

    def _quote(self, card: Card, target: TargetRow) -> str:
        _number, _start, _end, exact, state = target
        words = escape(shortened(exact))
        if card.motivation == Motivation.EDITING:
            words = self._change(card, exact)
        if state == TargetState.DETACHED:
            quoted = f'<blockquote{self.quote_lang} data-state="detached">{words}</blockquote>'
        else:
            quoted = f'<blockquote{self.quote_lang}><a href="#a-{card.id}">{words}</a></blockquote>'
        note = self.terms.states.get(state)
        return quoted if note is None else f'{quoted}<p class="state">{note}</p>'

    def _about(self, card: Card) -> str:
        """Who or what an entity is: the office at the article's date, else its description."""
        if card.motivation == Motivation.EDITING:
            return ""
        said = card.office or card.description
        parts = [escape(said)] if said else []
        if card.authority:
            value = escape(card.authority)
            parts.append(
                f'<a class="authority" href="{WIKIDATA_PAGE}{value}"'
                f' rel="noopener noreferrer">{value}</a>'
            )
        if not parts:
            return ""
        name = "office" if card.office else "about"
        return f'<p class="{name}">{" ".join(parts)}</p>'

    def _correction(self, card: Card) -> str:
        """What it puts in the place of which words, what is linked, how sure it is and why."""
        if card.motivation != Motivation.EDITING:
            return ""
        parts = []
        if card.entity is not None:
            parts.append(
                f'<p class="about">{self.terms.links} <a href="/entities/{card.entity}/">'
                f"{escape(card.label)}</a></p>"
            )
        said = [
            self.terms.flags.get(card.fault, ""), self.terms.certainties.get(card.certainty, ""),
            _evidence(card.evidence),
        ]  # fmt: skip
        if any(said):
            parts.append(f'<p class="why">{" · ".join(filter(None, said))}</p>')
        return "".join(parts)

    def _change(self, card: Card, exact: str) -> str:
        """Old words and new ones; of what is in the text already only these."""
        if card.correction == CorrectionState.ACCEPTED:
            return f"<ins>{escape(shortened(card.replacement))}</ins>"
        return render_change(exact, card.replacement)

    def _decision(self, card: Card) -> str:
        """Who decided on a proposal or closed a flag, and why."""
        if card.decided_at is None:
            return ""
        flag = card.motivation == Motivation.QUESTIONING
        said = (self.terms.closed if flag else self.terms.decided) % {
            "name": escape(card.decided_by or ""), "day": escape(self._when(card.decided_at)),
        }  # fmt: skip
        verdict = f" <q>{escape(card.verdict)}</q>" if card.verdict else ""
        return f'<p class="decision">{said}{verdict}</p>'

    def _body(self, card: Card) -> str:
        return f'<p class="body">{escape(card.body)}</p>' if card.body else ""

    def _footer(self, card: Card) -> str:
        own, address = card.by is not None and card.by == self.user, f"/a/{card.id}"
        least = Role.READER if card.private else Role.ANNOTATOR
        may_change = self.role >= (least if own else Role.EDITOR)
        parts = self._decisions(card, may_change=may_change)
        if (
            card.status == LinkStatus.UNVERIFIED
            and card.parent is None
            and self.role >= Role.EDITOR
        ):
            parts.append(
                self._button(card, "verify", "status", f', "status": "{LinkStatus.VERIFIED}"')
            )
        linked = card.motivation == Motivation.IDENTIFYING and card.entity is not None
        if linked and card.parent is None and self.role >= least:
            parts.append(self._form(card, "mentions", "mentions"))
        if may_change and card.correction in ("", CorrectionState.PROPOSED):
            name = "amend" if card.correction else "edit"
            parts.append(self._form(card, "edit", "edit", self.terms.acts[name]))
        if card.parent is None and self.role >= least:
            parts.append(self._form(card, "reply", "reply-form"))
        if may_change:
            parts.append(self._button(card, "remove", "remove"))
        if card.parent is None:
            parts.append(f'<a href="{address}" data-copy="{address}">{self.terms.acts["link"]}</a>')
        if card.version > 1:
            parts.append(f'<a href="{address}/history">{self.terms.acts["history"]}</a>')
        return f"<footer>{''.join(parts)}</footer>"

    def _decisions(self, card: Card, *, may_change: bool) -> list[str]:
        """Buttons that decide on a proposal, and that confirm what is to be checked."""
        parts = []
        if card.correction == CorrectionState.PROPOSED and self.role >= Role.EDITOR:
            if card.by is None or card.by != self.user or self._may_accept_own:
                parts.append(self._button(card, "accept", "accept"))
            parts.append(self._form(card, "reject", "reject"))
        waits = [one[3] for one in card.targets or () if one[4] == TargetState.NEEDS_CHECK]
        if waits and may_change and card.correction in ("", CorrectionState.PROPOSED):
            seen = f', "seen": "{words_mark(waits)}"'
            parts.append(self._button(card, "confirm", "confirm", seen))
        return parts

    @cached_property
    def _may_accept_own(self) -> bool:
        return allows(Rule.OWN_PROPOSALS)

    def _form(self, card: Card, act: str, tail: str, said: str = "") -> str:
        address = f"/a/{card.id}/{tail}"
        return (
            f'<a href="{address}" data-act="{act}"{_hint(act)} hx-get="{address}"'
            f' hx-target="#f-{card.id}"'
            f' hx-swap="innerHTML">{said or self.terms.acts[act]}</a>'
        )

    def _button(self, card: Card, act: str, tail: str, more: str = "") -> str:
        return (
            f'<button type="button" class="link needs-js" data-act="{act}"{_hint(act)}'
            f' hx-post="/a/{card.id}/{tail}" hx-swap="none"'
            f" hx-vals='{{\"version\": {card.version}{more}}}'>{self.terms.acts[act]}</button>"
        )


def _hint(act: str) -> str:
    return f' data-key-hint="{KEYS[act]}"' if act in KEYS else ""


def _evidence(said: str) -> str:
    """An address as a link, anything else as it is."""
    words = escape(shortened(said))
    if said.startswith(("https://", "http://")) and not any(sign.isspace() for sign in said):
        return f'<a href="{escape(said)}" rel="noopener noreferrer">{words}</a>'
    return words


def shortened(quote: str) -> str:
    """A quote of at most `QUOTED` code points; what is left out is its middle."""
    if len(quote) <= QUOTED:
        return quote
    return f"{quote[: QUOTED // 2].rstrip()} […] {quote[-QUOTED // 2 :].lstrip()}"


def _first_place(targets: Sequence[TargetRow]) -> TargetRow | None:
    """The first target that still has its words."""
    standing = [target for target in targets if target[4] != TargetState.DETACHED]
    return standing[0] if standing else None
