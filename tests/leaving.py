"""Between two tests in the browser: wait until nobody is on the server, then empty the tables."""

from __future__ import annotations

import socket
import threading
from functools import cache
from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.test import TransactionTestCase

if TYPE_CHECKING:
    from socketserver import ThreadingMixIn

MADE_BY_MIGRATING = {"django_content_type", "auth_permission", "auth_group"}
flush = TransactionTestCase._fixture_teardown


class Visits:
    """The connections to a server; each request is on one, and ends its database's before it."""

    def __init__(self, server: ThreadingMixIn) -> None:
        self.address: tuple[str, int] = server.server_address  # type: ignore[attr-defined]
        self._met: set[object] = set()
        self._here: set[object] = set()
        self._changed = threading.Condition()
        begin, serve = server.process_request, server.process_request_thread

        def counted_in(request: object, visitor: object) -> None:
            with self._changed:
                self._met.add(visitor)
                self._here.add(visitor)
            begin(request, visitor)  # type: ignore[arg-type]

        def counted_out(request: object, visitor: object) -> None:
            try:
                serve(request, visitor)  # type: ignore[arg-type]
            finally:
                with self._changed:
                    self._here.discard(visitor)
                    self._changed.notify_all()

        server.process_request, server.process_request_thread = counted_in, counted_out  # type: ignore[method-assign]

    def wait_until_all_left(self, seconds: float = 30) -> None:
        """Wait for those inside and, by queueing behind them, for those still at the door."""
        with socket.create_connection(self.address) as last:
            me = last.getsockname()
        with self._changed:
            left = self._changed.wait_for(lambda: me in self._met and not self._here, seconds)
            self._met.clear()
        assert left, f"{len(self._here)} connections to the live server did not end"


@cache
def tables() -> list[str]:
    """What a flush would empty, save what it would make again."""
    names = connection.introspection.django_table_names(only_existing=True, include_views=False)
    return sorted(set(names) - MADE_BY_MIGRATING)


def empty_tables(case: TransactionTestCase) -> None:
    """As a flush does, in a tenth of its time: only rows go, and only where there are some."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        if cursor.fetchone() == (True,):
            cursor.execute("SET LOCAL session_replication_role = replica")  # no triggers, no keys
            quoted = [connection.ops.quote_name(name) for name in tables()]
            found = ", ".join(f"EXISTS (SELECT FROM {name})" for name in quoted)
            cursor.execute(f"SELECT {found}")
            for name, full in zip(quoted, cursor.fetchone(), strict=True):
                if full:
                    cursor.execute(f"DELETE FROM {name}")  # noqa: S608 - our own tables
            return
    flush(case)
