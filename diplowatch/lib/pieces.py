"""Pages that are sent while their rest is still made, so that what comes first is seen first."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from django.core.handlers.asgi import ASGIRequest
from django.http import HttpResponse, StreamingHttpResponse

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase


def answer_in_pieces(request: HttpRequest, pieces: Iterator[str]) -> HttpResponseBase:
    """Send the first piece as soon as it is made, the others as they come; at once where none may.

    The first is made here, what goes wrong in it is answered as any error. Making the others must
    ask nothing of the database and refuse nothing: by then the answer has begun.
    """
    if request.method == "HEAD" or not isinstance(request, ASGIRequest):
        return HttpResponse(list(pieces))
    return StreamingHttpResponse(_one_by_one(next(pieces, ""), pieces))


async def _one_by_one(first: str, others: Iterator[str]) -> AsyncIterator[str]:
    yield first
    # In a thread: other requests go on meanwhile.
    while (piece := await asyncio.to_thread(next, others, None)) is not None:
        yield piece
