"""`manage.py run` as a person meets it: starts, stops, survives a kill, says what is wrong."""

from __future__ import annotations

import errno
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
import pytest

from diplowatch import bootstrap, embedded
from diplowatch.embedded import CannotStart, EmbeddedServer

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
LINK = re.compile(r"http://\S+/accounts/first/\S+")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class House:
    """One started `manage.py run` over a data folder of its own."""

    def __init__(self, folder: Path, port: int) -> None:
        environment = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith("DIPLOWATCH") and name != "DATABASE_URL"
        }
        environment |= {"DIPLOWATCH_DATA": str(folder), "PYTHONUNBUFFERED": "1"}
        self.port, self.folder = port, folder
        self.process = subprocess.Popen(
            [sys.executable, str(ROOT / "manage.py"), "run", "--port", str(port)],
            env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip

    def wait_until_it_serves(self, seconds: float = 90) -> str:
        """What it printed until the last line of its greeting; then a page is asked for."""
        assert self.process.stdout is not None
        said = ""
        while "Ctrl-C" not in said:
            line = self.process.stdout.readline()
            assert line, f"it ended early: {said}"
            said += line
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            try:
                self.get("/healthz")
            except OSError:
                time.sleep(0.1)
            else:
                return said
        raise AssertionError("no page came")

    def get(self, path: str) -> tuple[int, str]:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=20) as answer:
            return answer.status, answer.read().decode()

    def worker(self) -> psutil.Process:
        children = psutil.Process(self.process.pid).children()
        return next(child for child in children if "work" in child.cmdline())

    def end(self) -> None:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            self.process.wait(30)


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A data folder; whatever still runs on it is ended."""
    yield tmp_path / "data"
    for process in psutil.process_iter(["cmdline"]):
        if str(tmp_path) in " ".join(process.info["cmdline"] or []):
            process.kill()


def postgres_runs(folder: Path) -> bool:
    cluster = str(folder / "postgres" / "cluster")
    return any(
        cluster in " ".join(process.info["cmdline"] or [])
        for process in psutil.process_iter(["cmdline"])
    )


def test_starts_greets_stops_and_keeps_its_data_when_killed(folder: Path) -> None:
    port = free_port()
    first = House(folder, port)
    said = first.wait_until_it_serves()
    assert f"http://127.0.0.1:{port}/" in said
    assert "13 texts" in said
    link = LINK.search(said)
    assert link is not None
    status, page = first.get(link[0].split(str(port), 1)[1])
    assert status == 200
    assert "<form" in page

    worker = first.worker()
    first.process.kill()
    first.process.wait(10)
    psutil.wait_procs([worker], timeout=15)
    assert not worker.is_running()

    second = House(folder, port)
    again = second.wait_until_it_serves()
    assert "13 texts" not in again
    assert LINK.search(again)
    second.process.send_signal(signal.SIGINT)
    assert second.process.wait(20) == 0
    assert not postgres_runs(folder)


def test_a_taken_port_is_said_in_one_sentence(folder: Path) -> None:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        port = holder.getsockname()[1]
        house = House(folder, port)
        said, _none = house.process.communicate(timeout=90)
    assert house.process.returncode != 0
    assert f"Port {port} is taken" in said
    assert "Traceback" not in said


def test_a_cluster_of_another_version_is_said(folder: Path) -> None:
    cluster = folder / "postgres" / "cluster"
    cluster.mkdir(parents=True)
    (cluster / "PG_VERSION").write_text("9\n")
    house = House(folder, free_port())
    said, _none = house.process.communicate(timeout=60)
    assert house.process.returncode != 0
    assert "made by PostgreSQL 9" in said
    assert "Traceback" not in said
    assert (cluster / "PG_VERSION").read_text() == "9\n"


def test_a_full_disk_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DIPLOWATCH_DATA", str(tmp_path / "data"))

    def full(*_args: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(CannotStart, match=r"^The disk that holds .* is full"):
        bootstrap.make_data_folder()


def test_two_holders_share_a_server_and_the_last_one_stops_it(folder: Path) -> None:
    first, second = EmbeddedServer(folder / "postgres"), EmbeddedServer(folder / "postgres")
    first.hold()
    second.hold()
    first.release()
    assert postgres_runs(folder)
    second.release()
    assert not postgres_runs(folder)


def test_an_interrupted_first_start_is_done_again_whole(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = EmbeddedServer(folder / "postgres")
    with monkeypatch.context() as broken:
        broken.setattr(Path, "rename", lambda *_args: sys.exit("killed"))
        with pytest.raises(SystemExit):
            server.hold()
    assert len(list((folder / "postgres").glob("new-cluster-*/PG_VERSION"))) == 1
    server.hold()
    server.release()
    assert not list((folder / "postgres").glob("new-cluster-*"))
    settings = (folder / "postgres" / "cluster" / "postgresql.conf").read_text()
    assert "listen_addresses = ''" in settings


def test_a_server_killed_before_its_database_was_made_gets_it(folder: Path) -> None:
    import psycopg

    server = EmbeddedServer(folder / "postgres")
    server.hold()
    with psycopg.connect(server.url.replace("/diplowatch?", "/postgres?"), autocommit=True) as all_:
        all_.execute("DROP DATABASE diplowatch")
    EmbeddedServer(folder / "postgres").hold()
    with psycopg.connect(server.url) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
    server.release()


def test_no_network_address_is_listened_at_whatever_the_clusters_settings_say(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import psycopg

    monkeypatch.setattr(embedded, "SETTINGS", "")
    server = EmbeddedServer(folder / "postgres")
    server.hold()
    with psycopg.connect(server.url) as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
    server.release()


def test_a_socket_folder_of_somebody_else_is_refused(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = EmbeddedServer(folder / "postgres")
    elsewhere = folder / "elsewhere"
    elsewhere.mkdir(parents=True)
    link = folder / "link"
    link.symlink_to(elsewhere)
    monkeypatch.setattr(server, "socket_folder", link)
    with pytest.raises(CannotStart, match="belongs to somebody else"):
        server.hold()
