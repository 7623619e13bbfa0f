"""People: invited, given roles, closed out and let in again by admins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from diplowatch.accounts import services
from diplowatch.accounts.access import acting, admin_required, get_person
from diplowatch.accounts.forms import AddressForm, InviteForm, RoleForm
from diplowatch.accounts.models import User
from diplowatch.accounts.signin import make_signin_link

if TYPE_CHECKING:
    from collections.abc import Callable


@require_GET
@never_cache
@admin_required
def list_people(request: HttpRequest) -> HttpResponse:
    """Everybody with an account, closed ones last."""
    from allauth.mfa.models import Authenticator

    people = User.objects.prefetch_related("groups").order_by("-is_active", "username")
    guarded = set(
        Authenticator.objects.filter(type=Authenticator.Type.TOTP).values_list("user_id", flat=True)
    )
    context = {"people": people, "guarded": guarded}
    return render(request, "account/list_people.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@admin_required
def invite_person(request: HttpRequest) -> HttpResponse:
    """Make an account and show the link to hand on."""
    form = InviteForm(request.POST or None)
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        return render(request, "account/invite_person.html", {"form": form}, status=status)
    person = services.invite_person(by=acting(request), **form.cleaned_data)
    return _show_link(request, person)


@require_http_methods(["GET", "HEAD"])
@never_cache
@admin_required
def show_person(request: HttpRequest, pk: int) -> HttpResponse:
    """One account and what can be done with it."""
    return _show(request, get_person(pk))


@require_POST
@never_cache
@admin_required
def change_role(request: HttpRequest, pk: int) -> HttpResponse:
    """Another role everywhere."""
    person = get_person(pk)
    form = RoleForm(request.POST)
    if not form.is_valid():
        return _show(request, person, form=form, status=422)
    role = form.cleaned_data["role"]
    return _act(request, person, lambda: services.change_role(
        by=acting(request), person=person, role=role
    ), _("The role is changed."))  # fmt: skip


@require_POST
@never_cache
@admin_required
def change_address(request: HttpRequest, pk: int) -> HttpResponse:
    """Another e-mail address."""
    person = get_person(pk)
    form = AddressForm(request.POST, person=person)
    if not form.is_valid():
        return _show(request, person, address=form, status=422)
    email = form.cleaned_data["email"]
    return _act(request, person, lambda: services.change_address(
        by=acting(request), person=person, email=email
    ), _("The address is changed."))  # fmt: skip


@require_POST
@never_cache
@admin_required
def close_account(request: HttpRequest, pk: int) -> HttpResponse:
    """Let somebody in no more."""
    person = get_person(pk)
    return _act(request, person, lambda: services.close_account(
        by=acting(request), person=person
    ), _("The account is closed."))  # fmt: skip


@require_POST
@never_cache
@admin_required
def reopen_account(request: HttpRequest, pk: int) -> HttpResponse:
    """Let somebody in again."""
    person = get_person(pk)
    return _act(request, person, lambda: services.reopen_account(
        by=acting(request), person=person
    ), _("The account is open again."))  # fmt: skip


@require_POST
@never_cache
@admin_required
def remove_second_factor(request: HttpRequest, pk: int) -> HttpResponse:
    """For whoever lost theirs."""
    person = get_person(pk)
    return _act(request, person, lambda: services.remove_second_factor(
        by=acting(request), person=person
    ), _("The second factor is removed."))  # fmt: skip


@require_POST
@never_cache
@admin_required
def make_link(request: HttpRequest, pk: int) -> HttpResponse:
    """A one-time sign-in link to hand on, for a newcomer or a forgotten password."""
    person = get_person(pk)
    if not person.is_active:
        return _show(request, person, problem=_("The account is closed."), status=409)
    return _show_link(request, person)


def _act(request: HttpRequest, person: User, act: Callable[[], User], done: str) -> HttpResponse:
    try:
        act()
    except services.LastAdminError:
        problem = _("This is the only administrator: make somebody else one first.")
        return _show(request, person, problem=problem, status=409)
    messages.success(request, done)
    if person == request.user:  # who stepped down may not see the page any more
        return redirect("edit_settings")
    return redirect("show_person", person.pk)


def _show(
    request: HttpRequest,
    person: User,
    *,
    form: RoleForm | None = None,
    address: AddressForm | None = None,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    from allauth.mfa.utils import is_mfa_enabled

    context = {
        "person": person,
        "form": form or RoleForm(initial={"role": int(person.held_role)}),
        "address": address or AddressForm(person=person),
        "problem": problem,
        "guarded": is_mfa_enabled(person),
    }
    return render(request, "account/show_person.html", context, status=status)


def _show_link(request: HttpRequest, person: User) -> HttpResponse:
    services.log_link(by=acting(request), person=person)
    link = make_signin_link(person, request.build_absolute_uri("/"))
    return render(request, "account/show_link.html", {"person": person, "link": link})
