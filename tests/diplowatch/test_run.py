"""`manage.py run` as a person meets it: starts, stops, survives a kill, says what is wrong."""

from __future__ import annotations

import errno
import os
import re
import shutil
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
from django.core.management import CommandError, call_command

from diplowatch import bootstrap, embedded
from diplowatch.embedded import CannotStart, EmbeddedServer

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
LINK = re.compile(r"http://\S+/accounts/first/\S+")
# How long a process may take to end. Alone it is 2 s; under a full load 15 were seen: one that is
# killed while its worker still starts waits for that, and for PostgreSQL to write its data down.
PATIENCE = 60


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
            self.process.wait(PATIENCE)


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
    psutil.wait_procs([worker], timeout=PATIENCE)
    assert not worker.is_running()

    second = House(folder, port)
    again = second.wait_until_it_serves()
    assert "13 texts" not in again
    assert LINK.search(again)
    second.process.send_signal(signal.SIGINT)
    assert second.process.wait(PATIENCE) == 0
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


@pytest.mark.parametrize(("gigabytes", "megabytes"), [(0.5, 128), (4, 512), (64, 1024)])
def test_the_servers_buffers_fit_the_machine(
    monkeypatch: pytest.MonkeyPatch, gigabytes: float, megabytes: int
) -> None:
    pages = {"SC_PAGE_SIZE": 4096, "SC_PHYS_PAGES": int(gigabytes * 2**30 / 4096)}
    monkeypatch.setattr(os, "sysconf", pages.__getitem__)
    assert f"shared_buffers = {megabytes}MB" in embedded.settings()


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


def test_being_told_to_end_stops_all_of_it_as_ctrl_c_does(folder: Path) -> None:
    house = House(folder, free_port())
    house.wait_until_it_serves()
    house.process.terminate()
    assert house.process.wait(PATIENCE) == 0
    assert not postgres_runs(folder)


def test_being_told_to_end_while_it_starts_leaves_no_database(folder: Path) -> None:
    house = House(folder, free_port())
    end = time.monotonic() + 60
    while not (folder / "postgres" / "cluster" / "postmaster.pid").exists():
        assert time.monotonic() < end
        time.sleep(0.05)
    house.process.terminate()
    said, _none = house.process.communicate(timeout=PATIENCE)
    assert house.process.returncode == 130
    assert "Traceback" not in said
    assert not postgres_runs(folder)


def test_a_server_stuck_in_its_stopping_does_not_block_the_next_start(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import psycopg

    monkeypatch.setattr(embedded, "STOP_SECONDS", 1)
    stuck, server = EmbeddedServer(folder / "postgres"), EmbeddedServer(folder / "postgres")
    stuck.hold()
    with psycopg.connect(stuck.url) as waited_for:
        stuck._run("pg_ctl", "-D", str(stuck.cluster), "-m", "smart", "-W", "stop")
        with pytest.raises(psycopg.OperationalError, match="shutting down"):
            psycopg.connect(stuck.url)
        server.hold()
        with pytest.raises(psycopg.OperationalError):
            waited_for.execute("SELECT 1")
    with psycopg.connect(server.url) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
    stuck.release()
    server.release()
    assert not postgres_runs(folder)


def test_a_server_that_will_not_stop_is_stopped_at_once(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import psycopg

    server = EmbeddedServer(folder / "postgres")
    server.hold()
    with psycopg.connect(server.url):
        server._run("pg_ctl", "-D", str(server.cluster), "-m", "smart", "-W", "stop")
        begun = time.monotonic()
        server.release()
    assert time.monotonic() - begun < 5
    assert not postgres_runs(folder)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root runs it under another account")
def test_a_folder_closed_meanwhile_does_not_keep_the_server_running(folder: Path) -> None:
    server = EmbeddedServer(folder / "postgres")
    server.hold()
    folder.chmod(0o700)
    server.release()
    assert not postgres_runs(folder)


def test_only_what_this_start_wrote_says_that_the_disk_is_full(folder: Path) -> None:
    server = EmbeddedServer(folder / "postgres")
    server.hold()
    assert not server.is_full()
    with server.log.open("a") as log:
        log.write("PANIC:  could not write to file: No space left on device\n")
    assert server.is_full()
    server.release()
    with (server.cluster / "postgresql.conf").open("a") as conf:
        conf.write("no_such_setting = 1\n")
    with pytest.raises(CannotStart) as told:
        server.hold()
    assert "is full" not in str(told.value)
    assert not server.is_full()
    assert not postgres_runs(folder)


def test_a_database_that_cannot_be_made_is_said_and_nothing_left_running(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = EmbeddedServer(folder / "postgres")
    monkeypatch.setattr(embedded, "DATABASE", "template0 nonsense")
    with pytest.raises(CannotStart, match=r"did not start \(database: syntax error"):
        server.hold()
    assert not postgres_runs(folder)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can make a small disk")
def test_a_disk_that_fills_while_it_starts_is_said_and_the_next_start_works(folder: Path) -> None:
    folder.mkdir()
    mount, umount = shutil.which("mount"), shutil.which("umount")
    assert mount
    assert umount
    small = [mount, "-t", "tmpfs", "-o", "size=64m", "tmpfs", str(folder)]
    if subprocess.run(small, check=False, capture_output=True).returncode != 0:
        pytest.skip("no small disk can be made here")
    try:
        for _again in range(2):
            house = House(folder, free_port())
            said, _none = house.process.communicate(timeout=90)
            assert house.process.returncode == 1
            assert said.count("\n") <= 2
            assert said.endswith("is full: free some space and start again.\n")
            assert not postgres_runs(folder)
        subprocess.run([mount, "-o", "remount,size=600m", str(folder)], check=True)
        house = House(folder, free_port())
        house.wait_until_it_serves()
        house.end()
    finally:
        subprocess.run([umount, "-l", str(folder)], check=False)


def test_errors_that_a_full_disk_is_behind_are_told_from_others() -> None:
    import psycopg

    full = RuntimeError("the job was given up")
    full.__cause__ = OSError(errno.ENOSPC, "No space left on device")
    for error in (full, psycopg.OperationalError("write: No space left on device")):
        assert "is full" in bootstrap.full_disk(error)
    for other in (RuntimeError("x"), psycopg.OperationalError("gone"), OSError(errno.EACCES, "no")):
        assert bootstrap.full_disk(other) == ""


@pytest.mark.parametrize("port", ["eight", "", "80.5"])
def test_a_port_that_is_no_number_is_said_in_one_sentence(port: str) -> None:
    with pytest.raises(CommandError, match=rf"^There is no port “{port}”: choose a number"):
        call_command("run", port=port)
