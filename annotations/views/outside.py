"""What authorities propose for a name: filled in below the local answers when it comes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from annotations.authorities import asking
from annotations.authorities.shapes import AuthorityFault
from annotations.models import EntityIdentifier
from annotations.models.entity import LABEL_LENGTH
from annotations.queries.offers import offers_of_outside
from annotations.views.picking import replaced_words
from articles.access import signed_in, with_access

if TYPE_CHECKING:
    from annotations.authorities.shapes import Outside


@require_safe
@with_access
def ask_authority(request: HttpRequest) -> HttpResponse:
    """The candidates of one authority as options; where it is down, a line that says so."""
    signed_in(request)
    authority = request.GET.get("authority", "")
    names = asking.authorities()
    if authority not in names:
        raise Http404
    words = request.GET.get("q", "").partition("::")[0].strip()[:LABEL_LENGTH]
    found: list[Outside] = []
    fault = ""
    try:
        found = asking.search(authority, words) if words else []
    except AuthorityFault as refused:
        fault = refused.reason
    replaced, language = replaced_words(request), request.GET.get("language", "")
    labels = {(one.authority, one.value): one.label for one in found}
    offers = offers_of_outside(replaced, language, labels) if replaced and found else {}
    context = {
        "found": [(one, offers.get((one.authority, one.value))) for one in found],
        "fault": fault,
        "name": names[authority],
        "known": _known(found),
    }
    return render(request, "annotations/_outside.html", context)


def _known(found: list[Outside]) -> dict[str, int]:
    """The local entities of these ids: choosing one of them asks nobody."""
    standing = EntityIdentifier.objects.filter(
        authority__in={one.authority for one in found},
        value__in=[one.value for one in found],
        retired=False,
        entity__retired=False,
    )
    return dict(standing.values_list("value", "entity_id"))
