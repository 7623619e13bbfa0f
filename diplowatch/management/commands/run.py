"""Start everything on this machine: database, pages, background jobs."""

from __future__ import annotations

import errno
import logging
import os
import socket
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, connection, connections
from django.db.migrations.executor import MigrationExecutor

from diplowatch import first_start
from diplowatch.bootstrap import full_disk

if TYPE_CHECKING:
    from argparse import ArgumentParser
    from collections.abc import Iterator

HOST = "127.0.0.1"
STOP_SECONDS = 5  # open streams get no longer when the server stops
WORKER_SECONDS = 12


class Command(BaseCommand):
    """`make run`: what a newcomer starts, and what a small desk may keep."""

    help = "Start DiploWatch on this machine: database, pages and background jobs."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The port."""
        parser.add_argument("--port", default="8000", help="where (default: %(default)s)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Take the port first: nothing is started that could not be served."""
        taken = take_port(port_number(options["port"]))
        try:
            with quiet_pool():
                make_tables()
                first_start.collect_static()
                first_start.load_samples(self.stdout.write)
                first_start.load_starter_list()
            self._greet(f"http://{HOST}:{taken.getsockname()[1]}")
            connections.close_all()
            with worker():
                serve(taken)
        finally:
            # Else it tries to connect again when the server has gone.
            connection.close_pool()  # type: ignore[attr-defined]  # PostgreSQL's has it

    def _greet(self, address: str) -> None:
        self.stdout.write(f"\nDiploWatch is at {address}/")
        if link := first_start.admin_link(address):
            self.stdout.write(f"Sign in once as admin and choose a password: {link}")
        self.stdout.write("Ctrl-C stops it; the data stay in " + str(settings.DATA_DIR) + ".\n")
        self.stdout.flush()


@contextmanager
def quiet_pool() -> Iterator[None]:
    """Before pages are served, what is wrong with the database is said once, and not by the pool.

    Once something is wrong it stays quiet: its connections are about to be closed.
    """
    log = logging.getLogger("psycopg.pool")
    before = log.level
    log.setLevel(logging.ERROR)
    yield
    log.setLevel(before)


def port_number(told: str) -> int:
    """The port as a person wrote it."""
    try:
        return int(told)
    except ValueError as error:
        raise CommandError(f"There is no port “{told}”: choose a number below 65536.") from error


def take_port(port: int) -> socket.socket:
    """Bind and hold the port; a taken one is said before anything else starts."""
    taken = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        taken.bind((HOST, port))
        taken.listen(128)  # refuses whoever binds with SO_REUSEADDR before we serve
    except OverflowError as error:
        raise CommandError(f"There is no port {port}: choose one below 65536.") from error
    except OSError as error:
        raise CommandError(_why_not(port, error)) from error
    return taken


def _why_not(port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} is taken: stop what uses it, or choose another by PORT=8001."
    return f"Port {port} cannot be used: {error.strerror}."


def make_tables() -> None:
    """Migrate when there is something to migrate."""
    try:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            call_command("migrate", verbosity=0, interactive=False)
    except OperationalError as error:
        reason = str(error).strip().splitlines()[-1]
        said = full_disk(error) or f"The database cannot be used: {reason}"
        raise CommandError(said) from error


@contextmanager
def worker() -> Iterator[None]:
    """Background jobs in a process of their own, which ends when its standard input closes."""
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "work", "--with-parent"]
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, start_new_session=True
    )
    try:
        yield
    finally:
        assert process.stdin is not None  # noqa: S101 - opened three lines above
        process.stdin.close()
        try:
            process.wait(WORKER_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()  # it must be gone before we let go of the database


def serve(taken: socket.socket) -> None:
    """Serve pages until Ctrl-C or a polite signal."""
    import uvicorn

    config = uvicorn.Config(
        "diplowatch.asgi:application",
        log_level="warning",
        lifespan="off",
        timeout_graceful_shutdown=STOP_SECONDS,
        date_header=True,
        server_header=False,
    )
    server = uvicorn.Server(config)
    try:
        server.run(sockets=[taken])
    except KeyboardInterrupt:
        os.write(sys.stdout.fileno(), b"\n")
