"""Some passages of one article, locked, while an act's operations are made on them."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import connection

from articles.models import Status
from articles.services.locking import lock_structure
from articles.services.stage_sql import (
    ARTICLES,
    INSERT,
    NEXT,
    PASSAGES,
    RESPACE,
    SPEAKER,
    SPEAKERS,
    UPDATE,
)
from articles.signals import Operated, structure_held
from articles.text.edits import Misfit
from articles.text.operations import (
    ArticleState,
    Merge,
    PassageState,
    Split,
    Text,
    Voice,
    to_json,
)
from articles.text.reading import vectors
from diplowatch.lib.statements import fetch_planned

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping, Sequence

    from articles.text.operations import Operation

POSITION_STEP = 1024


class _Row(NamedTuple):
    """A passage as it is stored, then what its article is."""

    pk: int
    article: int
    number: int
    position: int
    role: str
    speaker: int | None  # its position
    exchange: int | None
    text: str
    retired: bool
    revision: int
    status: str
    speaker_pk: int | None
    collection: int
    language: str
    last_number: int
    title_derived: bool


class Held(NamedTuple):
    """What is stored of a passage beside its state."""

    pk: int | None
    position: int
    revision: int
    status: str = Status.RAW.value


@dataclass(slots=True)
class Stage:
    """The passages that one article's operations are on, before and after them."""

    article_id: int
    collection_id: int
    language: str
    last_number: int
    title_derived: bool
    operations: list[Operation]
    held: dict[int, Held] = field(default_factory=dict)
    state: ArticleState = field(default_factory=lambda: ArticleState({}, {}, []))
    before: dict[int, PassageState] = field(default_factory=dict)
    speakers: dict[int, int] = field(default_factory=dict)  # ids by positions
    parents: dict[int, int] = field(default_factory=dict)  # of which passages new ones are parts
    touched: dict[int, int] = field(default_factory=dict)  # revisions of texts, by numbers
    log: list[tuple[int | None, int | None, str, str]] = field(default_factory=list)

    def put(self, row: _Row) -> None:
        """Take in a passage."""
        self.held[row.number] = Held(row.pk, row.position, row.revision, row.status)
        self.state.passages[row.number] = PassageState(
            row.text, row.role, row.speaker, row.exchange, row.retired
        )
        if row.speaker is not None and row.speaker_pk is not None:
            self.speakers[row.speaker] = row.speaker_pk

    @property
    def is_structural(self) -> bool:
        """Whether anything but words changes."""
        return any(not isinstance(one, Text) for one in self.operations)

    def revision_of(self, number: int) -> int | None:
        """The revision at which a passage stands; None where there is none."""
        held = self.held.get(number)
        return None if held is None else held.revision

    def do(self) -> None:
        """Make the operations, in memory; raises `Misfit`."""
        self.before = dict(self.state.passages)
        done = []
        for operation in self.operations:
            made = self._numbered(operation)
            if isinstance(made, Merge) and self._next(made.passage) != made.number:
                raise Misfit(made)
            self.state.do(made)
            self._count(made)
            done.append(made)
        self.operations = done
        for number in self.touched:
            state = self.state.passages[number]
            if not state.retired and not state.text.strip():
                raise Misfit(number)

    def _numbered(self, operation: Operation) -> Operation:
        """A split with its number, the new passage with its place."""
        if not isinstance(operation, Split):
            return operation
        split = operation
        if not split.number:
            split = replace(split, number=self.last_number + 1)
        self.last_number = max(self.last_number, split.number)
        old = self.held.get(split.number)
        self.parents[split.number] = split.passage
        self.held[split.number] = Held(
            old.pk if old else None, self._place_after(split.passage),
            old.revision if old else -1
        )  # fmt: skip
        return split

    def _place_after(self, number: int) -> int:
        """A free place right behind a passage; makes room where there is none."""
        for _ in range(2):
            position = self.held[number].position
            following = self._following(number)
            room = (following[1] - position if following else 2 * POSITION_STEP) // 2
            if room > 0:
                return position + room
            self._respace()
        raise Misfit(number)

    def _following(self, number: int) -> tuple[int, int] | None:
        """The number and place of the passage that stands behind another."""
        position = self.held[number].position
        # What this act itself put there or took away is not stored yet.
        found = [(row[1], row[0]) for row in fetch_planned(NEXT, [self.article_id, position])]
        found = [one for one in found if not self._is_retired(one[1])]
        found += [
            (held.position, other)
            for other, held in self.held.items()
            if held.position > position and not self._is_retired(other)
            and other in self.state.passages
        ]  # fmt: skip
        return min(found)[::-1] if found else None

    def _next(self, number: int) -> int | None:
        following = self._following(number)
        return following[0] if following else None

    def _is_retired(self, number: int) -> bool:
        state = self.state.passages.get(number)
        return state is not None and state.retired

    def _respace(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(RESPACE[0], [self.article_id])
            cursor.execute(RESPACE[1], [POSITION_STEP, self.article_id])
            cursor.execute(
                "SELECT number, position FROM articles_passage WHERE article_id = %s",
                [self.article_id],
            )
            for number, position in cursor.fetchall():
                if number in self.held:
                    self.held[number] = self.held[number]._replace(position=position)

    def _count(self, operation: Operation) -> None:
        """Note the operation for the log, and the revisions of the texts that it touched."""
        name, values = to_json(operation)
        number = None if isinstance(operation, Voice) else operation.passage
        revision = None
        if isinstance(operation, (Text, Split, Merge)):
            revision = self._raise(operation.passage)
        if isinstance(operation, (Split, Merge)):
            values["number_revision"] = self._raise(operation.number)
        self.log.append((number, revision, name, json.dumps(values, ensure_ascii=False)))

    def _raise(self, number: int) -> int:
        held = self.held[number]
        self.held[number] = held._replace(revision=held.revision + 1)
        self.touched[number] = held.revision + 1
        return held.revision + 1

    def rows(self) -> list[tuple[Any, ...]]:
        """Write speakers and new passages; the rows of the passages that are others now."""
        for operation in self.operations:
            if isinstance(operation, Voice):
                self._store_speaker(operation)
        states = self.state.passages
        changed = [
            n for n, state in states.items() if n in self.touched or self.before.get(n) != state
        ]
        made = vectors([states[n].text for n in changed], self.language)
        search = dict(zip(changed, made, strict=True))
        rows = []
        for number in changed:
            state, held = states[number], self.held[number]
            speaker = None if state.speaker is None else self.speakers[state.speaker]
            own = (
                state.role, speaker, state.exchange, state.text, held.revision, state.retired
            )  # fmt: skip
            if held.pk is None:
                self._insert(number, own, search[number])
                continue
            old = self.before.get(number)
            same = old is not None and old.text == state.text
            rows.append((held.pk, *own, held.position, None if same else search[number]))
        return rows

    def _insert(self, number: int, own: tuple[Any, ...], search: str) -> None:
        held = self.held[number]
        values = [number, held.position, *own, search, self.article_id, self.parents[number]]
        [(pk,)] = fetch_planned(INSERT, values)
        self.held[number] = held._replace(pk=pk)

    def _store_speaker(self, voice: Voice) -> None:
        values = voice.after or voice.before or {}
        row = [self.article_id, voice.position, values["name"], values["part"],
               voice.after is None]  # fmt: skip
        [(self.speakers[voice.position],)] = fetch_planned(SPEAKER, row)

    def operated(self) -> Operated:
        """What was done, for those who follow."""
        states = self.state.passages
        numbers = list(self.touched)
        return Operated(
            self.article_id,
            self.operations,
            keys={n: pk for n in numbers if (pk := self.held[n].pk) is not None},
            texts={n: self.before[n].text for n in numbers if n in self.before},
            now={n: states[n].text for n in numbers},
            revisions=self.touched,
        )

    def live_keys(self, statuses: Container[str] | None = None) -> list[int]:
        """The primary keys of the passages that stand (as these) and say something else now.

        Other words, or the same in another role or mouth; of raw ones only those with other words.
        """
        states = self.state.passages
        said = [n for n in states if n not in self.touched and self._is_said_otherwise(n)]
        held = [self.held[n] for n in self.touched if not states[n].retired]
        held += [self.held[n] for n in said if self.held[n].status != Status.RAW]
        wanted = [one for one in held if statuses is None or one.status in statuses]
        return [one.pk for one in wanted if one.pk is not None]

    def _is_said_otherwise(self, number: int) -> bool:
        old, now = self.before.get(number), self.state.passages[number]
        if old is None or old.retired or now.retired:
            return False
        return (old.role, old.speaker) != (now.role, now.speaker)

    def logged(self) -> list[tuple[int | None, int | None, str, str]]:
        """The revisions: passage's primary key, its revision, the operation and its values."""
        return [
            (None if number is None else self.held[number].pk, revision, name, values)
            for number, revision, name, values in self.log
        ]


def store_stages(stages: Iterable[Stage]) -> None:
    """Write what stands now."""
    rows = [row for stage in stages for row in stage.rows()]
    if rows:
        fetch_planned(UPDATE, [*map(list, zip(*rows, strict=True))])


def load_stages(
    planned: Mapping[int, Sequence[Operation]], seen: Mapping[int, Iterable[int]]
) -> list[Stage]:
    """The articles that are there, with the passages that operations name or are seen, locked."""
    ids = sorted(planned)
    structural = [pk for pk in ids if any(not isinstance(one, Text) for one in planned[pk])]
    asked = [(pk, one) for pk in ids for one in {*_numbers(planned[pk]), *seen.get(pk, ())}]
    if structural:
        lock_structure(structural)
        structure_held.send(sender=Stage, places=asked)
    columns = [pk for pk, _ in asked], [number for _, number in asked]
    passages = [_Row(*row) for row in fetch_planned(PASSAGES, columns)]
    articles = [(row.article, *row[-4:]) for row in passages]
    if len({row.article for row in passages}) < len(ids):  # some change no passage
        articles += fetch_planned(ARTICLES, [ids])
    found = {
        pk: Stage(pk, collection, language, last, derived, list(planned[pk]))
        for pk, collection, language, last, derived in sorted(articles)
    }
    if structural:
        _put_voices(found, structural)
    for row in passages:
        found[row.article].put(row)
    return list(found.values())


def _put_voices(stages: Mapping[int, Stage], ids: Sequence[int]) -> None:
    for pk, article, position, name, part, retired in fetch_planned(SPEAKERS, [ids]):
        if article in stages:
            stages[article].speakers[position] = pk
            if not retired:
                stages[article].state.voices[position] = {"name": name, "part": part}


def _numbers(operations: Sequence[Operation]) -> list[int]:
    numbers: dict[int, None] = {}
    for operation in operations:
        if isinstance(operation, Voice):
            continue
        numbers[operation.passage] = None
        if isinstance(operation, (Split, Merge)) and operation.number:
            numbers[operation.number] = None
    return list(numbers)
