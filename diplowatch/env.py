"""Typed readers of the environment; a missing or malformed variable is named."""

from __future__ import annotations

import os
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

TRUE = frozenset({"1", "true", "yes", "on"})
FALSE = frozenset({"", "0", "false", "no", "off"})


def text(name: str, default: str | None = None) -> str:
    """The variable as text; without a default it must be there."""
    value = os.environ.get(name, default)
    if value is None:
        raise ImproperlyConfigured(f"Set the environment variable {name} (docs/deploy.md).")
    return value


def flag(name: str, *, default: bool) -> bool:
    """The variable as a yes or no."""
    value = os.environ.get(name)
    if value is None:
        return default
    if value.lower() in TRUE | FALSE:
        return value.lower() in TRUE
    raise ImproperlyConfigured(f"{name} must be yes or no, not {value!r}.")


def number(name: str, default: int) -> int:
    """The variable as a whole number."""
    value = os.environ.get(name) or str(default)
    if not value.lstrip("-").isdigit():
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}.")
    return int(value)


def optional(name: str, default: str) -> str:
    """The variable as text; empty where it says no."""
    value = text(name, default)
    return "" if value.lower() in FALSE else value


def pairs(name: str) -> dict[str, str]:
    """The variable as a list `Name=address, Name=address`."""
    found = {}
    for entry in words(name):
        key, separator, value = entry.partition("=")
        if (
            not separator
            or not key.strip()
            or not value.strip().startswith(("http://", "https://"))
        ):
            raise ImproperlyConfigured(f"{name} must be a list of Name=https://address.")
        found[key.strip()] = value.strip()
    return found


def words(name: str, default: str = "") -> list[str]:
    """The variable as a list, separated by commas."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def origins(address: str) -> list[str]:
    """The scheme and host of an https address, as content security policies name them."""
    parts = urlsplit(address)
    if not address:
        return []
    if parts.scheme not in {"https", "http"} or not parts.netloc:
        raise ImproperlyConfigured(f"{address!r} must be an address that begins with https://.")
    return [f"{parts.scheme}://{parts.netloc}"]


def database(name: str) -> dict[str, object]:
    """A `postgresql://` address as one entry of Django's DATABASES."""
    parts = urlsplit(text(name))
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured(f"{name} must begin with postgresql://.")
    options: dict[str, object] = dict(parse_qsl(parts.query))
    host = options.pop("host", "") or unquote(parts.hostname or "")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or ""),
        # Statements are planned once where a server-side cursor asks (diplowatch.lib.statements).
        "OPTIONS": {"prepare_threshold": 0} | options,
    }
