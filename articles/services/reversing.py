"""What takes an act on texts back: its operations inverted, made over all that came since."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db import connection

from articles.models import Article
from articles.queries.log import BIRTH, operations_of, operations_since
from articles.services.changes import CannotUndo
from articles.services.locking import lock_structure
from articles.services.operating import Work
from articles.text.crossing import crossed, shortened
from articles.text.operations import InTheWay, Text, invert_operation

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

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
    """The works that take an act back, and what stands in the way of the rest of it."""

    works: tuple[Work, ...]
    refused: tuple[TextInTheWay, ...] = ()


LOCK: Final = """
SELECT p.id FROM articles_passage AS p
WHERE p.id IN (SELECT r.passage_id FROM articles_revision AS r WHERE r.activity_id = %s)
ORDER BY p.id FOR NO KEY UPDATE
"""


def is_of_text(activity: Activity) -> bool:
    """Whether an act changed texts (or their structure) that were there before it."""
    return activity.revisions.filter(number__gt=BIRTH).exists()


def reversal_of(activity_id: int) -> Reversal:
    """What takes an act back, as far as it can be; call it in the transaction of the undoing."""
    by_article: dict[int, list[Logged]] = {}
    for logged in operations_of(activity_id):
        by_article.setdefault(logged.article_id, []).append(logged)
    if not by_article:
        return Reversal(())
    structural = [
        article
        for article, done in by_article.items()
        if any(not isinstance(one.operation, Text) for one in done)
    ]
    if structural:
        lock_structure(structural)
    with connection.cursor() as cursor:
        cursor.execute(LOCK, [activity_id])
    later: dict[int, list[Logged]] = {article: [] for article in by_article}
    for logged in operations_since({pk: ours[-1].number for pk, ours in by_article.items()}):
        later[logged.article_id].append(logged)
    works, refused = [], []
    for article, done in by_article.items():
        back, fault = _back(article, [one.operation for one in done], later[article])
        if back:
            works.append(Work(article, tuple(back)))
        if fault:
            refused.append(fault)
    return Reversal(tuple(works), tuple(refused))


def places_of(reversal: Reversal) -> set[int]:
    """The collections of all the articles whose texts the act changed."""
    ids = {work.article_id for work in reversal.works}
    ids |= {refused.article_id for refused in reversal.refused}
    found = Article.objects.filter(pk__in=ids).values_list("collection_id", flat=True)
    return set(found) if ids else set()


def _back(
    article: int, done: Sequence[Operation], later: Sequence[Logged]
) -> tuple[list[Operation], TextInTheWay | None]:
    """The inverse operations; without those on the passages where later ones stand in the way."""
    theirs = shortened(one.operation for one in later)
    ours = [invert_operation(operation) for operation in reversed(done)]
    try:
        return crossed(ours, theirs)[0], None
    except InTheWay as fault:
        left = _refusal(article, fault.ours, later)
    # Passage by passage: what is apart from what stands in the way can be taken back.
    made: list[Operation] = []
    for number in dict.fromkeys(getattr(operation, "passage", 0) for operation in ours):
        some = [one for one in ours if getattr(one, "passage", 0) == number]
        try:
            made += crossed(some, theirs)[0]
        except InTheWay:
            continue
    return made, left


def _refusal(article: int, ours: Operation, later: Iterable[Logged]) -> TextInTheWay:
    numbers = {getattr(ours, name, None) for name in ("passage", "number")} - {None}
    acts = {
        one.activity_id: None
        for one in later
        if numbers & {getattr(one.operation, name, None) for name in ("passage", "number")}
    }
    return TextInTheWay(article, ours, list(acts))
