"""An article turned into an interview and back, by reading it again; one act with its passages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from articles.models import Activity, Article, Kind
from articles.services.structuring import (
    By,
    Plan,
    StaleStructure,
    WrongStructure,
    do_planned,
)
from articles.services.undo_faults import ChangedSince
from articles.text.rereading import read_again
from articles.text.restructure import NothingLeft, restructured

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from articles.queries.structure import Structure
    from articles.services.operating import Done
    from articles.signals import Operated
    from articles.text.operations import ArticleState, Operation
    from articles.text.roles import Composed


@dataclass(frozen=True, slots=True)
class Reread:
    """A text read again: the reading, what is to be done for it, and the article after that."""

    reading: Composed
    operations: list[Operation]
    after: ArticleState


def reread(structure: Structure, kind: str) -> Reread:
    """Read the text as it stands as one of that kind; raises `WrongStructure`."""
    state = structure.state
    reading = read_again(state, kind)
    try:
        operations = restructured(
            state, reading.passages, reading.speakers, last_number=structure.last_number,
            free_position=structure.free_position,
        )  # fmt: skip
    except NothingLeft as fault:
        raise WrongStructure("empty") from fault
    for operation in operations:
        state.do(operation)
    return Reread(reading, operations, state)


def reparse_article(by: By, kind: str, seen: int) -> Done | None:
    """Make the article one of that kind, its passages as the new reading has them.

    `seen` is the revision of the article that the person saw the preview of: raises
    `StaleStructure` where its text or structure was changed since.
    """
    if kind not in Kind.values:
        raise WrongStructure("kind")
    article = Article.objects.get(pk=by.article_id)

    def plan(structure: Structure) -> Plan:
        if Article.objects.values_list("revision", flat=True).get(pk=article.pk) != seen:
            raise StaleStructure
        made = reread(structure, kind)
        revisions = {one.number: one.revision for one in structure.passages}
        changes = _change(article.pk, article.kind, kind)
        then = _setting(article, article.kind, kind) if changes else None
        return Plan(made.operations, revisions, changes, then)

    return do_planned(by, plan)


def kind_back(activity: Activity) -> dict[str, Any]:
    """What sets the kind back together with the passages; nothing where it was not changed."""
    changes = activity.data.get("changes") or {}
    article = activity.article
    change = changes.get(str(article.pk)) if article is not None else None
    if article is None or not change or "kind" not in change["after"]:
        return {}
    before, after = change["after"]["kind"], change["before"]["kind"]
    return {
        "data": _change(article.pk, before, after),
        "then": _setting(article, before, after),
    }


def _change(article_id: int, before: str, after: str) -> dict[str, Any]:
    if before == after:
        return {}
    change = {"before": {"kind": before}, "after": {"kind": after}}
    return {"changes": {str(article_id): change}}


def _setting(
    article: Article, before: str, after: str
) -> Callable[[Sequence[Operated]], Sequence[Mapping[str, Any]]]:
    def set_kind(_operated: Sequence[Operated]) -> Sequence[Mapping[str, Any]]:
        if not Article.objects.filter(pk=article.pk, kind=before).update(kind=after):
            raise ChangedSince(article, ["kind"])
        return ()

    return set_kind
