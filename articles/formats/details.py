"""Details beside the files: a CSV table with the columns file, title, date, source, language, kind.

The delimiter is told from the first line (comma, semicolon or tab). `file` is a name, or a path
that ends like the file's. An empty cell leaves the detail to what is read from the text, and so
does one that makes no sense: it is a fault of its row and hurts no other.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from babel import Locale

from articles.formats.faults import FileFault
from articles.text.decode import decode_bytes
from articles.text.header import read_language
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
    "transcript": "interview", "transcription": "interview",
}  # fmt: skip
DELIMITERS = ",;\t|"


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """What a table says of a file: the name or path as written, its line, what makes no sense.

    Each is equal to itself alone, so that rows of several tables can be counted.
    """

    file: str
    line: int
    choices: Choices
    faults: tuple[Notice, ...] = ()


@dataclass(slots=True)
class Details:
    """What tables say about files, by name or path, in small letters.

    `files`: how many files each row speaks of, as far as they were counted.
    """

    rows: dict[str, Row] = field(default_factory=dict)
    files: Counter[Row] = field(default_factory=Counter)

    def copy(self) -> Details:
        """A copy to which a folder may add; files are counted for all."""
        return Details(dict(self.rows), self.files)

    def add(self, rows: Mapping[str, Row]) -> None:
        """Take over the rows of a table."""
        self.rows.update(rows)

    def key_of(self, path: str) -> str:
        """By which name or path a row speaks of a file; "" where none does."""
        return next((ending for ending in endings(path) if ending in self.rows), "")

    def count(self, path: str) -> None:
        """Count a file for the row that speaks of it."""
        row = self.rows.get(self.key_of(path))
        if row is not None:
            self.files[row] += 1

    def apply(self, found: Found, path: str) -> Found:
        """The file with what the tables say of it; `path` is where it lies."""
        if not self.rows:
            return found
        row = self.rows.get(self.key_of(path))
        if row is not None:
            notices = (*found.notices, *row.faults)
            if (count := self.files[row]) > 1:
                notices = (*notices, of_several(row, count))
            return replace(found, choices=row.choices, notices=notices)
        notice = Notice("metadata_missing")
        return replace(found, notices=(*found.notices, notice))


def of_several(row: Row, count: int) -> Notice:
    """A row is taken for each of so many files, having no folder to choose by."""
    return Notice("row_of_several", {"line": row.line, "file": row.file, "count": count})


def endings(path: str) -> list[str]:
    """The names by which a row may speak of a file, the longest first."""
    parts = path.replace("\\", "/").lower().split("/")
    return ["/".join(parts[start:]) for start in range(len(parts))]


def read_details(data: bytes) -> dict[str, Row]:
    """The rows of a table by file name; raises a `FileFault` where it is no table of files."""
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
        if file := row.get("file"):
            rows[file.replace("\\", "/").removeprefix("./").lower()] = _row(file, row, number)
    return rows


def _row(file: str, cells: Mapping[str, str], line: int) -> Row:
    faults = []
    kind, date, language = (cells.get(name, "") for name in ("kind", "date", "language"))
    if kind and kind.lower() not in KINDS:
        faults.append(Notice("unknown_kind", {"kind": kind, "line": line}))
    if date and read_date(date) is None:
        faults.append(Notice("unknown_date", {"date": date, "line": line}))
        date = ""
    code = _language(language)
    if language and not code:
        faults.append(Notice("unknown_language", {"language": language, "line": line}))
    choices = Choices(
        encoding=cells.get("encoding") or None,
        kind=KINDS.get(kind.lower()),
        title=cells.get("title") or None,
        date=date or None,
        source=cells.get("source") or None,
        url=cells.get("url") or None,
        language=code or None,
    )
    return Row(file, line, choices, tuple(faults))


def _language(words: str) -> str:
    """The code of a language that there is, as a header may write it; "" for anything else."""
    code = read_language(words)
    return code if code.split("-")[0] in Locale("en").languages else ""
