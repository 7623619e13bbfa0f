"""Our own middleware."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.decorators import sync_only_middleware

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse


@sync_only_middleware
def one_thread(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[..., HttpResponse]:
    """Innermost and sync-only: under ASGI the whole chain then runs in one hop to a thread.

    Without it every middleware that could run either way hops by itself.
    """

    def through(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    return through
