"""Who the speakers of a text are, and everything that somebody answered."""

from __future__ import annotations

from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from annotations.access import identifying, may_identify
from annotations.models import Entity, LinkStatus, SpeakerIdentity
from annotations.queries.answers import find_answers
from annotations.queries.entities import EntityQuery, list_page
from annotations.services import speakers as services
from annotations.services.annotating import Gone
from annotations.services.spans import Refused
from annotations.views.entities import find_entity, frame, shelves_of
from annotations.views.faults import sentence_for
from articles.access import find_article, signed_in, with_access
from articles.models import Article, Speaker
from articles.queries.shelves import visible_shelves
from articles.services.log import Agent
from diplowatch.lib.dates import date_words
from diplowatch.lib.roles import Role

LONGEST = 400  # code points of words looked for


class Mine(NamedTuple):
    """What somebody chose while another said who a speaker is."""

    entity: Entity | None
    status: str
    label: str


def _mine(request: HttpRequest, entity: int | None) -> Mine:
    chosen = Entity.objects.live().filter(pk=entity).first() if entity else None
    status = request.POST.get("status", "")
    label = dict(LinkStatus.choices).get(status, _("Say nothing"))
    return Mine(chosen, status, str(label))


@require_http_methods(["GET", "POST"])
@with_access
def identify_speaker(request: HttpRequest, pk: int, speaker: int) -> HttpResponse:
    """Say which entity a speaker is, or that nobody can tell; annotators propose it."""
    article, shelves = find_article(request, pk)
    user, role = signed_in(request), shelves.roles[article.collection_id]
    if role < Role.ANNOTATOR:
        raise PermissionDenied
    spoken = Speaker.objects.filter(pk=speaker, article=article, retired=False).first()
    if spoken is None:
        raise Http404
    if request.method == "GET":
        return _show(request, article, spoken, role)
    typed = request.POST.get("entity", "")
    entity = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 19 else None
    try:
        _said, activity = services.identify_speaker(
            speaker_id=speaker, entity_id=entity, status=request.POST.get("status", ""),
            seen=request.POST.get("seen", ""), agent=Agent(user), allow=identifying(user, role),
        )  # fmt: skip
    except Refused as fault:
        is_stale = isinstance(fault, (services.StaleSpeaker, Gone))
        said = sentence_for(fault)
        if isinstance(fault, services.StaleSpeaker):
            said = _("Somebody has said meanwhile who this is.")
        mine = _mine(request, entity) if isinstance(fault, services.StaleSpeaker) else None
        status = 409 if is_stale else 422
        return _show(request, article, spoken, role, fault=said, status=status, mine=mine)
    tags = f"undo-{activity.pk}" if activity else ""
    messages.success(request, _("Saved.") if activity else _("Nothing was changed."), tags)
    return HttpResponseRedirect(article.get_absolute_url())


@require_safe
@with_access
def list_answers(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything that an entity answered or stated, with the questions."""
    shelves = shelves_of(request)
    entity = find_entity(pk)
    words = request.GET.get("q", "").replace("\0", "").strip()[:LONGEST]
    found = find_answers(shelves, entity, words, request.GET.get("after", ""))
    following = urlencode({"q": words, "after": found.after}) if found.after else ""
    context = frame(request, entity) | {
        "words": words,
        "answers": [(one, date_words(one.date, one.date_precision)) for one in found.items],
        "next": f"?{following}" if following else "",
    }
    return render(request, "annotations/list_answers.html", context)


def _show(
    request: HttpRequest, article: Article, speaker: Speaker, role: Role, *, fault: str = "",
    status: int = 200, mine: Mine | None = None,
) -> HttpResponse:  # fmt: skip
    people = SpeakerIdentity.objects.select_related("entity", "set_by")
    identity = people.filter(pk=speaker.pk).first()
    seen = services.stand_of(identity)
    verifies = role >= Role.EDITOR
    asked = EntityQuery.read({"q": request.GET.get("q", speaker.name), "kind": ""})
    context: dict[str, Any] = {
        "article": article,
        "speaker": speaker,
        "identity": identity,
        "seen": seen,
        "query": asked,
        "found": list_page(request.user, visible_shelves(request.user), asked, "").rows,
        "may": may_identify(identity if seen else None, request.user, role),
        "verifies": verifies,
        "waits": verifies and identity is not None and identity.entity is not None
        and identity.status == LinkStatus.UNVERIFIED,
        "statuses": [(LinkStatus.VERIFIED, LinkStatus.VERIFIED.label),
                     (LinkStatus.UNVERIFIED, LinkStatus.UNVERIFIED.label)]
        if verifies else [(LinkStatus.UNVERIFIED, _("Propose"))],
        "fault": fault,
        "mine": mine,
    }  # fmt: skip
    return render(request, "annotations/identify_speaker.html", context, status=status)
