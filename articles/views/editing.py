"""Whether a person may edit where the articles of an act are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.http import Http404

from diplowatch.lib.roles import Role

if TYPE_CHECKING:
    from collections.abc import Callable

    from articles.queries.shelves import Shelves


def editing(shelves: Shelves) -> Callable[[set[int]], None]:
    """A check of collections: not found where one is not seen, refused where one only reads."""

    def allow(places: set[int]) -> None:
        if not places <= shelves.roles.keys():
            raise Http404
        if any(shelves.roles[place] < Role.EDITOR for place in places):
            raise PermissionDenied

    return allow
