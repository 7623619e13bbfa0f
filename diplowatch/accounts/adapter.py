"""Our answers to what allauth asks: who may have an account, and our words for what goes wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import Group
from django.utils.translation import gettext_lazy as _

from diplowatch.accounts.language import keep_language

if TYPE_CHECKING:
    from allauth.socialaccount.models import SocialLogin
    from django.contrib.auth.base_user import AbstractBaseUser
    from django.http import HttpRequest, HttpResponse

    from diplowatch.accounts.models import User

PASSWORD_VOID = _("You now sign in with your organisation’s account; your password here is void.")
MISMATCH = _("The name or the password is not right.")


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by admins; nobody signs up by themselves."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("This account has been closed."),
        "email_password_mismatch": MISMATCH,
        "username_password_mismatch": MISMATCH,
        "enter_current_password": _("This is not your current password."),
        "incorrect_password": _("This is not your password."),
        "too_many_login_attempts": _("Too many attempts. Please wait a few minutes."),
        "rate_limited": _("Too many attempts. Please wait a few minutes."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def post_login(
        self, request: HttpRequest, user: AbstractBaseUser, **kwargs: Any
    ) -> HttpResponse:
        """Bring the interface language kept with the account to this browser."""
        response: HttpResponse = super().post_login(request, user, **kwargs)
        language: str = getattr(user, "language", "")
        if language:
            keep_language(response, language)
        return response


class SecondFactorAdapter(DefaultMFAAdapter):
    """The second factor, in our words."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("This code is not right, or it is too old."),
    }


class ProviderAdapter(DefaultSocialAccountAdapter):
    """People who come from the organisation's own sign-in (OpenID Connect)."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Only where a role for newcomers is set; others are invited first, by e-mail address."""
        return bool(settings.OIDC_ROLE)

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Say it when allauth is about to void the password of an account found by its address.

        It does, once, unless the address is known to belong to whoever chose that password.
        """
        account, person = sociallogin.account, sociallogin.user
        if account.pk is not None or not sociallogin.is_existing or not person.is_active:
            return
        proven = EmailAddress.objects.filter(user=person, email__iexact=person.email, verified=True)
        if person.has_usable_password() and not proven.exists():
            messages.warning(request, PASSWORD_VOID)

    def save_user(self, request: HttpRequest, sociallogin: SocialLogin, form: Any = None) -> User:
        """A newcomer gets the role set for newcomers."""
        user: User = super().save_user(request, sociallogin, form)
        user.groups.set(Group.objects.filter(name=settings.OIDC_ROLE))
        return user
