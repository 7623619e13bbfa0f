"""Files to import, good and bad, and the command line run in this process."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.core.management import call_command
from django.db import connection

from tests.conftest import INTERVIEW, NEWS

if TYPE_CHECKING:
    from collections.abc import Callable

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
        code = 0
        try:
            call_command("import_texts", *map(str, arguments), "--json", f"--jobs={jobs}")
        except SystemExit as stop:
            code = int(stop.code or 0)
        out = capsys.readouterr().out
        return [json.loads(line) for line in out.splitlines()], code

    return run


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
