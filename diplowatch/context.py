"""What every page knows about the house."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from diplowatch import __version__
from diplowatch.lib.roles import Role, role_of

if TYPE_CHECKING:
    from django.http import HttpRequest


def house(request: HttpRequest) -> dict[str, Any]:
    """The version, and what the person at hand may do everywhere."""
    role = role_of(request.user)
    return {"version": __version__, "role": role, "is_admin": role >= Role.ADMIN}
