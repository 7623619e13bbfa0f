"""Django's admin behind our own sign-in, without the models that our pages manage."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

from django.contrib.admin import AdminSite
from django.contrib.auth.models import Group
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from diplowatch.lib.roles import Role, role_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

# Roles are groups that must not be renamed; secrets and second factors have their own pages.
ELSEWHERE = frozenset({"account", "mfa", "socialaccount"})


class HouseSite(AdminSite):
    """The admin site; rate limits and the second factor hold there too, as there is one way in."""

    site_title = site_header = "DiploWatch"
    index_title = _("Administration")

    def register(self, model_or_iterable: Any, *args: Any, **kwargs: Any) -> None:
        """Leave out what is managed elsewhere."""
        single = isinstance(model_or_iterable, type)
        models = [model_or_iterable] if single else list(model_or_iterable)
        kept = [m for m in models if m is not Group and m._meta.app_label not in ELSEWHERE]
        super().register(kept, *args, **kwargs)

    def has_permission(self, request: HttpRequest) -> bool:
        """Admins only, however the staff mark stands."""
        return role_of(request.user) >= Role.ADMIN

    def admin_view(self, view: Callable[..., Any], cacheable: bool = False) -> Any:
        """Refuse signed-in people who are no admins, instead of sending them to sign in."""
        inner = super().admin_view(view, cacheable)

        @wraps(inner)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            if request.user.is_authenticated and not self.has_permission(request):
                raise PermissionDenied
            return inner(request, *args, **kwargs)

        return guarded

    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """To the sign-in page of the house."""
        if self.has_permission(request):
            return redirect("admin:index")
        if request.user.is_authenticated:
            raise PermissionDenied
        return redirect_to_login(request.GET.get("next") or reverse("admin:index"), "account_login")

    def password_change(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> Any:
        """To the page of the house."""
        return redirect("account_change_password")
