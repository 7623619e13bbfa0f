"""Who may manage people."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeAlias, cast

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse

from diplowatch.accounts.models import User
from diplowatch.lib.roles import Role, role_of

if TYPE_CHECKING:
    from collections.abc import Callable

P = ParamSpec("P")
View: TypeAlias = "Callable[Concatenate[HttpRequest, P], HttpResponse]"


def admin_required(view: View[P]) -> View[P]:
    """Anonymous people are sent to sign in, others than admins refused."""

    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if role_of(request.user) < Role.ADMIN:
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return cast("View[P]", guarded)


def acting(request: HttpRequest) -> User:
    """The signed-in person; only behind `login_required` or `admin_required`."""
    return cast("User", request.user)


def get_person(pk: int) -> User:
    """Anybody with an account, closed ones too."""
    person = User.objects.filter(pk=pk).first()
    if person is None:
        raise Http404
    return person
