"""`manage.py signin_link`: print a one-time sign-in link."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from diplowatch.accounts.models import User
from diplowatch.accounts.signin import ensure_first_admin, make_signin_link

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    """Print an address that signs a person in once."""

    help = "Print a one-time sign-in link (for the first admin, or a forgotten password)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whose, and at which address the house answers."""
        parser.add_argument("user", nargs="?", help="user name; the first admin by default")
        parser.add_argument("--base", help="address of the house, such as https://example.org")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Print the link and nothing else, so that it can be piped."""
        user = self._user(options["user"])
        self.stdout.write(make_signin_link(user, options["base"] or default_base()))

    def _user(self, name: str | None) -> User:
        if name is None:
            return ensure_first_admin()
        user = User.objects.filter(username=name, is_active=True).first()
        if user is None:
            raise CommandError(f"There is no active account named {name}.")
        return user


def default_base() -> str:
    """Where the house answers by default: its first host, or this machine."""
    if settings.LOCAL:
        return "http://127.0.0.1:8000"
    scheme = "https" if settings.HTTPS else "http"
    return f"{scheme}://{settings.ALLOWED_HOSTS[0].lstrip('.')}"
