"""The header at the head of a file: date, title, source, url and lang.

The plainest header is glued before the first words: ` date 2021-10 Le ministre…`. It may also
stand on lines of its own, one field a line, `key value`, `key: value` or `key = value`, in any
order and case, fenced by `---` lines or not; the first line that is no field ends it:

    date: 2021-10-05
    title: Une visite à Paris
    source: Le Courrier
    url: https://example.org/visite
    lang: fr

Dates: `2021`, `2021-10`, `2021-10-05` with `-`, `/`, `.` or `_`; `05/10/2021` (day first);
`5 octobre 2021`, `October 5, 2021`, `octobre 2021`; a time after a day is passed over. Without a
fence or a date, fields need their `:` or `=` and must be two or more (`title:` may stand alone).
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import NamedTuple

from articles.text.regex import regex
from articles.text.shapes import DatePrecision
from articles.text.vocab import MONTH, MONTHS

_TIME = r"(?:[T ]\d{1,2}[:h]\d{2}(?::\d{2}(?:[.,]\d+)?)?(?:Z|\s?[+-]\d{2}:?\d{2})?)?"
_DATE = (
    r"(?P<y>\d{4})(?:(?P<sep>[-/._])(?P<m>\d{1,2})(?!\d)(?:(?P=sep)(?P<d>\d{1,2})(?!\d))?)?" + _TIME
    + r"|(?P<d2>\d{1,2})(?P<sep2>[-/._])(?P<m2>\d{1,2})(?P=sep2)(?P<y2>\d{4})(?!\d)" + _TIME
    + rf"|(?:(?P<d3>\d{{1,2}})(?:er|st|nd|rd|th)?\s+)?(?P<w3>{MONTH})\.?\s+(?P<y3>\d{{4}})(?!\d)"
    + rf"|(?P<w4>{MONTH})\.?\s+(?P<d4>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y4>\d{{4}})(?!\d)"
)  # fmt: skip
_KEY_DATE = r"[ \t\ufeff]*date[ \t\u00a0\u202f]*[:=]?[ \t\u00a0\u202f]*"
_GLUED = regex(rf"{_KEY_DATE}(?:{_DATE})(?=[ \t\n\u00a0\u202f]|$)", re.I)
_SPACED = regex(rf"{_KEY_DATE}(?P<y>\d{{4}}) (?P<m>\d{{1,2}})(?: (?P<d>\d{{1,2}}))?\s*$", re.I)
_WHOLE = regex(rf"\s*(?:{_DATE})\s*$", re.I)
_ANYWHERE = regex(rf"(?<![\w/._-])(?:{_DATE})", re.I)
_INLINE = regex(
    r"[ \t]+(?:(?P<url>url[ \t]*[:=]?[ \t]*(?P<u>https?://\S+))"
    r"|(?P<lang>lang(?:ue|uage)?[ \t]*[:=]?[ \t]*(?P<l>[a-z]{2}(?:[-_][a-z]{2})?)(?=\s|$))"
    r"|(?P<lined>(?P<k2>title|titre|source)[ \t]*[:=][ \t]*(?P<v2>[^\n\"”»«“]{2,90}?)[ \t]*(?=\n))"
    r"|(?P<quoted>(?P<k>title|titre|source)[ \t]*[:=]?[ \t]*[\"“«][ \u00a0\u202f]*"
    r"(?P<v>[^\n\"”»]{1,300}?)[ \u00a0\u202f]*[\"”»]))",
    re.I,
)
_FIELD = regex(
    r"[ \t\ufeff]*(?P<key>date|title|titre|source|url|lien|link|lang|language|langue)"
    r"(?P<mark>[ \t\u00a0\u202f]*[:=])?(?:(?<=[:=])[ \t\u00a0\u202f]*|[ \t\u00a0\u202f]+)"
    r"(?P<value>\S[^\n]*?)[ \t]*$",
    re.I,
)
_KEYS = {"titre": "title", "lien": "url", "link": "url", "language": "lang", "langue": "lang"}
_LANGUAGES = {
    "français": "fr", "francais": "fr", "french": "fr", "fre": "fr", "fra": "fr",
    "anglais": "en", "english": "en", "eng": "en",
    "allemand": "de", "german": "de", "deutsch": "de", "ger": "de", "deu": "de",
    "espagnol": "es", "spanish": "es", "español": "es", "spa": "es",
    "italien": "it", "italian": "it", "italiano": "it", "ita": "it",
    "portugais": "pt", "portuguese": "pt", "português": "pt", "por": "pt",
    "néerlandais": "nl", "dutch": "nl", "nederlands": "nl", "dut": "nl", "nld": "nl",
    "zh-hans": "zh-hans", "zh-hant": "zh-hant",
}  # fmt: skip
_LANGUAGE = regex(r"[a-z]{2}(?:[-_][a-z]{2})?$")
_FENCE = regex(r"[ \t]*(?:-{3,}|={3,}|\+{3})[ \t]*$")
_IN_NAME = regex(
    r"(?<![0-9A-Za-z])(?:(?P<y>(?:1[89]|20)\d\d)(?:(?P<sep>[-_. ]?)(?P<m>0[1-9]|1[0-2])"
    r"(?:(?P=sep)(?P<d>0[1-9]|[12]\d|3[01]))?)?"
    r"|(?P<d2>0[1-9]|[12]\d|3[01])(?P<sep2>[-_. ])(?P<m2>0[1-9]|1[0-2])(?P=sep2)"
    r"(?P<y2>(?:1[89]|20)\d\d))(?![0-9A-Za-z])"
)
_LONGEST = 12  # field lines a header may have


class Header(NamedTuple):
    """What the head of a file says of it; `end` is where its text begins (code points)."""

    end: int = 0
    date: dt.date | None = None
    precision: DatePrecision = ""
    title: str = ""
    source: str = ""
    url: str = ""
    language: str = ""
    bad_date: str = ""


@dataclass(slots=True)
class _Fields:
    """Fields gathered while the header is read."""

    date: dt.date | None = None
    precision: DatePrecision = ""
    title: str = ""
    source: str = ""
    url: str = ""
    language: str = ""
    bad_date: str = ""

    def sealed(self, end: int) -> Header:
        """Make the header that ends at `end`."""
        return Header(
            end, self.date, self.precision, self.title, self.source, self.url, self.language,
            self.bad_date,
        )  # fmt: skip


def read_header(text: str) -> Header:
    """Read the header of a source text; without one, an empty Header whose `end` is 0."""
    start = len(text) - len(text.lstrip(" \t\n\ufeff\u200b"))
    head = text[start : start + 4]
    if head[:3] in ("---", "===", "+++"):
        return _read_fenced(text, start)
    if head[:1].lower() not in ("d", "t", "s", "u", "l"):
        return Header()
    glued = _GLUED.match(text, start)
    alone = glued and not _rest_of_line(text, glued.end()).strip()
    if glued and not alone and not _SPACED.match(_rest_of_line(text, start)):
        return _read_glued(text, glued)
    return _read_lines(text, start)


def date_in_name(file_name: str) -> tuple[dt.date | None, DatePrecision]:
    """Find a date in a file's name: the most precise one, the first of these."""
    best: tuple[dt.date | None, DatePrecision] = (None, "")
    rank = {"": 0, "year": 1, "month": 2, "day": 3}
    for match in _IN_NAME.finditer(file_name[-300:]):
        day, precision = _date_of(match)
        if day and rank[precision] > rank[best[1]]:
            best = (day, precision)
    return best


def day_in(line: str) -> tuple[int, int, dt.date] | None:
    """Give the first day that a line names, with where its words stand there; None for none."""
    for match in _ANYWHERE.finditer(line):
        day, precision = _date_of(match)
        if day and precision == "day":
            return match.start(), match.end(), day
    return None


def read_language(words: str) -> str:
    """Give the code of a language written as a code or by its name; '' where it is neither."""
    lower = words.strip().lower()
    return _LANGUAGES.get(lower) or (lower[:2] if _LANGUAGE.match(lower) else "")


def _rest_of_line(text: str, start: int) -> str:
    """Give what follows on the line."""
    end = text.find("\n", start)
    return text[start : end if end >= 0 else len(text)]


def _read_glued(text: str, glued: re.Match[str]) -> Header:
    """Read a header that stands before the first words on their line."""
    fields = _Fields()
    _take_date(fields, glued)
    end = glued.end()
    while match := _INLINE.match(text, end):
        if match["url"]:
            fields.url = match["u"]
        elif match["lang"]:
            fields.language = match["l"][:2].lower()
        elif match["lined"]:
            _take(fields, match["k2"].lower(), match["v2"])
        else:
            _take(fields, match["k"].lower(), match["v"])
        end = match.end()
    return fields.sealed(end)


def _read_fenced(text: str, start: int) -> Header:
    """Read fields between two fences; without fields or a second fence there is no header."""
    fields = _Fields()
    position = start + len(_rest_of_line(text, start)) + 1
    if not _FENCE.match(text[start : position - 1]):
        return Header()
    found = 0
    for _ in range(4 * _LONGEST):
        line = _rest_of_line(text, position)
        position += len(line) + 1
        if _FENCE.match(line):
            return fields.sealed(min(position, len(text))) if found else Header()
        match = _FIELD.match(line)
        if match and _take(fields, match["key"].lower(), match["value"]):
            found += 1
        elif line.strip() and not re.match(r"[ \t]*[\w-]+[ \t]*:", line):
            return Header()
    return Header()


def _read_lines(text: str, start: int) -> Header:
    """Read fields that stand one a line at the head of the text."""
    fields = _Fields()
    position, end, found, marked, keys = start, 0, 0, True, set[str]()
    for _ in range(_LONGEST):
        line = _rest_of_line(text, position)
        match = _FIELD.match(line)
        if not match or not _may_stand(match, line, keys):
            break
        if not _take(fields, match["key"].lower(), match["value"]):
            break
        keys.add(match["key"].lower())
        found, marked = found + 1, marked and bool(match["mark"])
        position = min(position + len(line) + 1, len(text))
        end = position
    if not found:
        return Header()
    if fields.date is None and not fields.bad_date:
        alone = keys <= {"title", "titre", "url"} and marked
        if not (marked and (found > 1 or alone)):
            return Header()
    rest = _rest_of_line(text, end)
    if _FENCE.match(rest):
        end = min(end + len(rest) + 1, len(text))
    return fields.sealed(end)


def _may_stand(match: re.Match[str], line: str, keys: set[str]) -> bool:
    """Say whether a line may be a field: marked with a colon, or after a date, and not long."""
    key = match["key"].lower()
    if key in keys or len(line) > 400:
        return False
    if key == "date":
        return True
    return bool(match["mark"]) or ("date" in keys and len(line) < 160)


def _take(fields: _Fields, key: str, value: str) -> bool:
    """Keep one field; give False where its value is none of its kind."""
    key = _KEYS.get(key, key)
    value = value.strip(" \t\u00a0\u202f")
    if len(value) > 1 and value[0] in "\"'“«" and value[-1] in "\"'”»":
        value = value[1:-1].strip(" \u00a0\u202f")
    if key == "date":
        match = _WHOLE.match(value) or _SPACED.match("date " + value)
        if match:
            _take_date(fields, match)
        return match is not None
    if key == "url":
        fields.url = value if re.match(r"(?:https?://|www\.)\S+$", value) else ""
        return bool(fields.url)
    if key == "lang":
        fields.language = read_language(value)
        return bool(fields.language)
    if key == "title":
        fields.title = value
    else:
        fields.source = value
    return True


def _take_date(fields: _Fields, match: re.Match[str]) -> None:
    """Keep a date that was written, or the words of one that does not exist."""
    fields.date, fields.precision = _date_of(match)
    if fields.date is None:
        written = re.sub(r"(?i)^\s*date\s*[:=]?\s*", "", match[0])
        fields.bad_date = written.strip()


def _date_of(match: re.Match[str]) -> tuple[dt.date | None, DatePrecision]:
    """Make the first day of the period and its precision; (None, "") if there is no such day."""
    part = match.groupdict().get
    year = int(part("y") or part("y2") or part("y3") or part("y4") or 0)
    word = part("w3") or part("w4")
    month = MONTHS[word.lower()] if word else int(part("m") or part("m2") or 0)
    day = int(part("d") or part("d2") or part("d3") or part("d4") or 0)
    try:
        first = dt.date(year, month or 1, day or 1)
    except ValueError:
        return None, ""
    return first, "day" if day else "month" if month else "year"
