"""What stands in the way of undoing an act on the rows of this app."""

from __future__ import annotations

from typing import TYPE_CHECKING

from articles.services.undo_faults import CannotUndo

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db import models


class StandsInTheWay(CannotUndo):
    """Something that came later stands in the way; says which row and which of its fields."""

    def __init__(self, row: models.Model, fields: Sequence[str] = ()) -> None:
        """Keep what."""
        self.row, self.fields = row, tuple(fields)
        super().__init__(f"{row._meta.model_name} {row.pk}: {', '.join(fields)}")


class Answered(StandsInTheWay):
    """Others have replied since to what would go."""
