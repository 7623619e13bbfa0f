"""System checks: a configuration that is wrong is named before anybody is served."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import connections

from diplowatch.lib.roles import BY_GROUP, Role

if TYPE_CHECKING:
    from collections.abc import Sequence

OLDEST = 150000  # PostgreSQL 15, as the server tells its version
EXTENSIONS = ("pg_trgm",)  # finds names typed with a slip
SHORTEST_SECRET = 32


@register(Tags.security)
def check_hosts(**_kwargs: Any) -> list[CheckMessage]:
    """The hosts are named, and what faces others is closed."""
    found: list[CheckMessage] = []
    if "*" in settings.ALLOWED_HOSTS:
        hint = "Name the hosts: DIPLOWATCH_HOSTS=texts.example.org."
        found.append(Error("DIPLOWATCH_HOSTS lets in any host.", hint, id="diplowatch.E001"))
    if settings.LOCAL:
        return found
    if settings.DEBUG:
        hint = "Leave DIPLOWATCH_DEBUG out."
        found.append(Error("Debugging is on before the world.", hint, id="diplowatch.E002"))
    if len(settings.SECRET_KEY) < SHORTEST_SECRET:
        hint = f"Give DIPLOWATCH_SECRET_KEY at least {SHORTEST_SECRET} random characters."
        found.append(Error("The secret key is short.", hint, id="diplowatch.E003"))
    if not settings.HTTPS:
        hint = "Leave DIPLOWATCH_HTTPS out, and let the proxy speak https."
        found.append(Warning("Passwords cross the net in clear.", hint, id="diplowatch.W001"))
    return found


@register(Tags.security, deploy=True)
def check_mail(**_kwargs: Any) -> list[CheckMessage]:
    """A forgotten password can be mailed."""
    if settings.LOCAL or settings.EMAIL_HOST:
        return []
    hint = "Set DIPLOWATCH_EMAIL_HOST, or give people one-time links from the page of people."
    message = "No mail server is named: messages go to the log."
    return [Warning(message, hint, id="diplowatch.W002")]


@register(Tags.security)
def check_provider(**_kwargs: Any) -> list[CheckMessage]:
    """The organisation's own sign-in is safe, and gives newcomers a role that exists."""
    found: list[CheckMessage] = []
    if settings.OIDC_ROLE and settings.OIDC_ROLE not in set(BY_GROUP) - {Role.ADMIN.group}:
        hint = "Set DIPLOWATCH_OIDC_ROLE to reader, annotator or editor, or leave it out."
        message = f"Newcomers cannot be given the role {settings.OIDC_ROLE!r}."
        found.append(Error(message, hint, id="diplowatch.E004"))
    if settings.OIDC_SERVER.startswith("http://") and not settings.LOCAL:
        hint = "Set DIPLOWATCH_OIDC_SERVER to an address that begins with https://."
        message = "The sign-in server is asked without encryption."
        found.append(Error(message, hint, id="diplowatch.E005"))
    return found


@register(Tags.database)
def check_database(databases: Sequence[str] | None = None, **_kwargs: Any) -> list[CheckMessage]:
    """The database server is new enough and has the extensions that the search needs."""
    found: list[CheckMessage] = []
    for alias in databases or ():
        with connections[alias].cursor() as cursor:
            cursor.execute("SELECT current_setting('server_version_num')::int")
            version = cursor.fetchone()[0]
            cursor.execute(
                "SELECT name FROM pg_available_extensions WHERE name = ANY(%s)", [[*EXTENSIONS]]
            )
            missing = sorted(set(EXTENSIONS) - {name for (name,) in cursor.fetchall()})
        found += _database_messages(version, missing)
    return found


def _database_messages(version: int, missing: list[str]) -> list[CheckMessage]:
    found: list[CheckMessage] = []
    if version < OLDEST:
        message = f"PostgreSQL {version // 10000} is too old."
        found.append(Error(message, "Use PostgreSQL 15 or newer.", id="diplowatch.E006"))
    if missing:
        message = f"The database server lacks the extension {', '.join(missing)}."
        hint = "Install PostgreSQL's contrib package on the database server."
        found.append(Error(message, hint, id="diplowatch.E007"))
    return found
