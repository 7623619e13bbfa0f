"""What is said to somebody whose act was refused, and with which status."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from annotations.authorities.shapes import AuthorityFault
from annotations.forms.saying import Malformed
from annotations.services import changing
from annotations.services.annotating import (
    Decided,
    Gone,
    IdTaken,
    Missing,
    StaleAnnotation,
    TooLong,
)
from annotations.services.proposing import Displaced, OwnProposal
from annotations.services.spans import PassageElsewhere, Refused, StaleSpan, WrongSpan
from annotations.services.tags import StaleTag, TagExists
from annotations.views.requests import is_htmx

if TYPE_CHECKING:
    from typing import TypeAlias

    from django.http import HttpRequest

    Fault: TypeAlias = Refused | Malformed | AuthorityFault

FORBIDDEN, CONFLICT, INVALID = 403, 409, 422
CONFLICTS = (
    StaleSpan, StaleAnnotation, StaleTag, Gone, changing.Answered, changing.WordsChanged, Decided,
    Displaced,
)  # fmt: skip


def status_of(fault: Fault) -> int:
    """409 for what changed meanwhile, 403 for one's own proposals, 422 for what cannot be."""
    if isinstance(fault, OwnProposal):
        return FORBIDDEN
    return CONFLICT if isinstance(fault, CONFLICTS) else INVALID


def code_of(fault: Fault) -> str:
    """The fault in a word, for programs."""
    return fault.code if isinstance(fault, Refused) else "wrong"


def sentence_for(fault: Fault) -> str:
    """What is wrong and what to do, in the language at hand."""
    if isinstance(fault, AuthorityFault):
        return fault.reason
    if isinstance(fault, StaleSpan):
        return _("The text was changed since you saw it. Load the page again and select anew.")
    if isinstance(fault, PassageElsewhere):
        return _("This text has no passage %(number)s.") % {"number": fault.passage}
    if isinstance(fault, WrongSpan):
        return _of_span(fault)
    if isinstance(fault, Gone):
        return _gone(fault.what)
    if isinstance(fault, Missing):
        return _missing(fault.what)
    return _other(fault)


def _of_span(fault: WrongSpan) -> str:
    match fault.reason:
        case "blank":
            return _("Only blanks are selected. Select some words.")
        case "surrogate":
            return _("The selection cuts a character in two. Select anew.")
        case "twice":
            return _("The same words are selected twice.")
        case "many":
            return _("These are too many places for one annotation.")
        case "same":
            return _("The text says just that already.")
    return _("The selected words are not those of the text. Load the page again and select anew.")


def _gone(what: str) -> str:
    match what:
        case "tag":
            return _("This tag is no longer there. Choose another.")
        case "entity":
            return _("This entity is no longer there. Choose another.")
        case "word":
            return _("Somebody has taken this word off the list meanwhile.")
    return _("Somebody has deleted this annotation meanwhile.")


def _missing(what: str) -> str:
    match what:
        case "body":
            return _("Write something first.")
        case "tag":
            return _("Choose a tag.")
        case "name":
            return _("Give a name.")
        case "entity":
            return _("Choose an entity, or say that it is not identifiable.")
        case "kind":
            return _("Say what is wrong with these words.")
        case "place":
            return _("Select some words first.")
        case "proposals":
            return _("There is none that can be accepted without looking.")
    return _("The server does not understand what was sent.")


def _other(fault: Fault) -> str:
    if isinstance(fault, Decided):
        return _("Somebody has decided on this proposal meanwhile.")
    if isinstance(fault, OwnProposal):
        return _("Somebody else has to accept what you proposed.")
    if isinstance(fault, Displaced):
        return _(
            "The words of this proposal are gone or were parted. Reject it, or amend the text."
        )
    if isinstance(fault, TooLong):
        return _("This is too long to be kept. Shorten it.")
    if isinstance(fault, StaleAnnotation):
        return _("Somebody changed this annotation meanwhile.")
    if isinstance(fault, StaleTag):
        return _("Somebody changed this tag meanwhile.")
    if isinstance(fault, TagExists):
        return _("There is a tag of this name already.")
    if isinstance(fault, changing.WordsChanged):
        return _("Its words were changed again since you saw it. Look at them once more.")
    if isinstance(fault, changing.Answered):
        return _("Others have replied to it: only an editor can delete it, nobody can hide it.")
    if isinstance(fault, IdTaken):
        return _("Something else was saved under this id. Load the page again.")
    return _("The server does not understand what was sent.")


def refuse(request: HttpRequest, fault: Fault, *, typed: str = "", back: str = "/") -> HttpResponse:
    """Say it to the page's script as JSON, or on a page that keeps what was typed."""
    if is_htmx(request):
        said = {"error": sentence_for(fault), "code": code_of(fault)}
        return JsonResponse(said, status=status_of(fault))
    context = {"reason": sentence_for(fault), "typed": typed, "back": back}
    return render(request, "annotations/refused.html", context, status=status_of(fault))
