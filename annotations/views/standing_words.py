"""Acts on how far texts are, and on whom they wait for, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import ngettext

from articles.models import HandOverState, Status

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from articles.models import Activity, Article

SHOWN = 3  # groups of passages


def say_standing(activity: Activity, article: Article) -> list[str]:
    """Which passages of an article an act marked, from what to what; whom it waits for since."""
    key = str(article.pk)
    groups = (activity.data.get("statuses") or {}).get(key, [])
    said = [_marked(*group) for group in groups[:SHOWN]]
    if len(groups) > SHOWN:
        said.append(f"+ {len(groups) - SHOWN}")
    handed = (activity.data.get("hand_overs") or {}).get(key)
    return [*said, _handed(handed["after"])] if handed else said


def _marked(numbers: Sequence[int], before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    said = ngettext(
        "Passage %(numbers)s: %(before)s → %(after)s",
        "Passages %(numbers)s: %(before)s → %(after)s",
        len(numbers),
    )
    return said % {"numbers": ranges(numbers), "before": _mark(before), "after": _mark(after)}


def _mark(mark: Mapping[str, Any]) -> str:
    label = str(Status(mark["status"]).label)
    return f"{label} ({mark['problem']})" if mark.get("problem") else label


def _handed(values: Mapping[str, Any]) -> str:
    words = values["reason"] if values["state"] == HandOverState.SENT_BACK else values["note"]
    label = str(HandOverState(values["state"]).label)
    return f"{label} ({words})" if words else label


def ranges(numbers: Sequence[int]) -> str:
    """Numbers in order, those that follow each other drawn together: "1–3, 7"."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and runs[-1][1] == number - 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ", ".join(str(a) if a == b else f"{a}–{b}" for a, b in runs)
