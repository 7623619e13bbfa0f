"""What the browser sends when somebody says something: read, or refused with the field's name."""

from __future__ import annotations

import json
import re
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from annotations.services.spans import Span

if TYPE_CHECKING:
    from collections.abc import Mapping

LONGEST_SPANS = 1 << 20  # code points of JSON
FIELDS = ("passage", "revision", "start", "end")
_NUMBER = re.compile(r"[0-9]{1,18}")


class Malformed(Exception):
    """A field holds what no form of ours sends; says which."""

    def __init__(self, field: str) -> None:
        """Keep its name."""
        self.field = field
        super().__init__(field)


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody wants to say, as it was typed; who may say it is asked elsewhere."""

    key: uuid.UUID | None
    motivation: str
    spans: tuple[Span, ...]
    body: str
    private: bool
    flag_kind: str
    tag_id: int | None
    tag_name: str
    entity_id: int | None
    authority: str
    value: str
    entity_label: str
    entity_kind: str
    status: str


def read_said(post: Mapping[str, str]) -> Said:
    """What a form or the page's script sent; raises `Malformed`."""
    return Said(
        key=read_uuid(post, "id"),
        motivation=post.get("motivation", ""),
        spans=read_spans(post.get("spans", "")),
        body=post.get("body", ""),
        private=read_tick(post, "private"),
        flag_kind=post.get("flag_kind", ""),
        tag_id=read_number(post, "tag"),
        tag_name=" ".join(post.get("tag_name", "").replace("\0", "").split()),
        entity_id=read_number(post, "entity"),
        authority=post.get("authority", "").strip(),
        value=post.get("value", "").strip(),
        entity_label=post.get("entity_label", ""),
        entity_kind=post.get("entity_kind", ""),
        status=post.get("status", ""),
    )


def read_spans(typed: str) -> tuple[Span, ...]:
    """Places from their JSON; none from nothing. Raises `Malformed`."""
    if not typed.strip():
        return ()
    if len(typed) > LONGEST_SPANS:
        raise Malformed("spans")
    try:
        found = json.loads(typed)
    except (ValueError, RecursionError) as fault:
        raise Malformed("spans") from fault
    if not isinstance(found, list):
        raise Malformed("spans")
    return tuple(_span(one) for one in found)


def _span(one: Any) -> Span:
    if not isinstance(one, dict) or not isinstance(one.get("exact"), str):
        raise Malformed("spans")
    passage, revision, start, end = (_whole(one.get(name)) for name in FIELDS)
    return Span(passage, revision, start, end, one["exact"])


def _whole(number: Any) -> int:
    # Not isinstance: true and false are numbers to Python.
    if type(number) is not int:
        raise Malformed("spans")
    return number


def read_number(post: Mapping[str, str], name: str) -> int | None:
    """A whole number, None when the field is empty or not there; raises `Malformed`."""
    typed = post.get(name, "").strip()
    if not typed:
        return None
    if not _NUMBER.fullmatch(typed):
        raise Malformed(name)
    return int(typed)


def read_version(post: Mapping[str, str]) -> int:
    """The version that the person saw; a form without it is none of ours."""
    version = read_number(post, "version")
    if version is None:
        raise Malformed("version")
    return version


def read_uuid(post: Mapping[str, str], name: str) -> uuid.UUID | None:
    """An id that the browser made; raises `Malformed`."""
    typed = post.get(name, "").strip()
    try:
        return uuid.UUID(typed) if typed else None
    except ValueError as fault:
        raise Malformed(name) from fault


def read_tick(post: Mapping[str, str], name: str) -> bool:
    """Whether a box is ticked."""
    return post.get(name, "") not in ("", "0", "false", "off")
