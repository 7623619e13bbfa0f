"""What this app announces to those built on it, inside the transaction of the act."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.dispatch import Signal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from articles.text.operations import Operation


@dataclass(frozen=True, slots=True)
class Operated:
    """What an act did to one article's passages, by their numbers.

    `keys` are primary keys, `texts` the texts before it and `now` those after it, `revisions` the
    revisions after it; all of the passages whose text the operations touched.
    """

    article_id: int
    operations: Sequence[Operation]
    keys: Mapping[int, int]
    texts: Mapping[int, str]
    now: Mapping[int, str]
    revisions: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Following:
    """What those who follow are to know of the act besides.

    `made_for` are the ids of what the act was made for; `restored` says, by ids, where things once
    stood: they are put there again, in place of where the operations would carry them.
    """

    made_for: frozenset[str] = frozenset()
    restored: Mapping[str, Sequence[dict[str, Any]]] = field(default_factory=dict)


# Sent with `places` (pairs of an article's id and a passage's number) when the structure of the
# articles is locked and no passage is yet: receivers lock what is locked before passages.
structure_held = Signal()
# Sent with `operated` (a sequence of Operated) and `following`; receivers answer with rows for the
# log of the act (`{"model", "id", "before", "after"}`), which are undone with it.
text_operated = Signal()
