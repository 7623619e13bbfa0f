"""The list of entities: found by any of their names, with how often texts mention them.

A page begins after what stood last on the one before. What counts as a mention is what the person
may see: shared links and one's own private ones, on texts of the collections that are visible.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from urllib.parse import urlencode

from django.db import connection
from django.utils.translation import get_language

from annotations.models import Entity, EntityKind, NameKind
from annotations.queries.said import MINE, in_language
from annotations.text.folding import fold
from annotations.text.identifiers import wikidata_id

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from articles.queries.shelves import Shelves
    from diplowatch.lib.roles import Person

PAGE: Final = 50
MOST_NAMESAKES: Final = 5
LONGEST_WORDS: Final = 200  # code points
SORTS: Final = ("mentions", "name")

# Links that the person may see.
VISIBLE_LINKS: Final = f"""
FROM annotations_annotation AS a JOIN articles_article AS x ON x.id = a.article_id
WHERE a.entity_id IS NOT NULL AND a.motivation = 'identifying' AND a.removed IS NULL AND {MINE}
    AND x.removed IS NULL AND x.collection_id = ANY(%(places)s)"""
SEEN: Final = f"""
SELECT a.entity_id, count(*) AS mentions, count(DISTINCT a.article_id) AS articles
{VISIBLE_LINKS} GROUP BY a.entity_id"""
ROWS: Final = """
WITH seen AS ({seen})
SELECT e.id, e.kind, {label}, coalesce({description}, ''),
    (SELECT i.value FROM annotations_entityidentifier AS i WHERE i.entity_id = e.id
        AND i.authority = 'wikidata' AND NOT i.retired ORDER BY i.id LIMIT 1),
    {matched}, coalesce(seen.mentions, 0), coalesce(seen.articles, 0), {key}
FROM annotations_entity AS e {join} JOIN seen ON seen.entity_id = e.id
WHERE NOT e.retired AND {condition}
ORDER BY {order} LIMIT %(count)s"""
COUNTS: Final = """
SELECT e.kind, count(*) FROM annotations_entity AS e
WHERE NOT e.retired AND {condition} GROUP BY e.kind"""
NAMED: Final = """e.id IN (
    SELECT n.entity_id FROM annotations_entityname AS n
    WHERE NOT n.retired AND n.folded LIKE %(words)s
    UNION ALL SELECT i.entity_id FROM annotations_entityidentifier AS i
    WHERE NOT i.retired AND i.value = %(id)s)"""
MATCHED: Final = """(SELECT n.name FROM annotations_entityname AS n
    WHERE n.entity_id = e.id AND NOT n.retired AND n.folded LIKE %(words)s
    ORDER BY n.kind <> 'label', length(n.name), n.id LIMIT 1)"""


class Listed(NamedTuple):
    """An entity in the list; `matched` is the name that was found."""

    id: int
    kind: str
    label: str
    description: str
    wikidata: str | None
    matched: str
    mentions: int
    articles: int
    key: str  # by which names are sorted

    @property
    def kind_label(self) -> str:
        """What it is."""
        return str(EntityKind(self.kind).label)

    @property
    def also(self) -> str:
        """The name that was found, where it is not the one that is shown."""
        return self.matched if self.matched != self.label else ""


class Place(NamedTuple):
    """What stood last on the page before: how often it is mentioned, its name's key, its id."""

    mentions: int
    id: int
    key: str

    def __str__(self) -> str:
        """As an address has it."""
        return f"{self.mentions}.{self.id}.{self.key}"

    @classmethod
    def read(cls, said: str) -> Place | None:
        """The place that an address names; None for what is none."""
        numbers = said.split(".", 2)
        if len(numbers) < 3 or "\0" in said:
            return None
        mentions, number, key = numbers
        if not all(one.isascii() and one.isdigit() and len(one) < 19 for one in (mentions, number)):
            return None
        return cls(int(mentions), int(number), key[:400])


@dataclass(frozen=True, slots=True)
class EntityQuery:
    """What the list shows; all of it is in the address."""

    words: str = ""
    kind: str = ""
    sort: str = SORTS[0]

    @classmethod
    def read(cls, asked: Mapping[str, str]) -> EntityQuery:
        """Read an address; what makes no sense is left out."""
        words = " ".join(asked.get("q", "").replace("\0", "").split())[:LONGEST_WORDS]
        kind, sort = asked.get("kind", ""), asked.get("sort", "")
        return cls(
            words,
            kind if kind in EntityKind.values else "",
            sort if sort in SORTS else SORTS[0],
        )

    def address(self, **changes: str) -> str:
        """The query string of the same list, with changes."""
        said = replace(self, **changes) if changes else self
        pairs = {"q": said.words, "kind": said.kind}
        pairs |= {"sort": said.sort} if said.sort != SORTS[0] else {}
        return "?" + urlencode({name: value for name, value in pairs.items() if value})

    def condition(self) -> str:
        """The condition on `annotations_entity AS e`."""
        said = [NAMED] if self.words else []
        return " AND ".join([*said, *(["e.kind = %(kind)s"] if self.kind else [])]) or "TRUE"

    def values(self) -> dict[str, Any]:
        """The values that the condition names."""
        return {
            "kind": self.kind,
            "words": f"%{as_pattern(fold(self.words))}%",
            "id": wikidata_id(self.words) or self.words,
        }


class EntityPage(NamedTuple):
    """A page of the list, where the next begins, and how many there are of each kind."""

    rows: list[Listed]
    after: str
    counts: dict[str, int]
    total: int


def list_page(user: Person, shelves: Shelves, query: EntityQuery, after: str) -> EntityPage:
    """A page of the list: the most mentioned first and the others by name, or all by name."""
    place = Place.read(after)
    values = query.values() | {"user": user.pk, "places": shelves.ids}
    rows: list[Listed] = []
    for stretch in _stretches(query.sort, place):
        rows += _fetch(query, stretch, place, values, PAGE + 1 - len(rows))
        place = None
        if len(rows) > PAGE:
            break
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    counts = _count(query)
    total = counts.get(query.kind, 0) if query.kind else sum(counts.values())
    following = str(Place(last.mentions, last.id, last.key)) if last else ""
    return EntityPage(rows[:PAGE], following, counts, total)


def name_key(language: str) -> str:
    """SQL for what the names of entities are sorted by; an index has the same."""
    return f"articles_fold({in_language('e.label', language)})"


def as_pattern(words: str) -> str:
    """What LIKE would read as a pattern made plain."""
    return words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _stretches(sort: str, place: Place | None) -> tuple[str, ...]:
    """By mentions: those that texts mention, then the others, which an index has by name."""
    if sort == "name":
        return ("named",)
    return ("others",) if place and not place.mentions else ("mentioned", "others")


def _fetch(
    query: EntityQuery, stretch: str, place: Place | None, values: dict[str, Any], count: int
) -> list[Listed]:
    language = get_language() or ""
    key = name_key(language)
    condition, order = query.condition(), f"{key}, e.id"
    beyond = f"({key}, e.id) > (%(key)s, %(pk)s)"
    if stretch == "mentioned":
        order = f"seen.mentions DESC, {order}"
        beyond = f"(seen.mentions < %(mentions)s OR (seen.mentions = %(mentions)s AND {beyond}))"
    elif stretch == "others":
        condition += " AND seen.entity_id IS NULL"
    if place is not None:
        condition += f" AND {beyond}"
        values = values | {"mentions": place.mentions, "pk": place.id, "key": place.key}
    sql = ROWS.format(
        seen=SEEN, key=key, order=order, condition=condition,
        label=in_language("e.label", language),
        description=in_language("e.description", language),
        matched=MATCHED if query.words else "''",
        join="" if stretch == "mentioned" else "LEFT",
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(sql, values | {"count": count})
        return [Listed(*row) for row in cursor.fetchall()]


def _count(query: EntityQuery) -> dict[str, int]:
    """How many answer of each kind, whichever kind is chosen."""
    anything = replace(query, kind="")
    with connection.cursor() as cursor:
        cursor.execute(COUNTS.format(condition=anything.condition()), anything.values())
        return {kind: int(count) for kind, count in cursor.fetchall()}


def find_namesakes(kind: str, labels: Sequence[str]) -> list[Entity]:
    """Entities of a kind that bear one of these names, slips left out; the first few."""
    folded = [fold(label) for label in labels if label]
    named = Entity.objects.live().filter(
        kind=kind, names__retired=False, names__folded__in=folded,
        names__kind__in=(NameKind.LABEL, NameKind.ALIAS),
    )  # fmt: skip
    return list(named.distinct().order_by("pk")[:MOST_NAMESAKES])
