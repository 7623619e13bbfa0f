"""Saying something: about places of a text, about the whole of it, in reply to somebody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from annotations.access import find_annotation, places_to_say, replying, role_to_say
from annotations.authorities.shapes import AuthorityFault
from annotations.forms.saying import Malformed, read_said, read_uuid
from annotations.models import LinkStatus, Motivation
from annotations.models.annotation import make_uuid
from annotations.queries.said import Card
from annotations.services import annotating
from annotations.services.annotating import Missing, NotHere, reply_to
from annotations.services.spans import Refused
from annotations.services.tags import find_tag, make_tag
from annotations.views.answers import Outcome, address_of, answer
from annotations.views.faults import refuse, sentence_for, status_of
from annotations.views.meant import entity_meant
from annotations.views.requests import is_htmx
from articles.access import get_article, signed_in, with_access
from articles.models import Article
from articles.queries.shelves import visible_shelves
from articles.services.log import Agent
from diplowatch.lib.roles import Role

if TYPE_CHECKING:
    import uuid

    from annotations.forms.saying import Said
    from annotations.models import Annotation
    from articles.models import Activity
    from articles.queries.shelves import Shelves
    from diplowatch.accounts.models import User


@require_POST
@with_access
def create_annotation(request: HttpRequest, pk: int) -> HttpResponse:
    """Say something about words of a text or about all of it."""
    user = signed_in(request)
    shelves = visible_shelves(user)
    typed = request.POST.get("body", "")
    try:
        said = read_said(request.POST)
    except Malformed as fault:
        get_article(request, pk, Role.READER)
        return refuse(request, fault, typed=typed, back=f"/articles/{pk}/")
    try:
        annotation, activity = say(user, shelves, pk, said)
    except NotHere as refused:
        get_article(request, pk, role_to_say(private=said.private))
        raise Http404 from refused
    except (Refused, AuthorityFault) as fault:
        get_article(request, pk, role_to_say(private=said.private))
        return refuse(request, fault, typed=typed, back=f"/articles/{pk}/")
    return answer(request, outcome_of(annotation, activity, shelves, said))


def say(user: User, shelves: Shelves, pk: int, said: Said) -> tuple[Annotation, Activity]:
    """Make what somebody wants to say, as far as that person may."""
    places = places_to_say(shelves, private=said.private)
    tag_id = said.tag_id
    if said.motivation == Motivation.TAGGING and tag_id is None:
        tag_id = _tag_named(said.tag_name, user, shelves, pk)
    entity_id, status = said.entity_id, ""
    if said.motivation == Motivation.IDENTIFYING:
        role = _role_at(pk, shelves)
        status = _status_for(said, role)
        if status != LinkStatus.NOT_IDENTIFIABLE:
            entity_id = entity_meant(said, Agent(user), role)
    return annotating.create_annotation(
        article_id=pk,
        agent=Agent(user),
        motivation=said.motivation,
        spans=said.spans,
        body=said.body,
        private=said.private,
        flag_kind=said.flag_kind,
        tag_id=tag_id,
        entity_id=entity_id,
        link_status=status,
        key=said.key,
        places=places,
    )


def outcome_of(annotation: Annotation, activity: Activity, shelves: Shelves, said: Said) -> Outcome:
    """What the making of an annotation did."""
    article = annotation.article
    return Outcome(
        article, shelves.roles[article.collection_id], _said(annotation), activity,
        changed=(annotation,), passages=sorted({span.passage for span in said.spans}),
        linked=annotation.entity_id is not None,
        card=_card(annotation, said) if annotating.is_new(annotation) else None,
    )  # fmt: skip


def _card(annotation: Annotation, said: Said) -> Card | None:
    """The card of what was just made; None where its tag or entity has to be asked for."""
    if annotation.tag_id or annotation.entity_id:
        return None
    targets = [[span.passage, span.start, span.end, span.exact, "anchored"] for span in said.spans]
    who = str(annotation.creator)
    status = annotation.link_status
    return Card(
        id=str(annotation.pk), parent=None, motivation=annotation.motivation,
        kind=annotation.flag_kind, status=status, private=annotation.private,
        by=annotation.creator_id, name=who, body=annotation.body, tag=None, label="", entity=None,
        description="", authority=None, office=None, version=annotation.version,
        created=annotation.created, modified=annotation.modified,
        status_by=who if status else None, status_at=annotation.status_at, targets=targets or None,
    )  # fmt: skip


def _said(annotation: Annotation) -> str:
    match annotation.motivation:
        case Motivation.HIGHLIGHTING:
            return _("Highlighted.")
        case Motivation.TAGGING:
            return _("Tagged.")
        case Motivation.IDENTIFYING:
            return _("Linked.")
        case Motivation.QUESTIONING:
            return _("Flagged.")
    return _("Comment saved.")


def _role_at(pk: int, shelves: Shelves) -> Role:
    """The person's role where the article is; nobody is anything where nothing is seen."""
    place = Article.objects.filter(pk=pk).values_list("collection_id", flat=True).first()
    return shelves.roles.get(place or 0, Role.ANONYMOUS)


def _status_for(said: Said, role: Role) -> str:
    """An editor's own choice is verified, anybody else's is not yet."""
    if said.status == LinkStatus.NOT_IDENTIFIABLE:
        return LinkStatus.NOT_IDENTIFIABLE
    if said.status == LinkStatus.UNVERIFIED or role < Role.EDITOR:
        return LinkStatus.UNVERIFIED
    return LinkStatus.VERIFIED


def _tag_named(name: str, user: User, shelves: Shelves, pk: int) -> int:
    """The tag of this name; editors make it where it is not there."""
    if not name:
        raise Missing("tag")
    found = find_tag(name)
    if found is None:
        if _role_at(pk, shelves) < Role.EDITOR:
            raise Missing("tag")
        found, _activity = make_tag(name=name, agent=Agent(user))
    return found.pk


@require_safe
@with_access
def show_reply_form(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """The form of a reply: in the card, or a page of its own."""
    user = signed_in(request)
    seen = find_annotation(request, pk)
    replying(visible_shelves(user), user)(seen.annotation)
    return _show_reply(request, seen.annotation)


@require_POST
@with_access
def reply_to_annotation(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Reply to an annotation."""
    user = signed_in(request)
    seen = find_annotation(request, pk)
    body = request.POST.get("body", "")
    shelves = visible_shelves(user)
    try:
        reply, activity = reply_to(
            annotation_id=pk,
            agent=Agent(user),
            body=body,
            allow=replying(shelves, user),
            key=read_uuid(request.POST, "id"),
        )
    except (Refused, Malformed) as fault:
        return _show_reply(
            request, seen.annotation, body=body, fault=sentence_for(fault), status=status_of(fault)
        )
    return answer(
        request,
        Outcome(
            reply.article, seen.role, _("Reply saved."), activity, changed=(reply,), passages=()
        ),
    )


def _show_reply(
    request: HttpRequest, annotation: Annotation, *, body: str = "", fault: str = "",
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    context = {
        "annotation": annotation,
        "article": annotation.article,
        "body": body,
        # Kept when the form comes back: sending it twice makes one.
        "key": request.POST.get("id") or make_uuid(),
        "fault": fault,
        "back": address_of(annotation.article, annotation),
    }
    template = (
        "annotations/_reply_form.html" if is_htmx(request) else "annotations/show_reply_form.html"
    )
    return render(request, template, context, status=status)
