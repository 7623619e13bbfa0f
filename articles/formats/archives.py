"""Zip archives: their entries are read in memory, within limits counted while reading."""

from __future__ import annotations

import os
import struct
import zipfile
import zlib
from lzma import LZMAError
from typing import IO, TYPE_CHECKING

from articles.formats.faults import FileFault, base_name
from articles.formats.found import Found, disk_fault, refused, too_large

if TYPE_CHECKING:
    from collections.abc import Iterator

    from articles.formats.faults import Limits

ARCHIVES = (
    ".zip", ".7z", ".rar", ".tar", ".gz", ".tgz", ".bz2", ".tbz2", ".xz", ".txz", ".zst", ".lz4",
    ".cab", ".iso", ".jar",
)  # fmt: skip
PIECE = 64 * 1024
RATIO = 150  # text packs to about a third; hardly any to less than a hundredth
RATIO_FROM = 1024 * 1024  # bytes below which a ratio says nothing
ENTRY_BYTES = 400  # bytes an entry of the directory takes on average, at most
END_RECORD = 22
BROKEN = (zipfile.BadZipFile, zlib.error, LZMAError, EOFError, NotImplementedError, RuntimeError)
CLUTTER = frozenset({"thumbs.db", "desktop.ini", "icon"})


class _Counting:
    """A file that counts the bytes read from it: the archive's own figures are not believed."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file, self.count = file, 0

    def read(self, size: int = -1) -> bytes:
        data = self.file.read(size)
        self.count += len(data)
        return data

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        return self.file.seek(offset, whence)

    def tell(self) -> int:
        return self.file.tell()

    def seekable(self) -> bool:
        return True

    def close(self) -> None:
        """Leave the file to its owner."""


def is_archive(name: str) -> bool:
    """Whether a name is that of an archive (of any kind)."""
    return name.lower().endswith(ARCHIVES)


def is_clutter(path: str) -> bool:
    """Whether a path is what systems leave about: hidden files, thumbnails, resource forks."""
    parts = [part for part in path.replace("\\", "/").split("/") if part not in {"", ".", ".."}]
    hidden = any(part.startswith(".") or part == "__MACOSX" for part in parts)
    return hidden or (bool(parts) and parts[-1].strip().lower() in CLUTTER)


def open_archive(file: IO[bytes], limits: Limits) -> Archive:
    """Read the directory of an archive; raises a `FileFault` where it is broken or too long."""
    try:
        if _directory_bytes(file) > limits.files * ENTRY_BYTES:
            raise FileFault("too_many_files", limit=limits.files)
        return Archive(file, limits)
    except (*BROKEN, ValueError, struct.error) as error:
        raise FileFault("broken_archive") from error
    except OSError as error:
        raise disk_fault(error) from error


class Archive:
    """An archive whose directory was read."""

    def __init__(self, file: IO[bytes], limits: Limits) -> None:
        """Read the directory."""
        self._counting = _Counting(file)
        self._zip = zipfile.ZipFile(self._counting)
        self._limits = limits
        self._left = limits.total_bytes
        self._entries = [
            entry
            for entry in self._zip.infolist()
            if not entry.is_dir() and not is_clutter(entry.filename)
        ]
        if len(self._entries) > limits.files:
            raise FileFault("too_many_files", limit=limits.files)

    def __len__(self) -> int:
        """How many files it says it has."""
        return len(self._entries)

    def names(self) -> Iterator[str]:
        """The paths of its files that are no CSV files, unread."""
        names = (entry.filename for entry in self._entries)
        return (name for name in names if not name.lower().endswith(".csv"))

    def tables(self) -> Iterator[Found]:
        """Its CSV files."""
        return self._walk(tables=True)

    def files(self) -> Iterator[Found]:
        """Its other files, each with its bytes or its fault; stops where the total is reached."""
        return self._walk(tables=False)

    def _walk(self, *, tables: bool) -> Iterator[Found]:
        for entry in self._entries:
            if entry.filename.lower().endswith(".csv") is not tables:
                continue
            name = base_name(entry.filename)
            try:
                yield Found(name, entry.filename, data=self._read(entry))
            except FileFault as fault:
                yield refused(name, entry.filename, fault)
                if fault.code == "zip_total":
                    return

    def _read(self, entry: zipfile.ZipInfo) -> bytes:
        if is_archive(entry.filename):
            raise FileFault("nested_archive")
        if entry.flag_bits & 0x1:
            raise FileFault("encrypted_entry")
        try:
            with self._zip.open(entry) as stream:
                return self._read_within(stream)
        except BROKEN as error:
            raise FileFault("broken_entry") from error
        except (OSError, ValueError, struct.error) as error:
            raise FileFault("broken_entry") from error

    def _read_within(self, stream: IO[bytes]) -> bytes:
        pieces, size, begun = [], 0, self._counting.count
        while piece := stream.read(PIECE):
            size += len(piece)
            self._left -= len(piece)
            packed = max(1, self._counting.count - begun)
            if size > self._limits.file_bytes:
                raise too_large(self._limits.file_bytes)
            if size > RATIO_FROM and size > RATIO * packed:
                raise FileFault("zip_bomb")
            if self._left < 0:
                megabytes = self._limits.total_bytes // (1024 * 1024)
                raise FileFault("zip_total", megabytes=max(1, megabytes))
            pieces.append(piece)
        return b"".join(pieces)


def _directory_bytes(file: IO[bytes]) -> int:
    """How long the directory is, so that a huge one is refused before it is read."""
    end = file.seek(0, os.SEEK_END)
    file.seek(max(0, end - END_RECORD - 0xFFFF))
    tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or at + END_RECORD > len(tail):
        raise zipfile.BadZipFile
    (size,) = struct.unpack_from("<L", tail, at + 12)
    wide = tail.rfind(b"PK\x06\x06", 0, at)
    if wide >= 0 and wide + 56 <= len(tail):
        (size_wide,) = struct.unpack_from("<Q", tail, wide + 40)
        return max(int(size), int(size_wide)) if size != 0xFFFFFFFF else int(size_wide)
    return int(size)
