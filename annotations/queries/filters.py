"""Filters of annotations: what an address asks for, as conditions of a statement.

The statement names the annotation `a`, its entity `e` and its tag `g`.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.utils.timezone import get_current_timezone

from annotations.models import (
    Certainty,
    CorrectionState,
    EntityKind,
    FlagKind,
    LinkStatus,
    Motivation,
    TargetState,
)
from diplowatch.lib.dates import DAY_BEGINS

if TYPE_CHECKING:
    from collections.abc import Mapping

LONGEST_WORDS = 200  # code points
KINDS = (*EntityKind.values, *FlagKind.values)
OUT_OF_PLACE = (TargetState.NEEDS_CHECK.value, TargetState.DETACHED.value)

HAS_STATE = """EXISTS (SELECT FROM annotations_target AS t
    WHERE t.annotation_id = a.id AND t.state = %(state)s)"""
SAYS = """(
    articles_fold(concat_ws(' ', a.body, g.name, e.label_fr, e.label_en))
        LIKE articles_fold(%(words)s)
    OR EXISTS (SELECT FROM annotations_target AS t
        WHERE t.annotation_id = a.id AND articles_fold(t.exact) LIKE articles_fold(%(words)s))
    OR EXISTS (SELECT FROM annotations_annotation AS r WHERE r.parent_id = a.id
        AND r.removed IS NULL AND (NOT r.private OR r.creator_id = %(user)s)
        AND articles_fold(r.body) LIKE articles_fold(%(words)s)))"""
IS_CLOSED = "(a.motivation = 'questioning' AND a.decided_at IS NOT NULL)"
CONDITIONS = {
    "motivation": "a.motivation = %(motivation)s",
    "kind": "(e.kind = %(kind)s OR a.flag_kind = %(kind)s)",
    "tag": "a.tag_id = %(tag)s",
    "by": "a.creator_id = %(by)s",
    "since": f"a.created >= {DAY_BEGINS.format(day='%(since)s::date')}",
    "until": f"a.created < {DAY_BEGINS.format(day='%(until)s::date + 1')}",
    "status": "a.link_status = %(status)s",
    "state": HAS_STATE,
    "decision": "a.state = %(decision)s",
    "certainty": "a.certainty = %(certainty)s",
    "check": """EXISTS (SELECT FROM annotations_target AS t
        WHERE t.annotation_id = a.id AND t.state <> 'anchored')""",
    "private": "a.private",
    "words": SAYS,
}
# What became of a proposal, or of a flag: decided ones stand in no text any more.
CLOSED = "closed"
DECISIONS = (*CorrectionState.values, CLOSED)
OPEN = "a.decided_at IS NULL"
NAMES = {"since": "from", "until": "to"}  # where the address says another word


@dataclass(frozen=True, slots=True)
class Filters:
    """What is asked for; what is empty lets all through."""

    motivation: str = ""
    kind: str = ""
    tag: int | None = None
    by: int | None = None
    since: datetime.date | None = None
    until: datetime.date | None = None
    status: str = ""
    state: str = ""
    decision: str = ""
    certainty: str = ""
    check: bool = False
    private: bool = False
    words: str = ""

    def __bool__(self) -> bool:
        """Whether anything is asked for."""
        return any(self.asked().values())

    def asked(self) -> dict[str, Any]:
        """The filters that are set, by their names."""
        found = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: value for name, value in found.items() if value}

    def query(self, **more: str) -> str:
        """The filters as the query string of an address; `more` comes first."""
        said = {name: value for name, value in more.items() if value}
        for name, value in self.asked().items():
            said[NAMES.get(name, name)] = "1" if value is True else str(value)
        return urlencode(said)

    def condition(self) -> str:
        """The condition, to be used with `values`; all of them have to hold."""
        said = [CONDITIONS[name] for name in self.asked() if name != "decision"]
        if self.decision:
            said.append(IS_CLOSED if self.decision == CLOSED else CONDITIONS["decision"])
        return " AND ".join(said) or "TRUE"

    def opening(self) -> str:
        """The condition of what stands in the text: what is decided only where it is asked for."""
        return OPEN if self.decision in ("", CorrectionState.PROPOSED) else "TRUE"

    def values(self) -> dict[str, Any]:
        """The values that the condition names, beside `user`."""
        said = self.asked() | {"zone": str(get_current_timezone())}
        if self.words:
            said["words"] = f"%{_as_pattern(self.words)}%"
        return said


def read_filters(asked: Mapping[str, str], words: str = "words") -> Filters:
    """Filters from an address; what makes no sense is left out. `words` is that field's name."""
    return Filters(
        motivation=_one_of(asked.get("motivation"), Motivation.values),
        kind=_one_of(asked.get("kind"), KINDS),
        tag=_number(asked.get("tag")),
        by=_number(asked.get("by")),
        since=_day(asked.get("from")),
        until=_day(asked.get("to")),
        status=_one_of(asked.get("status"), LinkStatus.values),
        state=_one_of(asked.get("state"), TargetState.values),
        decision=_one_of(asked.get("decision"), DECISIONS),
        certainty=_one_of(asked.get("certainty"), Certainty.values),
        private=asked.get("private") == "1",
        words=(asked.get(words) or "").replace("\0", "").strip()[:LONGEST_WORDS],
    )


def _one_of(typed: str | None, allowed: list[str] | tuple[str, ...]) -> str:
    return typed if typed and typed in allowed else ""


def _number(typed: str | None) -> int | None:
    if typed is None or not typed.isascii() or not typed.isdigit() or len(typed) > 18:
        return None
    return int(typed)


def _day(typed: str | None) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(typed or "")
    except ValueError:
        return None


def _as_pattern(words: str) -> str:
    """What LIKE would read as a pattern made plain."""
    return words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
