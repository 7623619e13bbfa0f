"""Ids of authorities, as people type and paste them."""

from __future__ import annotations

import re
from typing import Final

WIKIDATA: Final = "wikidata"
_QID = re.compile(
    r"\s*(?:(?:https?://)?(?:www\.|m\.)?wikidata\.org/(?:wiki|entity)/(?:Special:EntityPage/)?"
    r"|wd:|wikidata:)?(Q[1-9]\d{0,14})(?:[#?/]\S*)?\s*",
    re.IGNORECASE,
)


def wikidata_id(said: str) -> str:
    """The Q-id in a pasted id or address of Wikidata; "" where it is none."""
    found = _QID.fullmatch(said)
    return found[1].upper() if found else ""
