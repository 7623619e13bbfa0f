"""How often something is mentioned over time: a small drawing, with the same as a table."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from diplowatch.lib.dates import date_words, read_date

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_BARS = 60  # more months than that are shown as years
YEAR = 4  # code points of "2021"
MONTHS = 12
STEP, HEIGHT, GAP = 12, 60, 2  # of a bar, in the drawing's own units
FEWEST_STEPS = 24  # few bars stay slender
FEWEST = 2  # bars worth a drawing


def render_chart(months: Sequence[tuple[str, int]]) -> SafeString:
    """Counts by month ("2021-10"; "2021" where no more is known), in their order."""
    bars = _bars(months)
    if not bars:
        return SafeString("")
    drawing = _drawing(bars) if len(bars) >= FEWEST else ""
    rows = "".join(
        f'<tr><th scope="row">{_words(when)}</th><td>{count}</td></tr>'
        for when, count in bars
        if count
    )
    return SafeString(
        f'<figure class="chart">{drawing}<details><summary>{escape(_("As a table"))}</summary>'
        f'<table class="table"><thead><tr><th scope="col">{escape(_("When"))}</th>'
        f'<th scope="col">{escape(_("Mentions"))}</th></tr></thead><tbody>{rows}</tbody></table>'
        "</details></figure>"
    )


def _bars(months: Sequence[tuple[str, int]]) -> list[tuple[str, int]]:
    """Every month from the first to the last, or every year where that would be too many."""
    counted = dict(months)
    if not counted:
        return []
    first, last = _number(min(counted)), _number(max(counted))
    whole = all(len(when) > YEAR for when in counted)
    if whole and last - first < MOST_BARS:
        return [(name, counted.get(name, 0)) for name in map(_name, range(first, last + 1))]
    years: dict[str, int] = {}
    for when, count in months:
        years[when[:YEAR]] = years.get(when[:YEAR], 0) + count
    span = range(int(min(years)), int(max(years)) + 1)
    if len(span) > MOST_BARS:
        return sorted(years.items())[-MOST_BARS:]
    return [(f"{year:04}", years.get(f"{year:04}", 0)) for year in span]


def _drawing(bars: Sequence[tuple[str, int]]) -> str:
    most = max(count for _when, count in bars)
    width = STEP * max(FEWEST_STEPS, len(bars))
    columns = []
    for place, (when, count) in enumerate(bars):
        if not count:
            continue
        tall = max(2, round(HEIGHT * count / most))
        said = ngettext("%(count)s mention", "%(count)s mentions", count) % {"count": count}
        columns.append(
            f'<rect class="bar-of" x="{place * STEP}" y="{HEIGHT - tall}" width="{STEP - GAP}"'
            f' height="{tall}" rx="1"><title>{_words(when)}: {escape(said)}</title></rect>'
        )
    title = escape(_("Mentions over time, at most %(count)s") % {"count": most})
    return (
        f'<svg viewBox="0 0 {width} {HEIGHT + 1}" role="img" aria-label="{title}"'
        f' preserveAspectRatio="xMinYMax meet">{"".join(columns)}'
        f'<line class="base" x1="0" x2="{len(bars) * STEP - GAP}" y1="{HEIGHT + 0.5}"'
        f' y2="{HEIGHT + 0.5}"/></svg>'
        f"<figcaption><span>{_words(bars[0][0])}</span><span>{_words(bars[-1][0])}</span>"
        "</figcaption>"
    )


def _number(when: str) -> int:
    return int(when[:YEAR]) * MONTHS + int(when[YEAR + 1 :] or 1) - 1


def _name(number: int) -> str:
    return f"{number // MONTHS:04}-{number % MONTHS + 1:02}"


def _words(when: str) -> str:
    return escape(date_words(*read_date(when)))
