"""Records of entities as files hold them: JSON objects and rows of tables, read into one shape.

A record may name its fields as this house does (kind, wikidata, label_fr, label_en, aliases,
description_fr, description_en, offices) or shortly (type, qid, fr, en, desc, positions). In a
table aliases and offices are parted by semicolons, and an office is written
`French title / English title @ from..until`.
"""

from __future__ import annotations

import calendar
import datetime
import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from annotations.text.folding import fold
from annotations.text.identifiers import WIKIDATA, wikidata_id

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

LONGEST_NAME: Final = 300  # code points
LONGEST_TEXT: Final = 2_000  # code points, of a description or a title
_KINDS: Final = {
    "person": "person", "personne": "person", "human": "person",
    "place": "place", "lieu": "place", "country": "place", "region": "place", "city": "place",
    "organisation": "organisation", "organization": "organisation", "org": "organisation",
    "event": "event", "evenement": "event", "work": "work", "oeuvre": "work",
    "other": "other", "autre": "other",
}  # fmt: skip
# What a type says beyond the kind, where the record has no description.
_TYPES: Final = {"country": ("pays", "country"), "city": ("ville", "city")}
# Fields and columns that hold an authority's id, beside Wikidata's.
_AUTHORITIES: Final = {
    "geonames": "geonames", "geonameid": "geonames", "viaf": "viaf", "isni": "isni", "bnf": "bnf",
    "lccn": "lccn", "gnd": "gnd", "orcid": "orcid", "idref": "idref",
}  # fmt: skip
_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_OFFICE = re.compile(r"(?P<titles>[^@]+?)(?:\s*@\s*(?P<start>[\d-]*)\.\.(?P<end>[\d-]*))?")
_LIST_OF = re.compile(r"-(?:cabinet|ministers|leaders-\d+)$")  # what a list of officials is called
_SURROGATE = re.compile(r"[\ud800-\udfff]")


class WrongRecord(Exception):
    """The record can't be read; `reason`: `shape`, `kind`, `label`, `id` or `long`."""

    def __init__(self, reason: str, what: str = "") -> None:
        """Keep why, and what was met."""
        self.reason, self.what = reason, what
        super().__init__(f"{reason}: {what}")


@dataclass(frozen=True, slots=True)
class OfficeRecord:
    """An office: both ends inclusive, the first and the last day of what is known of them."""

    title_fr: str
    title_en: str
    start: datetime.date | None = None
    start_precision: str = ""
    end: datetime.date | None = None
    end_precision: str = ""


@dataclass(frozen=True, slots=True)
class EntityRecord:
    """What a file says of one entity."""

    kind: str
    label_fr: str = ""
    label_en: str = ""
    description_fr: str = ""
    description_en: str = ""
    identifiers: tuple[tuple[str, str], ...] = ()
    aliases: tuple[str, ...] = ()
    offices: tuple[OfficeRecord, ...] = ()

    @property
    def key(self) -> str:
        """By what the record is known again: its first id, else its kind and its labels."""
        if self.identifiers:
            return ":".join(self.identifiers[0])
        return f"{self.kind}:{fold(self.label_fr)}|{fold(self.label_en)}"

    @property
    def digest(self) -> str:
        """A short sum of all that the record says: another where any of it is another."""
        return hashlib.sha256(repr(self).encode()).hexdigest()[:16]

    def names(self) -> Iterator[tuple[str, str, str]]:
        """Each name once, with its language ("": any) and its kind."""
        met: set[str] = set()
        if self.label_fr == self.label_en:
            labels = [(self.label_fr, "")]
        else:
            labels = [(self.label_fr, "fr"), (self.label_en, "en")]
        for name, language in labels:
            if name:
                met.add(name)
                yield name, language, "label"
        for name in self.aliases:
            if name not in met:
                met.add(name)
                yield name, "", "alias"


def record_of(fields: Mapping[str, Any]) -> EntityRecord:
    """The record in a JSON object or a row of a table; raises `WrongRecord`."""
    said = {_field(name): value for name, value in fields.items() if name is not None}
    kind_said = fold(_text(_first(said, "kind", "type")))
    kind = _KINDS.get(kind_said)
    if kind is None:
        raise WrongRecord("kind", kind_said)
    label_fr = _name(_first(said, "label_fr", "fr"))
    label_en = _name(_first(said, "label_en", "en", "label", "name"))
    if not fold(label_fr or label_en):
        raise WrongRecord("label")
    description_fr, description_en = _descriptions(said, kind_said)
    return EntityRecord(
        kind,
        label_fr,
        label_en,
        description_fr,
        description_en,
        tuple(_identifiers(said)),
        tuple(_aliases(said, {label_fr, label_en})),
        tuple(dict.fromkeys(_offices(_first(said, "offices", "positions")))),
    )


def date_of(said: str, *, last: bool = False) -> tuple[datetime.date | None, str]:
    """The first (or last) day of "2017-05-17", "2017-05" or "2017", and how much is known."""
    found = _DATE.fullmatch(said.strip())
    if found is None:
        return None, ""
    year, month, day = (int(part) if part else 0 for part in found.groups())
    precision = "day" if day else "month" if month else "year"
    try:
        if not month:
            month = 12 if last else 1
        if not day:
            day = calendar.monthrange(year, month)[1] if last else 1
        return datetime.date(year, month, day), precision
    except ValueError:
        return None, ""


@lru_cache(maxsize=100)
def _field(name: Any) -> str:
    """A field or column as it is known here: every record of a file has the same."""
    return str(name).strip().lower()


def _first(said: Mapping[str, Any], *names: str) -> Any:
    for name in names:
        if value := said.get(name):
            return value
    return None


def _text(value: Any, longest: int = LONGEST_TEXT) -> str:
    """One line of text; what is longer is refused, never cut in silence."""
    if value is None:
        return ""
    if not isinstance(value, str):
        raise WrongRecord("shape", str(value)[:50])
    line = " ".join((value.replace("\0", " ") if "\0" in value else value).split())
    if len(line) > longest:
        raise WrongRecord("long", line[:50])
    if not line.isascii() and _SURROGATE.search(line):
        raise WrongRecord("shape", ascii(line[:50]))
    return line


def _name(value: Any) -> str:
    return _text(value, LONGEST_NAME)


def _descriptions(said: Mapping[str, Any], kind_said: str) -> tuple[str, str]:
    french = _text(said.get("description_fr"))
    english = _text(_first(said, "description_en", "desc", "description"))
    if french or english:
        return french, english
    if capital_of := _text(said.get("capital_of")):
        return "", f"capital of {capital_of}"
    if country := _text(said.get("country")):
        return "", _country_of(country)
    return _TYPES.get(kind_said, ("", ""))


@lru_cache(maxsize=1_000)
def _country_of(said: str) -> str:
    """A country from the name of a list of its officials: "south-korea-ministers"."""
    if said.startswith("world"):
        return ""
    words = _LIST_OF.sub("", said).split("-")
    return " ".join(word.upper() if len(word) < 4 else word.capitalize() for word in words)


def _identifiers(said: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if claimed := _text(_first(said, "wikidata", "qid")):
        qid = wikidata_id(claimed)
        if not qid:
            raise WrongRecord("id", claimed)
        yield WIKIDATA, qid
    for field, authority in _AUTHORITIES.items():
        if field not in said:
            continue
        value = said[field]
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        if isinstance(value, int) and value > 0:
            yield authority, str(value)
        elif isinstance(value, str) and value.strip():
            yield authority, _name(value)


def _aliases(said: Mapping[str, Any], labels: set[str]) -> Iterator[str]:
    given = said.get("aliases")
    parts = given.split(";") if isinstance(given, str) else given or ()
    if not isinstance(parts, (list, tuple)):
        raise WrongRecord("shape", str(given)[:50])
    for name in dict.fromkeys(_name(part) for part in parts):
        if name and name not in labels:
            yield name


def _offices(given: Any) -> Iterator[OfficeRecord]:
    parts = given.split(";") if isinstance(given, str) else given or ()
    if not isinstance(parts, (list, tuple)):
        raise WrongRecord("shape", str(given)[:50])
    for part in parts:
        office = _office(part)
        if office is not None:
            yield office


def _office(part: Any) -> OfficeRecord | None:
    if isinstance(part, str):
        found = _OFFICE.fullmatch(part.strip())
        if found is None:
            return None
        french, _, english = found["titles"].partition(" / ")
        return _dated(french, english, found["start"], found["end"])
    if isinstance(part, dict):
        start, end = _first(part, "start", "from"), _first(part, "end", "until")
        return _dated(part.get("title_fr"), _first(part, "title_en", "title"), start, end)
    if isinstance(part, (list, tuple)) and part:
        title, start, end = (*part, None, None)[:3]
        return _dated("", title, start, end)
    raise WrongRecord("shape", str(part)[:50])


def _dated(french: Any, english: Any, start: Any, end: Any) -> OfficeRecord | None:
    """An office; dates that contradict each other are left out, for neither can be trusted."""
    title_fr, title_en = _text(french), _text(english)
    if not title_fr and not title_en:
        return None
    begun, begun_precision = date_of(_text(start))
    ended, ended_precision = date_of(_text(end), last=True)
    if begun and ended and begun > ended:
        return OfficeRecord(title_fr, title_en)
    return OfficeRecord(title_fr, title_en, begun, begun_precision, ended, ended_precision)
