"""Exchanges as CSV, a row each, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from articles.queries.passages import speakers_in, words_in

if TYPE_CHECKING:
    from collections.abc import Iterable

    from articles.queries.passages import Exchange

COLUMNS = ("exchange", "question_by", "question", "answer_by", "answer", "passages")
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would compute what begins so
BOM = "\ufeff"  # tells spreadsheets that this is UTF-8


def exchanges_as_csv(exchanges: Iterable[Exchange]) -> str:
    """A header and one row an exchange."""
    out = io.StringIO()
    out.write(BOM)
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for exchange in exchanges:
        asked, answered = exchange.question, exchange.answer
        numbers = " ".join(f"p{row.number}" for row in (*asked, *answered))
        cells = (speakers_in(asked), words_in(asked), speakers_in(answered), words_in(answered))
        writer.writerow([exchange.number, *map(harmless, cells), numbers])
    return out.getvalue()


def harmless(cell: str) -> str:
    """The cell, with an apostrophe before it where a spreadsheet would take it for a formula."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell
