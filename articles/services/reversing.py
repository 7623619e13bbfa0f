"""What takes an act on texts back: its operations inverted, made over all that came since."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db import connection, transaction

from articles.models import Article
from articles.queries.log import BIRTH, operations_of, operations_since
from articles.services.locking import lock_structure
from articles.services.operating import Work
from articles.services.undo_faults import CannotUndo
from articles.text.crossing import crossed, shortened
from articles.text.operations import (
    Attribute,
    InTheWay,
    Merge,
    Split,
    Text,
    Voice,
    invert_operation,
)
from diplowatch.lib.statements import fetch_planned

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from articles.models import Activity
    from articles.queries.log import Logged
    from articles.text.operations import Operation


class TextInTheWay(CannotUndo):
    """Later changes of the same words, or of the same structure, stand in the way."""

    def __init__(
        self, article_id: int, ours: Operation | None, activities: Sequence[int] = ()
    ) -> None:
        """Keep where, what could not be taken back, and the acts that may stand in the way."""
        self.article_id, self.ours, self.activities = article_id, ours, tuple(activities)
        super().__init__(f"article {article_id}: {ours}")


@dataclass(frozen=True, slots=True)
class Reversal:
    """The works that take an act back, and what stands in the way of the rest of it.

    Passages are named by their articles and numbers: `stays` are those where something of the act
    stays, `changed` those whose words later acts changed as well.
    """

    works: tuple[Work, ...]
    refused: tuple[TextInTheWay, ...] = ()
    stays: frozenset[tuple[int, int]] = frozenset()
    changed: frozenset[tuple[int, int]] = frozenset()


LOCK: Final = """
SELECT p.id FROM articles_passage AS p WHERE p.id IN (
    SELECT named.id FROM articles_passage AS named
    JOIN unnest(%s::bigint[], %s::int[]) AS asked (article_id, number) USING (article_id, number)
    UNION ALL SELECT unnest(%s::bigint[]))
ORDER BY p.id FOR NO KEY UPDATE
"""
# Who was ever a speaker, with the passages that they speak.
VOICES: Final = """
SELECT s.position, s.name, s.part, s.retired, ARRAY(
    SELECT p.number FROM articles_passage AS p WHERE p.speaker_id = s.id AND NOT p.retired)
FROM articles_speaker AS s WHERE s.article_id = %s ORDER BY s.position
"""
MOST_TRIES = 5  # at texts that others keep parting and joining


def is_of_text(activity: Activity) -> bool:
    """Whether an act changed texts (or their structure) that were there before it."""
    return activity.revisions.filter(number__gt=BIRTH).exists()


def reversal_of(activity_id: int, beside: Collection[int] = ()) -> Reversal:
    """What takes an act back, as far as it can be; call it in the transaction of the undoing.

    `beside` are passages (primary keys) that the undoing needs locked besides.
    """
    by_article: dict[int, list[Logged]] = {}
    for logged in operations_of(activity_id):
        by_article.setdefault(logged.article_id, []).append(logged)
    if not by_article:
        _lock((), beside)
        return Reversal(())
    later = _held(by_article, beside)
    works, refused = [], []
    stays: set[tuple[int, int]] = set()
    changed: set[tuple[int, int]] = set()
    for article, done in by_article.items():
        theirs = shortened(one.operation for one in later[article])
        ours = [invert_operation(one.operation) for one in reversed(done)]
        back, over, left, fault = _back(ours, theirs)
        back = with_voices(article, back)
        if back:
            works.append(Work(article, tuple(back)))
        if fault:
            refused.append(_refusal(article, fault, later[article]))
        stays |= {(article, number) for number in left}
        changed |= {(article, number) for number in _rewritten(over)}
    return Reversal(tuple(works), tuple(refused), frozenset(stays), frozenset(changed))


def _lock(pairs: Sequence[tuple[int, int]], beside: Collection[int]) -> None:
    if pairs or beside:
        values = [pk for pk, _ in pairs], [number for _, number in pairs], list(beside)
        fetch_planned(LOCK, values)


def _held(
    by_article: Mapping[int, Sequence[Logged]], beside: Collection[int]
) -> dict[int, list[Logged]]:
    """What came since, with all passages locked that it may be about, in their one order."""
    for _ in range(MOST_TRIES):
        kept = transaction.savepoint()
        later = _since(by_article)
        wanted = _reached(by_article, later)
        parted = [article for article, (_numbers, is_parted) in wanted.items() if is_parted]
        if parted:
            lock_structure(parted)
        pairs = [(article, one) for article, (numbers, _) in wanted.items() for one in numbers]
        _lock(pairs, beside)
        later = _since(by_article)
        if _reached(by_article, later) == wanted:
            transaction.savepoint_commit(kept)
            return later
        transaction.savepoint_rollback(kept)  # and lets go of what it held
    raise TextInTheWay(next(iter(by_article)), None)


def _since(by_article: Mapping[int, Sequence[Logged]]) -> dict[int, list[Logged]]:
    later: dict[int, list[Logged]] = {article: [] for article in by_article}
    for logged in operations_since({pk: ours[-1].number for pk, ours in by_article.items()}):
        later[logged.article_id].append(logged)
    return later


def _reached(
    by_article: Mapping[int, Sequence[Logged]], later: Mapping[int, Sequence[Logged]]
) -> dict[int, tuple[set[int], bool]]:
    """The numbers of the passages where an act's words may stand by now; whether parted or joined.

    Each by article.
    """
    found = {}
    for article, done in by_article.items():
        numbers: set[int] = set()
        is_parted = False
        for one in (*done, *later[article]):
            operation = one.operation
            own = {getattr(operation, name, 0) for name in ("passage", "number")} - {0}
            if one in done or (isinstance(operation, (Split, Merge)) and own & numbers):
                numbers |= own
                is_parted = is_parted or not isinstance(operation, Text)
        found[article] = (numbers, is_parted)
    return found


def places_of(reversal: Reversal) -> set[int]:
    """The collections of all the articles whose texts the act changed."""
    ids = {work.article_id for work in reversal.works}
    ids |= {refused.article_id for refused in reversal.refused}
    found = Article.objects.filter(pk__in=ids).values_list("collection_id", flat=True)
    return set(found) if ids else set()


def _back(
    ours: Sequence[Operation], theirs: Sequence[Operation]
) -> tuple[list[Operation], Sequence[Operation], set[int], Operation | None]:
    """The inverse operations made over later ones, and these made over them.

    Then the passages where later ones stand in the way, and the first of ours that is hindered.
    """
    try:
        made, over = crossed([*ours], [*theirs])
    except InTheWay as fault:
        first = fault.ours
    else:
        return made, over, set(), None
    # Passage by passage: what is apart from what stands in the way can be taken back.
    some_made: list[Operation] = []
    left: set[int] = set()
    for number in dict.fromkeys(getattr(operation, "passage", 0) for operation in ours):
        some = [one for one in ours if getattr(one, "passage", 0) == number]
        try:
            some_made += crossed(some, [*theirs])[0]
        except InTheWay:
            left |= {getattr(one, name, 0) for one in some for name in ("passage", "number")}
    return some_made, theirs, left - {0}, first


def _rewritten(operations: Iterable[Operation]) -> set[int]:
    """The numbers of the passages whose words operations change."""
    found = set()
    for one in operations:
        if isinstance(one, (Text, Split, Merge)):
            found |= {one.passage, getattr(one, "number", one.passage)}
    return found


def with_voices(article: int, operations: Sequence[Operation]) -> list[Operation]:
    """Operations that leave nobody speaking who is gone: call it with the structure locked.

    A voice that is needed again comes again, one that others speak with by now stays.
    """
    speaking = {
        one.passage: one.after
        for one in operations
        if isinstance(one, Attribute) and one.name == "speaker"
    } | {one.number: one.speaker for one in operations if isinstance(one, Split)}
    voices = {one.position: one for one in operations if isinstance(one, Voice)}
    if not speaking and not voices:
        return list(operations)
    with connection.cursor() as cursor:
        cursor.execute(VOICES, [article])
        rows = cursor.fetchall()
    silent = {one.number for one in operations if isinstance(one, Merge)}
    spoken = {at for number, at in speaking.items() if number not in silent}
    for position, *_named, numbers in rows:
        if {*numbers} - speaking.keys() - silent:
            spoken.add(position)
    needed = [
        Voice(position, None, {"name": name, "part": part})
        for position, name, part, is_retired, _numbers in rows
        if is_retired and position in spoken and position not in voices
    ]
    kept = [
        one
        for one in operations
        if not (isinstance(one, Voice) and one.after is None and one.position in spoken)
    ]
    return [*needed, *kept]


def _refusal(article: int, ours: Operation, later: Iterable[Logged]) -> TextInTheWay:
    numbers = {getattr(ours, name, None) for name in ("passage", "number")} - {None}
    acts = {
        one.activity_id: None
        for one in later
        if numbers & {getattr(one.operation, name, None) for name in ("passage", "number")}
    }
    return TextInTheWay(article, ours, list(acts))
