"""What revisions did, as HTML: word differences, and structure in words."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from annotations.rendering.differences import CONTEXT, changed, difference
from articles.models import Role
from articles.text import excerpts
from articles.text.operations import Attribute, Merge, Split, Text, Voice
from articles.text.provenance import trace

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from articles.text.operations import ArticleState, Operation

MOST_EDITS = 5  # told of one operation
PILCROW, JOINED = '<ins class="pilcrow">¶</ins>', '<del class="pilcrow">¶</del>'


def say_operation(operation: Operation, before: ArticleState) -> SafeString:
    """What an operation did to the article as it stood `before`."""
    match operation:
        case Text(number):
            runs = trace({number: before.passages[number].text}, [(1, operation)])
            return difference(runs[number])
        case Split(number, at, gap, other):
            text = before.passages[number].text
            first = excerpts.before(text, at, CONTEXT)
            parts = escape(first), escape(excerpts.after(text, at + len(gap), CONTEXT))
            return _with(_("Split; the rest is passage %(number)s") % {"number": other},
                         PILCROW.join(parts))  # fmt: skip
        case Merge(number, _at, _gap, other):
            first, second = before.passages[number].text, before.passages[other].text
            head = escape(excerpts.before(first, len(first), CONTEXT))
            words = head + JOINED + escape(excerpts.after(second, 0, CONTEXT))
            return _with(_("Merged with passage %(number)s") % {"number": other}, words)
        case Attribute(_number, name, old, new):
            return SafeString(escape(say_attribute(name, old, new, before.voices)))
        case Voice(_position, old_voice, new_voice):
            return SafeString(escape(_voice(old_voice, new_voice)))


def say_briefly(operation: Operation) -> SafeString:
    """What an operation did, without the words around it."""
    match operation:
        case Text(_number, edits):
            shown = edits[:MOST_EDITS]
            said = [_short_change(edit.removed, edit.inserted) for edit in shown]
            more = [] if len(shown) == len(edits) else ["…"]
            return SafeString(" · ".join([*said, *more]))
        case Split(_number, _at, _gap, other):
            return SafeString(
                escape(_("Split; the rest is passage %(number)s") % {"number": other})
            )
        case Merge(_number, _at, _gap, other):
            return SafeString(escape(_("Merged with passage %(number)s") % {"number": other}))
        case Attribute(_number, name, old, new):
            if name == "speaker":
                return SafeString(escape(_("Speaker changed")))
            return SafeString(escape(say_attribute(name, old, new, {})))
        case Voice(_position, old_voice, new_voice):
            return SafeString(escape(_voice(old_voice, new_voice)))


def _short_change(old: str, new: str) -> str:
    """What gave way and what took its place, cut where it is long."""
    old, new = (excerpts.after(one, 0, CONTEXT) for one in (old, new))
    arrow = " → " if old and new else ""
    return changed(old, "") + arrow + changed("", new)


def say_attribute(name: str, old: Any, new: Any, voices: Mapping[int, Mapping[str, str]]) -> str:
    """A change of role, speaker or exchange in words."""
    labels = {"role": _("Role"), "speaker": _("Speaker"), "exchange": _("Exchange")}
    said = f"{_value(name, old, voices)} → {_value(name, new, voices)}"
    return _("%(name)s: %(value)s") % {"name": labels[name], "value": said}


def _value(name: str, value: Any, voices: Mapping[int, Mapping[str, str]]) -> str:
    if value is None:
        return _("none")
    if name == "role":
        return str(Role(value).label) if value in Role.values else str(value)
    if name == "speaker":
        return voices[value]["name"] if value in voices else "…"
    return str(value)


def _voice(old: Mapping[str, str] | None, new: Mapping[str, str] | None) -> str:
    if old is None:
        return _("Speaker added: %(name)s") % {"name": new["name"] if new else ""}
    if new is None:
        return _("Speaker taken away: %(name)s") % {"name": old["name"]}
    return _("Speaker renamed: %(old)s → %(new)s") % {"old": old["name"], "new": new["name"]}


def _with(said: str, words: str) -> SafeString:
    return SafeString(f'{escape(said)}: <span class="where">{words}</span>')
