"""How far passages are: who may mark them as what, the one way they are written, and their log.

An activity's data hold `{"statuses": {"<article id>": [[[passage numbers], before, after], …]}}`,
the marks as `{"status": …, "problem": …, "proofread_by": …, "validated_by": …, "alone": true}`;
what is empty is not named. An article stands where its passages stand: its status, reason and share
are counted from theirs (`count_up`, `stand_anew`). Passages are locked before their articles.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import connection

from articles.models import Article, Passage, Rule, Status
from articles.models.passage import PassageQuerySet
from articles.queries.rules import allows
from articles.services.statuses_sql import COUNT, PUT, STAND, STEP_BACK
from diplowatch.lib.statements import fetch_planned

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from articles.services.log import Agent

    Logged = Mapping[str, Sequence[Sequence[Any]]]

STANDING = ("status", "problem")  # what an article takes from its passages, as the log has it
COUNTS = ("passages_done", "passages_all")
OF_PLACE = (
    "pk", "article_id", "number", "revision",
    "status", "problem", "proofread_by_id", "validated_by_id", "validated_alone",
)  # fmt: skip
# What a correction changes of: who corrects what another proofread has proofread it last.
STEPPING = frozenset({Status.RAW.value, Status.PROOFREAD.value, Status.VALIDATED.value})
RUNGS = {Status.RAW: 0, Status.IN_PROGRESS: 1, Status.PROOFREAD: 2, Status.VALIDATED: 3}


class CannotMark(Exception):
    """A passage cannot be marked so."""


class NeedsReason(CannotMark):
    """What is problematic needs a reason."""


class NotAnother(CannotMark):
    """Validating is for another person than the one who proofread."""

    def __init__(self, own: int, unread: int) -> None:
        """Keep how many passages the person proofread, and how many nobody did."""
        self.own, self.unread = own, unread
        super().__init__(f"{own} are one's own, {unread} not proofread")


class StandsOtherwise(Exception):
    """A passage was marked otherwise since."""

    def __init__(self, article_id: int) -> None:
        """Keep which article it is of."""
        self.article_id = article_id
        super().__init__(f"article {article_id}")


class Mark(NamedTuple):
    """How far a passage is, why it is problematic, and who says so (ids of people)."""

    status: str = Status.RAW.value
    problem: str = ""
    proofread_by: int | None = None
    validated_by: int | None = None
    alone: bool = False  # one pair of eyes was let to be enough

    @property
    def rung(self) -> int:
        """How high on the ladder; what is problematic stands beside it, below all."""
        return RUNGS.get(Status(self.status), -1)

    def logged(self) -> dict[str, Any]:
        """As the log has it."""
        return {name: value for name, value in self._asdict().items() if value}


class Place(NamedTuple):
    """A live passage with its mark."""

    pk: int
    article_id: int
    number: int
    revision: int
    mark: Mark


class Move(NamedTuple):
    """A passage, and the mark it gets."""

    place: Place
    after: Mark


class SteppedBack(NamedTuple):
    """What stepping back changed, as an activity's `statuses` and `changes`; both may be empty."""

    statuses: dict[str, list[list[Any]]]
    changes: dict[str, dict[str, dict[str, Any]]]


def may_validate_alone(agent: Agent) -> bool:
    """Whether a house rule lets this person validate what nobody else proofread."""
    return agent.user is not None and allows(Rule.LONE_VALIDATION)


def marked(
    before: Mark, status: str, *, person: int | None, problem: str = "", lone: bool = False
) -> Mark:
    """The mark that a passage gets from a person; `lone`: they may validate what they proofread.

    Raises a `CannotMark` that says why not. The same status again changes nothing but the reason.
    """
    if status == Status.PROBLEMATIC:
        if not problem.strip():
            raise NeedsReason
        return Mark(Status.PROBLEMATIC.value, problem.strip())
    if status == before.status:
        return before
    if status == Status.PROOFREAD:
        reader = before.proofread_by if before.status == Status.VALIDATED else person
        return Mark(Status.PROOFREAD.value, "", reader)
    if status == Status.VALIDATED:
        return _validated(before, person, lone=lone)
    return Mark(Status(status).value)


def _validated(before: Mark, person: int | None, *, lone: bool) -> Mark:
    is_read = before.status == Status.PROOFREAD
    by_another = is_read and before.proofread_by not in (None, person) and person is not None
    if by_another:
        return Mark(Status.VALIDATED.value, "", before.proofread_by, person)
    if is_read and lone:
        return Mark(Status.VALIDATED.value, "", before.proofread_by, person, alone=True)
    raise NotAnother(int(is_read), int(not is_read))


def lock_passages(article_ids: Iterable[int], number: int | None = None) -> list[Place]:
    """The live passages of articles (or the one of this number), locked in order of their ids."""
    found = Passage.objects.live().filter(article__in=list(article_ids))
    return _places(found if number is None else found.filter(number=number))


def places_held(passage_ids: Iterable[int]) -> list[Place]:
    """Those of these passages that are live, which the act has locked before."""
    return _places(Passage.objects.live().filter(pk__in=list(passage_ids)))


def _places(found: PassageQuerySet) -> list[Place]:
    return places_of(found.order_by("pk").select_for_update(of=("self",), no_key=True))


def places_of(found: PassageQuerySet) -> list[Place]:
    """Passages with their marks."""
    rows: Iterable[tuple[Any, ...]] = found.values_list(*OF_PLACE)
    return [Place(row[0], row[1], row[2], row[3], Mark(*row[4:])) for row in rows]


def moves_to(
    places: Sequence[Place], status: str, *, person: int | None, problem: str = "",
    lone: bool = False,
) -> list[Move]:  # fmt: skip
    """All these passages to one status; raises for all of those that cannot, at once."""
    moves, own, unread = [], 0, 0
    for place in places:
        try:
            after = marked(place.mark, status, person=person, problem=problem, lone=lone)
        except NotAnother as fault:
            own, unread = own + fault.own, unread + fault.unread
            continue
        if after != place.mark:
            moves.append(Move(place, after))
    if own or unread:
        raise NotAnother(own, unread)
    return moves


def moves_of_articles(
    articles: Sequence[Article], places: Iterable[Place], status: str, *, person: int | None,
    problem: str = "", lone: bool = False,
) -> list[Move]:  # fmt: skip
    """All passages of articles to one status; up the ladder, those that are further stay so."""
    wanted = Mark(status).rung
    from_rung = {article.pk: Mark(article.status).rung for article in articles}
    going = [
        place
        for place in places
        if place.article_id in from_rung
        and not 0 <= from_rung[place.article_id] < wanted <= place.mark.rung
    ]
    return moves_to(going, status, person=person, problem=problem, lone=lone)


def put(moves: Sequence[Move]) -> dict[str, list[list[Any]]]:
    """Write marks in one statement, and give them as an activity's `statuses`."""
    if not moves:
        return {}
    columns = zip(*[(move.place.pk, *move.after) for move in moves], strict=True)
    with connection.cursor() as cursor:
        cursor.execute(PUT, [list(column) for column in columns])
    return _logged(
        (move.place.article_id, move.place.number, move.place.mark, move.after) for move in moves
    )


def put_back(
    statuses: Logged, places: Iterable[Place], *, strict: bool = True
) -> dict[str, list[list[Any]]]:
    """Give passages back the marks they had before an act; the answer is this act's `statuses`.

    `places` are the passages, locked; their articles are to be counted up afterwards. A passage
    that was marked otherwise since raises `StandsOtherwise`; where it is not `strict`, it stays.
    """
    standing = {(place.article_id, place.number): place for place in places}
    moves = []
    for article, groups in statuses.items():
        for numbers, before, after in groups:
            for number in numbers:
                place = standing.get((int(article), number))
                if place is not None and place.mark == Mark(**after):
                    moves.append(Move(place, Mark(**before)))
                elif strict:
                    raise StandsOtherwise(int(article))
    return put(moves)


def step_back(passage_ids: Sequence[int], *, person: int | None) -> SteppedBack:
    """What corrected passages come to: raw ones are in progress, validated ones proofread.

    Those that another person proofread are proofread by who corrects them, who cannot validate
    that then.

    To be called inside the transaction of a correction by `person` (None: a machine) that has
    locked the passages, where articles come to be locked; its activity gets what comes back. The
    versions are not raised.
    """
    rows = fetch_planned(STEP_BACK, {"ids": list(passage_ids), "person": person})
    statuses = _logged((row[0], row[1], Mark(*row[2:7]), Mark(*row[7:12])) for row in rows)
    was = {
        Status.IN_PROGRESS.value: Status.RAW.value,
        Status.PROOFREAD.value: Status.VALIDATED.value,
    }
    changes = {
        str(row[0]): {"before": {"status": was[row[12]]}, "after": {"status": row[12]}}
        for row in rows
        if row[12] is not None
    }
    return SteppedBack(statuses, changes)


def stand_anew(article_ids: Iterable[int]) -> dict[str, dict[str, dict[str, Any]]]:
    """Let articles stand where their passages stand by now; what changed, as `changes`.

    For acts that put marks back or change which passages there are, where articles come to be
    locked. The versions are not raised.
    """
    found = Article.objects.filter(pk__in=list(article_ids)).order_by("pk")
    articles = list(found.select_for_update(of=("self",), no_key=True))
    before = {one.pk: {name: getattr(one, name) for name in STANDING} for one in articles}
    count_up(articles)
    rows = [[getattr(one, name) for name in ("pk", *STANDING, *COUNTS)] for one in articles]
    with connection.cursor() as cursor:
        cursor.execute(STAND, list(map(list, zip(*rows, strict=True))) or [[]] * 5)
    after = {one.pk: {name: getattr(one, name) for name in STANDING} for one in articles}
    return {
        str(pk): {
            "before": {name: value for name, value in was.items() if after[pk][name] != value},
            "after": {name: value for name, value in after[pk].items() if was[name] != value},
        }
        for pk, was in before.items()
        if after[pk] != was
    }


def count_up(articles: Sequence[Article]) -> None:
    """Let articles stand where their passages stand, with their share; nothing is stored yet.

    An article without passages keeps its status.
    """
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [[article.pk for article in articles]])
        counted = {row[0]: row[1:] for row in cursor.fetchall()}
    for article in articles:
        if article.pk not in counted:
            article.passages_all = article.passages_done = 0
            continue
        every, done, validated, raw, problematic, problem = counted[article.pk]
        article.passages_all, article.passages_done = every, done
        article.status = _status_of(every, done, validated, raw, problematic)
        article.problem = problem if article.status == Status.PROBLEMATIC else ""


def _status_of(every: int, done: int, validated: int, raw: int, problematic: int) -> str:
    """The rung that all passages have reached; below proofread any that is not raw is progress."""
    rungs = {
        Status.VALIDATED: validated, Status.PROOFREAD: done, Status.PROBLEMATIC: problematic,
        Status.RAW: raw,
    }  # fmt: skip
    reached = (status.value for status, count in rungs.items() if count == every)
    return next(reached, Status.IN_PROGRESS.value)


def _logged(
    moved: Iterable[tuple[int, int, Mark, Mark]],
) -> dict[str, list[list[Any]]]:
    groups: dict[tuple[int, Mark, Mark], list[int]] = {}
    for article_id, number, before, after in moved:
        groups.setdefault((article_id, before, after), []).append(number)
    said: dict[str, list[list[Any]]] = {}
    for (article_id, before, after), numbers in groups.items():
        said.setdefault(str(article_id), []).append([numbers, before.logged(), after.logged()])
    return said
