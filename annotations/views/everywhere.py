"""Finding words in all texts, and correcting them there: one act, undone as one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from annotations.access import editing, places_to_say
from annotations.forms.everywhere import TICKS, address_of, read_places, read_wanted, read_why
from annotations.forms.saying import Malformed
from annotations.models import Certainty, Entity, FlagKind
from annotations.queries.everywhere import (
    Everywhere,
    TooSlow,
    WrongPattern,
    find_everywhere,
)
from annotations.rendering.changes import render_change
from annotations.services.everywhere import Spot, correct_everywhere
from annotations.services.spans import Refused
from annotations.text.ordinary import is_ordinary
from annotations.views.faults import refuse, sentence_for, status_of
from articles.access import signed_in, with_access
from articles.models import Activity
from articles.queries.live import live_article
from articles.queries.shelves import visible_shelves
from articles.rendering import grouped
from articles.services.log import Agent
from diplowatch.lib.dates import date_words
from diplowatch.lib.roles import Role, role_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from annotations.forms.everywhere import Named
    from annotations.queries.everywhere import Occurrence, Text, Wanted
    from annotations.services.everywhere import Done
    from articles.models import Article
    from articles.queries.shelves import Shelves
    from diplowatch.accounts.models import User

INVALID, CONFLICT = 422, 409


class Line(NamedTuple):
    """A place as the page shows it."""

    place: Occurrence
    change: SafeString


class Group(NamedTuple):
    """A text with its places."""

    text: Text
    date: str
    may_correct: bool
    lines: list[Line]


class Asked(NamedTuple):
    """Who asks for what."""

    user: User
    shelves: Shelves
    collections: list[int]  # where the person may say something
    wanted: Wanted


@require_http_methods(["GET", "HEAD", "POST"])
@with_access
def find_and_correct(request: HttpRequest) -> HttpResponse:
    """Show the places with what would stand there; correct those that are ticked, or propose to."""
    user = signed_in(request)
    sent = request.POST if request.method == "POST" else request.GET
    try:
        asked = _asked(user, sent)
        if request.method == "POST":
            return _apply(request, asked)
    except Malformed as fault:
        return refuse(request, fault, typed=sent.get("q", ""), back=reverse("find_and_correct"))
    return _show(request, asked, sent)


@require_safe
@with_access
def count_elsewhere(request: HttpRequest) -> HttpResponse:
    """How often the same words, and parts of them, stand in how many texts, as JSON."""
    user = signed_in(request)
    try:
        asked = _asked(user, request.GET)
        found = _find(asked)
    except (Malformed, TooSlow, WrongPattern):
        return JsonResponse(
            {"error": _("The server does not understand what was sent.")}, status=INVALID
        )
    return JsonResponse(
        {
            "places": len(found.places),
            "articles": len(found.texts),
            "more": found.is_capped,
            "text": _counted(found),
            "address": address_of(request.GET, reverse("find_and_correct")),
        }
    )


def _asked(user: User, sent: Mapping[str, str]) -> Asked:
    """Annotators propose, editors correct; expressions are for administrators."""
    shelves = visible_shelves(user)
    collections = places_to_say(shelves, private=False)
    wanted = read_wanted(sent)
    if not collections or (wanted.is_pattern and role_of(user) < Role.ADMIN):
        raise PermissionDenied
    return Asked(user, shelves, collections, wanted)


def _find(asked: Asked, chosen: Sequence[tuple[int, int]] | None = None) -> Everywhere:
    return find_everywhere(
        asked.wanted, asked.user, asked.collections, chosen=chosen,
        is_ordinary=partial(is_ordinary, language="fr"),
    )  # fmt: skip


# -- showing --------------------------------------------------------------------------------------


def _show(
    request: HttpRequest, asked: Asked, sent: Mapping[str, str], fault: str = "", status: int = 200
) -> HttpResponse:
    wanted = asked.wanted
    found = Everywhere()
    try:
        found = _find(asked)
    except TooSlow:
        fault, status = _("This takes too long to look for. Say more of the words."), INVALID
    except WrongPattern:
        fault, status = _("This is no regular expression."), INVALID
    editable = asked.shelves.editable()
    act = _act_before(sent, asked.user)
    context = {
        "wanted": wanted,
        "fault": fault,
        "sent": {name: sent.get(name, "") for name in ("from", *TICKS)},
        "entity": _entity(wanted),
        "origin": _origin(act, asked),
        "groups": [_group(text, editable) for text in found.texts],
        "counted": _counted(found) if found.texts else "",
        "forms": list(dict.fromkeys(place.form for place in found.places)),
        "may_correct": bool(editable),
        "may_use_patterns": role_of(asked.user) >= Role.ADMIN,
        "why": _why(sent, act),
        "flag_kinds": FlagKind.choices,
        "certainties": Certainty.choices,
        "as_proposals": sent.get("as") == "proposals" or not editable,
    }
    return render(request, "annotations/find_and_correct.html", context, status=status)


def _entity(wanted: Wanted) -> Entity | None:
    return Entity.objects.live().filter(pk=wanted.entity).first() if wanted.entity else None


def _group(text: Text, editable: Mapping[int, str]) -> Group:
    lines = [
        Line(place, SafeString(render_change(place.exact, place.replacement)))
        for place in text.places
    ]
    date = date_words(text.date, text.date_precision)
    return Group(text, date, text.collection in editable, lines)


def _why(sent: Mapping[str, str], act: Activity | None) -> Mapping[str, Any]:
    """What was typed, else what the person said of the correction that this comes from."""
    names = {"kind": "flag_kind", "reason": "reason", "certainty": "certainty",
             "evidence": "evidence"}  # fmt: skip
    said = {name: sent.get(field, "") for name, field in names.items()}
    if act is None or any(said.values()):
        return said
    return {name: act.data.get(name, "") for name in names}


def _origin(act: Activity | None, asked: Asked) -> Article | None:
    """The text of the correction that this comes from, as long as the person may see it."""
    if act is None or act.article_id is None:
        return None
    return live_article(act.article_id, asked.shelves.names)


def _act_before(sent: Mapping[str, str], user: User) -> Activity | None:
    """The person's own correction that led here."""
    before = sent.get("from", "")
    if not (before.isascii() and before.isdigit() and len(before) < 19):
        return None
    return Activity.objects.filter(pk=int(before), actor=user).first()


def _counted(found: Everywhere) -> str:
    """How often the words stand in how many texts, in a sentence."""
    count, texts = len(found.places), len(found.texts)
    articles = ngettext("%(count)s article", "%(count)s articles", texts) % {
        "count": grouped(texts)
    }
    if any(place.is_part for place in found.places):
        said = ngettext(
            "The same words, or parts of them, stand %(count)s time in %(articles)s.",
            "The same words, and parts of them, stand %(count)s times in %(articles)s.",
            count,
        )
    else:
        said = ngettext(
            "The same words stand %(count)s time in %(articles)s.",
            "The same words stand %(count)s times in %(articles)s.",
            count,
        )
    number = f"{grouped(count)}+" if found.is_capped else grouped(count)
    return said % {"count": number, "articles": articles}


# -- correcting -----------------------------------------------------------------------------------


def _apply(request: HttpRequest, asked: Asked) -> HttpResponse:
    post, wanted = request.POST, asked.wanted
    named = read_places(post.getlist("place"))
    as_proposals = not asked.shelves.editable() or post.get("as") == "proposals"
    if post.get("as") == "corrections" and as_proposals:
        raise PermissionDenied
    if not named or not wanted.words.strip():
        return _show(request, asked, post, _("Tick at least one place."), INVALID)
    if not wanted.replacement.strip():
        return _show(request, asked, post, _("Say what is to stand there."), INVALID)
    try:
        spots = _spots(asked, named, as_proposals=as_proposals)
        done = correct_everywhere(
            spots=spots, agent=Agent(asked.user), allow=_allow(asked, as_proposals=as_proposals),
            why=read_why(post), entity_id=wanted.entity, as_proposals=as_proposals,
        )  # fmt: skip
    except (TooSlow, WrongPattern):
        return _show(request, asked, post)
    except Refused as fault:
        return _show(request, asked, post, sentence_for(fault), status_of(fault))
    left_out = len(named) - len(done.spots)
    if done.activity is None:
        return _show(request, asked, post, _left_out(left_out), CONFLICT)
    messages.success(
        request, _done(done, as_proposals=as_proposals), extra_tags=f"undo-{done.activity.pk}"
    )
    if left_out:
        messages.warning(request, _left_out(left_out))
    return HttpResponseRedirect(address_of(post, reverse("find_and_correct")))


def _spots(asked: Asked, named: Sequence[Named], *, as_proposals: bool) -> list[Spot]:
    """The ticked places as they are found again; what stands otherwise by now is not among them."""
    found = _find(asked, [name[:2] for name in named])
    editable = asked.shelves.editable()
    wanted = set(named)
    return [
        Spot(*place[:7])
        for text in found.texts
        if as_proposals or text.collection in editable
        for place in text.places
        if place[:5] in wanted
    ]


def _allow(asked: Asked, *, as_proposals: bool) -> Callable[[set[int]], None]:
    if not as_proposals:
        return editing(asked.shelves)

    def allow(places: set[int]) -> None:
        if not places <= set(asked.collections):
            raise PermissionDenied

    return allow


def _done(done: Done, *, as_proposals: bool) -> str:
    count, texts = len(done.spots), len(done.articles)
    articles = ngettext("%(count)s article", "%(count)s articles", texts) % {
        "count": grouped(texts)
    }
    if as_proposals:
        said = ngettext(
            "%(count)s correction proposed in %(articles)s.",
            "%(count)s corrections proposed in %(articles)s.",
            count,
        )
    else:
        said = ngettext(
            "%(count)s place corrected in %(articles)s.",
            "%(count)s places corrected in %(articles)s.",
            count,
        )
    return said % {"count": grouped(count), "articles": articles}


def _left_out(count: int) -> str:
    said = ngettext(
        "%(count)s place is as it was: it was changed meanwhile, or is not yours to change.",
        "%(count)s places are as they were: they were changed meanwhile, or are not yours.",
        count,
    )
    return said % {"count": grouped(count)}
