"""Addresses of the account pages: ours, and those of allauth that this house uses.

They are named one by one: what a new version of allauth adds stays closed until it is listed here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account import views as account
from allauth.mfa.base import views as factor
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.socialaccount import views as provider
from allauth.socialaccount.providers.openid_connect import views as oidc
from django.http import Http404
from django.urls import path, re_path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from diplowatch.accounts.views import own, people, signin

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponseBase


def form(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A page with a form: GET and POST, never kept by a cache."""
    return require_http_methods(["GET", "HEAD", "POST"])(never_cache(view))


def page(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A page to look at: GET only, never kept by a cache."""
    return require_safe(never_cache(view))


def closed(request: HttpRequest) -> HttpResponseBase:
    """A page that allauth names and this house does not have."""
    raise Http404


urlpatterns = [
    path("first/<str:uidb64>/<str:token>/", signin.use_signin_link, name="use_signin_link"),
    path("settings/", own.edit_settings, name="edit_settings"),
    path("people/", people.list_people, name="list_people"),
    path("people/invite/", people.invite_person, name="invite_person"),
    path("people/<int:pk>/", people.show_person, name="show_person"),
    path("people/<int:pk>/role", people.change_role, name="change_role"),
    path("people/<int:pk>/address", people.change_address, name="change_address"),
    path("people/<int:pk>/close", people.close_account, name="close_account"),
    path("people/<int:pk>/reopen", people.reopen_account, name="reopen_account"),
    path("people/<int:pk>/link", people.make_link, name="make_link"),
    path("people/<int:pk>/factor", people.remove_second_factor, name="remove_second_factor"),
    # allauth: signing in and out
    path("login/", form(account.login), name="account_login"),
    path("logout/", form(account.logout), name="account_logout"),
    path("inactive/", page(account.account_inactive), name="account_inactive"),
    path("reauthenticate/", form(account.reauthenticate), name="account_reauthenticate"),
    # allauth: passwords
    path("password/set/", signin.choose_password, name="account_set_password"),
    path("password/change/", form(account.password_change), name="account_change_password"),
    path("password/reset/", form(account.password_reset), name="account_reset_password"),
    path(
        "password/reset/done/",
        page(account.password_reset_done),
        name="account_reset_password_done",
    ),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        form(account.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        page(account.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
    # allauth: the second factor
    path("2fa/", page(factor.index), name="mfa_index"),
    path("2fa/authenticate/", form(factor.authenticate), name="mfa_authenticate"),
    path("2fa/reauthenticate/", form(factor.reauthenticate), name="mfa_reauthenticate"),
    path("2fa/totp/activate/", form(totp.activate_totp), name="mfa_activate_totp"),
    path("2fa/totp/deactivate/", form(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("2fa/totp/code.svg", own.show_factor_picture, name="show_factor_picture"),
    path("2fa/recovery-codes/", page(codes.view_recovery_codes), name="mfa_view_recovery_codes"),
    path(
        "2fa/recovery-codes/generate/",
        form(codes.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "2fa/recovery-codes/download/",
        page(codes.download_recovery_codes),
        name="mfa_download_recovery_codes",
    ),
    # allauth: the organisation's own sign-in
    path("oidc/<str:provider_id>/login/", form(oidc.login), name="openid_connect_login"),
    path(
        "oidc/<str:provider_id>/login/callback/",
        form(oidc.callback),
        name="openid_connect_callback",
    ),
    path(
        "3rdparty/login/cancelled/",
        page(provider.login_cancelled),
        name="socialaccount_login_cancelled",
    ),
    path("3rdparty/login/error/", page(provider.login_error), name="socialaccount_login_error"),
    path("3rdparty/signup/", signin.refuse_signup, name="socialaccount_signup"),
    path("3rdparty/", closed, name="socialaccount_connections"),  # allauth asks for its address
]
