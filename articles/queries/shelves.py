"""The collections a person may read, and as what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import F, FilteredRelation, OuterRef, Q, Subquery, Sum

from articles.models import ArticleTally, Collection, Membership, Visibility
from diplowatch.lib.roles import Role, role_of
from diplowatch.lib.statements import fetch_planned

if TYPE_CHECKING:
    from diplowatch.accounts.models import User
    from diplowatch.lib.roles import Person


_statement: list[tuple[str, tuple[Any, ...]]] = []


@dataclass(frozen=True, slots=True)
class Shelves:
    """Names and one's role of each visible collection, by its id, in the order of the names."""

    names: dict[int, str]
    roles: dict[int, Role]

    @property
    def ids(self) -> list[int]:
        """The visible collections."""
        return list(self.names)

    def editable(self) -> dict[int, str]:
        """Those whose articles the person may move, tag and set the status of."""
        return {pk: name for pk, name in self.names.items() if self.roles[pk] >= Role.EDITOR}


def visible_shelves(user: Person) -> Shelves:
    """The collections this person may read; one query beside that for the global role."""
    everywhere = role_of(user)
    rows: list[tuple[int, str, int | None]]
    if not user.is_authenticated or everywhere >= Role.ADMIN:
        found = Collection.objects.visible_to(user).values_list("pk", "name")
        rows = [(pk, name, None) for pk, name in found]
    else:
        rows = _with_my_roles(user)
    return Shelves(
        {pk: name for pk, name, _ in rows},
        {pk: everywhere if role is None else Role(role) for pk, _, role in rows},
    )


def _with_my_roles(user: User) -> list[tuple[int, str, int | None]]:
    """Ids and names of what a signed-in person may read, with the person's role as a member.

    Every page asks this, and making the statement takes longer than the answer: it is made once.
    The only number in it is the person's id; all else is the same for everybody.
    """
    if not _statement:
        mine = FilteredRelation("memberships", condition=Q(memberships__user_id=user.pk))
        asked = Collection.objects.visible_to(user).annotate(mine=mine, my_role=F("mine__role"))
        _statement.append(asked.values_list("pk", "name", "my_role").query.sql_with_params())
    sql, values = _statement[0]
    for_me = [user.pk if isinstance(value, int) else value for value in values]
    return fetch_planned(sql, for_me)


class Shelf(NamedTuple):
    """A collection in the list of collections."""

    pk: int
    name: str
    visibility: str
    articles: int


class Member(NamedTuple):
    """A person in a collection."""

    username: str
    name: str
    role: int
    role_name: str


def list_shelves(user: Person) -> list[Shelf]:
    """The collections this person may read, with how many articles each has."""
    tallied = (
        ArticleTally.objects.filter(collection=OuterRef("pk"), tag="")
        .order_by()
        .values("collection")
        .annotate(total=Sum("count"))
        .values("total")
    )
    found = Collection.objects.visible_to(user).annotate(held=Subquery(tallied))
    labels = dict(Visibility.choices)
    return [
        Shelf(pk, name, str(labels[visibility]), int(articles or 0))
        for pk, name, visibility, articles in found.values_list("pk", "name", "visibility", "held")
    ]


def members_of(collection: Collection) -> list[Member]:
    """The people in a collection, by name, with their roles there."""
    found = Membership.objects.filter(collection=collection).select_related("user")
    return [
        Member(one.user.get_username(), str(one.user), one.role, str(one.get_role_display()))
        for one in found.order_by("user__username")
    ]
