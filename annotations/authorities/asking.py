"""All the authorities that the settings name, by their names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.cache import cache

from annotations.authorities import reconciliation, wikidata
from annotations.authorities.reconciliation import Service
from annotations.authorities.shapes import AuthorityFault, Fetched, Outside
from annotations.text.identifiers import WIKIDATA
from annotations.text.records import EntityRecord

if TYPE_CHECKING:
    from collections.abc import Mapping

KEEP_SECONDS = 24 * 3600


def authorities() -> Mapping[str, str]:
    """Whom to ask: what they are called in ids, and what for people."""
    asked = {WIKIDATA: wikidata.NAME} if settings.WIKIDATA_API else {}
    return asked | {name.lower(): name for name in settings.RECONCILIATION}


def search(authority: str, words: str) -> list[Outside]:
    """Candidates of one authority; what was shown is remembered. Raises `AuthorityFault`."""
    if authority == WIKIDATA:
        found = wikidata.search(words)
    else:
        found = reconciliation.search(_service(authority), words)
    shown = {_key(one.authority, one.value): one for one in found}
    cache.set_many(shown, KEEP_SECONDS)
    return found


def fetch(authority: str, value: str, *, fresh: bool = False) -> Fetched:
    """What the authority knows of one thing; at least what it showed in its candidates.

    A reconciliation service says no more than that. Raises `AuthorityFault` where nothing is known.
    """
    try:
        if authority == WIKIDATA:
            return wikidata.fetch(value, fresh=fresh)
        raise AuthorityFault("")
    except AuthorityFault:
        shown: Outside | None = cache.get(_key(authority, value))
        if shown is None or fresh:
            raise
        return _as_shown(shown)


def _as_shown(shown: Outside) -> Fetched:
    french = shown.label_language in {"fr", wikidata.ANY_LANGUAGE, ""}
    record = EntityRecord(
        "other",
        label_fr=shown.label if french else "",
        label_en="" if french else shown.label,
        description_fr=shown.description if french else "",
        description_en="" if french else shown.description,
        identifiers=((shown.authority, shown.value),),
    )
    return Fetched(shown.value, record, whole=False)


def _service(authority: str) -> Service:
    for name, url in settings.RECONCILIATION.items():
        if name.lower() == authority:
            return Service(name, url)
    raise AuthorityFault(authority)


def _key(authority: str, value: str) -> str:
    return f"authority-shown:{authority}:{value.encode().hex()[:150]}"
