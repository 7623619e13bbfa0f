"""Fetch and authorise in one call: what may not be seen is not found, what may not be done refused.

Anonymous people are sent to the sign-in page where one of these refuses them; a page's script is
told, so that what was typed stays on the page.
"""

from __future__ import annotations

import json
from functools import wraps
from typing import TYPE_CHECKING, Concatenate, NoReturn, ParamSpec, TypeAlias, TypeVar

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db import OperationalError, connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from psycopg.errors import DeadlockDetected

from articles.models import Collection, ImportBatch, Membership
from articles.queries.live import live_article
from articles.queries.shelves import Shelves, visible_shelves
from diplowatch.lib.roles import Role, role_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from articles.models import Article
    from diplowatch.accounts.models import User
    from diplowatch.lib.roles import Person

MOST_TRIES = 3  # of an act that waits in a ring with others

P = ParamSpec("P")
R = TypeVar("R", bound=HttpResponseBase)
View: TypeAlias = "Callable[Concatenate[HttpRequest, P], R]"


class SignInNeeded(Exception):
    """An anonymous person asked for what needs an account."""


def with_access(view: View[P, R]) -> View[P, R | HttpResponse]:
    """Send anonymous people to sign in where the view's fetching refuses them."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> R | HttpResponse:
        try:
            return _unknotted(view, request, *args, **kwargs)
        except SignInNeeded:
            if request.headers.get("HX-Request"):
                return _tell_signed_out()
            return redirect_to_login(request.get_full_path(), settings.LOGIN_URL)

    return guarded


def _unknotted(view: View[P, R], request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> R:
    """Ask again where two acts waited for each other: the database let one of them go, whole."""
    for _try in range(MOST_TRIES - 1):
        try:
            return view(request, *args, **kwargs)
        except OperationalError as fault:
            if not isinstance(fault.__cause__, DeadlockDetected) or connection.in_atomic_block:
                raise
    return view(request, *args, **kwargs)


def _tell_signed_out() -> HttpResponse:
    """To a script, which would take the sign-in page for the answer to what it sent."""
    said = _("You are not signed in any more. Load the page again; what you typed is kept.")
    response = JsonResponse({"error": said, "code": "signed_out"}, status=401)
    response["HX-Trigger"] = json.dumps({"toast": {"text": said, "level": "error"}})
    return response


def role_in(user: Person, collection: Collection) -> Role:
    """The person's role in a collection: the membership's, else the global one; admins stay.

    Nobody is anything in a collection that they may not see.
    """
    role = role_of(user)
    if role is Role.ADMIN or not user.is_authenticated:
        return role
    if not Collection.objects.visible_to(user).filter(pk=collection.pk).exists():
        return Role.ANONYMOUS
    members = Membership.objects.filter(collection=collection, user=user)
    given = members.values_list("role", flat=True).first()
    return role if given is None else Role(given)


def require(user: Person, role: Role, collection: Collection | None = None) -> None:
    """Refuse whoever is below the role (in the collection, where one is given)."""
    if role is Role.ANONYMOUS:
        return
    held = role_of(user) if collection is None else role_in(user, collection)
    if held < role:
        _refuse(user)


def may_import(user: Person, collection: Collection | None = None) -> bool:
    """Admins may; editors (of the collection) unless it is switched off for them."""
    held = role_of(user) if collection is None else role_in(user, collection)
    return held >= importing_role()


def importing_role() -> Role:
    """The least role that may import."""
    return Role.EDITOR if settings.EDITORS_IMPORT else Role.ADMIN


def may_import_somewhere(user: Person) -> bool:
    """Whether there may be a collection for this person to import into; no query for editors."""
    if may_import(user):
        return True
    if not user.is_authenticated or not settings.EDITORS_IMPORT:
        return False
    return Membership.objects.filter(user_id=user.pk, role__gte=Role.EDITOR).exists()


def signed_in(request: HttpRequest) -> User:
    """The person with an account behind the request."""
    if not request.user.is_authenticated:
        raise SignInNeeded
    return request.user


def find_article(
    request: HttpRequest, pk: int, role: Role = Role.ANONYMOUS
) -> tuple[Article, Shelves]:
    """A live article that the person may see, with its file's name; and all they may see.

    They are refused who may not act on it as `role`.
    """
    shelves = visible_shelves(request.user)
    article = live_article(pk, shelves.names)
    if article is None:
        _not_there(request)
    if shelves.roles[article.collection_id] < role:
        _refuse(request.user)
    return article, shelves


def get_article(request: HttpRequest, pk: int, role: Role = Role.ANONYMOUS) -> Article:
    """A live article that the person may see and act on as `role`."""
    return find_article(request, pk, role)[0]


def get_collection(request: HttpRequest, pk: int, role: Role = Role.ANONYMOUS) -> Collection:
    """A collection that the person may see and act on as `role`."""
    collection = Collection.objects.visible_to(request.user).filter(pk=pk).first()
    if collection is None:
        _not_there(request)
    require(request.user, role, collection)
    return collection


def get_batch(request: HttpRequest, pk: str) -> ImportBatch:
    """An import batch of one's own, or any for admins."""
    user = signed_in(request)
    batch = ImportBatch.objects.filter(pk=pk).select_related("collection").first()
    if batch is None or not is_in_hands_of(batch, user):
        _not_there(request)
    if batch.collection is not None and role_in(user, batch.collection) is Role.ANONYMOUS:
        _not_there(request)
    if not may_import(user, batch.collection):
        raise PermissionDenied
    return batch


def is_in_hands_of(batch: ImportBatch, user: Person) -> bool:
    """Whether a batch is the person's own, as any is of admins."""
    return batch.creator_id == user.pk or role_of(user) >= Role.ADMIN


def _refuse(user: Person) -> NoReturn:
    if not user.is_authenticated:
        raise SignInNeeded
    raise PermissionDenied


def _not_there(request: HttpRequest) -> NoReturn:
    if not request.user.is_authenticated:
        raise SignInNeeded
    raise Http404
