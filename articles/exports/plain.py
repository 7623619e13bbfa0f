"""The three texts of an article as plain text: original, corrected, with apparatus."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from articles.queries.passages import GAP
from articles.text.provenance import trace

if TYPE_CHECKING:
    from collections.abc import Iterable

    from articles.queries.moments import Past
    from articles.text.operations import ArticleState
    from articles.text.provenance import Run, Runs

CORRECTED, ORIGINAL, APPARATUS = "corrected", "original", "apparatus"
TEXTS: Final = (ORIGINAL, CORRECTED, APPARATUS)


def runs_until(past: Past, number: int) -> dict[int, Runs]:
    """Who wrote what of the article as revision `number` left it, passage by passage."""
    texts = {one: state.text for one, state in past.born.passages.items()}
    return trace(texts, [(one.number, one.operation) for one in past.log if one.number <= number])


def plain_of(past: Past, text: str, number: int) -> str:
    """One of the three texts as of revision `number`; passages with a blank line between them.

    In the apparatus what gave way stands in `[-…-]` before what took its place in `{+…+}`.
    """
    if text == APPARATUS:
        runs = runs_until(past, number)
        order = past.at(number).order
        return GAP.join([_with_signs(runs[passage]) for passage in order])
    state: ArticleState = past.born if text == ORIGINAL else past.at(number)
    return GAP.join([state.passages[passage].text for passage in state.order])


def _with_signs(runs: Iterable[Run]) -> str:
    parts = []
    for run in runs:
        if not run.is_changed:
            parts.append(run.text)
            continue
        if run.original:
            parts.append(f"[-{run.original}-]")
        if run.text:
            parts.append(f"{{+{run.text}+}}")
    return "".join(parts)
