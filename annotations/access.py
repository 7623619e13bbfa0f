"""Who may say, change and undo what: each check raises, where somebody may not, what views answer.

What may not be seen is not found (404), what may not be done refused (403).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.core.exceptions import PermissionDenied
from django.http import Http404

from annotations.models import Annotation, LinkStatus, SpeakerIdentity
from articles.access import SignInNeeded, require
from articles.models import Article, Verb
from articles.queries.shelves import visible_shelves
from articles.services.reversing import is_of_text
from diplowatch.lib.roles import Role

if TYPE_CHECKING:
    import uuid
    from collections.abc import Callable

    from django.http import HttpRequest

    from articles.models import Activity
    from articles.queries.shelves import Shelves
    from diplowatch.accounts.models import User
    from diplowatch.lib.roles import Person

    Allow = Callable[[Annotation], None]

# Acts on what belongs to no article: they need the role that a person has everywhere.
EVERYWHERE = frozenset({Verb.ENTITY, Verb.MERGE, Verb.VOCABULARY})


class Seen(NamedTuple):
    """An annotation that a person may see, and the person's role where it is."""

    annotation: Annotation
    role: Role


def role_to_say(*, private: bool) -> Role:
    """What somebody must be to say something: any reader may for their own eyes."""
    return Role.READER if private else Role.ANNOTATOR


def places_to_say(shelves: Shelves, *, private: bool) -> list[int]:
    """The collections where the person may say something."""
    least = role_to_say(private=private)
    return [pk for pk, role in shelves.roles.items() if role >= least]


def may_change(annotation: Annotation, user: Person, role: Role) -> bool:
    """Whether the person, of this role there, may change or delete it: one's own, editors all."""
    if annotation.creator_id == user.pk:
        return role >= role_to_say(private=annotation.private)
    return role >= Role.EDITOR and not annotation.private


def find_annotation(request: HttpRequest, pk: uuid.UUID) -> Seen:
    """A live annotation that the person may see, its article with it."""
    shelves = visible_shelves(request.user)
    found = Annotation.objects.live().filter(
        pk=pk, article__removed__isnull=True, article__collection_id__in=shelves.ids
    )
    annotation = found.select_related("article").first()
    if annotation is None or not _is_seen(annotation, request.user):
        if not request.user.is_authenticated:
            raise SignInNeeded
        raise Http404
    return Seen(annotation, shelves.roles[annotation.article.collection_id])


def get_annotation(request: HttpRequest, pk: uuid.UUID) -> Seen:
    """A live annotation that the person may change."""
    seen = find_annotation(request, pk)
    if not may_change(seen.annotation, request.user, seen.role):
        if not request.user.is_authenticated:
            raise SignInNeeded
        raise PermissionDenied
    return seen


def changing(shelves: Shelves, user: User) -> Allow:
    """A check of an annotation that somebody wants to change or delete."""

    def allow(annotation: Annotation) -> None:
        role = _role_at(annotation, shelves, user)
        if not may_change(annotation, user, role):
            raise PermissionDenied

    return allow


def replying(shelves: Shelves, user: User) -> Allow:
    """A check of an annotation that somebody wants to reply to."""

    def allow(annotation: Annotation) -> None:
        role = _role_at(annotation, shelves, user)
        if role < role_to_say(private=annotation.private):
            raise PermissionDenied

    return allow


def deciding(shelves: Shelves, user: User) -> Allow:
    """A check of a proposal that somebody wants to accept or reject: editors do."""

    def allow(annotation: Annotation) -> None:
        if _role_at(annotation, shelves, user) < Role.EDITOR:
            raise PermissionDenied

    return allow


def editing(shelves: Shelves) -> Callable[[set[int]], None]:
    """A check of the collections whose texts somebody wants to change."""

    def allow(places: set[int]) -> None:
        if not places <= shelves.roles.keys():
            raise Http404
        if any(shelves.roles[place] < Role.EDITOR for place in places):
            raise PermissionDenied

    return allow


def may_identify(identity: SpeakerIdentity | None, user: Person, role: Role) -> bool:
    """Whether the person may say who a speaker is: annotators where nobody else has, editors all.

    `identity` is what is said so far; None where nothing is.
    """
    if role >= Role.EDITOR or identity is None:
        return role >= Role.ANNOTATOR
    return role >= Role.ANNOTATOR and identity.set_by_id == user.pk


def identifying(user: User, role: Role) -> Callable[[SpeakerIdentity | None, str], None]:
    """A check of what is said of a speaker, and of the status that somebody wants to give it."""

    def allow(identity: SpeakerIdentity | None, status: str) -> None:
        may_give = role >= Role.EDITOR or status != LinkStatus.VERIFIED
        if not (may_give and may_identify(identity, user, role)):
            raise PermissionDenied

    return allow


def undoing(activity: Activity, shelves: Shelves, user: User) -> Callable[[set[int]], None]:
    """A check of an act that somebody wants to undo: one's own, editors those of others too.

    What changes texts, or decides what does, is for editors, whoever did it.
    """

    def allow(places: set[int]) -> None:
        own = activity.actor_id == user.pk
        if activity.private and not own:
            raise Http404
        if activity.verb in EVERYWHERE or not places:
            require(user, Role.EDITOR)
            return
        if not places <= shelves.roles.keys():
            raise Http404
        decides = activity.verb == Verb.DECIDE or is_of_text(activity)
        least = role_to_say(private=activity.private) if own and not decides else Role.EDITOR
        if any(shelves.roles[place] < least for place in places):
            raise PermissionDenied

    return allow


def _role_at(annotation: Annotation, shelves: Shelves, user: Person) -> Role:
    places = Article.objects.live().filter(pk=annotation.article_id)
    place = places.values_list("collection_id", flat=True).first()
    if place not in shelves.roles or not _is_seen(annotation, user):
        raise Http404
    return shelves.roles[place]


def _is_seen(annotation: Annotation, user: Person) -> bool:
    return not annotation.private or annotation.creator_id == user.pk
