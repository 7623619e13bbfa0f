"""The role that a person's groups give, kept on the account: asked often, changed rarely."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Group
from django.db.models.signals import m2m_changed

from diplowatch.accounts.models import User
from diplowatch.lib.roles import BY_GROUP, Role


def keep_role(
    instance: User | Group, action: str, pk_set: set[int] | None, reverse: bool, **_kwargs: Any
) -> None:
    """Renew the kept role whenever somebody's groups change, from either side."""
    if action == "pre_clear" and reverse:
        # After a clear nobody knows any more whom the group held.
        instance._held = list(instance.user_set.all())  # type: ignore[union-attr]
    if not action.startswith("post_"):
        return
    if isinstance(instance, User):
        people = [instance]
    else:
        held = User.objects.filter(pk__in=pk_set or ())
        people = list(held) or getattr(instance, "_held", [])
    for person in people:
        person.kept_role = role_by_groups(person)
        person.save(update_fields=["kept_role"])


def role_by_groups(person: User) -> Role:
    """The highest role among the groups; a reader without any."""
    names = person.groups.order_by().values_list("name", flat=True)
    return max((BY_GROUP[name] for name in names if name in BY_GROUP), default=Role.READER)


def connect() -> None:
    """Listen to changes of groups."""
    m2m_changed.connect(keep_role, sender=User.groups.through)
