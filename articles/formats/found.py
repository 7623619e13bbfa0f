"""A file that was found: its name, its bytes or where they are, or why there are none."""

from __future__ import annotations

import errno
import os
import stat
from dataclasses import dataclass
from typing import TYPE_CHECKING

from articles.formats.faults import FileFault
from articles.text.reading import Choices
from articles.text.shapes import Notice

if TYPE_CHECKING:
    from articles.text.shapes import TextError

NO_CHOICES = Choices()
UNREADABLE = {errno.EACCES, errno.EPERM}
VANISHED = {errno.ENOENT, errno.ENOTDIR, errno.ESTALE}
NOT_A_FILE = {errno.EISDIR, errno.ENXIO, errno.ELOOP}


@dataclass(frozen=True, slots=True)
class Found:
    """One file to import. `name` is its base name; `place` its path as given, to be shown;
    `inside` its path beneath the folder or archive that was given, with `/`.

    Its bytes are `data`, or else in the file `path`; `fault` says why there are none.
    """

    name: str
    place: str
    path: str = ""
    data: bytes | None = None
    fault: Notice | None = None
    choices: Choices = NO_CHOICES
    notices: tuple[Notice, ...] = ()
    inside: str = ""

    @property
    def size(self) -> int:
        """The bytes it holds in memory."""
        return len(self.data or b"")


def refused(name: str, place: str, fault: TextError, inside: str = "") -> Found:
    """A file that is not taken, and why."""
    return Found(name, place, fault=Notice(fault.code, fault.params), inside=inside)


def load(found: Found, file_bytes: int) -> bytes:
    """The bytes of a file; raises a `FileFault` where there are none to be had."""
    if found.fault is not None:
        raise FileFault(found.fault.code, **found.fault.params)
    if found.data is None:
        return read_path(found.path, file_bytes)
    if len(found.data) > file_bytes:
        raise too_large(file_bytes)
    return found.data


def read_path(path: str, file_bytes: int) -> bytes:
    """The bytes of a file on disk, at most `file_bytes`; raises a `FileFault`."""
    try:
        # A pipe or a device would be waited for without end.
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
        with os.fdopen(handle, "rb") as file:
            facts = os.fstat(handle)
            if not stat.S_ISREG(facts.st_mode):
                raise FileFault("not_a_file")
            # No more is asked for than there is: room for the largest file is dear to make.
            size = min(facts.st_size, file_bytes)
            data = file.read(size + 1)
            if len(data) > size:  # it grew, or its size is not told
                data += file.read(file_bytes + 1 - len(data))
    except OSError as error:
        raise disk_fault(error) from error
    if len(data) > file_bytes:
        raise too_large(file_bytes)
    return data


def disk_fault(error: OSError) -> FileFault:
    """What the system says about a file, as a fault."""
    if error.errno in VANISHED:
        return FileFault("vanished")
    if error.errno in NOT_A_FILE:
        return FileFault("not_a_file")
    if error.errno in UNREADABLE:
        return FileFault("unreadable", reason=os.strerror(error.errno))
    return FileFault("unreadable", reason=error.strerror or str(error))


def too_large(file_bytes: int) -> FileFault:
    """A file is larger than the limit."""
    return FileFault("too_large", megabytes=max(1, file_bytes // (1024 * 1024)))
