"""A house to measure in: its own embedded database in a folder, servers on it, a person signed in.

Everything that needs Django runs in processes of its own, each with its own DATABASE_URL, so one
run can measure two databases side by side.
"""

from __future__ import annotations

import http.client
import json
import os
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import psycopg

from diplowatch.embedded import EmbeddedServer

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
HOST = "127.0.0.1"
SERVER_SECONDS = 60


class Program(NamedTuple):
    """What a server serves, and under which settings."""

    application: str
    settings: str = "diplowatch.settings"


OURS = Program("diplowatch.asgi:application")
BARE_SQL = Program("benchmarks.floors.bare_sql:application")
BARE_DJANGO = Program("diplowatch.asgi:application", "benchmarks.floors.django_settings")
KEPT_PAGE = Program("benchmarks.floors.kept_page:application")
FLOOR = "CREATE SCHEMA floor; CREATE TABLE floor.written (id bigserial PRIMARY KEY, said text)"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server sent."""

    status: int
    body: bytes


class Client:
    """One person on one kept connection."""

    def __init__(self, port: int, cookie: str = "") -> None:
        """Nothing is opened before the first request."""
        self.connection = http.client.HTTPConnection(HOST, port, timeout=120)
        self.headers = {"Cookie": cookie} if cookie else {}

    def get(self, path: str) -> Answer:
        """Ask, and read the whole answer; anything but 200 is an error of the measuring."""
        return self._ask("GET", path, None, self.headers)

    def post(self, path: str, body: str, headers: dict[str, str]) -> Answer:
        """Send a form, and read the whole answer; `headers` come beside one's own."""
        return self._ask("POST", path, body, self.headers | headers)

    def _ask(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> Answer:
        self.connection.request(method, path, body, headers)
        response = self.connection.getresponse()
        answer = Answer(response.status, response.read())
        if answer.status != 200:
            raise RuntimeError(f"{path}: {answer.status} {answer.body[:200]!r}")
        return answer


class Database:
    """One database of the embedded server, migrated, with the floors' own schema."""

    def __init__(self, house: House, name: str) -> None:
        """Only names it."""
        self.house, self.name = house, name

    @property
    def url(self) -> str:
        """Its address."""
        return self.house.server.url.replace("/diplowatch?", f"/{self.name}?")

    def make(self, template: Database | None = None) -> Database:
        """Create it: empty with all tables, or as a copy of another that nobody uses."""
        copied = "" if template is None else f" TEMPLATE {template.name}"
        with psycopg.connect(self.house.server.url, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {self.name}{copied}")
        if template is None:
            self.manage("migrate", "--verbosity=0")
            self.house.collect_static(self)
            self.execute(FLOOR)
        return self

    def drop(self) -> None:
        """Delete it."""
        with psycopg.connect(self.house.server.url, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {self.name} WITH (FORCE)")

    def execute(self, sql: str, values: Any = None) -> list[tuple[Any, ...]]:
        """Run SQL; its rows if it gives any."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            cursor = connection.execute(sql, values)
            return cursor.fetchall() if cursor.description else []

    def environment(self) -> dict[str, str]:
        """What a process needs to work on it."""
        return os.environ | {
            "DATABASE_URL": self.url,
            "DIPLOWATCH_DATA": str(self.house.folder),
            "DIPLOWATCH_SECRET_KEY": "measuring only",
            "DIPLOWATCH_EMBEDDED": "1",
            "DJANGO_SETTINGS_MODULE": "diplowatch.settings",
        }

    def manage(self, *arguments: str) -> str:
        """Run one of our commands to its end."""
        return self._run("manage.py", *arguments)

    def inside(self, act: str, *arguments: str) -> Any:
        """Run an act of `benchmarks.inside` to its end; gives what it printed as JSON."""
        return json.loads(self._run("-m", "benchmarks.inside", act, *arguments))

    def _run(self, *arguments: str) -> str:
        return subprocess.run(
            [sys.executable, *arguments], cwd=ROOT, env=self.environment(), check=True,
            stdout=subprocess.PIPE, text=True,
        ).stdout  # fmt: skip

    @cached_property
    def cookie(self) -> str:
        """The session of an editor who is signed in, as a Cookie header."""
        return str(self.inside("sign-in"))

    @contextmanager
    def serving(self, program: Program) -> Iterator[Client]:
        """Serve a program from one uvicorn process; a client who is signed in."""
        with socket.socket() as probe:
            probe.bind((HOST, 0))
            port = probe.getsockname()[1]
        environment = self.environment()
        environment["DJANGO_SETTINGS_MODULE"] = program.settings
        command = (
            "-m", "uvicorn", program.application, "--port", str(port), "--log-level", "warning",
            "--lifespan", "off", "--no-access-log", "--timeout-keep-alive", "600",
        )  # fmt: skip
        process = subprocess.Popen([sys.executable, *command], cwd=ROOT, env=environment)
        try:
            _wait(process, port)
            yield Client(port, self.cookie)
        finally:
            process.terminate()
            process.wait(10)


class House:
    """The folder, and the embedded server in it."""

    def __init__(self, folder: Path) -> None:
        """Start the server; it stops with `close` or with this process."""
        self.folder = folder
        self.server = EmbeddedServer(folder / "postgres")
        self.server.hold()
        self.has_static = False

    def close(self) -> None:
        """Stop the server."""
        self.server.release()

    def collect_static(self, database: Database) -> None:
        """Collect the static files once; pages name them by their hashes."""
        if not self.has_static:
            database.manage("collectstatic", "--noinput", "--verbosity=0")
            self.has_static = True

    def database(self, name: str) -> Database:
        """A database of this name, not yet made."""
        return Database(self, name)


def _wait(process: subprocess.Popen[bytes], port: int) -> None:
    ends = time.monotonic() + SERVER_SECONDS
    while time.monotonic() < ends and process.poll() is None:
        try:
            socket.create_connection((HOST, port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("the server to measure did not start")
