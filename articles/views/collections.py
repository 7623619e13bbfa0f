"""Collections: listed, made, renamed, opened or closed, and their members."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from articles.access import (
    SignInNeeded,
    get_collection,
    require,
    role_in,
    signed_in,
    with_access,
)
from articles.forms.collections import CollectionForm, MemberForm, OpenForm, RenameForm
from articles.models import Collection, Visibility
from articles.queries.shelves import list_shelves, members_of
from articles.services import collections as services
from articles.services.log import Agent
from diplowatch.lib.roles import Role, role_of

if TYPE_CHECKING:
    from django.forms import Form


@require_safe
@with_access
def list_collections(request: HttpRequest) -> HttpResponse:
    """The collections one may read, with how many articles each has."""
    shelves = list_shelves(request.user)
    if not shelves and not request.user.is_authenticated:
        raise SignInNeeded
    role = role_of(request.user)
    retired = Collection.objects.filter(retired__isnull=False) if role >= Role.ADMIN else ()
    context = {
        "shelves": shelves,
        "may_make": role >= Role.EDITOR,
        "deleted": [(one.pk, services.name_of_retired(one)) for one in retired],
    }
    return render(request, "articles/list_collections.html", context)


@require_http_methods(["GET", "POST"])
@with_access
def make_collection(request: HttpRequest) -> HttpResponse:
    """Make a collection; who makes it owns it."""
    require(request.user, Role.EDITOR)
    form = CollectionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.make_collection(
                name=form.cleaned_data["name"],
                visibility=form.cleaned_data["visibility"],
                agent=Agent(signed_in(request)),
            )
        except ValidationError as error:
            _blame(form, error)
        else:
            messages.success(request, _("Collection “%(name)s” made.") % {"name": made.name})
            return _to(made)
    status = 422 if request.method == "POST" else 200
    return render(request, "articles/make_collection.html", {"form": form}, status=status)


@require_safe
@with_access
def show_collection(request: HttpRequest, pk: int) -> HttpResponse:
    """A collection: its articles' number, its name, readers and members."""
    return _show(request, get_collection(request, pk))


@require_POST
@with_access
def rename_collection(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a collection another name."""
    collection = get_collection(request, pk, Role.EDITOR)
    form = RenameForm(request.POST)
    if form.is_valid():
        try:
            services.rename_collection(
                collection_id=pk, agent=Agent(signed_in(request)), **form.cleaned_data
            )
        except services.StaleCollection:
            return _stale(request, collection)
        except ValidationError as error:
            _blame(form, error)
        else:
            messages.success(request, _("Name saved."))
            return _to(collection)
    return _show(request, collection, rename=form, status=422)


@require_POST
@with_access
def open_collection(request: HttpRequest, pk: int) -> HttpResponse:
    """Say who may read a collection."""
    collection = get_collection(request, pk)
    require(request.user, Role.ADMIN)
    form = OpenForm(request.POST)
    if not form.is_valid():
        return _show(request, collection, readers=form, status=422)
    try:
        services.set_visibility(
            collection_id=pk, agent=Agent(signed_in(request)), **form.cleaned_data
        )
    except services.StaleCollection:
        return _stale(request, collection)
    messages.success(request, _("Saved who may read it."))
    return _to(collection)


@require_POST
@with_access
def delete_collection(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete an empty collection; it can be brought back."""
    collection = get_collection(request, pk)
    require(request.user, Role.ADMIN)
    name = {"name": collection.name}
    try:
        services.retire_collection(collection_id=pk, agent=Agent(signed_in(request)))
    except services.StillInUse:
        said = _(
            "“%(name)s” still has texts. Move them to another collection first, then delete it."
        )
        messages.error(request, said % name)
        return _show(request, collection, status=409)
    messages.success(request, _("Collection “%(name)s” deleted.") % name)
    return HttpResponseRedirect(reverse("list_collections"))


@require_POST
@with_access
def restore_collection(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring back a deleted collection."""
    require(request.user, Role.ADMIN)
    if not Collection.objects.filter(pk=pk).exists():
        raise Http404
    try:
        made = services.restore_collection(collection_id=pk, agent=Agent(signed_in(request)))
    except ValidationError:
        said = _("Another collection has this name now. Rename that one first.")
        messages.error(request, said)
        return HttpResponseRedirect(reverse("list_collections"))
    messages.success(request, _("Collection “%(name)s” is back.") % {"name": made.name})
    return _to(made)


@require_POST
@with_access
def set_member(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a person a role in a collection, or take the person out."""
    collection = get_collection(request, pk)
    require(request.user, Role.ADMIN)
    form = MemberForm(request.POST)
    if not form.is_valid():
        return _show(request, collection, member=form, status=422)
    services.set_member(
        collection=collection,
        user=form.cleaned_data["person"],
        role=form.role_chosen(),
        agent=Agent(signed_in(request)),
    )
    messages.success(request, _("Members saved."))
    if form.role_chosen() is not None and (said := _unread_by_members(collection)):
        messages.warning(request, said)
    return _to(collection)


def _unread_by_members(collection: Collection) -> str:
    """That members do not read a private collection, and how they would; "" for any other."""
    if collection.visibility != Visibility.PRIVATE:
        return ""
    said = _(
        "Members do not read this collection as long as only its owner may: to let them, choose "
        "“%(members)s” under “%(readers)s”."
    )
    return said % {"members": Visibility.MEMBERS.label, "readers": _("Readers")}


def _show(
    request: HttpRequest, collection: Collection, *, status: int = 200, **forms: Form
) -> HttpResponse:
    known = {"version": collection.version}
    role = role_in(request.user, collection)
    is_admin = role >= Role.ADMIN
    context: dict[str, Any] = {
        "collection": collection,
        "count": next(
            (shelf.articles for shelf in list_shelves(request.user) if shelf.pk == collection.pk), 0
        ),
        "articles_address": f"{reverse('list_articles')}?collection={collection.pk}",
        "may_rename": role >= Role.EDITOR,
        "may_manage": is_admin,
        "members": members_of(collection) if is_admin else [],
        "unread": _unread_by_members(collection),
        "rename": RenameForm(initial=known | {"name": collection.name}),
        "readers": OpenForm(initial=known | {"visibility": collection.visibility}),
        "member": MemberForm(),
    }
    return render(request, "articles/collection.html", context | forms, status=status)


def _stale(request: HttpRequest, collection: Collection) -> HttpResponse:
    collection.refresh_from_db()
    messages.error(
        request, _("Somebody changed this collection meanwhile. Look at it, then try again.")
    )
    return _show(request, collection, status=409)


def _blame(form: Form, error: ValidationError) -> None:
    for name, faults in error.message_dict.items():
        form.add_error(name if name in form.fields else None, faults)


def _to(collection: Collection) -> HttpResponse:
    return HttpResponseRedirect(reverse("show_collection", args=(collection.pk,)))
