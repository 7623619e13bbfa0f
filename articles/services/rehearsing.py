"""What a dry run foresees of files: left, merged or twice, as the import itself would tell it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from articles.services.versions import MERGE, SKIP
from articles.services.wording import sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Row = dict[str, Any]


def foresee(reports: Iterable[list[Row]], on_change: str) -> Iterator[list[Row]]:
    """The reports of a dry run's chunks, with what would become of new versions and twins.

    Where several processes read, the first of two files with the same bytes is the one that was
    read first.
    """
    rehearsal = _Rehearsal(on_change)
    for rows in reports:
        for row in rows:
            if row["counts_as"] == "dry_run":
                rehearsal.tell(row)
        yield rows


class _Rehearsal:
    """What has been read so far: the bytes that would be texts, the articles merged into."""

    def __init__(self, on_change: str) -> None:
        self.on_change = on_change
        self.first: dict[str, str] = {}  # where the first file of these bytes lies
        self.merged: set[int] = set()

    def tell(self, row: Row) -> None:
        """Add to a report what would become of the file."""
        version = row["version"]
        if version is not None:
            row["warnings"].insert(0, sentence(f"version_{self.on_change}", {"id": version}))
            if self.on_change == SKIP:
                row["counts_as"] = "skipped"
                return
        first = self.first.get(row["sha256"])
        if first is not None:
            row["counts_as"] = "unchanged"
            row["warnings"].append(sentence("same_bytes", {"name": first}))
            return
        self.first[row["sha256"]] = row["place"]
        if version is not None and self.on_change == MERGE:
            self._merge(row, version)

    def _merge(self, row: Row, version: int) -> None:
        """One import brings one version of an article: another file of its name is left."""
        row["counts_as"] = "skipped" if version in self.merged else "merged"
        if version in self.merged:
            row["warnings"].append(sentence("same_name"))
        self.merged.add(version)
