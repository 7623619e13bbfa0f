"""Correcting words where they are read: editors at once, annotators by a proposal."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from annotations.access import editing, places_to_say
from annotations.authorities.shapes import AuthorityFault
from annotations.forms.correcting import read_wanted
from annotations.forms.saying import Malformed
from annotations.models import Annotation, Entity
from annotations.queries.offers import Memory
from annotations.rendering import render_passages
from annotations.services.annotating import Gone
from annotations.services.correcting import AlreadyCorrected, Link, correct_text, garbled_part
from annotations.services.linked import linked_part
from annotations.services.proposing import propose_correction
from annotations.services.spans import Refused, StaleSpan, WrongSpan
from annotations.services.stale import carry_spans
from annotations.views.answers import Outcome, answer
from annotations.views.faults import refuse, sentence_for, status_of
from annotations.views.meant import entity_meant
from annotations.views.requests import is_htmx
from articles.access import find_article, role_in, signed_in, with_access
from articles.queries.log import numbers_touched
from articles.services.log import Agent
from articles.text.wording import clean_words
from diplowatch.lib.roles import Role

if TYPE_CHECKING:
    from collections.abc import Iterable

    from annotations.forms.correcting import Wanted
    from articles.models import Activity, Article
    from articles.queries.shelves import Shelves
    from diplowatch.accounts.models import User

FIND = "/find/"  # where the same words elsewhere are corrected


@require_POST
@with_access
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Replace words of a text, link the new ones, remember the old ones: as far as one may."""
    user = signed_in(request)
    article, shelves = find_article(request, pk, Role.ANNOTATOR)
    typed = request.POST.get("replacement", "")
    back = article.get_absolute_url()
    try:
        wanted = read_wanted(request.POST)
        return answer(request, outcome_of_correction(user, article, shelves, wanted))
    except StaleSpan as fault:
        if is_htmx(request):
            return _refuse_stale(request, article, wanted, fault)
        return refuse(request, fault, typed=typed, back=back)
    except (Refused, Malformed, AuthorityFault) as fault:
        return refuse(request, fault, typed=typed, back=back)


def outcome_of_correction(
    user: User, article: Article, shelves: Shelves, wanted: Wanted
) -> Outcome:
    """Do what is wanted: a correction by editors, a proposal by others."""
    role = shelves.roles[article.collection_id]
    if role >= Role.EDITOR:
        return _correct(user, article, shelves, wanted)
    entity = entity_meant(wanted.said, Agent(user), role)
    proposal, activity = propose_correction(
        article_id=article.pk, span=wanted.span, replacement=wanted.replacement,
        agent=Agent(user), why=wanted.why, entity_id=entity, key=wanted.said.key,
        places=places_to_say(shelves, private=False),
    )  # fmt: skip
    return Outcome(
        proposal.article, role, _("Proposed."), activity, changed=(proposal,),
        passages=[wanted.span.passage],
    )  # fmt: skip


def _correct(user: User, article: Article, shelves: Shelves, wanted: Wanted) -> Outcome:
    role = shelves.roles[article.collection_id]
    # An entity that is made for it goes with a correction that cannot be, or was made before.
    makes = transaction.atomic() if wanted.said.entity_label else nullcontext()
    try:
        with makes:
            entity = entity_meant(wanted.said, Agent(user), role)
            link = _link(article, wanted, entity)
            done = correct_text(
                article_id=article.pk, span=wanted.span, replacement=wanted.replacement,
                agent=Agent(user), allow=editing(shelves), why=wanted.why, link=link,
                key=wanted.said.key,
            )  # fmt: skip
    except AlreadyCorrected as again:
        made = outcome_in_text(article, role, again.activity, user, _("Corrected."))
        return made
    text = _("Corrected and linked.") if link else _("Corrected.")
    activity = done.done.activity
    elsewhere = address_elsewhere(wanted.span.exact, wanted.replacement, entity, activity)
    return outcome_in_text(
        article, role, activity, user, text, link=done.link,
        numbers=done.done.operated[0].revisions, elsewhere=elsewhere,
    )  # fmt: skip


def outcome_in_text(
    article: Article, role: Role, activity: Activity, user: User, text: str, *,
    link: Annotation | None = None, numbers: Iterable[int] | None = None, elsewhere: str = "",
) -> Outcome:  # fmt: skip
    """What a page that shows the article needs after an act on its text: the link first.

    `numbers` are the passages that it changed, asked for where they are not given.
    """
    rows = _seen_rows(activity, user, link)
    standing = [one for one in rows if one.removed is None and one.decided_at is None]
    touched = numbers_touched(activity) if numbers is None else numbers
    return Outcome(
        article, role, text, activity, changed=standing,
        removed=[one for one in rows if one not in standing],
        passages=sorted(touched), linked=link is not None, elsewhere=elsewhere,
    )  # fmt: skip


def _seen_rows(activity: Activity, user: User, first: Annotation | None) -> list[Annotation]:
    """The annotations that an act changed, as far as the person may see them."""
    ids = [row["id"] for row in activity.data.get("rows") or () if row["model"] == "annotation"]
    if not ids:
        return []
    seen = Annotation.objects.filter(Q(private=False) | Q(creator=user), pk__in=ids)
    return sorted(seen, key=lambda one: (one.pk != (first.pk if first else None), one.pk))


def _link(article: Article, wanted: Wanted, entity: int | None) -> Link | None:
    """The link that is wanted; the words are remembered only where they are nothing else."""
    if entity is None:
        return None
    words = clean_words(wanted.replacement)
    if not Entity.objects.live().filter(pk=entity).exists():
        raise Gone("entity")
    part = wanted.part or linked_part(words, entity, article.language)
    if part is None:
        raise WrongSpan(wanted.span.passage, "range")
    link = Link(entity, *part, garbled=wanted.garbled)
    garbled = garbled_part(wanted.span.exact, words, link)
    remember = wanted.remember and Memory(garbled, article.language).may_keep(entity)
    return replace(link, remember=remember)


def address_elsewhere(words: str, replacement: str, entity: int | None, activity: Activity) -> str:
    """Where the same words elsewhere are shown, if there is such a page."""
    if not words.strip() or not replacement.strip():
        return ""
    try:
        resolve(FIND)
    except Resolver404:
        return ""
    asked = {"q": words, "replace": replacement, "entity": entity or "", "from": activity.pk}
    return f"{FIND}?{urlencode({name: value for name, value in asked.items() if value})}"


def _refuse_stale(
    request: HttpRequest, article: Article, wanted: Wanted, fault: StaleSpan
) -> HttpResponse:
    """Say it, with the passage as it stands now and where in it the words went."""
    said = {"error": sentence_for(fault), "code": fault.code}
    number = wanted.span.passage
    place = None
    if wanted.span.exact:
        try:
            carried = carry_spans(article.pk, [wanted.span])
        except (StaleSpan, WrongSpan):
            carried = None
        if carried and len(carried.spans) == 1:
            [span] = carried.spans
            number = span.passage
            place = {
                "passage": span.passage, "revision": span.revision, "start": span.start,
                "end": span.end, "exact": span.exact,
            }  # fmt: skip
    may_mark = role_in(request.user, article.collection) >= Role.EDITOR
    shown = render_passages(article, [number], request.user, may_mark=may_mark)
    found = {**said, "place": place, "html": shown}
    return JsonResponse(found, status=status_of(fault))
