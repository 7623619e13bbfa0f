"""Proposals that wait for somebody to decide on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotations.models import Annotation, Certainty, CorrectionState

if TYPE_CHECKING:
    import uuid
    from collections.abc import Sequence


def certain_proposals(places: Sequence[int], article: int | None = None) -> list[uuid.UUID]:
    """Those of articles in these collections that are certain; of one article where it is named."""
    found = Annotation.objects.live().filter(
        state=CorrectionState.PROPOSED, certainty=Certainty.CERTAIN, private=False,
        article__collection__in=places, article__removed__isnull=True,
    )  # fmt: skip
    if article is not None:
        found = found.filter(article=article)
    return list(found.order_by("article", "created").values_list("pk", flat=True))
