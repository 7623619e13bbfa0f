"""The four roles, each including the one before, and who bears which."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from diplowatch.accounts.models import User

    Person: TypeAlias = User | AnonymousUser


class Role(IntEnum):
    """What somebody may do; compare with <, >=."""

    ANONYMOUS = 0
    READER = 1
    ANNOTATOR = 2
    EDITOR = 3
    ADMIN = 4

    @property
    def group(self) -> str:
        """The name of its Django group."""
        return self.name.lower()


BY_GROUP = {role.group: role for role in Role if role is not Role.ANONYMOUS}


def role_of(user: Person) -> Role:
    """The person's role everywhere."""
    if not user.is_authenticated or not user.is_active:
        return Role.ANONYMOUS
    return user.held_role
