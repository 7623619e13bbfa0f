"""What somebody looks for in all texts, as an address or a form says it, and what is ticked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from annotations.forms.saying import Malformed, read_number
from annotations.queries.everywhere import LONGEST, Wanted
from annotations.services.correcting import Why
from annotations.text.occurrences import Options

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_UNKEPT = re.compile("[\0\ud800-\udfff]")
TICKS = ("case", "accents", "inside", "regex")
HIGHEST = (1 << 31) - 1  # of the database's integers
Named = tuple[int, int, int, int, int]  # article, passage, revision, start, end


def read_wanted(sent: Mapping[str, str]) -> Wanted:
    """The words, what is to stand for them, and how near they must be; raises `Malformed`."""
    words, replacement = sent.get("q", ""), sent.get("replace", "")
    for said in (words, replacement):
        if (
            len(said) > LONGEST
            or "\0" in said
            or any("\ud800" <= sign <= "\udfff" for sign in said)
        ):
            raise Malformed("q")
    entity = read_number(sent, "entity")
    options = Options(
        match_case=bool(sent.get("case")), match_accents=bool(sent.get("accents")),
        whole_words=not sent.get("inside"),
    )  # fmt: skip
    return Wanted(words, replacement, entity, options, bool(sent.get("regex")))


def address_of(sent: Mapping[str, str], path: str) -> str:
    """The address that asks for the same."""
    names = ("q", "replace", "entity", "from", *TICKS)
    asked = {name: sent[name] for name in names if sent.get(name)}
    return f"{path}?{urlencode(asked)}" if asked else path


def read_why(sent: Mapping[str, str]) -> Why:
    """The reason that is given for all of it."""
    return Why(
        kind=sent.get("flag_kind", ""), reason=sent.get("reason", ""),
        certainty=sent.get("certainty", ""), evidence=sent.get("evidence", ""),
    )  # fmt: skip


def read_places(names: Sequence[str]) -> list[Named]:
    """The ticked places, each once; raises `Malformed`."""
    return [_read_place(name) for name in dict.fromkeys(names)]


def _read_place(name: str) -> Named:
    parts = name.split("-")
    if len(parts) != 5 or not all(part.isascii() and part.isdigit() for part in parts):
        raise Malformed("place")
    article, passage, revision, start, end = (int(part[:20]) for part in parts)
    if max(passage, revision, start, end) > HIGHEST or article > HIGHEST**2:
        raise Malformed("place")
    return article, passage, revision, start, end
