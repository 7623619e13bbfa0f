"""Imports made before: the latest on the first page, all of them page by page."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from articles.access import may_import, signed_in, with_access
from articles.forms.importing import collections_for
from articles.models import ImportBatch
from articles.services.standing import OPEN
from diplowatch.lib.roles import Role, role_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

    from diplowatch.accounts.models import User

RECENT = 8  # on the first page, of one's own and of others
PER_PAGE = 50


class Earlier(NamedTuple):
    """An import, and whose it is; "" for one's own."""

    batch: ImportBatch
    who: str


def importer(request: HttpRequest) -> User:
    """The person at hand, who may import somewhere."""
    user = signed_in(request)
    if not may_import(user) and not collections_for(user):
        raise PermissionDenied
    return user


@require_GET
@with_access
def list_imports(request: HttpRequest) -> HttpResponse:
    """All one's imports, and for admins those of others, the latest first."""
    user = importer(request)
    mine, others = _of(user)
    page = Paginator(mine | others, PER_PAGE).get_page(request.GET.get("page"))
    imports = _with_owners(page.object_list, user)
    context = {"page": page, "imports": imports}
    return render(request, "articles/import/list_imports.html", context)


class Latest(NamedTuple):
    """The last imports under their headings, and whether there are more of them."""

    lists: list[tuple[str, list[Earlier]]]
    has_more: bool


def latest(user: User) -> Latest:
    """One's own last imports, and for admins those of all others."""
    mine, others = (list(some[: RECENT + 1]) for some in _of(user))
    headings = (
        (_("My imports"), mine),
        (_("Imports of others and of the command line"), others),
    )
    lists = [(heading, _with_owners(some[:RECENT], user)) for heading, some in headings]
    return Latest(lists, has_more=max(len(mine), len(others)) > RECENT)


def _of(user: User) -> tuple[QuerySet[ImportBatch], QuerySet[ImportBatch]]:
    """One's own imports and those of others that one may see."""
    batches = ImportBatch.objects.select_related("collection", "creator")
    mine = Q(creator_id=user.pk)
    others = batches.exclude(mine).exclude(state__in=OPEN)
    return batches.filter(mine), others if role_of(user) >= Role.ADMIN else batches.none()


def _with_owners(batches: Iterable[ImportBatch], user: User) -> list[Earlier]:
    return [Earlier(one, _whose(one, user)) for one in batches]


def _whose(batch: ImportBatch, user: User) -> str:
    if batch.creator_id == user.pk:
        return ""
    return str(batch.creator) if batch.creator else _(batch.agent)
