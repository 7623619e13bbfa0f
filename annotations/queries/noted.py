"""Passages that something is said of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotations.models import Target, TargetState

if TYPE_CHECKING:
    from collections.abc import Iterable


def annotated_numbers(article_id: int) -> Iterable[int]:
    """The numbers of an article's passages with annotations on them, whoever sees these."""
    targets = Target.objects.filter(
        annotation__article_id=article_id, annotation__removed__isnull=True
    )
    anchored = targets.exclude(state=TargetState.DETACHED)
    return anchored.order_by().values_list("passage__number", flat=True).distinct()
