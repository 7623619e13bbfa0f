"""A line of the table of files under preview."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from articles.forms.languages import language_name
from articles.models import Kind, StagedState
from articles.services.choosing import CONFLICTS, UNSEEN, choice_of
from articles.services.wording import sentence, sentences
from diplowatch.lib.dates import date_words, read_date

if TYPE_CHECKING:
    from collections.abc import Mapping

    from articles.models import StagedFile
    from articles.services.outlook import Outlook


def row_of(staged: StagedFile, outlook: Outlook, elsewhere: Mapping[str, str]) -> dict[str, Any]:
    """A line of the table; `elsewhere` names the collections that have files' bytes already."""
    summary = staged.summary
    version = outlook.versions.get(staged.pk)
    is_old = version is not None and version.is_old
    is_there = staged.sha256 in outlook.there or is_old
    kind = summary.get("kind", "")
    return {
        "staged": staged,
        "kind": Kind(kind).label if kind else "",
        "speakers": ", ".join(summary.get("speakers", [])),
        "notes": _notes(staged, outlook, elsewhere, is_there=is_there),
        "known": is_there,
        "is_twin": staged.pk in outlook.twins,
        "version": None if is_there else version,
        "choice": choice_of(staged),
        "conflicts": staged.renewal.get(CONFLICTS, 0),
        "unseen": UNSEEN in staged.renewal,
        "can_look": staged.state not in {StagedState.REFUSED, StagedState.WAITING}
        or staged.error.get("code") in {"not_in_encoding", "no_encoding_fits", "unknown_encoding"},
        "title": summary.get("title", ""),
        "date": date_words(*read_date(summary.get("date", ""))),
        "language": language_name(summary.get("language", "")),
    }


def _notes(
    staged: StagedFile, outlook: Outlook, elsewhere: Mapping[str, str], *, is_there: bool
) -> list[str]:
    """What is to be said of a file."""
    if staged.error:
        return [sentence(staged.error["code"], staged.error["params"])]
    summary = staged.summary
    notes = sentences(summary.get("notices", []))
    if staged.state == StagedState.DOUBTFUL and not summary.get("date"):
        notes = [_("No date was found."), *notes]
    if is_there:
        return [_("The collection has these bytes already."), *notes]
    if staged.pk in outlook.twins:
        said = _("The same bytes as “%(name)s”: they become one text.")
        return [said % {"name": outlook.twins[staged.pk]}, *notes]
    if staged.sha256 in elsewhere:
        said = _("“%(collection)s” has these bytes already: imported here, they are a second text.")
        return [said % {"collection": elsewhere[staged.sha256]}, *notes]
    return notes
