"""What a page says once an act is undone, or done again by undoing its undoing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from django.http import HttpRequest

    from articles.models import Activity


def takes_back(activity: Activity) -> bool:
    """Whether undoing this takes something back; undoing an undoing brings it about again."""
    return activity.undoes is None or not takes_back(activity.undoes)


def say_undone(request: HttpRequest, activity: Activity, undone: Activity, text: str = "") -> None:
    """Tell on the next page that `undone` undid the activity, and offer the way back."""
    back = takes_back(activity)
    said = text or (_("Undone.") if back else _("Done again."))
    messages.success(request, said, extra_tags=f"{'redo' if back else 'undo'}-{undone.pk}")
