"""An article as it stood at any moment: its log read back and folded."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from django.db import connection

from articles.queries.log import BIRTH, Logged, operations_since
from articles.queries.passages import Row
from articles.text.operations import ArticleState
from articles.text.states import birth, state_after, voices_at_birth

if TYPE_CHECKING:
    from collections.abc import Sequence

    from articles.models import Article
    from articles.text.operations import Operation

ORIGIN: Final = """
SELECT s.text, r.data->'passages',
    (SELECT coalesce(json_object_agg(p.number, p.id), '{}') FROM articles_passage AS p
        WHERE p.article_id = a.id),
    (SELECT coalesce(json_agg(json_build_array(v.position, v.id, v.name, v.part, v.retired)), '[]')
        FROM articles_speaker AS v WHERE v.article_id = a.id)
FROM articles_article AS a
JOIN articles_sourcefile AS s ON s.id = coalesce(a.birth_file_id, a.source_file_id)
JOIN articles_revision AS r ON r.article_id = a.id AND r.number = 1
WHERE a.id = %s
"""
# Acts on one article say the version that it then has; those on many say it of each.
STOOD: Final = """
SELECT max(r.number) FROM articles_revision AS r JOIN articles_activity AS act
    ON act.id = r.activity_id
WHERE r.article_id = %(article)s AND (r.number = 1 OR %(version)s >= coalesce(
    (act.data->>'version')::int, (act.data->'versions'->>%(article)s::text)::int, 0))
"""


@dataclass(frozen=True, slots=True)
class Past:
    """An article at birth and all that was done to it since.

    `keys` are the primary keys of its passages by their numbers, `speakers` those of its voices by
    their positions.
    """

    source: str
    structure: Sequence[Sequence[Any]]  # as revision 1 keeps it
    born: ArticleState
    log: Sequence[Logged]
    keys: dict[int, int]
    speakers: dict[int, int]
    _states: dict[int, ArticleState] = field(default_factory=dict)

    @property
    def last(self) -> int:
        """The number of the last revision."""
        return self.log[-1].number if self.log else BIRTH

    def at(self, number: int) -> ArticleState:
        """The article as revision `number` left it; not to be changed."""
        if number not in self._states:
            done = [one.operation for one in self.log if one.number <= number]
            self._states[number] = state_after(self.born, done)
        return self._states[number]

    def since(self, number: int, until: int | None = None) -> list[Operation]:
        """What was done after a revision, up to another (inclusive)."""
        last = self.last if until is None else until
        return [one.operation for one in self.log if number < one.number <= last]

    def rows(self, state: ArticleState) -> list[Row]:
        """The passages of a state in reading order, as pages and exports need them."""
        made = []
        for number in state.order:
            held = state.passages[number]
            voice = None if held.speaker is None else state.voices.get(held.speaker)
            made.append(Row(
                number, held.role,
                None if held.speaker is None else self.speakers.get(held.speaker),
                voice["name"] if voice else None, voice["part"] if voice else None,
                held.exchange, held.text, 0, self.keys[number],
            ))  # fmt: skip
        return made


def fetch_past(article: Article) -> Past:
    """An article's past, in two queries."""
    with connection.cursor() as cursor:
        cursor.execute(ORIGIN, [article.pk])
        source, *found = cursor.fetchone()
    structure, keys, speakers = map(_loaded, found)
    log = operations_since({article.pk: BIRTH})
    named = {
        position: {"name": name, "part": part}
        for position, _pk, name, part, retired in speakers
        if not retired
    }
    voices = voices_at_birth(named, [one.operation for one in log])
    return Past(
        source,
        structure,
        birth(source, structure, voices),
        log,
        {int(number): pk for number, pk in keys.items()},
        {position: pk for position, pk, *_own in speakers},
    )


def revision_at(article: Article, version: int) -> int | None:
    """The revision at which the text stood at a version; None for versions that never were."""
    if not 1 <= version <= article.version:
        return None
    with connection.cursor() as cursor:
        cursor.execute(STOOD, {"article": article.pk, "version": version})
        return int(cursor.fetchone()[0])


def _loaded(value: Any) -> Any:
    """JSON as values: raw statements give jsonb as text, json as values."""
    return json.loads(value) if isinstance(value, str) else value
