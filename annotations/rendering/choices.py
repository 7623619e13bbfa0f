"""The fields of a filter form that offer what there is to choose from."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from annotations.models import CorrectionState
from annotations.queries.filters import CLOSED

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Options = Sequence[tuple[str, str, bool]]  # value, words, whether it is chosen


def decisions() -> list[tuple[str, str]]:
    """What may become of a proposal or a flag: values and words."""
    said = [(value, str(label)) for value, label in CorrectionState.choices]
    return [*said, (CLOSED, _("Closed flag"))]


def render_choices(options: Mapping[str, Options]) -> SafeString:
    """A field for each filter that has something to choose from."""
    labels = {
        "motivation": _("What"), "kind": _("Kind"), "tag": _("Tag"), "by": _("By"),
        "status": _("Status"), "state": _("Place"),
        "decision": _("Decision"), "certainty": _("Certainty"),
    }  # fmt: skip
    every = f'<option value="">{escape(_("All"))}</option>'
    fields = (_field(name, labels[name], every, some) for name, some in options.items() if some)
    return SafeString("".join(fields))


def _field(name: str, label: str, every: str, options: Options) -> str:
    made = "".join(
        f'<option value="{escape(value)}"{" selected" if chosen else ""}>{escape(words)}</option>'
        for value, words, chosen in options
    )
    return (
        f'<label>{escape(label)} <select class="input" id="filter-{name}" name="{name}">'
        f"{every}{made}</select></label>"
    )
