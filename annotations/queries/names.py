"""All names to be found in texts: right ones, known garblings, words known to be right.

They are kept in each process until a name is added, changed or taken away.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from django.db import connection

from annotations.models import NameKind
from annotations.text.matching import Names

# The names of live entities and the known words; which they are is told by one number.
LIVE: Final = """
FROM annotations_entityname AS n JOIN annotations_entity AS e ON e.id = n.entity_id
WHERE NOT n.retired AND NOT e.retired AND n.folded <> ''"""
STANDING: Final = f"""
SELECT count(*), sum(hashtextextended(n.kind || n.name || n.folded, n.entity_id))::text,
    count(*) FILTER (WHERE n.kind = 'garbling'), (
        SELECT sum(hashtextextended(k.folded, 0))::text FROM annotations_knownword AS k
        WHERE NOT k.retired) {LIVE}"""  # noqa: S608 - put together from constants
NAMES: Final = f"""
SELECT n.folded, n.kind, n.entity_id, n.name {LIVE}
UNION ALL SELECT k.folded, '', 0, k.text FROM annotations_knownword AS k WHERE NOT k.retired
"""  # noqa: S608 - put together from constants


class Named(NamedTuple):
    """Whose name it is (0 for a word that is no entity's), and how it is written."""

    entity: int
    name: str


class AllNames(NamedTuple):
    """The garblings, and what is right as it is."""

    garblings: Names[Named]
    right: Names[Named]


_kept: dict[str, tuple[tuple[object, ...], AllNames]] = {}


def all_names() -> AllNames:
    """All names as they stand: read anew only where one has changed."""
    with connection.cursor() as cursor:
        cursor.execute(STANDING)
        standing = cursor.fetchone()
        database = str(connection.settings_dict["NAME"])
        kept = _kept.get(database)
        if kept is not None and kept[0] == standing:
            return kept[1]
        cursor.execute(NAMES)
        rows = cursor.fetchall()
    found = AllNames(
        Names((folded, Named(*of)) for folded, kind, *of in rows if kind == NameKind.GARBLING),
        Names((folded, Named(*of)) for folded, kind, *of in rows if kind != NameKind.GARBLING),
    )
    _kept[database] = standing, found
    return found


def has_garblings() -> bool:
    """Whether a garbling of any live entity is known."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT EXISTS (SELECT {LIVE} AND n.kind = 'garbling')")
        return bool(cursor.fetchone()[0])
