"""Why a text or a passage cannot be marked so, in the language at hand."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.services.marking import (
    AskedAlready,
    NotForThem,
    NotHandedOver,
    NothingLeft,
    StaleText,
)
from articles.services.statuses import CannotMark, NeedsReason, NotAnother

CONFLICT, INVALID = 409, 422


def status_of(fault: CannotMark) -> int:
    """409 for what changed meanwhile, 422 for what cannot be."""
    return CONFLICT if isinstance(fault, (StaleText, NotHandedOver, AskedAlready)) else INVALID


def why_not_marked(fault: CannotMark) -> str:
    """What is wrong and what to do."""
    if isinstance(fault, NeedsReason):
        return _("Say what the problem is.")
    if isinstance(fault, NotAnother):
        return _of_validating(fault)
    if isinstance(fault, StaleText):
        return _("Somebody changed it since you saw it. Load the page again, then mark it.")
    if isinstance(fault, NothingLeft):
        return _("No passage is left for that.")
    if isinstance(fault, NotForThem):
        return _("Choose another person, who is an editor of the collection.")
    if isinstance(fault, AskedAlready):
        return _("Meanwhile somebody else has asked.")
    if isinstance(fault, NotHandedOver):
        return _("This text no longer waits for you.")
    return _("This cannot be done.")


def _of_validating(fault: NotAnother) -> str:
    said = [_("Only another person than the one who proofread can validate.")]
    if fault.own:
        said.append(
            ngettext(
                "You proofread %(count)s passage of this yourself.",
                "You proofread %(count)s passages of this yourself.",
                fault.own,
            )
            % {"count": fault.own}
        )
    if fault.unread:
        said.append(
            ngettext(
                "%(count)s passage is not proofread yet.",
                "%(count)s passages are not proofread yet.",
                fault.unread,
            )
            % {"count": fault.unread}
        )
    return " ".join(said)
