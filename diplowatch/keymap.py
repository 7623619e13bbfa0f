"""The keyboard: every act that has a key, by name; the help dialog and the browser read this."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True, slots=True)
class Shortcut:
    """An act by its name (JavaScript registers it with `key(name, …)`) and its usual key.

    Single characters may be changed or switched off by the person; named keys stay.
    """

    action: str
    key: str
    label: _StrPromise

    @property
    def shown(self) -> str:
        """The key as it is printed on keyboards here."""
        printed = {"Escape": _("Esc"), "Enter": _("Enter"), "Shift": _("Shift")}
        return "+".join(str(printed.get(part, part)) for part in self.key.split("+"))

    @property
    def changeable(self) -> bool:
        """Whether it is a single character."""
        return len(self.key) == 1


@dataclass(frozen=True, slots=True)
class Group:
    """Shortcuts under one heading of the help dialog."""

    title: _StrPromise
    shortcuts: tuple[Shortcut, ...]


GROUPS = (
    Group(
        _("Everywhere"),
        (
            Shortcut("search", "/", _("Search")),
            Shortcut("help", "?", _("Show this help")),
            Shortcut("close", "Escape", _("Close what is open")),
        ),
    ),
    Group(
        _("In the list"),
        (
            Shortcut("next", "j", _("Next article")),
            Shortcut("previous", "k", _("Previous article")),
            Shortcut("open", "Enter", _("Open the article")),
            Shortcut("select", "x", _("Select the article")),
            Shortcut("bulk", "b", _("To what is done with the selected articles")),
        ),
    ),
    Group(
        _("Proposals, and what is to be checked"),
        (
            Shortcut("accept", "y", _("Accept the proposal")),
            Shortcut("reject", "n", _("Reject the proposal")),
            Shortcut("confirm", "v", _("Confirm what is to be checked")),
        ),
    ),
    Group(
        _("While reading"),
        (
            Shortcut("next", "j", _("Next article of the list")),
            Shortcut("previous", "k", _("Previous article of the list")),
            Shortcut("next_hit", "n", _("Next place found")),
            Shortcut("previous_hit", "p", _("Previous place found")),
            Shortcut("next_work", "w", _("Next article that needs work")),
            Shortcut("back", "u", _("Back to the list")),
            Shortcut("next_annotation", "Alt+↓", _("Next annotation")),
            Shortcut("previous_annotation", "Alt+↑", _("Previous annotation")),
            Shortcut("resize", "b", _("Choose other words for the annotation")),
            Shortcut("edit", "i", _("Type the passage anew")),
            Shortcut("structure", "m", _("Structure: split, join, role, who speaks")),
            Shortcut("split", "S", _("Split the passage before the selected word")),
            Shortcut("merge", "J", _("Join the passage with the next")),
            Shortcut("texts", "o", _("Original, corrected, apparatus: the next of the three")),
            Shortcut("mark", "Shift+Enter", _("Mark the passage as proofread and go on")),
            Shortcut("elsewhere", "a", _("The same words elsewhere")),
            Shortcut("undo", "Ctrl+Z", _("Undo what you did last")),
            Shortcut("redo", "Ctrl+Shift+Z", _("Do it again")),
        ),
    ),
    Group(
        _("With words selected"),
        (
            Shortcut("caret", "s", _("Select with the keyboard; then widen to the sentence")),
            Shortcut("caret_words", "← →", _("Go by words; with Ctrl sign by sign")),
            Shortcut("caret_widen", "Shift+← →", _("Select more, or less")),
            Shortcut("caret_passages", "↑ ↓", _("Go to the passage before, or the next")),
            Shortcut("next_name", "g", _("Next name that nobody has linked")),
            Shortcut("previous_name", "G", _("The name before it")),
            Shortcut("replace", "r", _("Replace the words, or put some in at the caret")),
            Shortcut("highlight", "h", pgettext_lazy("on a button", "Highlight")),
            Shortcut("comment", "c", pgettext_lazy("on a button", "Comment")),
            Shortcut("entity", "e", _("Link an entity")),
            Shortcut("flag", "f", _("Flag as wrong")),
            Shortcut("tag", "t", pgettext_lazy("on a button", "Tag")),
            Shortcut("copy_quote", "q", _("Copy with citation")),
            Shortcut("send", "Ctrl+Enter", _("Save what you typed")),
        ),
    ),
)
