"""A line of the table of files under preview."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from articles.forms.languages import language_name
from articles.models import Kind, StagedState
from articles.queries.staged import shown_names
from articles.services.choosing import CONFLICTS, UNSEEN, choice_of
from articles.services.wording import sentence, sentences
from diplowatch.lib.dates import date_words, read_date

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from articles.models import StagedFile
    from articles.services.outlook import Outlook

TYPED = ("collection", "new_collection", "source")  # of all files: typed, not saved yet
# Faults of files that another encoding may open.
ANOTHER_ENCODING = frozenset({"not_in_encoding", "no_encoding_fits", "unknown_encoding"})


def rows_of(
    files: Sequence[StagedFile], outlook: Outlook, elsewhere: Mapping[str, str]
) -> list[dict[str, Any]]:
    """Lines of the table; `elsewhere` names the collections that have files' bytes already."""
    names = shown_names(files)
    rows = [_row(staged, outlook, elsewhere) | {"name": names[staged.pk]} for staged in files]
    # Where one goes on when a row is left out: at the next one, at the end at the one before.
    for row, following in pairwise(rows):
        row["beside"] = following["staged"].position
    if len(rows) > 1:
        rows[-1]["beside"] = files[-2].position
    return rows


def _row(staged: StagedFile, outlook: Outlook, elsewhere: Mapping[str, str]) -> dict[str, Any]:
    summary = staged.summary
    version = outlook.versions.get(staged.pk)
    is_there = outlook.has(staged)
    kind = summary.get("kind", "")
    return {
        "staged": staged,
        "kind": Kind(kind).label if kind else "",
        "speakers": ", ".join(summary.get("speakers", [])),
        "notes": _notes(staged, outlook, elsewhere),
        "known": is_there,
        "is_twin": staged.pk in outlook.twins,
        "version": None if is_there else version,
        "choice": choice_of(staged),
        "is_open": staged.pk in outlook.open,
        "conflicts": staged.renewal.get(CONFLICTS, 0),
        "unseen": UNSEEN in staged.renewal,
        "can_look": staged.state not in {StagedState.REFUSED, StagedState.WAITING}
        or staged.error.get("code") in ANOTHER_ENCODING,
        "title": summary.get("title", ""),
        "date": date_words(*read_date(summary.get("date", ""))),
        "language": language_name(summary.get("language", "")),
    }


def _notes(staged: StagedFile, outlook: Outlook, elsewhere: Mapping[str, str]) -> list[str]:
    """What is to be said of a file."""
    if staged.error:
        return [sentence(staged.error["code"], staged.error["params"])]
    summary = staged.summary
    notes = sentences(summary.get("notices", []))
    is_new = not outlook.has(staged)
    if is_new and staged.state == StagedState.DOUBTFUL and not summary.get("date"):
        notes = [_("No date was found."), *notes]
    same = same_bytes(staged, outlook, elsewhere)
    return [same, *notes] if same else notes


def same_bytes(staged: StagedFile, outlook: Outlook, elsewhere: Mapping[str, str]) -> str:
    """Where the bytes of a file are already, in this import or in a collection; "" for nowhere."""
    if outlook.has(staged):
        return _("The collection has these bytes already.")
    if staged.pk in outlook.twins:
        said = _("The same bytes as “%(name)s”: they become one text.")
        return said % {"name": outlook.twins[staged.pk]}
    if staged.sha256 in elsewhere:
        said = _("“%(collection)s” has these bytes already: imported here, they are a second text.")
        return said % {"collection": elsewhere[staged.sha256]}
    gone = outlook.gone.get(staged.sha256)
    if gone is not None and gone.removed is not None:
        said = _(
            "“%(title)s” had these bytes and was worked on here, until its import was undone on "
            "%(date)s: the report of that import brings it back."
        )
        return said % {"title": gone.title, "date": date_format(gone.removed, "SHORT_DATE_FORMAT")}
    return ""
