"""Run background jobs (imports of many files, upkeep)."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import threading
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand
from procrastinate.contrib.django import app

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from procrastinate import App

STOP_SECONDS = 10


def stop_with_parent() -> None:
    """End this process when standard input closes, that is when the parent is gone."""
    while os.read(sys.stdin.fileno(), 1024):
        pass
    os.kill(os.getpid(), signal.SIGTERM)


async def work_until_told(worker_app: App) -> None:
    """Run jobs until a signal asks to stop; running ones get `STOP_SECONDS` to finish.

    One that comes while the connections are still being made is heard once they are: a pool that
    is cancelled meanwhile swallows it, and would wait for ever.
    """
    told, loop = asyncio.Event(), asyncio.get_running_loop()
    for one in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        loop.add_signal_handler(one, told.set)
    async with worker_app.open_async():
        working = asyncio.create_task(
            worker_app.run_worker_async(
                delete_jobs="successful",
                shutdown_graceful_timeout=STOP_SECONDS,
                install_signal_handlers=False,
            )
        )
        waiting = asyncio.create_task(told.wait())
        await asyncio.wait((working, waiting), return_when=asyncio.FIRST_COMPLETED)
        waiting.cancel()
        working.cancel()
        with suppress(asyncio.CancelledError):
            await working


class Command(BaseCommand):
    """The worker; any number of them may run, on any number of machines."""

    help = "Run background jobs until stopped."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One option, for `run`."""
        parser.add_argument("--with-parent", action="store_true", help="stop when stdin closes")

    def handle(self, *args: Any, **options: Any) -> None:
        """Work."""
        if options["with_parent"]:
            threading.Thread(target=stop_with_parent, daemon=True).start()
        connector = app.connector.get_worker_connector()  # type: ignore[attr-defined]  # Django's has it
        with app.replace_connector(connector) as worker_app:
            asyncio.run(work_until_told(worker_app))
