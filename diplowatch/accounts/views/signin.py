"""Signing in by a one-time link, and choosing a password afterwards."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, cast

from allauth.account.internal.flows.login import (
    get_authentication_records,
    record_authentication,
)
from allauth.account.internal.flows.password_change import finalize_password_set
from allauth.account.utils import perform_login
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from diplowatch.accounts.forms import ChoosePasswordForm
from diplowatch.accounts.signin import find_by_link

if TYPE_CHECKING:
    from diplowatch.accounts.models import User

LINK = "link"  # how allauth's record of this session names a sign-in by link
LINK_SECONDS = 15 * 60  # as long may a password be chosen without the old one


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def use_signin_link(request: HttpRequest, uidb64: str, token: str) -> HttpResponse:
    """Asks for one click first, so that a preview of the link by a mail program does not use it."""
    if request.method != "POST":
        person = find_by_link(uidb64, token)
        status = 200 if person else 410
        return render(request, "account/use_signin_link.html", {"person": person}, status=status)
    with transaction.atomic():
        person = find_by_link(uidb64, token, lock=True)
        if person is None:
            return render(request, "account/use_signin_link.html", {"person": None}, status=410)
        if request.user.is_authenticated and request.user.pk != person.pk:
            logout(request)
        record_authentication(request, person, method=LINK)
        after = reverse("account_set_password")
        answer = perform_login(request, person, redirect_url=after)
    return cast("HttpResponse", answer)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@sensitive_post_parameters()
@login_required
def choose_password(request: HttpRequest) -> HttpResponse:
    """A password for whoever has none or has just come by a link; others change theirs."""
    user = cast("User", request.user)
    if user.has_usable_password() and not came_by_link(request, user):
        return redirect("account_change_password")
    form = ChoosePasswordForm(user=user, data=request.POST or None)
    if request.method == "POST" and form.is_valid():
        form.save()
        finalize_password_set(request, user)
        forget_link(request)
        return redirect("/")
    status = 422 if form.is_bound else 200
    return render(request, "account/password_set.html", {"form": form}, status=status)


def came_by_link(request: HttpRequest, user: User) -> bool:
    """Whether this session began with a one-time link, a few minutes ago at most."""
    records = get_authentication_records(request, user)
    moments = [record["at"] for record in records if record["method"] == LINK]
    return bool(moments) and time.time() - max(moments) < LINK_SECONDS


def forget_link(request: HttpRequest) -> None:
    """A link lets a password be chosen once."""
    kept = "account_authentication_methods"
    records = request.session.get(kept, [])
    request.session[kept] = [record for record in records if record["method"] != LINK]


@never_cache
@require_http_methods(["GET", "HEAD"])
def refuse_signup(request: HttpRequest) -> HttpResponse:
    """Whoever comes from the organisation's sign-in and matches no account here."""
    return render(request, "account/signup_closed.html", status=403)
