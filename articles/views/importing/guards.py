"""What is answered where an import has gone on since the page at hand was shown."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from articles.access import get_batch
from articles.services.standing import OtherState, OutOfReach

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

CONFLICT = 409

P = ParamSpec("P")


def gone_on() -> str:
    """The sentence for an act that came too late."""
    return _("This import has gone on meanwhile; nothing was changed.")


def as_it_stands(
    view: Callable[Concatenate[HttpRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Answer with 409 and a way to the import where it has gone on or is out of reach."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except OtherState:
            fault = gone_on()
        except OutOfReach:
            fault = _("Some of its texts are in collections now where you may not import.")
        context = {"batch": kwargs["pk"], "fault": fault}
        return render(request, "articles/import/not_now.html", context, status=CONFLICT)

    return guarded


def back_to(
    name: str, *keys: str
) -> Callable[
    [Callable[Concatenate[HttpRequest, P], HttpResponse]],
    Callable[Concatenate[HttpRequest, P], HttpResponse],
]:
    """Take POST alone, and lead who asks for the address by GET to the page of this name.

    What is refused shows its page at the address of the act: so a reload, or another language,
    asks for that. `keys`: what of the address the page's own has.
    """

    def decorated(
        view: Callable[Concatenate[HttpRequest, P], HttpResponse],
    ) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
        @wraps(view)
        def led(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if request.method not in {"GET", "HEAD"}:
                answer: HttpResponse = require_POST(view)(request, *args, **kwargs)
                return answer
            if "pk" in keys:
                get_batch(request, str(kwargs["pk"]))
            return redirect(reverse(name, kwargs={key: kwargs[key] for key in keys}))

        return led

    return decorated
