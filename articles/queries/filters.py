"""Which articles are asked for: the facets chosen, as conditions on articles and on tallies."""

from __future__ import annotations

import json
import re
import uuid
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any

from articles.models import Kind, Status
from articles.queries.entities import entity_links

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.http import QueryDict

    from articles.queries.entities import Condition

UNDATED = "none"  # the date facet's value for articles without one
FACETS = ("kind", "status", "date", "language", "source", "collection")  # as shown
DATE = re.compile(r"(?:19|20|1[0-8])\d\d(?:-(?:0[1-9]|1[0-2]))?")
TAG, ENTITY = "tag", "entity"  # facets of which an article may have several values
MOST_VALUES = 50  # of one facet; what an address asks beyond is not read
MOST_ENTITIES = 8  # each is one more condition


@dataclass(frozen=True, slots=True)
class Filters:
    """The chosen values of each facet: any of a facet's values, and all facets together.

    Tags and entities an article may have several of: those chosen it must have all. `reader` is who
    asks for entities: what somebody keeps to oneself counts for nobody else. No address has it.
    """

    kind: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    date: tuple[str, ...] = ()
    language: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    collection: tuple[str, ...] = ()
    tag: tuple[str, ...] = ()
    batch: tuple[str, ...] = ()
    entity: tuple[str, ...] = ()
    reader: int | None = None

    @classmethod
    def read(cls, data: QueryDict, reader: int | None = None) -> Filters:
        """The filters of an address; what is no value of its facet is left out."""
        found = {}
        for name in NAMES:
            values = dict.fromkeys(value[:300] for value in data.getlist(name))
            known = [value for value in values if _is_value(name, value)]
            found[name] = tuple(known[: MOST_ENTITIES if name == ENTITY else MOST_VALUES])
        # Without an entity the same is asked whoever asks, and kept for everybody.
        return cls(**found, reader=reader if found[ENTITY] else None)

    def pairs(self) -> list[tuple[str, str]]:
        """Names and values, as an address has them."""
        return [(name, value) for name in NAMES for value in self.chosen(name)]

    def chosen(self, facet: str) -> tuple[str, ...]:
        """The values chosen of one facet."""
        values: tuple[str, ...] = getattr(self, facet)
        return values

    def toggled(self, facet: str, value: str) -> Filters:
        """The same with one value chosen, or no longer chosen."""
        values = self.chosen(facet)
        left = tuple(other for other in values if other != value)
        return self._with(facet, left if value in values else (*values, value))

    def without(self, facet: str) -> Filters:
        """The same with nothing chosen of one facet."""
        return self._with(facet, ())

    def _with(self, facet: str, values: tuple[str, ...]) -> Filters:
        change: Mapping[str, Any] = {facet: values}
        return replace(self, **change)

    @property
    def beyond(self) -> Filters:
        """Those of them that neither the stored counts nor the facts of what is found know."""
        return Filters(tag=self.tag, batch=self.batch, entity=self.entity, reader=self.reader)

    @property
    def beyond_tallies(self) -> bool:
        """Whether more is asked than the stored counts know."""
        return bool(self.tag or self.batch or self.entity)

    def on_articles(self, visible: Sequence[int]) -> Condition:
        """The condition on `articles_article AS a` for a person who may read these collections."""
        shelves = [pk for pk in visible if not self.collection or str(pk) in self.collection]
        conditions: list[Condition] = [
            ("a.removed IS NULL", []),
            _among("a.collection_id", shelves),
            *(
                _among(f"a.{facet}", self.chosen(facet))
                for facet in ("kind", "status", "language", "source")
                if self.chosen(facet)
            ),
            *(_any([_on_date(date) for date in self.date]) for _ in self.date[:1]),
            *(("a.tags @> %s::jsonb", [json.dumps([tag])]) for tag in self.tag),
            *(("a.batch_id = ANY(%s::uuid[])", [list(self.batch)]) for _ in self.batch[:1]),
            *self._of_entities(),
        ]
        return _all(conditions)

    def _of_entities(self) -> list[Condition]:
        links = entity_links()
        return [links.condition(entity, self.reader) for entity in self.entity] if links else []

    def on_counts(self, but: str = "") -> Condition:
        """The condition on rows that have the facets and `month`, leaving one facet out."""
        conditions = [
            _among(column, self.chosen(facet))
            for facet, column in (
                ("kind", "kind"),
                ("status", "status"),
                ("language", "language"),
                ("source", "source"),
                ("collection", "collection_id::text"),
            )
            if facet != but and self.chosen(facet)
        ]
        if self.date and but != "date":
            conditions.append(_any([_on_month(date) for date in self.date]))
        return _all(conditions or [("true", [])])


NAMES = tuple(field.name for field in fields(Filters) if field.name != "reader")


def _is_value(name: str, value: str) -> bool:
    if "\0" in value:
        return False
    match name:
        case "kind":
            return value in Kind.values
        case "status":
            return value in Status.values
        case "date":
            return value == UNDATED or DATE.fullmatch(value) is not None
        case "collection" | "entity":
            return value.isascii() and value.isdigit() and len(value) < 19
        case "batch":
            return _is_uuid(value)
        case "tag":
            return value != ""
    return True


def _is_uuid(value: str) -> bool:
    try:
        return str(uuid.UUID(value)) == value
    except ValueError:
        return False


def _among(column: str, values: Sequence[Any]) -> Condition:
    # One value is said by "=", so that an index beginning with the column gives the list's order.
    if len(values) == 1:
        return f"{column} = %s", [values[0]]
    return f"{column} = ANY(%s)", [list(values)]


def _on_date(date: str) -> Condition:
    if date == UNDATED:
        return "a.date_key = '0001-01-01'", []
    if len(date) == 4:
        return "a.date_key BETWEEN %s::date AND %s::date", [f"{date}-01-01", f"{date}-12-31"]
    first = f"{date}-01"
    return (
        "(a.date_key >= %s::date AND a.date_key < %s::date + interval '1 month'"
        " AND a.date_precision <> 'year')",
        [first, first],
    )


def _on_month(date: str) -> Condition:
    if date == UNDATED:
        return "month = ''", []
    return ("left(month, 4) = %s" if len(date) == 4 else "month = %s"), [date]


def _all(conditions: Sequence[Condition]) -> Condition:
    return " AND ".join(said for said, _ in conditions), [
        v for _, found in conditions for v in found
    ]


def _any(conditions: Sequence[Condition]) -> Condition:
    said = " OR ".join(said for said, _ in conditions)
    return f"({said})", [v for _, found in conditions for v in found]
