"""The fields of a filter form that offer what there is to choose from."""

from __future__ import annotations

from functools import cache
from html import escape
from typing import TYPE_CHECKING, NamedTuple

from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from annotations.models import (
    CorrectionState,
    EntityKind,
    FlagKind,
    LinkStatus,
    Motivation,
    TargetState,
)
from annotations.queries.filters import CLOSED

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    Options = Sequence[tuple[str, str, bool]]  # value, words, whether it is chosen


class Choice(NamedTuple):
    """One thing to choose: its name, what people call it, and the values with their words."""

    name: str
    label: str
    options: list[tuple[str, str]]
    chosen: str


def decisions() -> list[tuple[str, str]]:
    """What may become of a proposal or a flag: values and words."""
    said = [(value, str(label)) for value, label in CorrectionState.choices]
    return [*said, (CLOSED, _("Closed flag"))]


def terms() -> dict[str, list[tuple[str, str]]]:
    """The fixed values that annotations are filtered by, with their words."""
    return _terms(get_language() or "")


@cache
def _terms(_language: str) -> dict[str, list[tuple[str, str]]]:
    offered = {
        "motivation": Motivation.choices,
        "kind": (*EntityKind.choices, *FlagKind.choices),
        "status": LinkStatus.choices,
        "state": TargetState.choices,
    }
    said = {
        name: [(str(value), str(label)) for value, label in choices]
        for name, choices in offered.items()
    }
    return said | {"decision": decisions()}


def render_choices(options: Mapping[str, Options]) -> SafeString:
    """A field for each filter that has something to choose from."""
    labels = {
        "motivation": _("What"), "kind": _("Kind"), "tag": _("Tag"), "by": _("By"),
        "status": _("Identification"), "state": _("In the text"),
        "decision": _("Decision"), "certainty": _("Certainty"),
    }  # fmt: skip
    every = f'<option value="">{escape(_("No matter which"))}</option>'
    fields = (_field(name, labels[name], every, some) for name, some in options.items() if some)
    return SafeString("".join(fields))


def render_selects(choices: Iterable[Choice]) -> SafeString:
    """A field for each choice, with what is chosen."""
    return SafeString(
        "".join(
            f'<label>{escape(one.label)} <select class="input" name="{one.name}">'
            f"{_options((value, words, value == one.chosen) for value, words in one.options)}"
            "</select></label>"
            for one in choices
        )
    )


def _field(name: str, label: str, every: str, options: Options) -> str:
    return (
        f'<label>{escape(label)} <select class="input" id="filter-{name}" name="{name}">'
        f"{every}{_options(options)}</select></label>"
    )


def _options(options: Iterable[tuple[str, str, bool]]) -> str:
    return "".join(
        f'<option value="{escape(value)}"{" selected" if chosen else ""}>{escape(words)}</option>'
        for value, words, chosen in options
    )
