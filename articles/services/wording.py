"""The sentences behind the codes of notices, faults and evidence, in the language at hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext, gettext_noop

from articles.text.codes import CODES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

# The codes of the import itself; those of reading a text stand in `articles.text.codes`.
OURS = {
    "too_large": gettext_noop("The file is larger than %(megabytes)s MB."),
    "too_many_files": gettext_noop("There are more than %(limit)s files: import them in parts."),
    "zip_bomb": gettext_noop("The file unpacks to far more than any text does."),
    "zip_total": gettext_noop(
        "The archive unpacks to more than %(megabytes)s MB: the rest of it was left out."
    ),
    "upload_total": gettext_noop("The files are larger than %(megabytes)s MB in all."),
    "nested_archive": gettext_noop("An archive inside an archive is not opened."),
    "encrypted_entry": gettext_noop("The file is locked by a password."),
    "broken_archive": gettext_noop("The archive is broken or no zip archive."),
    "broken_entry": gettext_noop("The file is broken inside its archive."),
    "vanished": gettext_noop("The file is not there (any more)."),
    "unreadable": gettext_noop("The file cannot be opened: %(reason)s."),
    "not_a_file": gettext_noop("This is no ordinary file."),
    "html_too_deep": gettext_noop("The web page is nested too deeply to be read whole."),
    "metadata_no_file_column": gettext_noop("The table of details has no column “file”."),
    "metadata_not_read": gettext_noop("The table of details cannot be read as CSV."),
    "metadata_missing": gettext_noop("The table of details does not name this file."),
    "unknown_kind": gettext_noop(
        "Line %(line)s of the table of details: “%(kind)s” is no kind of text."
    ),
    "unknown_date": gettext_noop("Line %(line)s of the table of details: “%(date)s” is no date."),
    "unknown_language": gettext_noop(
        "Line %(line)s of the table of details: “%(language)s” is no language that is known."
    ),
    "row_of_several": gettext_noop(
        "Line %(line)s of the table of details: “%(file)s” is the name of %(count)s files here, "
        "and the line is taken for each of them. Write the folder too."
    ),
    "row_without_file": gettext_noop(
        "Line %(line)s of the table of details: “%(file)s” is not among the files."
    ),
    "not_stored": gettext_noop("The database refused the file: %(reason)s"),
    "not_read": gettext_noop("Reading the file failed; the log says where."),
    "database_gone": gettext_noop("The connection to the database was lost: import it again."),
    "cut_upload": gettext_noop("The upload was cut: send it again."),
    "nothing_found": gettext_noop("There is no file to import."),
    "bytes_known": gettext_noop("The collection has these bytes already."),
    "same_bytes": gettext_noop("The same bytes as “%(name)s”: they become one text."),
    "version_merge": gettext_noop(
        "This is a new version of text %(id)s: it would be merged into it."
    ),
    "version_separate": gettext_noop(
        "This is a new version of text %(id)s: it would be imported as a separate text."
    ),
    "version_skip": gettext_noop(
        "This is a new version of text %(id)s: it would be skipped (see --on-change)."
    ),
    "table_alone": gettext_noop(
        "A table of details is no text: choose it together with the files that it names."
    ),
    "same_name": gettext_noop("Another file of this import bears the same name."),
    "conflicts_kept": gettext_noop(
        "Words that were changed here and in the new version stay as they are here: %(count)s."
    ),
    "given": gettext_noop("It was set by hand or beside the file."),
}
SENTENCES = CODES | OURS


def sentence(code: str, params: Mapping[str, Any] | None = None) -> str:
    """What a code says, in the language at hand; an unknown code says itself."""
    template = SENTENCES.get(code)
    if template is None:
        return code
    return gettext(template) % (params or {})


def sentences(notices: Sequence[Sequence[Any]]) -> list[str]:
    """What stored notices (`[code, params]`) say."""
    return [sentence(code, params) for code, params in notices]
