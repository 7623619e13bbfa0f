"""What an authority answers, whichever it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from annotations.text.records import EntityRecord


@dataclass(frozen=True, slots=True)
class Outside:
    """A candidate of an authority; nothing of it is stored yet.

    `label_language` is the language that the label is really in, empty where it is not said.
    """

    authority: str
    value: str
    label: str
    label_language: str = ""
    description: str = ""
    matched: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an authority knows of one thing.

    `value` is the id it has now: another than the one asked for where it was redirected. It is not
    `whole` where only what was shown as a candidate is known.
    """

    value: str
    record: EntityRecord
    whole: bool = True


class AuthorityFault(Exception):
    """An authority gave no answer that can be used; `reason` is a sentence for the reader."""

    def __init__(self, reason: str) -> None:
        """Keep why."""
        self.reason = reason
        super().__init__(reason)


class NotThere(AuthorityFault):
    """The authority has nothing under that id."""
