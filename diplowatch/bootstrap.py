"""What must stand before Django loads: the data folder, the secret and the database."""

from __future__ import annotations

import errno
import fcntl
import os
import secrets
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from diplowatch.embedded import FULL, CannotStart, EmbeddedServer, disk_is_full
from diplowatch.messages import compile_catalogue

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["CannotStart", "data_folder", "full_disk", "prepare"]

ROOT = Path(__file__).resolve().parent.parent

# Commands that never open the database, so need not start one.
WITHOUT_DATABASE = frozenset(
    {"", "help", "version", "--version", "--help", "-h", "makemessages", "compilemessages"}
    | {"collectstatic", "findstatic", "startapp", "diffsettings"}
)

NO_SPACE = frozenset({errno.ENOSPC, errno.EDQUOT})

_server: EmbeddedServer | None = None  # held for the life of the process: it keeps the server up


def data_folder() -> Path:
    """The folder with the database cluster, the secret and collected static files."""
    return Path(os.environ.get("DIPLOWATCH_DATA") or ROOT / "var").expanduser().resolve()


def make_data_folder() -> Path:
    """Make the data folder, readable by its owner; a full disk or a read-only place is said."""
    folder = data_folder()
    try:
        # For the owner alone; as root, the database's account is let pass through later.
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        probe = folder / ".write-test"
        probe.write_bytes(b"\0" * 4096)
        probe.unlink(missing_ok=True)  # two starts at once probe the same place
    except OSError as error:
        raise CannotStart(_why_not_writable(folder, error)) from error
    return folder


def _why_not_writable(folder: Path, error: OSError) -> str:
    if error.errno in NO_SPACE:
        return disk_is_full(folder)
    return f"The data folder {folder} cannot be written: {error.strerror}."


def ensure_secret(folder: Path) -> None:
    """Keep one generated secret in the data folder when the environment names none."""
    if os.environ.get("DIPLOWATCH_SECRET_KEY"):
        return
    path = folder / "secret_key"
    with _locked(folder):
        if path.exists() and path.read_text().strip():
            return
        # Written whole before it has its name: whoever is killed here leaves no empty secret.
        unfinished = folder / "secret_key.new"
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
        with os.fdopen(os.open(unfinished, flags, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(50))
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Hold the folder alone, against others that start at the same moment."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def prepare(arguments: Sequence[str]) -> None:
    """Make ready for the command line `arguments`; with no DATABASE_URL, the embedded server."""
    global _server
    command = arguments[0] if arguments else ""
    if command == "run":
        os.environ.setdefault("DIPLOWATCH_POOL", "16")
    folder = make_data_folder()
    compile_catalogue()
    if os.environ.get("DATABASE_URL"):
        if command == "run":
            ensure_secret(folder)
        return
    ensure_secret(folder)
    server = EmbeddedServer(folder / "postgres")
    os.environ["DATABASE_URL"] = server.url
    os.environ["DIPLOWATCH_EMBEDDED"] = "1"
    if command in WITHOUT_DATABASE:
        return
    server.hold()
    _server = server


def full_disk(error: BaseException | None) -> str:
    """The sentence for a full disk, where that is behind what stopped a command; else ""."""
    folder = data_folder()
    while error is not None:
        if (isinstance(error, OSError) and error.errno in NO_SPACE) or FULL in str(error):
            return disk_is_full(folder)
        if type(error).__name__ == "OperationalError" and _server is not None and _server.is_full():
            return disk_is_full(folder)  # the server went down: only its log says why
        error = error.__cause__
    return ""


def release() -> None:
    """Let go of the embedded server; the last one to let go stops it."""
    global _server
    if _server is not None:
        _server.release()
        _server = None
