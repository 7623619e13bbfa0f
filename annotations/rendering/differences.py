"""What gave way and what took its place, as HTML."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from annotations.models import Certainty, FlagKind
from articles.models import Verb
from articles.text import excerpts
from articles.text.edits import minimal_edits

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    from annotations.queries.revisions import Made
    from articles.text.provenance import Run

CONTEXT = 90  # code points shown on either side of a change
LONGEST_COMPARED = 2_000  # code points; longer changes are shown as one
GAP = '<span class="left-out">…</span>'


def changed(old: str, new: str) -> str:
    """A change as `<del>` and `<ins>`, word by word where the words match up."""
    if not old or not new or len(old) + len(new) > LONGEST_COMPARED:
        return _del(old) + _ins(new)
    parts, at = [], 0
    for edit in minimal_edits(old, new):
        parts += [escape(old[at : edit.start]), _del(edit.removed), _ins(edit.inserted)]
        at = edit.end
    return "".join([*parts, escape(old[at:])])


def render_difference(old: str, new: str) -> SafeString:
    """The whole of a text with what went and what came marked in it, however long it is."""
    parts, at = [], 0
    for edit in minimal_edits(old, new):
        parts += [escape(old[at : edit.start]), _del(edit.removed), _ins(edit.inserted)]
        at = edit.end
    return SafeString("".join([*parts, escape(old[at:])]))


def difference(runs: Iterable[Run]) -> SafeString:
    """The changes of one text with some of the words around them."""
    listed = list(runs)
    parts = []
    for place, run in enumerate(listed):
        if run.is_changed:
            parts.append(changed(run.original, run.text))
            continue
        parts.append(_around(run.text, first=place == 0, last=place == len(listed) - 1))
    return SafeString("".join(parts))


def said_of(made: Made) -> str:
    """Who did it, when, why: in one line."""
    when = date_format(localtime(made.when), "SHORT_DATETIME_FORMAT")
    parts = [f"{who_of(made)}, {when}", *why_of(made)]
    return " · ".join(parts)


def who_of(made: Made) -> str:
    """The person's name, or the machine's."""
    return _("%(agent)s (machine)") % {"agent": _(made.who)} if made.is_machine else made.who


def why_of(made: Made) -> list[str]:
    """Verb, kind, reason, certainty and evidence, as far as they are said."""
    verb = str(Verb(made.verb).label) if made.verb in Verb.values else made.verb
    said = {name: getattr(made, name) for name in ("kind", "reason", "certainty", "evidence")}
    return [verb, *why_in(said)]


def why_in(data: Mapping[str, Any]) -> list[str]:
    """Kind, reason, certainty and evidence, as an act has them."""
    kind, sure = data.get("kind", ""), data.get("certainty", "")
    said = (
        dict(FlagKind.choices).get(kind, kind), data.get("reason"),
        dict(Certainty.choices).get(sure, sure), data.get("evidence"),
    )  # fmt: skip
    return [str(one) for one in said if one]


def _around(text: str, *, first: bool, last: bool) -> str:
    """Words between changes, the middle of them left out where they are many."""
    if first and last:
        return _cut(excerpts.after(text, 0, 2 * CONTEXT))
    if first:
        return _cut(excerpts.before(text, len(text), CONTEXT))
    if last:
        return _cut(excerpts.after(text, 0, CONTEXT))
    if len(text) > 2 * CONTEXT:
        head, tail = excerpts.after(text, 0, CONTEXT), excerpts.before(text, len(text), CONTEXT)
        return _cut(head) + _cut(tail).removeprefix(GAP)
    return escape(text)


def _cut(words: str) -> str:
    """Escaped, with the sign for what is left out at its ends as markup."""
    start, end = words.startswith(excerpts.CUT), words.endswith(excerpts.CUT)
    return (GAP if start else "") + escape(words[start : len(words) - end]) + (GAP if end else "")


def _del(words: str) -> str:
    return f"<del>{escape(words)}</del>" if words else ""


def _ins(words: str) -> str:
    return f"<ins>{escape(words)}</ins>" if words else ""
