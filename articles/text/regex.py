"""Regular expressions that are compiled when they are first used.

Reading knows some two hundred, many of them long: compiled all at once they would make up a third
of the time in which every command and every server starts.
"""

from __future__ import annotations

import re
from typing import Any, cast


class _Ready:
    """What a compiled expression can do, as attributes of its own: as quick as the original."""


class _Late(_Ready):
    """An expression that nothing was asked of yet."""

    def __init__(self, source: str, flags: int) -> None:
        self.source, self.flags_given = source, flags

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        compiled = re.compile(self.source, self.flags_given)
        can = [one for one in dir(compiled) if not one.startswith("_")]
        self.__dict__.update({one: getattr(compiled, one) for one in can})
        self.__class__ = _Ready  # type: ignore[assignment]  # it has all it was asked for
        return getattr(compiled, name)


def regex(source: str, flags: int = 0) -> re.Pattern[str]:
    """As `re.compile`, later: what is wrong with an expression is said when it is first used."""
    return cast("re.Pattern[str]", _Late(source, flags))
