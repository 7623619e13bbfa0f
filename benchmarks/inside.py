"""What the measuring needs from inside the house: a signed-in person, counts of queries.

Run as `python -m benchmarks.inside ACT …` with DATABASE_URL set; prints JSON.
"""

from __future__ import annotations

import json
import sys
from typing import Any

import django

EDITOR = "measurer"


def sign_in() -> str:
    """Make an editor where there is none, and a session for them; its Cookie header."""
    from django.conf import settings

    client = _client()
    names = (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME)
    return "; ".join(
        f"{name}={client.cookies[name].value}" for name in names if name in client.cookies
    )


def count_queries(*paths: str) -> dict[str, int]:
    """How many queries each page takes, once the caches are filled."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = _client()
    counts: dict[str, int] = {}
    for path in paths:
        for _ in range(2):
            with CaptureQueriesContext(connection) as queries:
                response = client.get(path)
            if response.status_code != 200:
                raise RuntimeError(f"{path}: {response.status_code}")
            counts[path] = len(queries)
    return counts


def tsquery(words: str) -> str:
    """The search string as the `tsquery` that our search asks with."""
    from articles.text.query import parse_query

    return parse_query(words).tsquery()


def pick() -> dict[str, Any]:
    """Look up the garbled names: what is found, and how long each took."""
    from dataclasses import asdict

    from benchmarks.picking.score import score_lists

    return {name: asdict(scored) for name, scored in score_lists().items()}


def _client() -> Any:
    from django.contrib.auth.models import Group
    from django.test import Client

    from diplowatch.accounts.models import User
    from diplowatch.lib.roles import Role

    user, _ = User.objects.get_or_create(username=EDITOR)
    user.groups.add(Group.objects.get(name=Role.EDITOR.group))
    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


ACTS = {"sign-in": sign_in, "count-queries": count_queries, "tsquery": tsquery, "pick": pick}


def main() -> None:
    """Do the act that is named."""
    django.setup()
    act, *arguments = sys.argv[1:]
    print(json.dumps(ACTS[act](*arguments)))


if __name__ == "__main__":
    main()
