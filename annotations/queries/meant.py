"""Entities that somebody names by typing: by their number, an authority's id, or a name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.db.models import Q

from annotations.models import Entity
from annotations.text.folding import fold

if TYPE_CHECKING:
    from django.db.models import QuerySet

MOST = 10
# "Q142", or an address that ends with it.
_ITEM = re.compile(r"(?:https?://\S*/)?(Q[1-9][0-9]{0,12})")


def entities_named(typed: str) -> list[Entity]:
    """The live entities of this id or, whatever its case and accents, this name."""
    typed = typed.strip()
    if not typed:
        return []
    item = _ITEM.fullmatch(typed)
    found: QuerySet[Entity]
    if item:
        ids = Q(identifiers__value=item[1], identifiers__retired=False)
        found = Entity.objects.live().filter(ids)
    else:
        names = Q(names__folded=fold(typed), names__retired=False)
        found = Entity.objects.live().filter(names | Q(label_fr=typed) | Q(label_en=typed))
    return list(found.distinct().order_by("pk")[:MOST])
