"""Wikidata, by the MediaWiki API: `wbsearchentities` and `wbgetentities`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.translation import gettext as _

from annotations.authorities.shapes import Fetched, NotThere, Outside
from annotations.authorities.transport import ask
from annotations.text.identifiers import WIKIDATA
from annotations.text.records import EntityRecord, OfficeRecord, date_of

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable, Iterator, Mapping

NAME = "Wikidata"
LANGUAGES = ("fr", "en")
ENOUGH = 3  # French candidates; with fewer the English ones are asked for too
AT_ONCE = 50  # ids a request
ANY_LANGUAGE = "mul"

HUMAN = "Q5"
# What a thing is an instance of, and what kind that makes it; the rest is told by its properties.
KINDS = {
    "Q6256": "place", "Q3624078": "place", "Q515": "place", "Q5119": "place", "Q1549591": "place",
    "Q486972": "place", "Q82794": "place", "Q484170": "place", "Q532": "place", "Q3957": "place",
    "Q43229": "organisation", "Q484652": "organisation", "Q7278": "organisation",
    "Q4830453": "organisation", "Q327333": "organisation", "Q192350": "organisation",
    "Q1656682": "event", "Q198": "event", "Q180684": "event", "Q131569": "other",
    "Q12136": "other", "Q571": "work", "Q11424": "work", "Q11032": "work",
}  # fmt: skip
# Properties that only things of a kind have, the most telling first.
TELLING = (
    ("P569", "person"), ("P577", "work"), ("P50", "work"), ("P159", "organisation"),
    ("P112", "organisation"), ("P585", "event"), ("P36", "place"), ("P1082", "place"),
    ("P625", "place"),
)  # fmt: skip
PRECISIONS = {9: 4, 10: 7, 11: 10}  # how much of "2017-05-17" is known


def search(words: str, *, limit: int = 7) -> list[Outside]:
    """Candidates, French first, then English where French gives few. Raises `AuthorityFault`."""
    found: dict[str, Outside] = {}
    for language in LANGUAGES:
        for hit in _hits(words, language, limit):
            found.setdefault(hit.value, hit)
        if len(found) >= ENOUGH:
            break
    return list(found.values())[:limit]


def fetch(value: str, *, fresh: bool = False) -> Fetched:
    """What Wikidata knows of one item. Raises `NotThere` or another `AuthorityFault`."""
    entity = _entities([value], "labels|descriptions|aliases|claims", fresh).get(value)
    if entity is None or "missing" in entity or "id" not in entity:
        raise NotThere(_("Wikidata has no %(id)s.") % {"id": value})
    labels = {f"label_{language}": _said(entity, "labels", language) for language in LANGUAGES}
    texts = {
        f"description_{language}": _said(entity, "descriptions", language) for language in LANGUAGES
    }
    aliases = (
        alias["value"]
        for language in LANGUAGES
        for alias in _map(entity, "aliases").get(language, ())
    )
    record = EntityRecord(
        _kind(entity),
        labels["label_fr"],
        labels["label_en"],
        texts["description_fr"],
        texts["description_en"],
        ((WIKIDATA, entity["id"]),),
        tuple(name for name in dict.fromkeys(aliases) if name not in labels.values()),
        tuple(dict.fromkeys(_offices(entity, fresh))),
    )
    return Fetched(entity["id"], record)


def _hits(words: str, language: str, limit: int) -> Iterator[Outside]:
    answer = ask(
        NAME,
        settings.WIKIDATA_API,
        params={
            "action": "wbsearchentities", "search": words, "language": language,
            "uselang": language, "type": "item", "limit": str(limit), "format": "json",
        },
    )  # fmt: skip
    for hit in answer.get("search") or ():
        shown = hit.get("display") or {}
        label = shown.get("label") or {}
        yield Outside(
            authority=WIKIDATA,
            value=hit["id"],
            label=label.get("value") or hit.get("label") or hit["id"],
            label_language=label.get("language", ""),
            description=(shown.get("description") or {}).get("value") or hit.get("description", ""),
            matched=(hit.get("match") or {}).get("text", ""),
            address=hit.get("concepturi", ""),
        )


def _entities(ids: Iterable[str], props: str, fresh: bool) -> Mapping[str, Any]:
    asked = "|".join(ids)
    answer = ask(
        NAME,
        settings.WIKIDATA_API,
        params={
            "action": "wbgetentities", "ids": asked, "props": props, "format": "json",
            "languages": "|".join((*LANGUAGES, ANY_LANGUAGE)), "languagefallback": "1",
        },
        fresh=fresh,
    )  # fmt: skip
    found: Mapping[str, Any] = answer.get("entities") or {}
    return found


def _map(entity: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """A map of an entity; an empty one may come as a list."""
    value = entity.get(name)
    return value if isinstance(value, dict) else {}


def _said(entity: Mapping[str, Any], name: str, language: str) -> str:
    """What is really said in the language, or in all: never what was filled in from another."""
    words = _map(entity, name).get(language) or {}
    given = words.get("language", language)
    return str(words.get("value", "")) if given in {language, ANY_LANGUAGE} else ""


def _kind(entity: Mapping[str, Any]) -> str:
    claims = _map(entity, "claims")
    classes = [item for item in map(_item, claims.get("P31", ())) if item]
    if HUMAN in classes:
        return "person"
    for item in classes:
        if item in KINDS:
            return KINDS[item]
    return next((kind for claim, kind in TELLING if claim in claims), "other")


def _item(claim: Mapping[str, Any]) -> str:
    value = (claim.get("mainsnak", {}).get("datavalue") or {}).get("value")
    return str(value.get("id", "")) if isinstance(value, dict) else ""


def _offices(entity: Mapping[str, Any], fresh: bool) -> Iterator[OfficeRecord]:
    """The offices held (P39) with their days (P580, P582), where at least one day is said."""
    claims = [
        (item, claim)
        for claim in _map(entity, "claims").get("P39", ())
        if (item := _item(claim)) and claim.get("rank") != "deprecated" and claim.get("qualifiers")
    ]
    ids = list(dict.fromkeys(item for item, _claim in claims))[:AT_ONCE]
    titles = _entities(ids, "labels", fresh) if ids else {}
    for item, claim in claims:
        title = titles.get(item) or {}
        start, start_precision = _day(claim, "P580")
        end, end_precision = _day(claim, "P582", last=True)
        if start and end and start > end:
            continue
        office = OfficeRecord(
            _said(title, "labels", "fr"), _said(title, "labels", "en"),
            start, start_precision, end, end_precision,
        )  # fmt: skip
        if (office.title_fr or office.title_en) and (start or end):
            yield office


def _day(
    claim: Mapping[str, Any], name: str, *, last: bool = False
) -> tuple[datetime.date | None, str]:
    """The first (or last) day of a qualifier; none where it is vaguer than a year."""
    for snak in claim.get("qualifiers", {}).get(name, ()):
        value = (snak.get("datavalue") or {}).get("value") or {}
        length = PRECISIONS.get(value.get("precision", 0))
        said = str(value.get("time", ""))
        if length and said.startswith("+"):
            return date_of(said[1 : length + 1], last=last)
    return None, ""
