"""What several views ask of a request."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django_htmx.http import HttpResponseClientRedirect

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django_htmx.middleware import HtmxDetails

    from articles.models import Article


def is_htmx(request: HttpRequest) -> bool:
    """Whether the page's script asks, so that a fragment is enough."""
    return bool(_htmx(request))


def current_address(request: HttpRequest) -> str:
    """The address of the page whose script asks; "" where none says so."""
    return _htmx(request).current_url_abs_path or ""


def is_reading(request: HttpRequest, article: Article) -> bool:
    """Whether the script of the reader page of this article asks, its text as it stands there."""
    htmx = _htmx(request)
    if not htmx:
        return False
    here = urlsplit(htmx.current_url_abs_path or article.get_absolute_url())
    is_other = {"text", "at"} & QueryDict(here.query).keys()
    return here.path == article.get_absolute_url() and not is_other


def go_on(request: HttpRequest, address: str) -> HttpResponse:
    """Send the browser elsewhere, as a whole page."""
    if is_htmx(request):
        return HttpResponseClientRedirect(address)
    return HttpResponseRedirect(address)


def with_events(response: HttpResponse, **events: Any) -> HttpResponse:
    """Let the page's script hear of something."""
    response["HX-Trigger"] = json.dumps(events)
    return response


def _htmx(request: HttpRequest) -> HtmxDetails:
    return cast("HtmxDetails", request.htmx)  # type: ignore[attr-defined]  # by the middleware
