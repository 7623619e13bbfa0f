"""Why a file cannot be taken, and the limits that it must keep."""

from __future__ import annotations

from dataclasses import dataclass

from articles.text.shapes import TextError

NAME_LENGTH = 255  # code points of a file name that are kept

# Every code a `FileFault` or a notice of the import may bear; the interface words them.
CODES = frozenset(
    [
        "too_large",
        "too_many_files",
        "zip_bomb",
        "zip_total",
        "upload_total",
        "nested_archive",
        "encrypted_entry",
        "broken_archive",
        "broken_entry",
        "vanished",
        "unreadable",
        "not_a_file",
        "html_too_deep",
        "metadata_no_file_column",
        "metadata_not_read",
        "metadata_missing",
        "unknown_kind",
        "unknown_date",
        "unknown_language",
        "row_of_several",
        "row_without_file",
        "not_stored",
        "not_read",
        "database_gone",
        "cut_upload",
        "nothing_found",
        "bytes_known",
        "same_bytes",
        "version_merge",
        "version_separate",
        "version_skip",
        "table_alone",
        "same_name",
        "conflicts_kept",
        "given",
    ]
)


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is taken: bytes a file, files an archive or upload, bytes in all."""

    file_bytes: int
    files: int
    total_bytes: int


class FileFault(TextError):
    """A file that cannot be taken; `code` is one of `CODES`."""

    def __init__(self, code: str, **params: str | int) -> None:
        """Keep the code and what its sentence needs."""
        super().__init__(**params)
        self.code = code
        self.args = (code,)


def base_name(path: str) -> str:
    """The last part of a path of any system, without controls, at most 255 code points.

    Nothing is ever written under it: it is a name to show and to keep.
    """
    last = path.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1]
    # Bytes of a name that are no UTF-8 come as lone surrogates, which no database takes.
    last = last.encode("utf-8", "replace").decode("utf-8")
    shown = "".join(letter for letter in last if letter.isprintable()).strip()
    if shown in {"", ".", ".."}:
        return "–"
    if len(shown) <= NAME_LENGTH:
        return shown
    stem, dot, ending = shown.rpartition(".")
    kept = dot + ending if dot and len(ending) < 10 else ""
    return (stem if kept else shown)[: NAME_LENGTH - len(kept)] + kept


def shown_path(path: str) -> str:
    """A path as it may be shown: each part as `base_name` gives it, joined by `/`."""
    parts = path.replace("\\", "/").split("/")
    return "/".join(base_name(part) for part in parts if part not in {"", "."})
