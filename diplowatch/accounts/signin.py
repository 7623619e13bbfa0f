"""One-time sign-in links: for the first admin, for people invited, for forgotten passwords."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.db import transaction
from django.urls import reverse
from django.utils.encoding import force_bytes, force_str
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode

from diplowatch.accounts.models import User
from diplowatch.accounts.services import active_admins
from diplowatch.lib.roles import Role

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser

FIRST_ADMIN = "admin"


class SigninTokens(PasswordResetTokenGenerator):
    """Tokens good for one sign-in within PASSWORD_RESET_TIMEOUT; never good as a reset key."""

    key_salt = "diplowatch.accounts.signin"

    def _make_hash_value(self, user: AbstractBaseUser, timestamp: int) -> str:
        # To the microsecond: two sign-ins within one second are two.
        moment = "" if user.last_login is None else user.last_login.isoformat()
        return f"{user.pk}:{user.password}:{moment}:{user.is_active}:{timestamp}"


tokens = SigninTokens()


def make_signin_link(user: User, base_url: str) -> str:
    """The address that signs this person in once; `base_url` is like "https://example.org"."""
    uid = urlsafe_base64_encode(force_bytes(user.pk))
    path = reverse("use_signin_link", args=(uid, tokens.make_token(user)))
    return base_url.rstrip("/") + path


def find_by_link(uidb64: str, token: str, *, lock: bool = False) -> User | None:
    """Whom the link signs in; None once it is used, expired, altered or the account is closed."""
    try:
        pk = int(force_str(urlsafe_base64_decode(uidb64)))
    except (ValueError, OverflowError):
        return None
    people = User.objects.select_for_update(of=("self",)) if lock else User.objects.all()
    user = people.filter(pk=pk, is_active=True).first()
    return user if user is not None and tokens.check_token(user, token) else None


@transaction.atomic
def ensure_first_admin() -> User:
    """The admin of a new house, made if it has none; without a password until the link is used."""
    from django.contrib.auth.models import Group

    admins = active_admins().order_by("pk")
    known = admins.filter(username=FIRST_ADMIN).first() or admins.first()
    if known is not None:
        return known
    user, _made = User.objects.get_or_create(username=FIRST_ADMIN)
    user.is_staff = user.is_superuser = user.is_active = True
    if not user.password:
        user.set_unusable_password()
    user.full_clean()
    user.save()
    group, _made = Group.objects.get_or_create(name=Role.ADMIN.group)
    user.groups.set([group])
    return user
