"""Articles by the entities that they speak of, as far as another app knows them.

Entities and what links them with texts belong to the annotations, which this app does not know:
their app says here how they are asked for, once it is ready.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable

Condition = tuple[str, list[Any]]

FEW = 500  # articles; of so many the entities are counted on every page
FEW_FOUND = 100  # the same for a search, which has more to do


class EntityCount(NamedTuple):
    """An entity, and how many of the articles asked about speak of it."""

    entity: str
    label: str
    articles: int


class EntityLinks(Protocol):
    """What knows which articles speak of which entities.

    `reader` is who asks (None without an account): what others keep to themselves never counts.
    """

    def condition(self, entity: str, reader: int | None) -> Condition:
        """The condition on `articles_article AS a` of those that speak of an entity."""

    def count(self, among: Condition, reader: int | None) -> list[EntityCount]:
        """The entities that most of these articles speak of; one statement."""

    def labels(self, entities: Iterable[str]) -> dict[str, str]:
        """What these entities are called; one statement."""


_links: list[EntityLinks] = []


def register_entity_links(links: EntityLinks) -> None:
    """Let articles be asked for by their entities."""
    _links[:] = [links]


def entity_links() -> EntityLinks | None:
    """What knows of entities; None where no app does."""
    return _links[0] if _links else None
