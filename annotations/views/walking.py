"""Stub."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe


@require_safe
def list_proposals(request: HttpRequest) -> HttpResponse:
    """Stub."""
    return HttpResponse()


@require_safe
def list_to_check(request: HttpRequest) -> HttpResponse:
    """Stub."""
    return HttpResponse()
