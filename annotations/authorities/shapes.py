"""What an authority answers, whichever it is."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field


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
class HeldOffice:
    """An office with its days; precision is `day`, `month` or `year`, empty without a day."""

    title_fr: str
    title_en: str
    start: datetime.date | None = None
    start_precision: str = ""
    end: datetime.date | None = None
    end_precision: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """What an authority knows of one thing; labels are empty where it has none in the language.

    `value` is the id it has now: another than the one asked for where it was redirected.
    """

    authority: str
    value: str
    kind: str
    label_fr: str = ""
    label_en: str = ""
    description_fr: str = ""
    description_en: str = ""
    aliases: tuple[tuple[str, str], ...] = ()  # (language, name)
    offices: tuple[HeldOffice, ...] = field(default=())


class AuthorityFault(Exception):
    """An authority gave no answer that can be used; `reason` is a sentence for the reader."""

    def __init__(self, reason: str) -> None:
        """Keep why."""
        self.reason = reason
        super().__init__(reason)


class NotThere(AuthorityFault):
    """The authority has nothing under that id."""
