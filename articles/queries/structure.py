"""An article as its structure stands: passages in reading order, voices, what was taken away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db import connection

from articles.text.operations import ArticleState, PassageState
from articles.text.rewriting import Neighbour

if TYPE_CHECKING:
    from collections.abc import Mapping

PASSAGES: Final = """
SELECT p.number, p.revision, p.retired, p.text, p.role, s.position, p.exchange
FROM articles_passage AS p LEFT JOIN articles_speaker AS s ON s.id = p.speaker_id
WHERE p.article_id = %s ORDER BY p.position
"""
SPEAKERS: Final = """
SELECT id, position, name, part, labels::text, retired FROM articles_speaker
WHERE article_id = %s ORDER BY position
"""
LAST: Final = "SELECT last_number FROM articles_article WHERE id = %s AND removed IS NULL"
LOCK: Final = """
SELECT pg_advisory_xact_lock(hashtext('articles_structure'), %s::bigint::int)
"""


@dataclass(frozen=True, slots=True)
class Standing:
    """A passage that stands, and the revision of its text."""

    number: int
    revision: int
    state: PassageState


@dataclass(frozen=True, slots=True)
class Voice:
    """A speaker: the row's id, its position in the article, how it is called and printed."""

    pk: int
    position: int
    name: str
    part: str
    labels: str
    retired: bool

    @property
    def values(self) -> Mapping[str, str]:
        """As operations have it."""
        return {"name": self.name, "part": self.part}


@dataclass(frozen=True, slots=True)
class Structure:
    """An article's passages in order, its voices, and the numbers of passages that went."""

    passages: list[Standing]
    voices: list[Voice]
    gone: frozenset[int]
    last_number: int

    def place_of(self, number: int) -> int | None:
        """Where a passage stands among the others; None where it does not."""
        return next((at for at, one in enumerate(self.passages) if one.number == number), None)

    def was_there(self, number: int) -> bool:
        """Whether there once was such a passage."""
        return number in self.gone

    def around(self, place: int) -> tuple[Neighbour | None, Neighbour | None]:
        """The passages before and after one."""
        return (
            self._at(place - 1) if place else None,
            self._at(place + 1) if place + 1 < len(self.passages) else None,
        )

    def _at(self, place: int) -> Neighbour:
        return Neighbour(self.passages[place].number, self.passages[place].state)

    @property
    def live_voices(self) -> list[Voice]:
        """Those that were not retired."""
        return [voice for voice in self.voices if not voice.retired]

    @property
    def free_position(self) -> int:
        """The first position that no speaker ever had."""
        return max((voice.position for voice in self.voices), default=-1) + 1

    @property
    def state(self) -> ArticleState:
        """For operations to be made on."""
        return ArticleState(
            {one.number: one.state for one in self.passages},
            {voice.position: voice.values for voice in self.live_voices},
            [one.number for one in self.passages],
        )


def structure_of(article_id: int, *, is_locked: bool = False) -> Structure:
    """The structure as it stands, nothing where there is no article.

    With `is_locked` no other act changes it until the transaction ends.
    """
    with connection.cursor() as cursor:
        if is_locked:
            cursor.execute(LOCK, [article_id])
        cursor.execute(LAST, [article_id])
        row = cursor.fetchone()
        if row is None:
            return Structure([], [], frozenset(), 0)
        cursor.execute(PASSAGES, [article_id])
        rows = cursor.fetchall()
        cursor.execute(SPEAKERS, [article_id])
        voices = [Voice(*values) for values in cursor.fetchall()]
    return Structure(
        [Standing(n, rev, PassageState(*own)) for n, rev, retired, *own in rows if not retired],
        voices,
        frozenset(n for n, _rev, retired, *_own in rows if retired),
        row[0],
    )
