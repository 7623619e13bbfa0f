"""Details beside the files: a CSV table with the columns file, title, date, source, language, kind.

The delimiter is told from the first line (comma, semicolon or tab). `file` is a name, or a path
that ends like the file's. An empty cell leaves the detail to what is read from the text.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from articles.formats.faults import FileFault
from articles.text.decode import decode_bytes
from articles.text.reading import Choices, read_date
from articles.text.shapes import Notice, TextError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from articles.formats.found import Found

COLUMNS = {
    "file": "file", "fichier": "file", "filename": "file", "nom": "file",
    "title": "title", "titre": "title",
    "date": "date",
    "source": "source",
    "language": "language", "langue": "language", "lang": "language",
    "kind": "kind", "type": "kind",
    "url": "url",
    "encoding": "encoding",
}  # fmt: skip
KINDS = {
    "article": "article", "interview": "interview", "entretien": "interview",
    "transcript": "interview",
}  # fmt: skip
DELIMITERS = ",;\t|"


@dataclass(slots=True)
class Details:
    """What tables say about files, by name or path, in small letters."""

    rows: dict[str, Choices] = field(default_factory=dict)

    def copy(self) -> Details:
        """A copy to which a folder may add."""
        return Details(dict(self.rows))

    def add(self, rows: Mapping[str, Choices]) -> None:
        """Take over the rows of a table."""
        self.rows.update(rows)

    def apply(self, found: Found, path: str) -> Found:
        """The file with what the tables say of it; `path` is where it lies."""
        if not self.rows:
            return found
        parts = path.replace("\\", "/").lower().split("/")
        for start in range(len(parts)):
            choices = self.rows.get("/".join(parts[start:]))
            if choices is not None:
                return replace(found, choices=choices)
        notice = Notice("metadata_missing")
        return replace(found, notices=(*found.notices, notice))


def read_details(data: bytes) -> dict[str, Choices]:
    """The rows of a table by file name; raises a `FileFault` where it makes no sense."""
    try:
        text = decode_bytes(data).text
    except TextError as fault:
        raise FileFault("metadata_not_read") from fault
    first = text.split("\n", 1)[0]
    delimiter = max(DELIMITERS, key=first.count)
    reader = csv.reader(io.StringIO(text), delimiter=delimiter)
    try:
        lines = list(reader)
    except csv.Error as error:
        raise FileFault("metadata_not_read") from error
    heads = [COLUMNS.get(cell.strip().lower(), "") for cell in lines[0]]
    if "file" not in heads:
        raise FileFault("metadata_no_file_column")
    rows = {}
    for number, cells in enumerate(lines[1:], 2):
        row = dict(zip(heads, (cell.strip() for cell in cells), strict=False))
        if row.get("file"):
            rows[row["file"].replace("\\", "/").removeprefix("./").lower()] = _choices(row, number)
    return rows


def _choices(row: Mapping[str, str], number: int) -> Choices:
    kind = row.get("kind", "").lower()
    if kind and kind not in KINDS:
        raise FileFault("unknown_kind", kind=kind, line=number)
    date = row.get("date", "")
    if date and read_date(date) is None:
        raise FileFault("unknown_date", date=date, line=number)
    return Choices(
        encoding=row.get("encoding") or None,
        kind=KINDS.get(kind),
        title=row.get("title") or None,
        date=date or None,
        source=row.get("source") or None,
        url=row.get("url") or None,
        language=row.get("language", "").lower()[:8] or None,
    )
