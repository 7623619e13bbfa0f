"""Files to import, good and bad, and the command line run in this process."""

from __future__ import annotations

import io
import json
import zipfile
from concurrent.futures import Future
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from tests.conftest import INTERVIEW, NEWS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Run = tuple[list[dict[str, Any]], int]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one article and one interview."""
    place = tmp_path / "texts"
    place.mkdir()
    (place / "a-news.txt").write_text(NEWS)
    (place / "b-interview.txt").write_text(INTERVIEW)
    return place


@pytest.fixture
def import_json(capsys: pytest.CaptureFixture[str]) -> Callable[..., Run]:
    """Run `import_texts --json`; its objects and its exit code."""

    def run(*arguments: object, jobs: int = 1) -> Run:
        capsys.readouterr()
        code = _import(arguments, jobs) if jobs == 1 else _import_aside(arguments, jobs)
        out = capsys.readouterr().out
        return [json.loads(line) for line in out.splitlines()], code

    return run


def _import(arguments: Sequence[object], jobs: int) -> int:
    try:
        call_command("import_texts", *map(str, arguments), "--json", f"--jobs={jobs}")
    except SystemExit as stop:
        return int(stop.code or 0)
    return 0


def _import_aside(arguments: Sequence[object], jobs: int) -> int:
    """Import from a thread: page tests leave an event loop in this one.

    While one runs Django looks for its connections elsewhere, and none runs in a process that was
    forked. No executor's thread: such a process would wait for itself at its end.
    """
    done: Future[int] = Future()

    def work() -> None:
        try:
            done.set_result(_import(arguments, jobs))
        except CommandError as error:
            done.set_exception(error)
        finally:
            connection.close()

    thread = Thread(target=work)
    thread.start()
    thread.join()
    return done.result(timeout=0)


def known_rows(table: str) -> float:
    """How many rows the planner takes for there; negative: it knows nothing."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE oid = %s::regclass", [table])
        return float(cursor.fetchone()[0])


def make_zip(entries: dict[str, bytes | str], *, packed: bool = True) -> bytes:
    """A zip archive with these entries."""
    buffer = io.BytesIO()
    method = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return buffer.getvalue()
