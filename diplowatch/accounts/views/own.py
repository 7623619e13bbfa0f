"""One's own settings: name, address, language, and the picture for the second factor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from allauth.mfa.adapter import get_adapter
from allauth.mfa.totp.internal import auth as totp
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import check_for_language, override
from django.utils.translation import gettext as _
from django.views import i18n
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from diplowatch.accounts.access import acting
from diplowatch.accounts.forms import SettingsForm
from diplowatch.accounts.language import keep_language
from diplowatch.accounts.services import change_own_settings, keep_own_language

if TYPE_CHECKING:
    from django.http import HttpResponseBase


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def edit_settings(request: HttpRequest) -> HttpResponse:
    """Name, address and language of the person at hand."""
    person = acting(request)
    kept = {
        "full_name": person.get_full_name(),
        "email": person.email,
        "language": person.language or request.LANGUAGE_CODE,
    }
    form = SettingsForm(request.POST or None, initial=kept, person=person)
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        return render(request, "account/edit_settings.html", {"form": form}, status=status)
    if form.cleaned_data["email"] != person.email:  # a forgotten password is answered there
        raise_if_reauthentication_required(request, app="")
    change_own_settings(person=person, **form.cleaned_data)
    with override(person.language):
        messages.success(request, _("Your settings are saved."))
    response = redirect("edit_settings")
    keep_language(response, person.language)
    return response


@require_POST
def set_language(request: HttpRequest) -> HttpResponseBase:
    """The language chosen in the menu of any page; kept with the account where there is one."""
    response = i18n.set_language(request)
    language = request.POST.get("language", "")
    if request.user.is_authenticated and check_for_language(language):
        keep_own_language(person=acting(request), language=language)
    return response


@require_GET
@never_cache
@login_required
@reauthentication_required(app="allauth.mfa")  # type: ignore[untyped-decorator]  # allauth's
def show_factor_picture(request: HttpRequest) -> HttpResponse:
    """The QR code of the secret just made, as a picture of its own: no `data:` address needed."""
    secret = request.session.get(totp.SECRET_SESSION_KEY)
    if not secret:
        raise Http404
    adapter = get_adapter()
    picture = adapter.build_totp_svg(adapter.build_totp_url(acting(request), secret))
    return HttpResponse(picture, content_type="image/svg+xml")
