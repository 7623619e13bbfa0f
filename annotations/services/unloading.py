"""Taking back what a load of entities made, and bringing that back: each as part of one act.

What texts speak of meanwhile, and what is more than the load made of it, stays: the act says how
many. Names and ids go with their entities, so that a better file can bring the same ones.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.db import connection

from annotations.models import Entity
from annotations.services.obstacles import StandsInTheWay
from articles.services.undo_faults import CannotUndo

if TYPE_CHECKING:
    from collections.abc import Iterable

    from articles.models import Activity

    Ranges = list[list[int]]  # ids, first and last

ONE_AT_A_TIME: Final = 0x656E74  # the advisory lock: two loads never make the same entity twice
UNDONE: Final = "undone"  # where entities come from whose load was undone

# Somebody else may have made an entity of an id in between: it is of no record of that source.
HOLD: Final = """
SELECT e.id FROM unnest(%s::bigint[], %s::bigint[]) AS made (first, last)
JOIN annotations_entity AS e ON e.id BETWEEN made.first AND made.last
WHERE NOT e.retired AND EXISTS (
    SELECT FROM jsonb_object_keys(e.loaded) AS key WHERE starts_with(key, %s))
ORDER BY e.id FOR UPDATE OF e
"""
# Asked once they are held: whoever was about to link one has done so by then, or never will.
# Another source, a person, a later change: each left a key of its own in what it was made of.
MADE: Final = """
SELECT e.id, e.note = '' AND NOT EXISTS (
        SELECT FROM jsonb_object_keys(e.loaded) AS key WHERE NOT starts_with(key, %s)
    ) AND NOT EXISTS (
        SELECT FROM annotations_entity AS m WHERE m.merged_into_id = e.id
    ) AND NOT EXISTS (
        SELECT FROM annotations_annotation AS a WHERE a.entity_id = e.id AND a.removed IS NULL
    ) AND NOT EXISTS (
        SELECT FROM annotations_speakeridentity AS i WHERE i.entity_id = e.id
    ), e.origin
FROM annotations_entity AS e WHERE e.id = ANY(%s) ORDER BY e.id
"""
TAKE: Final = """
UPDATE annotations_entity SET retired = TRUE, origin = %s WHERE id = ANY(%s)
"""
PARTS: Final = ("annotations_entityidentifier", "annotations_entityname")
TAKE_PARTS: Final = "UPDATE {table} SET retired = TRUE WHERE entity_id = ANY(%s) AND NOT retired"
# What was retired by then: as a rule nothing.
GONE_PARTS: Final = "SELECT id FROM {table} WHERE entity_id = ANY(%s) AND retired"
BRING: Final = """
UPDATE annotations_entity AS e SET retired = FALSE, origin = %s
FROM unnest(%s::bigint[], %s::bigint[]) AS gone (first, last)
WHERE e.id BETWEEN gone.first AND gone.last AND e.origin = %s
"""
BRING_PARTS: Final = """
UPDATE {table} AS part SET retired = FALSE
FROM unnest(%s::bigint[], %s::bigint[]) AS gone (first, last)
JOIN annotations_entity AS e ON e.id BETWEEN gone.first AND gone.last
WHERE part.entity_id = e.id AND e.origin = %s AND NOT part.id = ANY(%s)
"""
# What was loaded again since: without an id nothing else keeps the two apart.
AGAIN: Final = """
SELECT live.id FROM (
    SELECT jsonb_object_keys(e.loaded) AS key
    FROM unnest(%s::bigint[], %s::bigint[]) AS gone (first, last)
    JOIN annotations_entity AS e ON e.id BETWEEN gone.first AND gone.last AND e.origin = %s
) AS gone JOIN (
    SELECT id, jsonb_object_keys(loaded) AS key FROM annotations_entity WHERE NOT retired
) AS live USING (key)
WHERE starts_with(key, %s) ORDER BY live.id LIMIT 1
"""


class AllStays(CannotUndo):
    """Texts speak of all that the load made, or somebody changed it since."""


def undo_load(activity: Activity) -> dict[str, Any]:
    """Take back or bring back what an act loaded; gives what the log says, {} for other acts.

    To be called within the transaction of the undoing. Raises `AllStays` where there is nothing
    left to take back.
    """
    loaded = activity.data.get("loaded")
    if not loaded:
        return {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])
    said = {"source": loaded.get("source") or activity.data.get("source", "")}
    if "retired" in loaded:
        return {"loaded": said | _bring_back(loaded, said["source"])}
    return {
        "loaded": said | _take_back(loaded["made"], said["source"], bool(activity.data["rows"]))
    }


def _take_back(made: Ranges, source: str, has_more: bool) -> dict[str, Any]:
    with connection.cursor() as cursor:
        cursor.execute(HOLD, [*_ends(made), f"{source}#"])
        cursor.execute(MADE, [f"{source}#", [pk for (pk,) in cursor.fetchall()]])
        rows = cursor.fetchall()
        ids = [pk for pk, is_free, _origin in rows if is_free]
        if made and not ids and not has_more:
            raise AllStays
        cursor.execute(TAKE, [UNDONE, ids])
        gone = {}
        for table in PARTS:
            cursor.execute(GONE_PARTS.format(table=table), [ids])
            gone[table] = [pk for (pk,) in cursor.fetchall()]
            cursor.execute(TAKE_PARTS.format(table=table), [ids])
    origin = rows[0][2] if rows else ""
    return {
        "retired": _ranges(ids), "count": len(ids), "kept": len(rows) - len(ids), "origin": origin,
        "gone": gone,
    }  # fmt: skip


def _bring_back(loaded: dict[str, Any], source: str) -> dict[str, Any]:
    ends, gone = _ends(loaded["retired"]), loaded.get("gone", {})
    with connection.cursor() as cursor:
        cursor.execute(AGAIN, [*ends, UNDONE, f"{source}#"])
        if again := cursor.fetchone():
            raise StandsInTheWay(Entity(pk=again[0]))
        for table in PARTS:
            parts = BRING_PARTS.format(table=table)
            cursor.execute(parts, [*ends, UNDONE, gone.get(table, [])])
        cursor.execute(BRING, [loaded["origin"], *ends, UNDONE])
    return {"made": loaded["retired"], "created": loaded["count"], "updated": 0}


def _ends(ranges: Ranges) -> list[list[int]]:
    return [[first for first, _last in ranges], [last for _first, last in ranges]]


def _ranges(ids: Iterable[int]) -> Ranges:
    """Ids in order as ranges: a million of them are few."""
    found: Ranges = []
    for pk in ids:
        if found and pk == found[-1][1] + 1:
            found[-1][1] = pk
        else:
            found.append([pk, pk])
    return found
