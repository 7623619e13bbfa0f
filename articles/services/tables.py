"""What tables of details beside the files of a batch say of them, and which rows make no sense."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Coalesce

from articles.formats.details import Details, Row, endings, of_several
from articles.formats.found import Found
from articles.models import ImportBatch, StagedFile, StagedState
from articles.services.assessment import fault_of
from articles.services.standing import IN_HAND
from articles.text.adjust import Overrides, from_json, to_json
from articles.text.reading import Choices
from articles.text.shapes import Notice

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

ROWS = 100  # staged rows written at once


def kept_details(batch: ImportBatch) -> Details:
    """What tables sent before said of files that may still come."""
    return Details({path: _row(path, values) for path, values in batch.details.items()})


def _row(path: str, values: Mapping[str, Any]) -> Row:
    faults = tuple(Notice(one["code"], one["params"]) for one in values.get("faults", ()))
    choices = from_json(values).choices
    return Row(values.get("file", path), values.get("line", 0), choices, faults)


def apply_details(batch: ImportBatch, details: Details) -> None:
    """Set what the tables say on the files that nobody has set right yet, and keep it."""
    kept = {
        path: _values(row.choices, row.faults) | {"file": row.file, "line": row.line}
        for path, row in details.rows.items()
    }
    ImportBatch.objects.filter(pk=batch.pk).update(details=kept)
    changed = []
    # What was imported or refused unread has no bytes that could be read again.
    files = (
        StagedFile.objects.filter(batch=batch, overrides={}, state__in=IN_HAND)
        .exclude(state=StagedState.REFUSED, data=b"")
        .defer("data")
    )
    for staged in files.iterator(ROWS):
        path = staged.summary.get("path", staged.name)
        found = details.apply(Found(staged.name, path), path)
        faults = [notice for notice in found.notices if notice.code != "metadata_missing"]
        if found.choices != Choices() or faults:
            staged.overrides = _values(found.choices, faults)
            staged.state = StagedState.WAITING
            changed.append(staged)
    StagedFile.objects.bulk_update(changed, ["overrides", "state"], batch_size=ROWS)
    _pass_on(batch, changed)
    _tell_of_several(batch, details)


def _pass_on(batch: ImportBatch, named: Iterable[StagedFile]) -> None:
    """Files of the same bytes become one text: whichever is imported has its details."""
    details = {staged.sha256: staged.overrides for staged in reversed([*named])}
    twins = StagedFile.objects.filter(batch=batch, overrides={}, state__in=IN_HAND)
    changed = list(twins.filter(sha256__in=details).only("sha256"))
    for staged in changed:
        staged.overrides = details[staged.sha256]
        staged.state = StagedState.WAITING
    StagedFile.objects.bulk_update(changed, ["overrides", "state"], batch_size=ROWS)


def _tell_of_several(batch: ImportBatch, details: Details) -> None:
    """Let a person check the files that one row speaks of together, having no folder to choose by.

    Files may come in several parts, so that those of before are told now.
    """
    files = StagedFile.objects.filter(batch=batch)
    paths = {path or name for path, name in files.values_list("summary__path", "name")}
    count = Counter(details.key_of(path) for path in {path.lower() for path in paths})
    several = {key for key, times in count.items() if key and times > 1}
    alike = {path for path in paths if details.key_of(path) in several}
    if not alike:
        return
    named = files.annotate(path=Coalesce(KeyTextTransform("path", "summary"), "name"))
    unread = Q(state=StagedState.REFUSED, data=b"")
    changed = []
    found = named.filter(path__in=alike, state__in=IN_HAND).exclude(unread).defer("data")
    for staged in found.exclude(overrides__has_key="checked").iterator(ROWS):
        key = details.key_of(staged.path)
        row = details.rows[key]
        faults = [*row.faults, of_several(row, count[key])]
        staged.overrides |= {"faults": [fault_of(fault) for fault in faults]}
        staged.state = StagedState.WAITING
        changed.append(staged)
    StagedFile.objects.bulk_update(changed, ["overrides", "state"], batch_size=ROWS)


def _values(choices: Choices, faults: Iterable[Notice]) -> dict[str, Any]:
    """Details as plain values; faults of their row stay until a person sets the file right."""
    noted = [fault_of(fault) for fault in faults]
    return to_json(Overrides(choices)) | ({"faults": noted} if noted else {})


def table_faults(batch: ImportBatch) -> list[Notice]:
    """What is wrong with the rows of the tables, by line: they name no file there is, or else."""
    if not batch.details:
        return []
    paths = StagedFile.objects.filter(batch=batch).values_list("summary__path", "name")
    there = {ending for path, name in paths for ending in endings(path or name)}
    found: list[Notice] = []
    for path, row in kept_details(batch).rows.items():
        if row.line and path not in there:
            found.append(Notice("row_without_file", {"line": row.line, "file": row.file}))
        else:
            found += row.faults
    return sorted(found, key=lambda notice: notice.params["line"])
