"""Places seen at an older revision, carried to where their words stand by now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from annotations.models import TargetState
from annotations.services.carrying import carry_logged
from annotations.services.spans import Span, StaleSpan, WrongSpan
from articles.models import Passage

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

NEEDS_CHECK: Final = TargetState.NEEDS_CHECK.value


class Carried(NamedTuple):
    """Where words stand by now, and the state of each place; none where all of them are gone."""

    spans: tuple[Span, ...]
    states: tuple[str, ...]


def carry_spans(article_id: int, spans: Sequence[Span]) -> Carried:
    """Carry each span through what was done since its revision; what is gone is left out.

    Raises `WrongSpan` for a revision that the passage never had, `StaleSpan` where the words are
    being changed this very moment.
    """
    found = carry_logged(_as_logged(article_id, spans))
    if not all(_fits(one) for targets in found.values() for one in targets):
        # Nothing is locked: somebody changed the words between two looks at them.
        raise StaleSpan(spans[0].passage, "changed")
    for key, span in zip(sorted(found), spans, strict=True):
        for one in found[key]:
            if one["state"] == TargetState.ANCHORED and one["exact"] != span.exact:
                raise WrongSpan(span.passage, "quote")  # it never said that there
    standing = [
        one for key in sorted(found) for one in found[key] if one["state"] != TargetState.DETACHED
    ]
    numbers = dict(
        Passage.objects.filter(pk__in=[one["passage"] for one in standing]).values_list(
            "pk", "number"
        )
    )
    carried = tuple(
        Span(numbers[one["passage"]], one["revision"], one["start"], one["end"], one["exact"])
        for one in standing
    )
    return Carried(carried, tuple(one["state"] for one in standing))


def _fits(target: Mapping[str, Any]) -> bool:
    """Whether the quote is as long as the place, as it is when both are of one moment."""
    is_gone = target["state"] == TargetState.DETACHED
    return is_gone or len(str(target["exact"])) == int(target["end"]) - int(target["start"])


def _as_logged(article_id: int, spans: Sequence[Span]) -> dict[str, list[dict[str, Any]]]:
    """Spans as the log has targets, by keys in their order."""
    rows = Passage.objects.filter(article=article_id, number__in={one.passage for one in spans})
    keys = {number: (pk, revision) for pk, number, revision in rows.values_list(
        "pk", "number", "revision"
    )}  # fmt: skip
    logged: dict[str, list[dict[str, Any]]] = {}
    for place, span in enumerate(spans):
        pk, revision = keys.get(span.passage, (0, -1))
        if not 0 <= span.revision <= revision:
            raise WrongSpan(span.passage, "range")
        logged[f"{place:04}"] = [{
            "passage": pk, "start": span.start, "end": span.end, "exact": span.exact,
            "prefix": "", "suffix": "", "state": TargetState.ANCHORED.value,
            "revision": span.revision,
        }]  # fmt: skip
    return logged
