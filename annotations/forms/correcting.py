"""What the browser sends when somebody corrects words, or proposes to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotations.forms.saying import Malformed, Said, read_number, read_said, read_tick
from annotations.services.correcting import Why

if TYPE_CHECKING:
    from collections.abc import Mapping

    from annotations.services.spans import Span


@dataclass(frozen=True, slots=True)
class Wanted:
    """A correction as it was typed; `part` is what is linked of the replacement, None for all."""

    said: Said
    span: Span
    replacement: str
    part: tuple[int, int] | None
    remember: bool
    garbled: str
    why: Why


def read_wanted(post: Mapping[str, str], spans: tuple[Span, ...] = ()) -> Wanted:
    """What a form or the page's script sent; `spans` where they are known. Raises `Malformed`."""
    said = read_said(post)
    spans = spans or said.spans
    if len(spans) != 1:
        raise Malformed("spans")
    replacement = post.get("replacement", "")
    start, end = read_number(post, "link_start"), read_number(post, "link_end")
    if (start is None) != (end is None):
        raise Malformed("link_start")
    part = None if start is None or end is None else (start, end)
    why = Why(
        kind=post.get("flag_kind", ""), reason=post.get("reason") or said.body,
        certainty=post.get("certainty", ""), evidence=post.get("evidence", ""),
    )  # fmt: skip
    remember = read_tick(post, "remember")
    return Wanted(said, spans[0], replacement, part, remember, post.get("garbled", ""), why)
