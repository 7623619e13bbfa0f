"""Any Reconciliation Service (protocol 0.1 and 0.2): its manifest, and candidates for a name.

A service's own `match` is never taken for the truth: three results may all claim to be certain.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from annotations.authorities.shapes import AuthorityFault, Outside
from annotations.authorities.transport import ask


@dataclass(frozen=True, slots=True)
class Service:
    """A service by the name that the settings give it, which is also its authority's name."""

    name: str
    url: str


def manifest(service: Service) -> dict[str, Any]:
    """What the service says of itself. Raises `AuthorityFault`."""
    answer = ask(service.name, service.url)
    if not isinstance(answer, dict):
        raise AuthorityFault(
            _("%(name)s gave an answer that cannot be read.") % {"name": service.name}
        )
    return answer


def search(service: Service, words: str, *, limit: int = 7) -> list[Outside]:
    """Candidates in the order of the service. Raises `AuthorityFault`."""
    asked = json.dumps({"q0": {"query": words, "limit": limit}})
    answer = ask(service.name, service.url, data={"queries": asked})
    found = answer.get("q0") if isinstance(answer, dict) else None
    if not isinstance(found, dict):
        raise AuthorityFault(
            _("%(name)s gave an answer that cannot be read.") % {"name": service.name}
        )
    view = _view(service)
    return [
        Outside(
            authority=service.name.lower(),
            value=str(hit["id"]),
            label=str(hit.get("name") or hit["id"]),
            description=_description(hit),
            address=view.replace("{{id}}", str(hit["id"])) if view else "",
        )
        for hit in found.get("result") or ()
        if isinstance(hit, dict) and hit.get("id")
    ][:limit]


def _view(service: Service) -> str:
    """The template of the addresses of what is found; none where the manifest is not to be had."""
    try:
        address = str((manifest(service).get("view") or {}).get("url", ""))
    except AuthorityFault:
        return ""
    return address if re.match(r"https?://", address) else ""


def _description(hit: dict[str, Any]) -> str:
    """The description, else the names of the types: a list of texts or of objects, or missing."""
    if hit.get("description"):
        return str(hit["description"])
    types = hit.get("type") or ()
    listed = types if isinstance(types, list) else [types]
    names = (one.get("name", "") if isinstance(one, dict) else str(one) for one in listed)
    return ", ".join(name for name in names if name)
