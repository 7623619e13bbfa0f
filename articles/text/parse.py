"""A source text to its kind, date, title, language, speakers and passages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from articles.text.blocks import cut_blocks
from articles.text.header import Header, date_in_name, read_header
from articles.text.language import tell_language
from articles.text.printed_dates import printed_day
from articles.text.roles import compose
from articles.text.shapes import DatePrecision, Evidence, Notice, ParsedPassage, ParsedText
from articles.text.title import make_title

_DATE_HEADER = Evidence("date_header", 1.0)
_DATE_FILE_NAME = Evidence("date_file_name", 0.8)
_DATE_PRINTED = Evidence("date_printed", 0.7)
_DATE_NONE = Evidence("date_none", 0.0)
_LANGUAGE_HEADER = Evidence("language_header", 1.0)


def parse_text(
    text: str, *, file_name: str = "", kind: str | None = None, language: str | None = None
) -> ParsedText:
    """Read a source text; `kind` and `language` force what would else be told from it."""
    header = read_header(text)
    notices: list[Notice] = []
    if header.bad_date:
        notices.append(Notice("date_not_valid", {"date": header.bad_date}))
    made = compose(text, cut_blocks(text, header.end), header, kind, notices)
    if not made.passages:
        notices.append(Notice("no_words"))
    told, language_evidence = _language(text, header, language)
    title, derived, title_evidence = make_title(text, header.title, made.passages, made.speakers)
    date, precision, date_evidence = _date(text, header, file_name, made.passages)
    return ParsedText(
        kind=made.kind,
        kind_evidence=made.evidence,
        title=title,
        title_derived=derived,
        title_evidence=title_evidence,
        date=date,
        date_precision=precision,
        date_evidence=date_evidence,
        source=header.source,
        url=header.url,
        language=told,
        language_evidence=language_evidence,
        speakers=made.speakers,
        passages=made.passages,
        notices=tuple(notices),
        body_start=made.passages[0].start if made.passages else len(text),
    )


def _date(
    text: str, header: Header, file_name: str, passages: Sequence[ParsedPassage]
) -> tuple[dt.date | None, DatePrecision, Evidence]:
    """Give the date, how exactly it is known, and why: the header, the file's name, a line."""
    if header.date is not None:
        return header.date, header.precision, _DATE_HEADER
    date, precision = date_in_name(file_name)
    if date is not None:
        return date, precision, _DATE_FILE_NAME
    day = printed_day(text, passages)
    return (day, "day", _DATE_PRINTED) if day is not None else (None, "", _DATE_NONE)


def _language(text: str, header: Header, given: str | None) -> tuple[str, Evidence]:
    """Give the language and why: given, in the header, or told from the words."""
    if given:
        return given, Evidence("language_forced", 1.0)
    if header.language:
        return header.language, _LANGUAGE_HEADER
    return tell_language(text, header.end)


def words_of(text: str, passage: ParsedPassage) -> str:
    """Give the words of a passage: its range in the source text minus its holes."""
    if not passage.holes:
        return text[passage.start : passage.end]
    parts: list[str] = []
    position = passage.start
    for start, end in passage.holes:
        parts.append(text[position:start])
        position = end
    parts.append(text[position : passage.end])
    return "".join(parts)
