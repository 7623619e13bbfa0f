"""Which entities may be meant by some words: the candidates of the picker, the likeliest first."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from django.db import connection
from django.utils.translation import get_language

from annotations.models.entity import WIKIDATA
from annotations.queries.picking_sql import KNOWN, NEAR
from annotations.text.folding import fold
from annotations.text.identifiers import wikidata_id
from annotations.text.naming import EXACT, Asked, asked_by, is_small_slip, likeness
from annotations.text.variants import names_within

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

LONGEST: Final = 200  # code points; a longer selection is no name
LEAST: Final = 0.3  # what is less like the words is not shown
CLEAR: Final = 0.12  # how far behind the second must be for a slip to be sure
LINKED_HERE: Final = 0.09
IN_OFFICE: Final = 0.03
LINKED_SOMEWHERE: Final = 0.02
FROM_STARTER: Final = 0.01
GARBLING: Final = "garbling"
ACRONYM: Final = re.compile(r"[A-Z]{3,}")
OPEN_END: Final = datetime.date.max


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entity that may be meant. `matched` is the name that fits, `office` the person's at the
    article's date; `strong` says that it may be taken without looking; `linked_here` counts links.
    """

    id: int
    label: str
    label_language: str
    description: str
    kind: str
    identifiers: tuple[tuple[str, str], ...]
    office: str
    matched: str
    score: float
    strong: bool = False
    linked_here: int = 0

    @property
    def wikidata(self) -> str:
        """Its Q-id, where it has one."""
        return next((value for authority, value in self.identifiers if authority == WIKIDATA), "")


@dataclass(frozen=True, slots=True)
class _Ranked:
    """A candidate with what decides about it."""

    candidate: Candidate
    likeness: float
    order: int  # lower Q-ids tend to be better known
    exact: bool
    is_name: bool  # a label or an alias fits, not a known garbling


def split_words(typed: str) -> tuple[str, str]:
    """`Obama :: président` as the words and what the description must hold."""
    words, _, description = typed.partition("::")
    return words.strip()[:LONGEST], description.strip()[:LONGEST]


def find_candidates(
    words: str,
    *,
    article_id: int | None = None,
    kind: str = "",
    limit: int = 10,
    description: str = "",
    at: datetime.date | None = None,
) -> list[Candidate]:
    """The candidates for these words, exact names first; a pasted Q-id or address finds its own."""
    words, wanted = split_words(words)
    description = description or wanted
    qid = wikidata_id(words)
    asked = asked_by(words)
    if not asked.folded:
        return []
    values = _values(asked, article_id, kind, at) | {"qid": qid, "most": 200 if description else 30}
    ranked = _rank(asked, _fetch(NEAR, values), description)
    return _marked(asked, words, ranked)[:limit]


def get_candidates(
    ids: Iterable[int], *, article_id: int | None = None, at: datetime.date | None = None
) -> dict[int, Candidate]:
    """Known entities as the picker shows them, by id."""
    values = _values(asked_by(""), article_id, "", at) | {"ids": list(ids)}
    rows = _fetch(KNOWN, values)
    return {row[0]: _ranked(asked_by(""), row).candidate for row in rows}


def _values(
    asked: Asked, article_id: int | None, kind: str, at: datetime.date | None
) -> dict[str, Any]:
    last = asked.words[-1] if asked.words else ""
    return {
        "folded": asked.folded,
        "past": asked.folded + "\U0010ffff",
        # A part of a name: trigrams need three letters to be of use.
        "part": f"% {asked.folded}%" if len(last) > 2 else None,
        "sound": asked.sound,
        "sounds": asked.telling_sounds,
        "variants": list(asked.variants),
        "within": names_within(asked.folded),
        "initials": asked.initials or None,
        "article": article_id,
        "kind": kind,
        "at": at,
        "french": (get_language() or "fr").startswith("fr"),
    }


def _fetch(sql: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


def _rank(asked: Asked, rows: Sequence[tuple[Any, ...]], description: str) -> list[_Ranked]:
    parts = fold(description).split()
    found = [_ranked(asked, row) for row in rows if _describes(row, parts)]
    return _best_of(one for one in found if one.likeness >= LEAST)


def _describes(row: tuple[Any, ...], parts: Sequence[str]) -> bool:
    """Whether descriptions and titles of offices have words that begin with each of these."""
    if not parts:
        return True
    said = " " + fold(" ".join(filter(None, (*row[4:6], row[10], *row[2:4]))))
    return all(f" {part}" in said for part in parts)


def _ranked(asked: Asked, row: tuple[Any, ...]) -> _Ranked:
    """Make a candidate of a row of the statement."""
    (pk, kind, label_fr, label_en, description_fr, description_en, origin, identifiers, names,
     office, _titles, linked_here, linked) = row  # fmt: skip
    best, matched, is_name = 0.0, "", False
    for name, folded, sounds, name_kind in names:
        fits = EXACT if folded is None else likeness(asked, folded, sounds)
        if (fits, name_kind != GARBLING) > (best, is_name):
            best, matched, is_name = fits, name, name_kind != GARBLING
    french = (get_language() or "fr").startswith("fr")
    labels = [(label_fr, "fr"), (label_en, "en")]
    label, language = next(
        (text, code) for text, code in (labels if french else labels[::-1]) if text
    )
    first, second = description_fr, description_en
    pairs = tuple((authority, value) for authority, value in identifiers)
    score = best + LINKED_HERE * bool(linked_here) + IN_OFFICE * bool(office)
    score += LINKED_SOMEWHERE * bool(linked) + FROM_STARTER * (origin == "starter")
    candidate = Candidate(
        id=pk, label=label, label_language=language, kind=kind,
        description=(first or second) if french else (second or first),
        identifiers=pairs, office=office or "", matched=matched,
        score=min(score, 1.0) if best == EXACT else min(score, 0.99), linked_here=linked_here,
    )  # fmt: skip
    order = int(candidate.wikidata[1:] or 0) or 1 << 62
    return _Ranked(candidate, best, order, best == EXACT, is_name)


def _best_of(found: Iterable[_Ranked]) -> list[_Ranked]:
    """Each entity once, exact names first, then by score; of equals the better known."""
    unique = {one.candidate.id: one for one in found}
    return sorted(
        unique.values(),
        key=lambda one: (
            -one.exact, -one.candidate.score, one.order, one.candidate.label, one.candidate.id,
        ),
    )  # fmt: skip


def _marked(asked: Asked, words: str, ranked: Sequence[_Ranked]) -> list[Candidate]:
    """The candidates, the first marked as strong if there can be no doubt."""
    found = [one.candidate for one in ranked]
    if ranked and _is_strong(asked, words, ranked):
        found[0] = replace(found[0], strong=True)
    return found


def _is_strong(asked: Asked, words: str, ranked: Sequence[_Ranked]) -> bool:
    """Whether the first may be taken by habit of the thumb.

    It must bear the whole name as label or alias, alone; a name of one word proves nothing but for
    places, acronyms and what the article links already. Or a long full name has one letter wrong,
    and nothing else is near.
    """
    first, others = ranked[0], ranked[1:]
    if wikidata_id(words):
        return True
    if not first.is_name:
        return False
    if first.exact:
        if any(one.exact for one in others):
            return False
        sure = first.candidate.kind == "place" or first.candidate.linked_here > 0
        return sure or len(asked.words) > 1 or ACRONYM.fullmatch(words.strip()) is not None
    if not is_small_slip(asked, fold(first.candidate.matched)):
        return False
    return not others or first.likeness - max(one.likeness for one in others) >= CLEAR
