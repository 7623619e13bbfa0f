"""Whether the house stands: `/healthz` for proxies, and a probe for containers.

`python -m diplowatch.health` asks the pages of this machine; `… worker` looks in the database
whether a worker was heard of lately.
"""

from __future__ import annotations

import json
import os
import sys
from typing import TYPE_CHECKING
from urllib.error import URLError
from urllib.request import Request, urlopen

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

SECONDS = 5
SILENCE = 60  # workers tell every ten seconds


def healthz(request: HttpRequest) -> HttpResponse:
    """`{"status": "ok"}`, or 503 when the database does not answer; needs no account."""
    from django.db import DatabaseError, connection
    from django.http import HttpResponseNotAllowed, JsonResponse

    if request.method not in {"GET", "HEAD"}:
        return HttpResponseNotAllowed(["GET", "HEAD"])
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        answer = JsonResponse({"status": "failed", "database": "does not answer"}, status=503)
    else:
        answer = JsonResponse({"status": "ok", "database": "ok"})
    answer["Cache-Control"] = "no-store"
    return answer


def probe(port: int) -> bool:
    """Ask the server of this machine, under the first of the names it answers to."""
    hosts = os.environ.get("DIPLOWATCH_HOSTS", "localhost").split(",")
    address = f"http://127.0.0.1:{port}/healthz"
    request = Request(address, headers={"Host": hosts[0].strip().lstrip(".")})
    try:
        with urlopen(request, timeout=SECONDS) as answer:  # noqa: S310 - our own http address
            return bool(json.load(answer)["status"] == "ok")
    except (URLError, OSError, ValueError, KeyError):
        return False


def probe_worker(address: str) -> bool:
    """Whether any worker has told the database within the last minute that it is alive."""
    import psycopg

    query = (
        "SELECT EXISTS (SELECT FROM procrastinate_workers"
        " WHERE last_heartbeat > now() - make_interval(secs => %s))"
    )
    try:
        with psycopg.connect(address, connect_timeout=SECONDS) as connection:
            found = connection.execute(query, [SILENCE]).fetchone()
    except psycopg.Error:
        return False
    return found == (True,)


def main(arguments: list[str]) -> int:
    """0 when well, 1 when not: what containers expect."""
    if arguments == ["worker"]:
        return 0 if probe_worker(os.environ["DATABASE_URL"]) else 1
    return 0 if probe(int(os.environ.get("PORT", "8000"))) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
