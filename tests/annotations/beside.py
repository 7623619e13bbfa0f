"""Acts of another connection in the moment in which this one has not yet finished its own."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Callable


def beside(act: Callable[[], object]) -> threading.Thread:
    """Act from another connection: it is begun, and waits for what this one holds."""

    def run() -> None:
        try:
            act()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    for _attempt in range(200):
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0] or not thread.is_alive():
                break
        thread.join(0.02)
    return thread
