"""The floor of painting: a page as it was kept in a file, and one of a few words.

Its static files are ours. It runs on the same server program as ours.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from diplowatch.asgi import application as ours

PAGES = {
    "/page": (Path(os.environ["DIPLOWATCH_DATA"]) / "page.html").read_bytes(),
    "/words": b"<!DOCTYPE html><html lang=fr><title>Floor</title><p>A few words.",
}


async def application(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """Answer with the page in one piece; what it links to is asked of ours."""
    body = PAGES.get(scope.get("path", ""))
    if body is None:
        return await ours(scope, receive, send)
    headers = [
        (b"content-type", b"text/html; charset=utf-8"), (b"content-length", b"%d" % len(body)),
    ]  # fmt: skip
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})
