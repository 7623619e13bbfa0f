"""Run background jobs (imports of many files, upkeep)."""

from __future__ import annotations

import os
import signal
import sys
import threading
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand
from procrastinate.contrib.django import app

if TYPE_CHECKING:
    from argparse import ArgumentParser

STOP_SECONDS = 10


def stop_with_parent() -> None:
    """End this process when standard input closes, that is when the parent is gone."""
    while os.read(sys.stdin.fileno(), 1024):
        pass
    os.kill(os.getpid(), signal.SIGTERM)


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
            worker_app.run_worker(delete_jobs="successful", shutdown_graceful_timeout=STOP_SECONDS)
