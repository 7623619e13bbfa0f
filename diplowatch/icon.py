"""The icon of the house, where browsers look for it unasked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponseRedirect
from django.templatetags.static import static
from django.views.decorators.http import require_safe

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_safe
def show_icon(request: HttpRequest) -> HttpResponse:
    """To the icon that the pages name; needs no account."""
    return HttpResponseRedirect(static("favicon.svg"))
