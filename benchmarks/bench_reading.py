"""Opening articles of which something is said: 3 KB with 20 annotations, 300 KB with 2,000."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

from benchmarks.bench_pages import ID_OF
from benchmarks.house import BARE_DJANGO, BARE_SQL, OURS
from benchmarks.timing import Result, in_turn, medians, milliseconds, ratio

if TYPE_CHECKING:
    from collections.abc import Callable

    from benchmarks.house import Client, Database, House

FEW, MANY = 20, 2_000
SMALL, LONG = "open 3 KB with 20 annotations", "open 300 KB with 2,000 annotations"
ENTITIES = """
INSERT INTO annotations_entity (kind, label_fr, label_en, description_fr, description_en, note,
    origin, retired, version, created, loaded)
SELECT (ARRAY['person', 'place', 'organisation'])[1 + k %% 3], 'Fiche ' || k, '',
    'Description ' || k, '', '', 'local', false, 1, now(), '{}'
FROM generate_series(1, 200) AS k RETURNING id
"""
TAG = """
INSERT INTO annotations_tag (name, folded, description, retired, version, created)
VALUES ('climat', 'climat', '', false, 1, now()) RETURNING id
"""
# Every kind of annotation in turn, spread over the passages, overlapping now and then.
SAY = """
WITH places AS (
    SELECT id, text, row_number() OVER (ORDER BY position) - 1 AS place, count(*) OVER () AS held
    FROM articles_passage WHERE article_id = %(article)s AND length(text) > 60
), made AS (
    SELECT gen_random_uuid() AS id, k, k %% 5 AS kind, p.id AS passage, p.text,
        (k * 37) %% (length(p.text) - 50) AS start, 8 + k %% 40 AS length
    FROM generate_series(1, %(count)s) AS k JOIN places AS p ON p.place = k %% p.held
), said AS (
    INSERT INTO annotations_annotation (id, article_id, motivation, creator_id, agent, private,
        body, tag_id, entity_id, link_status, flag_kind, target_count, version, created, modified)
    SELECT id, %(article)s, (ARRAY['highlighting', 'commenting', 'tagging', 'identifying',
            'questioning'])[1 + kind], %(user)s, '', false,
        CASE WHEN kind IN (1, 4) THEN 'Une remarque sur ces mots, numéro ' || k ELSE '' END,
        CASE kind WHEN 2 THEN %(tag)s END, CASE kind WHEN 3 THEN %(entity)s + k %% 200 END,
        CASE kind WHEN 3 THEN 'verified' ELSE '' END, CASE kind WHEN 4 THEN 'name' ELSE '' END,
        1, 1, now(), now()
    FROM made
)
INSERT INTO annotations_target (annotation_id, position, passage_id, start, "end", exact, prefix,
    suffix, state, revision)
SELECT id, 0, passage, start, start + length, substr(text, start + 1, length), '', '',
    'anchored', 0 FROM made
"""


def measure(house: House, texts: Database, rounds: int) -> list[Result]:
    """Say things about two articles of a copy of the texts, and open them beside their floors."""
    database = house.database("said").make(template=texts)
    small, long = (
        database.execute(ID_OF, [name])[0][0] for name in ("article-000001.txt", "long.txt")
    )
    fill(database, {small: FEW, long: MANY})
    with ExitStack() as servers:
        ours = servers.enter_context(database.serving(OURS))
        sql = servers.enter_context(database.serving(BARE_SQL))
        plain = servers.enter_context(database.serving(BARE_DJANGO))
        paths = {SMALL: f"/articles/{small}/", LONG: f"/articles/{long}/"}
        acts = {name: _getting(ours, path) for name, path in paths.items()}
        acts["bare Django"] = _getting(plain, f"/select/{small}")
        acts["bare SQL"] = _getting(sql, f"/said?id={long}")
        times = medians(in_turn(acts, rounds))
    counts = database.inside("count-queries", *paths.values())
    return [
        _against(times, SMALL, 3.5, "bare Django"),
        _against(times, LONG, 5, "bare SQL"),
        *(Result(f"queries: {name}", counts[path], None, unit="") for name, path in paths.items()),
        Result(
            "queries more for 2,000 annotations than for 20",
            counts[paths[LONG]] - counts[paths[SMALL]], 0.0, unit="",
        ),
    ]  # fmt: skip


def fill(database: Database, counts: dict[int, int]) -> None:
    """Say so many things about each article, by an editor."""
    database.inside("sign-in")  # makes the editor
    user = database.execute("SELECT id FROM accounts_user WHERE username = 'measurer'")[0][0]
    entity = min(row[0] for row in database.execute(ENTITIES, []))
    tag = database.execute(TAG)[0][0]
    for article, count in counts.items():
        values = {"article": article, "count": count, "user": user, "tag": tag, "entity": entity}
        database.execute(SAY, values)
    database.execute("VACUUM ANALYZE")


def _against(times: dict[str, float], name: str, most: float, floor: str) -> Result:
    """A page's time as a multiple of its floor's."""
    detail = f"{milliseconds(times[name])}, {floor} {milliseconds(times[floor])}"
    return Result(f"{name}, of {floor}", ratio(times[name], times[floor]), most, detail=detail)


def _getting(client: Client, path: str) -> Callable[[], object]:
    return lambda: client.get(path)
