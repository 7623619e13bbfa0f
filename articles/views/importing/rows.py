"""A line of the table of files under preview."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from articles.forms.languages import language_name
from articles.models import Kind, StagedState
from articles.services.wording import sentence, sentences
from diplowatch.lib.dates import date_words, read_date

if TYPE_CHECKING:
    from collections.abc import Mapping

    from articles.models import StagedFile


def row_of(
    staged: StagedFile, there: set[str], versions: Mapping[int, dict[str, Any]],
    elsewhere: Mapping[str, str],
) -> dict[str, Any]:  # fmt: skip
    """A line of the table; `elsewhere` names the collections that have files' bytes already."""
    summary = staged.summary
    notes = sentences(summary.get("notices", []))
    if staged.error:
        notes = [sentence(staged.error["code"], staged.error["params"])]
    elif staged.state == StagedState.DOUBTFUL and not summary.get("date"):
        notes = [_("No date was found."), *notes]
    version = versions.get(staged.pk)
    is_old = version is not None and version["known"].is_old
    if (staged.sha256 in there or is_old) and not staged.error:
        notes = [_("The collection has these bytes already."), *notes]
    elif staged.sha256 in elsewhere and not staged.error:
        said = _("“%(collection)s” has these bytes already: imported here, they are a second text.")
        notes = [said % {"collection": elsewhere[staged.sha256]}, *notes]
    kind = summary.get("kind", "")
    return {
        "staged": staged,
        "kind": Kind(kind).label if kind else "",
        "speakers": ", ".join(summary.get("speakers", [])),
        "notes": notes,
        "known": staged.sha256 in there or is_old,
        "version": None if is_old else version,
        "can_look": staged.state not in {StagedState.REFUSED, StagedState.WAITING}
        or staged.error.get("code") in {"not_in_encoding", "no_encoding_fits", "unknown_encoding"},
        "title": summary.get("title", ""),
        "date": date_words(*read_date(summary.get("date", ""))),
        "language": language_name(summary.get("language", "")),
    }
