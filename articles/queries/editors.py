"""Who may edit the texts of a collection."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model
from django.db.models import Q

from articles.models import Membership, Visibility
from diplowatch.lib.roles import Role

if TYPE_CHECKING:
    from articles.models import Collection
    from diplowatch.accounts.models import User


def editors_of(collection: Collection) -> list[User]:
    """The people with an open account who are editors there, by name."""
    here = dict(Membership.objects.filter(collection=collection).values_list("user", "role"))
    people = get_user_model().objects.filter(is_active=True)
    known = people.filter(Q(pk__in=here) | Q(kept_role__gte=Role.EDITOR) | Q(is_superuser=True))
    found = [one for one in known if _role(one, collection, here) >= Role.EDITOR]
    return sorted(found, key=lambda one: (str(one).casefold(), one.pk))


def _role(person: User, collection: Collection, here: dict[int, int]) -> Role:
    """As `articles.access.role_in` says it, without asking for each person."""
    everywhere = person.held_role
    if everywhere is Role.ADMIN:
        return everywhere
    is_member = person.pk in here and collection.visibility != Visibility.PRIVATE
    is_public = collection.visibility == Visibility.PUBLIC
    if not (is_public or is_member or collection.owner_id == person.pk):
        return Role.ANONYMOUS
    return Role(here.get(person.pk, everywhere))
